"""Which open cases a calendar moves, and moving them: rows, promises of papers to follow, and what the applicants are told."""

from __future__ import annotations

from datetime import datetime, timedelta

from backend import calendars, catalogue, db
from backend.almanac.reckoning import Reckoned, every_open
from backend.cases import promises
from backend.domain.calendar import Calendar, day_of
from shared_schemas.almanac import MovedCase, Moves

SHOWN = 200
# Other processes look for a new version every three seconds; what they accepted by the old one until then is moved too.
_SETTLE_AFTER = timedelta(seconds=10)
_UPDATE = """
WITH n AS (
  SELECT * FROM unnest($1::bigint[], $2::date[], $3::date[], $4::boolean[], $5::boolean[], $8::date[], $9::date[])
  AS n(id, promised, statutory, provisional, stopped, promised_near, statutory_near)
), told AS (
  INSERT INTO due_move (case_id, release, was_due_on, due_on, is_told, at)
  SELECT c.id, $6, c.promised_due_on, n.promised, false, $7 FROM n JOIN case_file c ON c.id = n.id
  WHERE c.promised_due_on IS DISTINCT FROM n.promised
)
UPDATE case_file c SET promised_due_on = n.promised, statutory_due_on = n.statutory,
  is_due_provisional = n.provisional, is_stopped = n.stopped,
  promised_amber_on = n.promised_near, statutory_amber_on = n.statutory_near FROM n WHERE c.id = n.id
"""


async def moves(calendar: Calendar, now: datetime) -> Moves:
    """What would move if `calendar` were in force."""
    open_cases = earlier = later = settled = 0
    moved: list[MovedCase] = []
    async for chunk in every_open(calendar, day_of(now)):
        open_cases += len(chunk)
        for each in chunk:
            if each.is_moved:
                shown = _shown(each)
                moved.append(shown)
                earlier += _is_before(shown.promised, shown.was_promised)
                later += _is_before(shown.was_promised, shown.promised)
                settled += shown.was_provisional and not shown.is_provisional
    nearest = sorted(moved, key=lambda case: (case.promised or case.statutory or day_of(now), case.case_no))
    return Moves(open_cases, len(moved), earlier, later, settled, tuple(nearest[:SHOWN]))


def _is_before(day: object, other: object) -> bool:
    return day is not None and other is not None and day < other  # type: ignore[operator]


def _shown(each: Reckoned) -> MovedCase:
    row, (promised, statutory, is_provisional, _) = each.row, each.due
    return MovedCase(
        row["case_no"],
        row["matter"],
        row["department"],
        row["promised_due_on"],
        promised,
        row["statutory_due_on"],
        statutory,
        row["is_due_provisional"],
        is_provisional,
    )


async def move_all(release: int, now: datetime) -> int:
    """Reckon every open case by the calendar in use and keep what is different; how many moved. May be repeated."""
    moved = 0
    async with db.transaction():
        async for chunk in every_open(calendars.current(), day_of(now), locked=True):
            changed = [each for each in chunk if each.is_stale]
            moved += sum(each.is_moved for each in changed)
            if changed:
                columns = list(zip(*(each.due for each in changed), strict=True))
                ids = [each.row["id"] for each in changed]
                near = [list(days) for days in zip(*(each.near for each in changed), strict=True)]
                await db.execute(_UPDATE, ids, *map(list, columns), release, now, *near)
        await _move_promises()
    return moved


async def _move_promises() -> None:
    """A day for papers to follow that rested on the unpublished year is fixed anew; what was settled stays as it was told."""
    rows = await db.fetch(
        "SELECT p.id, p.fixed_at, c.matter, c.matter_version FROM promise p JOIN case_file c ON c.id = p.case_id "
        "WHERE p.is_provisional AND p.fixed_at IS NOT NULL AND c.decided_at IS NULL"
    )
    for row in rows:
        matter = await catalogue.version(row["matter"], row["matter_version"])
        due = promises.due_of(matter, row["fixed_at"])
        await db.execute(
            "UPDATE promise SET supply_by = $2, is_provisional = $3 WHERE id = $1",
            row["id"],
            due.day,
            due.is_provisional,
        )


async def settle(now: datetime) -> int:
    """Once more, for what other processes accepted in between, or what a killed one left undone; how many moved."""
    async with db.transaction():
        release = await db.fetchval(
            "SELECT id FROM calendar_release WHERE confirmed_at < $1 AND settled_at IS NULL "
            "ORDER BY confirmed_at DESC LIMIT 1 FOR UPDATE SKIP LOCKED",
            now - _SETTLE_AFTER,
        )
        if release is None:
            return 0
        moved = await move_all(release, now)
        await db.execute(
            "UPDATE calendar_release SET settled_at = $1, moved = moved + CASE WHEN id = $2 THEN $3::integer ELSE 0 END "
            "WHERE confirmed_at < $4 AND settled_at IS NULL",
            now,
            release,
            moved,
            now - _SETTLE_AFTER,
        )
    return moved
