"""The working calendar as it is administered: versions, what a proposal changes, which cases it moves."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from msgspec import Meta, Struct


class CalendarProposed(Struct, frozen=True, forbid_unknown_fields=True):
    """A published list, as TOML or CSV, and the notice it comes from (国办发明电 …)."""

    text: Annotated[str, Meta(max_length=100_000)]
    source: Annotated[str, Meta(min_length=1, max_length=200, pattern=r"\S")]


class YearShown(Struct, frozen=True):
    """One year of a calendar. `status` is official or provisional; `freed` and `worked` are days that a proposal changes."""

    year: int
    status: str
    was: str | None = None
    off: tuple[date, ...] = ()
    makeup_workdays: tuple[date, ...] = ()
    freed: tuple[date, ...] = ()
    worked: tuple[date, ...] = ()


class MovedCase(Struct, frozen=True):
    """An open case whose last day differs under the proposal; None where a clock has no limit."""

    case_no: str
    matter: str
    department: str
    was_promised: date | None
    promised: date | None
    was_statutory: date | None
    statutory: date | None
    was_provisional: bool
    is_provisional: bool


class Moves(Struct, frozen=True):
    """Which open cases a proposal moves.

    `items` are the first of `moved`, the nearest day first; `settled`: no longer provisional.
    """

    open_cases: int = 0
    moved: int = 0
    earlier: int = 0
    later: int = 0
    settled: int = 0
    items: tuple[MovedCase, ...] = ()


class ReleaseShown(Struct, frozen=True):
    """One version. `confirmed_at` None: a proposal. `moved`: how many open cases it moved."""

    id: int
    source: str
    proposed_by: str
    proposed_at: datetime
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
    moved: int = 0
    is_in_force: bool = False


class CalendarShown(Struct, frozen=True):
    """The calendar in force with its versions, newest first."""

    years: tuple[YearShown, ...]
    releases: tuple[ReleaseShown, ...]


class ProposalShown(Struct, frozen=True):
    """A proposal: what it changes, and which cases would move if it were confirmed now."""

    release: ReleaseShown
    changes: tuple[YearShown, ...]
    moves: Moves


class DueMoved(Struct, frozen=True):
    """The promised day of one case, moved by a newly published calendar."""

    was_due_on: date | None
    due_on: date | None
    at: datetime
