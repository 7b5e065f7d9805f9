"""A correction (补正) or supplement as its reader needs it: what, why, due when."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from msgspec import Meta, Struct

from shared_schemas.vocabulary import Step


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


_Text = Annotated[str, Meta(max_length=1000)]


class DefectAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """One defect as a clerk writes it: of a `material` (its key) or a form `field`, exactly one of them."""

    problem: Annotated[str, Meta(min_length=1, max_length=1000, pattern=r"\S")]  # one of spaces is none
    requirement: _Text = ""
    how_to_fix: _Text = ""
    material: Annotated[str, Meta(max_length=40)] | None = None
    field: Annotated[str, Meta(max_length=60)] | None = None


class CorrectionAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """A notice with every defect at once (一次性告知). `due_on` None: five working days.

    What was asked for before may be asked for again once a supervisor allowed it (`second_notice`).
    """

    items: Annotated[tuple[DefectAsked, ...], Meta(min_length=1, max_length=60)]
    due_on: date | None = None
    seen: Annotated[int, Meta(ge=1, le=1_000_000)] | None = None


class AnswerGiven(Struct, frozen=True, forbid_unknown_fields=True):
    """The answer to one line: new files for a material (upload ids), or the new value of a field."""

    id: int
    uploads: Annotated[tuple[Annotated[str, Meta(max_length=36)], ...], Meta(max_length=30)] = ()
    value: Any = None


class CorrectionAnswered(Struct, frozen=True, forbid_unknown_fields=True):
    """All answers at once: every line of the notice is answered."""

    items: Annotated[tuple[AnswerGiven, ...], Meta(min_length=1, max_length=60)]
    seen: Annotated[int, Meta(ge=1, le=1_000_000)] | None = None


class Withdrawal(Struct, frozen=True, forbid_unknown_fields=True):
    """撤回, with a reason the hall may learn from (may be empty)."""

    reason: _Text = ""
    seen: Annotated[int, Meta(ge=1, le=1_000_000)] | None = None


class CorrectionState(Struct, frozen=True):
    """A case after a notice or an answer, and the notice that is open now."""

    case_no: str
    step: Step
    seq: int
    correction: OpenCorrection | None = None
