"""终止办理: what the applicant owed never came. By hand for what stayed out, by itself for what was promised."""

from __future__ import annotations

from datetime import date, datetime

from backend import db
from backend.cases import closing, drafting, facts, papers, promises, recording, remarks
from backend.corrections import queries as corrections
from backend.documents import shapes
from backend.domain import supplying
from backend.domain.calendar import day_of
from backend.domain.refusal import Refusal
from shared_schemas.case import Case
from shared_schemas.clock import Due
from shared_schemas.ending import Termination
from shared_schemas.people import OfficerActor, SystemActor
from shared_schemas.vocabulary import DocumentKind, Verb

LAW = SystemActor("law")
_BY_ITSELF = "您选择了容缺受理，承诺后补的材料到期没有交齐。"
_BATCH = 200


async def terminate(case_no: str, given: Termination, *, by: OfficerActor, now: datetime) -> Case:
    """By the second tier, once a day that was set for the applicant is over: notice, service, and the case is closed.

    Raises Refusal("case.not_overdue") and what `approval.check` raises.
    """
    async with db.transaction():
        case = await recording.load_for(Verb.TERMINATE, case_no, by, now, seen=given.seen)
        return await _end(case, given.reason.strip(), by, now)


async def lapse(now: datetime) -> int:
    """Terminate every case whose promised papers are late; how many. Safe to run by several workers at once."""
    rows = await db.fetch(
        "SELECT c.case_no FROM promise p JOIN case_file c ON c.id = p.case_id "
        "WHERE p.supply_by < $1 AND NOT p.is_provisional AND c.decided_at IS NULL "
        "AND c.step IN ('accepted', 'supplementing', 'reviewed', 'checked') AND EXISTS (SELECT FROM case_material m "
        "WHERE m.case_id = c.id AND m.how = 'later') ORDER BY p.supply_by LIMIT $2",
        day_of(now),
        _BATCH,
    )
    return sum([await lapse_one(row["case_no"], now) for row in rows])


async def lapse_one(case_no: str, now: datetime) -> bool:
    """Terminate one case if its promise was broken; whether it was. What came in meanwhile was faster, and stands."""
    try:
        async with db.transaction():
            case = await recording.load_for(Verb.TERMINATE, case_no, LAW, now)
            promise = await promises.of(case.id)
            if promise is None or not promise.papers or promise.supply_by is None:
                return False
            if not supplying.is_late(Due(promise.supply_by, promise.is_provisional), day_of(now)):
                return False
            await _end(case, _BY_ITSELF, LAW, now)
    except Refusal as refusal:
        if refusal.code == "case.moved_meanwhile":
            return False
        raise
    return True


async def _end(case: Case, reason: str, by: OfficerActor | SystemActor, now: datetime) -> Case:
    owed, owed_by = await _owed(case)
    case = await recording.record(
        case,
        Verb.TERMINATE,
        by=by,
        at=now,
        particulars={"owed": len(owed), "owed_by": owed_by.isoformat() if owed_by else ""},
        decided_by=by.id if isinstance(by, OfficerActor) else None,
        decided_at=now,
    )
    await remarks.write(case, reason)
    notice = shapes.TerminationNotice(
        head=await drafting.head(case, DocumentKind.TERMINATION_NOTICE, by=by, now=now),
        applicant=await drafting.party(case),
        applied_on=day_of(case.received_at),
        reason=reason,
        remedies=drafting.remedies(),
        owed=owed,
        owed_by=owed_by,
    )
    await papers.issue(case, notice, by=by, now=now)
    served = shapes.Delivered(DocumentKind.TERMINATION_NOTICE.zh, notice.head.number)
    return await closing.serve_and_close(case, served, by=by, now=now)


async def _owed(case: Case) -> tuple[tuple[str, ...], date | None]:
    """What was waited for, by name, and until when."""
    promise, notice = await promises.of(case.id), await corrections.open_of(case.id)
    names = [line.label for line in notice.items] if notice else []
    names += [paper.name for paper in promise.papers] if promise else []
    return tuple(dict.fromkeys(names)), (await facts.load(case)).owed_by
