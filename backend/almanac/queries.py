"""Reads of the calendar and its versions."""

from __future__ import annotations

from datetime import datetime

from backend import calendars, db
from backend.almanac import moving
from backend.domain import calendar_import
from backend.domain.calendar import Calendar, calendar_of
from backend.domain.refusal import Refusal
from shared_schemas.almanac import CalendarShown, DueMoved, ProposalShown, ReleaseShown, YearShown

_RELEASE = (
    "SELECT r.id, r.source, p.name AS proposer, r.proposed_at, c.name AS confirmer, r.confirmed_at, r.moved, "
    "r.id = (SELECT id FROM calendar_release WHERE confirmed_at IS NOT NULL ORDER BY confirmed_at DESC, id DESC LIMIT 1) "
    "AS is_in_force FROM calendar_release r LEFT JOIN officer p ON p.id = r.proposed_by "
    "LEFT JOIN officer c ON c.id = r.confirmed_by "
)


async def shown() -> CalendarShown:
    """The calendar in force, and every version and proposal, newest first."""
    rows = await db.fetch(f"{_RELEASE} ORDER BY r.id DESC LIMIT 100")
    return CalendarShown(_years(calendars.current()), tuple(_release(row) for row in rows))


async def proposal(release: int, now: datetime) -> ProposalShown:
    """What a version changes, and which open cases would move. Raises Refusal("calendar.no_release")."""
    row = await db.fetchrow(f"{_RELEASE} WHERE r.id = $1", release)
    if row is None:
        raise Refusal("calendar.no_release")
    after = calendar_of(await db.fetchval("SELECT years FROM calendar_release WHERE id = $1", release))
    changes = tuple(
        YearShown(
            each.year, each.status.value, each.was.value if each.was else None, freed=each.freed, worked=each.worked
        )
        for each in calendar_import.changes(calendars.current(), after)
    )
    return ProposalShown(_release(row), changes, await moving.moves(after, now))


def _years(calendar: Calendar) -> tuple[YearShown, ...]:
    return tuple(
        YearShown(number, year.status.value, None, tuple(sorted(year.off)), tuple(sorted(year.makeup_workdays)))
        for number, year in sorted(calendar.years.items(), reverse=True)
    )


def _release(row: db.Record) -> ReleaseShown:
    return ReleaseShown(
        row["id"],
        row["source"],
        row["proposer"] or "",
        row["proposed_at"],
        row["confirmer"] or "",
        row["confirmed_at"],
        row["moved"],
        bool(row["is_in_force"]),
    )


async def moved(case_id: int) -> DueMoved | None:
    """The last time that a new calendar moved this case's promised day."""
    row = await db.fetchrow(
        "SELECT was_due_on, due_on, at FROM due_move WHERE case_id = $1 ORDER BY id DESC LIMIT 1", case_id
    )
    return DueMoved(*row) if row else None
