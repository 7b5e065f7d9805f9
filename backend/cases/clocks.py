"""Both clocks of a case: reckoned from its acceptance, its matter, its extension and its standstills, in one place.

What is stored on the row is for lists and alarms; a page reckons anew, so that a clock which stands still is shown so.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from msgspec import Struct

from backend import calendars, db
from backend.domain import clock
from backend.domain.calendar import Calendar, day_of
from shared_schemas.case import Case
from shared_schemas.clock import ClockKind, Due, Reading, Standstill, StandstillKind
from shared_schemas.matter import Limit, Matter


class Clocks(Struct, frozen=True):
    """The last day of each clock, and the day from which 80 % of it are used; None where the matter knows no such limit."""

    promised: Due | None
    statutory: Due | None
    promised_amber_on: date | None = None
    statutory_amber_on: date | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """As columns of the case row."""
        both = [due for due in (self.promised, self.statutory) if due]
        return {
            "promised_due_on": self.promised.day if self.promised else None,
            "statutory_due_on": self.statutory.day if self.statutory else None,
            "is_due_provisional": any(due.is_provisional for due in both),
            "is_stopped": any(due.is_stopped for due in both),
            "promised_amber_on": self.promised_amber_on,
            "statutory_amber_on": self.statutory_amber_on,
        }


def limit_of(matter: Matter, kind: ClockKind, extended_by: int) -> Limit:
    """The matter's limit of this clock, with what an extension added."""
    limit = matter.promised if kind is ClockKind.PROMISED else matter.statutory
    is_extended = extended_by and clock.extension_of(limit, matter.extension)
    return Limit(limit.n + extended_by, limit.unit) if is_extended else limit


def reckoned(
    accepted_at: datetime,
    matter: Matter,
    *,
    extended_by: int = 0,
    standstills: tuple[Standstill, ...] = (),
    today: date | None = None,
    calendar: Calendar | None = None,
) -> Clocks:
    """Both clocks of a case that counts as accepted at this instant, by `calendar` or the one in use."""

    def both(kind: ClockKind) -> tuple[Due | None, date | None]:
        stops = clock.of_clock(standstills, kind)
        given = (
            day_of(accepted_at),
            limit_of(matter, kind, extended_by),
            stops,
            calendar or calendars.current(),
            today,
        )
        return clock.due(*given), clock.amber_on(*given)

    promised, promised_amber = both(ClockKind.PROMISED)
    statutory, statutory_amber = both(ClockKind.STATUTORY)
    return Clocks(promised, statutory, promised_amber, statutory_amber)


def of_case(case: Case, matter: Matter, standstills: tuple[Standstill, ...], today: date) -> Clocks:
    """Both clocks of an accepted case, as of `today`. Raises ValueError before acceptance."""
    if case.accepted_at is None:
        msg = f"{case.case_no} was not accepted: it has no clocks"
        raise ValueError(msg)
    return reckoned(case.accepted_at, matter, extended_by=case.extended_by, standstills=standstills, today=today)


def read(case: Case, matter: Matter, standstills: tuple[Standstill, ...], today: date) -> Reading | None:
    """The promised clock as a page shows it; after the decision, as it stood then. None without clock."""
    if case.accepted_at is None:
        return None
    until = day_of(case.decided_at) if case.decided_at else today
    limit = limit_of(matter, ClockKind.PROMISED, case.extended_by)
    stops = clock.of_clock(standstills, ClockKind.PROMISED)
    return clock.read(day_of(case.accepted_at), limit, stops, calendars.current(), until)


def paused(case: Case, matter: Matter, standstills: tuple[Standstill, ...], today: date) -> int:
    """Days of the promised clock's unit during which it stood still, up to `today`."""
    stops = clock.of_clock(standstills, ClockKind.PROMISED)
    if case.accepted_at is None or not stops:
        return 0
    span = (day_of(case.accepted_at), min(today, day_of(case.decided_at) if case.decided_at else today))
    unit = matter.promised.unit
    return clock.used(*span, unit, (), calendars.current()) - clock.used(*span, unit, stops, calendars.current())


async def standstills_of(case_id: int) -> tuple[Standstill, ...]:
    """The standstills of a case whose notice was served, oldest first (§45: told in writing, else nothing stops)."""
    rows = await db.fetch(
        "SELECT kind, basis, notice, told_on, ends_on FROM standstill "
        "WHERE case_id = $1 AND told_on IS NOT NULL ORDER BY id",
        case_id,
    )
    return tuple(
        Standstill(
            StandstillKind(row["kind"]), row["told_on"], row["ends_on"], basis=row["basis"], notice=row["notice"]
        )
        for row in rows
    )
