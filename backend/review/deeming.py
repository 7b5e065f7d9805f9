"""视为受理: the law accepts what the hall was silent about for five working days, dated back to receipt (§32(4))."""

from __future__ import annotations

from datetime import datetime, timedelta

from backend import calendars, catalogue, db
from backend.cases import clocks, log, papers, promises, recording
from backend.domain import clock, silence
from backend.domain.calendar import day_of
from backend.domain.refusal import Refusal
from backend.review import accepting
from shared_schemas.people import SystemActor
from shared_schemas.vocabulary import Verb

LAW = SystemActor("law")
# Five working days are at least five days; the calendar says which of these cases are really due.
_AT_LEAST = timedelta(days=clock.TELL_WITHIN)
_SILENT = (
    "SELECT case_no FROM case_file WHERE step = 'received' AND received_at < $1 AND case_no > $2 "
    "ORDER BY case_no LIMIT $3"
)
_BATCH = 200


async def deem_due(now: datetime) -> int:
    """Accept every case about which nothing was said in time; how many. Safe to run by several workers at once."""
    accepted, last = 0, ""
    while rows := await db.fetch(_SILENT, now - _AT_LEAST, last, _BATCH):
        for row in rows:
            accepted += await deem(row["case_no"], now)
        last = rows[-1]["case_no"]
    return accepted


async def deem(case_no: str, now: datetime) -> bool:
    """Accept one case if the law does; whether it did. Who judged it meanwhile was faster, and that stands."""
    try:
        async with db.transaction():
            case = await recording.load_for(Verb.DEEM_ACCEPTED, case_no, LAW, now)
            at = silence.deemed_accepted_at(case.step, await log.of(case.id), day_of(now), calendars.current())
            if at is None:
                return False
            matter = await catalogue.version(case.matter, case.matter_version)
            case = await recording.record(
                case,
                Verb.DEEM_ACCEPTED,
                by=LAW,
                at=now,
                particulars={"accepted_on": day_of(at).isoformat()},
                accepted_at=at,
                **clocks.reckoned(at, matter).columns,
            )
            # What follows has its days from the day on which the applicant hears of it, not from that of receipt.
            follows = await promises.fix_day(case, matter, now)
            notice = await accepting.notice(case, matter, LAW, now, is_deemed=True, follows=follows)
            await papers.issue(case, notice, by=LAW, now=now)
    except Refusal as refusal:
        if refusal.code == "case.moved_meanwhile":
            return False
        raise
    return True
