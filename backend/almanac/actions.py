"""Proposing a calendar, and putting it into force: who, when, from which notice. Audited; every version is kept."""

from __future__ import annotations

from datetime import datetime

import backend.almanac.refusals  # noqa: F401 - the sentences of this slice
from backend import calendars, db
from backend.almanac import moving, shelf
from backend.domain import calendar_import
from backend.domain.calendar import Calendar, calendar_of
from backend.domain.refusal import Refusal
from backend.people.audit import audit
from shared_schemas.almanac import CalendarProposed
from shared_schemas.people import OfficerActor

_LOCK = 7_305_882_115  # any number that is ours: one calendar is put into force at a time


async def propose(given: CalendarProposed, *, by: OfficerActor, now: datetime) -> int:
    """Keep a published list as a proposal; its id. Nothing is reckoned with it before it is confirmed.

    Raises Refusal("calendar.…") with the line or day that can't be, and "calendar.nothing_new".
    """
    years = calendar_import.read(given.text)
    after = calendar_import.merged(calendars.current(), years)
    if not calendar_import.changes(calendars.current(), after):
        raise Refusal("calendar.nothing_new")
    return await _keep(after, given.source.strip(), by, now)


async def propose_again(release: int, *, by: OfficerActor, now: datetime) -> int:
    """An earlier version as a new proposal: a mistake is put right by a version of its own, none is ever removed."""
    row = await db.fetchrow(
        "SELECT source, years FROM calendar_release WHERE id = $1 AND confirmed_at IS NOT NULL", release
    )
    if row is None:
        raise Refusal("calendar.no_release")
    after = calendar_of(row["years"])
    if not calendar_import.changes(calendars.current(), after):
        raise Refusal("calendar.nothing_new")
    return await _keep(after, row["source"], by, now)


async def _keep(calendar: Calendar, source: str, by: OfficerActor, now: datetime) -> int:
    async with db.transaction():
        release = await db.fetchval(
            "INSERT INTO calendar_release (source, years, proposed_by, proposed_at) VALUES ($1, $2, $3, $4) RETURNING id",
            source,
            calendar_import.plain(calendar),
            by.id,
            now,
        )
        await audit(by, "calendar.proposed", now=now, release=release, source=source)
    return release


async def confirm(release: int, *, by: OfficerActor, now: datetime) -> int:
    """From now on the hall reckons by it, in every process; how many open cases moved.

    Raises Refusal("calendar.no_release"), "calendar.confirmed_already", "calendar.outdated" when another version came
    into force since it was proposed: what it moves was reckoned against an older one.
    """
    async with db.transaction():
        await db.execute(f"SELECT pg_advisory_xact_lock({_LOCK})")
        row = await db.fetchrow("SELECT proposed_at, confirmed_at FROM calendar_release WHERE id = $1", release)
        if row is None:
            raise Refusal("calendar.no_release")
        if row["confirmed_at"] is not None:
            raise Refusal("calendar.confirmed_already")
        newest = await db.fetchval("SELECT max(confirmed_at) FROM calendar_release")
        if newest is not None and newest > row["proposed_at"]:
            raise Refusal("calendar.outdated")
        await db.execute(
            "UPDATE calendar_release SET confirmed_by = $2, confirmed_at = $3 WHERE id = $1", release, by.id, now
        )
        await audit(by, "calendar.confirmed", now=now, release=release)
    await shelf.refresh()
    moved = await moving.move_all(release, now)
    await db.execute("UPDATE calendar_release SET moved = $2 WHERE id = $1", release, moved)
    return moved
