"""A hearing as it is told, chosen, fixed and recorded."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from msgspec import Meta, Struct

from shared_schemas.review import Said, Seen
from shared_schemas.side_ways import Hearing

_Place = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"\S")]


class HearingTold(Struct, frozen=True, forbid_unknown_fields=True):
    """告知: what the organ intends to decide, on which facts and grounds."""

    intended: _Place
    facts: Said
    seen: Seen | None = None


class HearingChosen(Struct, frozen=True, forbid_unknown_fields=True):
    """The applicant asks for a hearing, or waives it."""

    is_wanted: bool
    seen: Seen | None = None


class HearingFixed(Struct, frozen=True, forbid_unknown_fields=True):
    """定听证: day and hour (with its zone), place, and who presides (staff number)."""

    held_at: Annotated[datetime, Meta(tz=True)]
    place: _Place
    presider: Annotated[str, Meta(min_length=1, max_length=20)]
    seen: Seen | None = None


class HearingHeld(Struct, frozen=True, forbid_unknown_fields=True):
    """The record: who was there, what was said. The decision rests on it."""

    present: _Place
    record: Annotated[str, Meta(min_length=1, max_length=20_000, pattern=r"\S")]
    seen: Seen | None = None


class HearingView(Struct, frozen=True):
    """A hearing as its reader needs it. `held_at` is when it is (or was) held."""

    state: Hearing
    choose_by: date
    held_at: datetime | None = None
    place: str = ""
    presider: str = ""
