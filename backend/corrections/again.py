"""再次告知: an officer asks, a supervisor answers by name. Not a verb, the case stands where it stood; audited."""

from __future__ import annotations

from datetime import datetime

from backend import db
from backend.cases import facts, reading, recording, sealing
from backend.corrections import queries
from backend.domain.authority import refuse_conflict
from backend.domain.refusal import Refusal
from backend.domain.second_notice import refuse_ungiven
from backend.people.audit import audit
from shared_schemas.case import Case
from shared_schemas.people import OfficerActor
from shared_schemas.second_notice import SecondNoticeAnswered, SecondNoticeAsked
from shared_schemas.vocabulary import Step, Verb


async def ask(case_no: str, given: SecondNoticeAsked, *, by: OfficerActor, now: datetime) -> int:
    """Ask a supervisor to allow it; the id of the request. Whoever may not ask the applicant may not ask for this.

    Raises Refusal("second_notice.not_said_before"), "second_notice.asked_already", and what `approval.check` raises.
    """
    async with db.transaction():
        case = await reading.by_number(case_no)
        verb = Verb.ASK_CORRECTION if case.step is Step.RECEIVED else Verb.ASK_SUPPLEMENT
        case = await recording.load_for(verb, case_no, by, now)
        places = tuple(dict.fromkeys(given.places))
        if not set(places) <= await queries.asked_before(case.id):
            raise Refusal("second_notice.not_said_before")
        if await queries.second_notice_open(case.id):
            raise Refusal("second_notice.asked_already")
        request = await db.fetchval(
            "INSERT INTO second_notice (case_id, places, asked_by, asked_at, reason_sealed) "
            "VALUES ($1, $2, $3, $4, $5) RETURNING id",
            case.id,
            list(places),
            by.id,
            now,
            sealing.seal(case_no, "second_notice|reason", given.reason.strip()),
        )
        await audit(by, "second_notice.asked", now=now, case_no=case_no, request=request, places=len(places))
    return request


async def answer(request: int, given: SecondNoticeAnswered, *, by: OfficerActor, now: datetime) -> None:
    """Give or deny it, with a reason. Nobody answers his own request, nor for a relative.

    Raises Refusal("second_notice.not_found"), "second_notice.answered", "second_notice.asked_it_yourself",
    "approval.conflict_of_interest".
    """
    async with db.transaction():
        row = await db.fetchrow(
            "SELECT case_id, asked_by, answered_at FROM second_notice WHERE id = $1 FOR UPDATE", request
        )
        if row is None:
            raise Refusal("second_notice.not_found")
        if row["answered_at"] is not None:
            raise Refusal("second_notice.answered")
        if row["asked_by"] == by.id:
            raise Refusal("second_notice.asked_it_yourself")
        case = await reading.by_id(row["case_id"])
        refuse_conflict(await facts.load(case), by)
        await db.execute(
            "UPDATE second_notice SET answered_by = $2, answered_at = $3, is_given = $4, answer_sealed = $5 WHERE id = $1",
            request,
            by.id,
            now,
            given.is_given,
            sealing.seal(case.case_no, "second_notice|answer", given.reason.strip()),
        )
        what = "second_notice.given" if given.is_given else "second_notice.denied"
        await audit(by, what, now=now, case_no=case.case_no, request=request)


async def use(case: Case, again: set[str], labels: tuple[str, ...]) -> tuple[int | None, str]:
    """The permission for a notice that names `again`, used up by it, and the supervisor's reason. None: none is needed.

    In the caller's transaction. Raises Refusal("correction.said_once", places).
    """
    if not again:
        return None, ""
    row = await db.fetchrow(
        "SELECT id, places, answer_sealed FROM second_notice WHERE case_id = $1 AND is_given AND used_at IS NULL "
        "ORDER BY id DESC LIMIT 1 FOR UPDATE",
        case.id,
    )
    refuse_ungiven(again, set(row["places"]) if row else set(), labels)
    return row["id"], sealing.unseal(case.case_no, "second_notice|answer", row["answer_sealed"])


async def used(request: int | None, now: datetime) -> None:
    """The notice went out: the permission is spent."""
    if request is not None:
        await db.execute("UPDATE second_notice SET used_at = $2 WHERE id = $1", request, now)
