"""重新办理: a decision that was set aside is made anew, from acceptance on and on fresh clocks."""

from __future__ import annotations

from datetime import datetime

from backend import catalogue, db
from backend.cases import clocks, drafting, papers, promises, recording, remarks
from backend.documents import shapes
from backend.domain.calendar import day_of
from backend.procedures.serving import serve_now
from shared_schemas.case import Case
from shared_schemas.ending import Reopening
from shared_schemas.matter import Matter
from shared_schemas.people import OfficerActor
from shared_schemas.vocabulary import DocumentKind, Verb

# Nothing of the first decision counts for the second; the log keeps it all.
_ANEW = dict.fromkeys(
    ("reviewed_by", "checked_by", "decided_by", "decided_at", "closed_at", "ended_as", "proposal"), None
)


async def reopen(case_no: str, given: Reopening, *, by: OfficerActor, now: datetime) -> Case:
    """By the head of the organ: the applicant is told why and until when. A certificate that was made is revoked."""
    async with db.transaction():
        case = await recording.load_for(Verb.REOPEN, case_no, by, now, seen=given.seen)
        ended_as = case.ended_as
        matter = await catalogue.version(case.matter, case.matter_version)
        case = await recording.record(
            case,
            Verb.REOPEN,
            by=by,
            at=now,
            particulars={"set_aside_by": given.set_aside_by, "ended_as": ended_as or ""},
            accepted_at=now,
            extended_by=0,
            **_ANEW,
            **clocks.reckoned(now, matter).columns,
        )
        await _begin_clean(case, matter, now)
        await db.execute(
            "UPDATE certificate SET revoked_at = $2 WHERE case_id = $1 AND revoked_at IS NULL", case.id, now
        )
        await remarks.write(case, f"{given.instrument.strip()}\n{given.reason.strip()}")
        notice = shapes.ReopeningNotice(
            head=await drafting.head(case, DocumentKind.REOPENING_NOTICE, by=by, now=now),
            applicant=await drafting.party(case),
            set_aside_by=given.set_aside_by.zh,
            instrument=given.instrument.strip(),
            reason=given.reason.strip(),
            ended_as=ended_as.zh if ended_as else "",
            due_on=case.promised_due_on or case.statutory_due_on,
        )
        await papers.issue(case, notice, by=by, now=now)
        await serve_now(case, DocumentKind.REOPENING_NOTICE, notice.head.number, by=by, now=now)
    return case


async def _begin_clean(case: Case, matter: Matter, now: datetime) -> None:
    """What stood open when the case ended holds nothing up any more; what was to follow may follow anew.

    Else the fresh clock would stand still for an old procedure, and the hall would end the case again for an old day.
    """
    await db.execute("UPDATE standstill SET ends_on = $2 WHERE case_id = $1 AND ends_on IS NULL", case.id, day_of(now))
    await db.execute("UPDATE procedure SET ended_at = $2 WHERE case_id = $1 AND ended_at IS NULL", case.id, now)
    await promises.fix_day(case, matter, now)
    # A fresh limit may be extended once, like any other; the log keeps that the first was.
    await db.execute("DELETE FROM extension WHERE case_id = $1", case.id)
    await db.execute("UPDATE correction SET answered_at = $2 WHERE case_id = $1 AND answered_at IS NULL", case.id, now)
    await db.execute(
        "UPDATE promise SET broken_at = NULL, broken_by = NULL, broken_sealed = NULL WHERE case_id = $1", case.id
    )
