"""受理 and 不予受理: the two answers to a filing, each with its dated paper (行政许可法 §32)."""

from __future__ import annotations

from datetime import datetime

from backend import catalogue, db
from backend.cases import clocks, closing, drafting, papers, promises, reading, recording, remarks
from backend.documents import shapes
from backend.domain.calendar import day_of
from backend.domain.refusal import Refusal
from shared_schemas.case import Case, MaterialOfCase
from shared_schemas.matter import Matter
from shared_schemas.people import Actor, OfficerActor
from shared_schemas.promise import PromiseView
from shared_schemas.review import Acceptance, NonAcceptance
from shared_schemas.vocabulary import DocumentKind, GivenHow, MaterialVerdict, Verb

_FINE = frozenset({MaterialVerdict.FITS, MaterialVerdict.UNNEEDED})


async def accept(case_no: str, given: Acceptance, *, by: OfficerActor, now: datetime) -> Case:
    """受理: both clocks start, the 受理通知书 is written.

    Raises Refusal("review.materials_unjudged", names) unless every required material was found fitting, was found not
    to be needed, or may follow; Refusal("review.promise_unsigned") while nobody signed for what follows.
    """
    async with db.transaction():
        case = await recording.load_for(Verb.ACCEPT, case_no, by, now, seen=given.seen)
        _check_materials(await reading.materials_of(case.id))
        await promises.refuse_unsigned(case.id)
        matter = await catalogue.version(case.matter, case.matter_version)
        case = await recording.record(
            case,
            Verb.ACCEPT,
            by=by,
            at=now,
            accepted_by=by.id,
            handler=by.id,
            first_handler=case.first_handler or by.id,
            accepted_at=now,
            **clocks.reckoned(now, matter).columns,
        )
        follows = await promises.fix_day(case, matter, now)
        await papers.issue(case, await notice(case, matter, by, now, follows=follows), by=by, now=now)
    return case


def _check_materials(materials: list[MaterialOfCase]) -> None:
    open_ones = [
        m.name
        for m in materials
        if m.verdict is MaterialVerdict.FIX
        or (m.is_required and m.how is not GivenHow.LATER and m.verdict not in _FINE)
    ]
    if open_ones:
        raise Refusal("review.materials_unjudged", names=open_ones)


async def notice(
    case: Case,
    matter: Matter,
    by: Actor,
    now: datetime,
    *,
    is_deemed: bool = False,
    follows: PromiseView | None = None,
) -> shapes.AcceptanceNotice:
    """受理通知书 of a case that was just accepted, by a clerk or (`is_deemed`) by the organ's silence."""
    limit = matter.promised or matter.statutory
    due_on = case.promised_due_on or case.statutory_due_on or day_of(now)
    complaints = (*drafting.local().complaints, *((matter.complaint_phone,) if matter.complaint_phone else ()))
    return shapes.AcceptanceNotice(
        head=await drafting.head(case, DocumentKind.ACCEPTANCE_NOTICE, by=by, now=now),
        applicant=await drafting.party(case),
        accepted_on=day_of(case.accepted_at or now),
        due_on=due_on,
        limit=limit.label("zh") or "当场",
        complaint_channels=complaints,
        fee="" if not matter.has_fee else matter.fee_note or "按规定标准收取",
        statutory_due_on=case.statutory_due_on,
        is_due_provisional=case.is_due_provisional,
        # §45 and nothing else: what doesn't count is told in writing.
        uncounted=tuple(f"{procedure.label('zh')}所需时间" for procedure in matter.special_procedures),
        is_deemed=is_deemed,
        following=tuple(paper.name for paper in follows.papers) if follows else (),
        supply_by=follows.supply_by if follows else None,
    )


async def decline(case_no: str, given: NonAcceptance, *, by: OfficerActor, now: datetime) -> Case:
    """不予受理: the decision with its ground, served, and the case closed."""
    async with db.transaction():
        case = await recording.load_for(Verb.DECLINE, case_no, by, now, seen=given.seen)
        case = await recording.record(
            case,
            Verb.DECLINE,
            by=by,
            at=now,
            particulars={"ground": given.ground},
            decided_by=by.id,
            decided_at=now,
            handler=by.id,
            first_handler=case.first_handler or by.id,
        )
        await remarks.write(case, given.reasons)
        decision = shapes.DeclineDecision(
            head=await drafting.head(case, DocumentKind.DECLINE_DECISION, by=by, now=now),
            applicant=await drafting.party(case),
            applied_on=day_of(case.received_at),
            ground=given.ground.label("zh"),
            remedies=drafting.remedies(),
            reasons=given.reasons,
            competent_organ=given.competent_organ,
        )
        await papers.issue(case, decision, by=by, now=now)
        served = shapes.Delivered(DocumentKind.DECLINE_DECISION.zh, decision.head.number)
        return await closing.serve_and_close(case, served, by=by, now=now)
