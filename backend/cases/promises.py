"""容缺: what is to follow, who signed for it, and until when. Kept by the trunk, since acceptance fixes the day."""

from __future__ import annotations

from datetime import datetime

from backend import calendars, db
from backend.cases import clocks
from backend.domain import supplying
from backend.domain.calendar import day_of
from backend.domain.refusal import Refusal
from shared_schemas.case import Case
from shared_schemas.clock import Due
from shared_schemas.matter import Matter
from shared_schemas.promise import PaperToFollow, PromiseView
from shared_schemas.vocabulary import GivenHow


async def of(case_id: int) -> PromiseView | None:
    """What follows in this case, and what a commitment stands for; None where there was never anything of it."""
    rows = await db.fetch(
        "SELECT key, name, how FROM case_material WHERE case_id = $1 AND how = ANY($2) ORDER BY position",
        case_id,
        [GivenHow.LATER, GivenHow.COMMIT],
    )
    papers, committed = (
        tuple(PaperToFollow(row["key"], row["name"]) for row in rows if row["how"] == how)
        for how in (GivenHow.LATER, GivenHow.COMMIT)
    )
    row = await db.fetchrow("SELECT signed_at, supply_by, is_provisional FROM promise WHERE case_id = $1", case_id)
    if row is None:
        return PromiseView(papers, committed, within=supplying.SUPPLY_WITHIN) if rows else None
    return PromiseView(
        papers, committed, row["signed_at"], row["supply_by"], supplying.SUPPLY_WITHIN, row["is_provisional"]
    )


async def refuse_unsigned(case_id: int) -> None:
    """A clerk accepts with papers missing only on a signature. Raises Refusal("review.promise_unsigned")."""
    promise = await of(case_id)
    if promise and promise.signed_at is None and (named := [*promise.papers, *promise.committed]):
        raise Refusal("review.promise_unsigned", names=[paper.name for paper in named])


def due_of(matter: Matter, told_at: datetime) -> Due:
    """The last day for what follows, told at this instant: inside the promised limit, counted from there."""
    limit = clocks.reckoned(told_at, matter)
    return supplying.supply_by(day_of(told_at), limit.promised or limit.statutory, calendars.current())


async def fix_day(case: Case, matter: Matter, now: datetime) -> PromiseView | None:
    """The case was accepted: from now on the applicant has until this day. In the caller's transaction."""
    before = await of(case.id)
    if before is None or not before.papers:
        return None
    due = due_of(matter, now)
    await db.execute(
        "INSERT INTO promise (case_id, fixed_at, supply_by, is_provisional) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (case_id) DO UPDATE SET fixed_at = $2, supply_by = $3, is_provisional = $4",
        case.id,
        now,
        due.day,
        due.is_provisional,
    )
    return await of(case.id)
