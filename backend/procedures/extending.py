"""延期 (行政许可法 §42): once, by ten working days or the matter's own span, with the head's approval, and told why."""

from __future__ import annotations

from datetime import datetime

from backend import catalogue, db
from backend.cases import drafting, papers, recording, sealing
from backend.documents import shapes
from backend.domain import clock
from backend.domain.calendar import day_of
from backend.domain.refusal import Refusal
from backend.procedures import reckoning
from shared_schemas.case import Case
from shared_schemas.matter import Limit
from shared_schemas.people import OfficerActor
from shared_schemas.procedure import ExtensionAnswered, ExtensionAsked
from shared_schemas.vocabulary import DocumentKind, Verb


async def _span(case: Case) -> Limit:
    """What an extension would add. Raises Refusal("procedure.nothing_to_extend")."""
    matter = await catalogue.version(case.matter, case.matter_version)
    span = clock.extension_of(matter.promised or matter.statutory, matter.extension)
    if span is None:
        raise Refusal("procedure.nothing_to_extend")
    return span


async def ask(case_no: str, given: ExtensionAsked, *, by: OfficerActor, now: datetime) -> Case:
    """Ask the head of the organ for more time, before the last day is over. Raises Refusal("procedure.too_late")."""
    async with db.transaction():
        case = await recording.load_for(Verb.ASK_EXTENSION, case_no, by, now, seen=given.seen)
        await _span(case)
        if case.promised_due_on and day_of(now) > case.promised_due_on and not case.is_stopped:
            raise Refusal("procedure.too_late", day=case.promised_due_on.isoformat())
        case = await recording.record(case, Verb.ASK_EXTENSION, by=by, at=now)
        await db.execute(
            "INSERT INTO extension (case_id, asked_by, asked_at, reason_sealed) VALUES ($1, $2, $3, $4)",
            case.id,
            by.id,
            now,
            sealing.seal(case_no, "extension", given.reason.strip()),
        )
    return case


async def grant(case_no: str, given: ExtensionAnswered, *, by: OfficerActor, now: datetime) -> Case:
    """批准延期: both clocks get the span, and the applicant the reason in writing."""
    async with db.transaction():
        case = await recording.load_for(Verb.EXTEND, case_no, by, now, seen=given.seen)
        span = await _span(case)
        before = case.promised_due_on or case.statutory_due_on or day_of(now)
        reason = await _answer(case, by, now, given.opinion, is_given=True)
        case = await recording.record(
            case,
            Verb.EXTEND,
            by=by,
            at=now,
            particulars={"by": span.n, "unit": span.unit},
            extended_by=span.n,
            **await reckoning.columns(case, day_of(now), extended_by=span.n),
        )
        notice = shapes.ExtensionNotice(
            head=await drafting.head(case, DocumentKind.EXTENSION_NOTICE, by=by, now=now),
            applicant=await drafting.party(case),
            reason=reason,
            extended_by=span.label("zh"),
            due_on=case.promised_due_on or case.statutory_due_on or before,
            was_due_on=before,
            is_due_provisional=case.is_due_provisional,
        )
        await papers.issue(case, notice, by=by, now=now)
    return case


async def deny(case_no: str, given: ExtensionAnswered, *, by: OfficerActor, now: datetime) -> Case:
    """不批准延期: the limit stands."""
    async with db.transaction():
        case = await recording.load_for(Verb.DENY_EXTENSION, case_no, by, now, seen=given.seen)
        await _answer(case, by, now, given.opinion, is_given=False)
        return await recording.record(case, Verb.DENY_EXTENSION, by=by, at=now)


async def _answer(case: Case, by: OfficerActor, now: datetime, opinion: str, *, is_given: bool) -> str:
    """Keep the answer; returns the reason that was asked with."""
    sealed = sealing.seal(case.case_no, "extension|opinion", opinion.strip()) if opinion.strip() else None
    blob = await db.fetchval(
        "UPDATE extension SET answered_by = $2, answered_at = $3, is_given = $4, opinion_sealed = $5 "
        "WHERE case_id = $1 RETURNING reason_sealed",
        case.id,
        by.id,
        now,
        is_given,
        sealed,
    )
    return sealing.unseal(case.case_no, "extension", blob)
