"""A correction (补正) or supplement as its reader needs it: what, why, due when."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct


class CorrectionLine(Struct, frozen=True):
    """One defect. `material` or `field` says where it is; `label` is what a person calls it."""

    id: int
    label: str
    problem: str
    requirement: str = ""
    how_to_fix: str = ""
    material: str | None = None
    field: str | None = None
    is_answered: bool = False


class OpenCorrection(Struct, frozen=True):
    """A notice that waits for the citizen. `kind` is "correction" (before acceptance) or "supplement" (after)."""

    id: int
    kind: str
    asked_at: datetime
    due_on: date
    asked_by_name: str
    items: tuple[CorrectionLine, ...]
