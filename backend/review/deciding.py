"""Review, check, and the decision: who may sign what is `domain.approval`; here it is written down."""

from __future__ import annotations

from datetime import datetime

from backend import catalogue, db
from backend.cases import closing, drafting, following, papers, recording, remarks
from backend.documents import shapes
from backend.domain.calendar import day_of
from shared_schemas.case import Case
from shared_schemas.people import OfficerActor
from shared_schemas.review import Check, Grant, RefusalOfLicence, Return, Review
from shared_schemas.vocabulary import DocumentKind, Step, Verb

_OWN_LAW = "《中华人民共和国行政许可法》第三十八条第二款"


async def review(case_no: str, given: Review, *, by: OfficerActor, now: datetime) -> Case:
    """初审: an opinion and a proposal; the next tier goes on."""
    async with db.transaction():
        case = await recording.load_for(Verb.REVIEW, case_no, by, now, seen=given.seen)
        case = await recording.record(
            case,
            Verb.REVIEW,
            by=by,
            at=now,
            particulars={"proposal": given.proposal},
            reviewed_by=by.id,
            proposal=given.proposal,
        )
        await remarks.write(case, given.opinion)
    return case


async def check(case_no: str, given: Check, *, by: OfficerActor, now: datetime) -> Case:
    """复核: agrees with the reviewer's proposal or puts its own in its place."""
    async with db.transaction():
        case = await recording.load_for(Verb.CHECK, case_no, by, now, seen=given.seen)
        proposal = given.proposal or case.proposal
        case = await recording.record(
            case, Verb.CHECK, by=by, at=now, particulars={"proposal": proposal}, checked_by=by.id, proposal=proposal
        )
        await remarks.write(case, given.opinion)
    return case


async def send_back(case_no: str, given: Return, *, by: OfficerActor, now: datetime) -> Case:
    """退回 one step: whoever stood there looks again. The clock goes on."""
    async with db.transaction():
        case = await recording.load_for(Verb.SEND_BACK, case_no, by, now, seen=given.seen)
        undone = {"checked_by": None} if case.step is Step.CHECKED else {"reviewed_by": None, "proposal": None}
        case = await recording.record(case, Verb.SEND_BACK, by=by, at=now, **undone)
        await remarks.write(case, given.reason)
    return case


async def grant(case_no: str, given: Grant, *, by: OfficerActor, now: datetime) -> Case:
    """准予: the decision under the organ's seal. The certificate follows; if making it fails, the grant stands."""
    async with db.transaction():
        case = await recording.load_for(Verb.GRANT, case_no, by, now, seen=given.seen)
        matter = await catalogue.version(case.matter, case.matter_version)
        case = await recording.record(
            case,
            Verb.GRANT,
            by=by,
            at=now,
            particulars={"conditions": len(given.conditions)},
            decided_by=by.id,
            decided_at=now,
        )
        await remarks.write(case, given.opinion)
        decision = shapes.GrantDecision(
            head=await drafting.head(case, DocumentKind.GRANT_DECISION, by=by, now=now),
            applicant=await drafting.party(case),
            applied_on=day_of(case.received_at),
            content=matter.name,
            result_name=matter.result or matter.name,
            remedies=drafting.remedies(),
            conditions=given.conditions,
        )
        await papers.issue(case, decision, by=by, now=now)
    await following.follow(Verb.GRANT, case_no, now)
    return case


async def refuse(case_no: str, given: RefusalOfLicence, *, by: OfficerActor, now: datetime) -> Case:
    """不予许可: facts, reasons, law and remedies (行政许可法 §38), served, and the case closed."""
    async with db.transaction():
        case = await recording.load_for(Verb.REFUSE, case_no, by, now, seen=given.seen)
        case = await recording.record(case, Verb.REFUSE, by=by, at=now, decided_by=by.id, decided_at=now)
        await remarks.write(case, given.opinion or given.reasons)
        decision = shapes.RefuseDecision(
            head=await drafting.head(
                case,
                DocumentKind.REFUSE_DECISION,
                by=by,
                now=now,
                articles=tuple(dict.fromkeys((*given.articles, _OWN_LAW))),
            ),
            applicant=await drafting.party(case),
            applied_on=day_of(case.received_at),
            facts=given.facts,
            reasons=given.reasons,
            remedies=drafting.remedies(),
        )
        await papers.issue(case, decision, by=by, now=now)
        served = shapes.Delivered(DocumentKind.REFUSE_DECISION.zh, decision.head.number)
        return await closing.serve_and_close(case, served, by=by, now=now)
