"""Notices as JSON: asking (staff), reading and answering (owner, or any window), withdrawing (owner)."""

from __future__ import annotations

from datetime import datetime

from litestar import Response, get, post

from backend.cases import deeds, reading
from backend.cases.deeds import Deed
from backend.corrections import actions, again_api, queries
from backend.domain.refusal import Refusal
from backend.people.guards import citizen_only, requires, signed_in_only
from shared_schemas.case import Case
from shared_schemas.correction import CorrectionAnswered, CorrectionAsked, CorrectionState, OpenCorrection, Withdrawal
from shared_schemas.people import CitizenActor, OfficerActor
from shared_schemas.vocabulary import Role

_STAFF = [requires(Role.ACCEPTANCE_CLERK, Role.APPROVER)]


async def _state(case: Case) -> CorrectionState:
    return CorrectionState(case.case_no, case.step, case.seq, await queries.open_of(case.id))


@post(
    "/cases/{case_no:str}/corrections",
    guards=_STAFF,
    tags=["verbs"],
    summary="Ask for a correction",
    operation_id="AskCorrection",
    status_code=201,
    description="一次性告知: every defect at once, each of one material or one form field. Before acceptance it is a "
    "correction, after it a supplement (which stops no statutory clock). `due_on` defaults to five working days. "
    "What was asked for before needs a supervisor's leave: `/second-notices`, else 409 `correction.said_once`.",
)
async def ask(
    officer: OfficerActor, case_no: str, now: datetime, data: CorrectionAsked, deed: Deed | None
) -> Response[CorrectionState]:
    """Send the notice."""
    return await deeds.answer(deed, case_no, lambda: actions.ask(case_no, data, by=officer, now=now), _state)


@get(
    "/cases/{case_no:str}/corrections/open",
    guards=[citizen_only],
    tags=["cases"],
    summary="The open notice",
    operation_id="OpenCorrection",
    description="What the owner of the case still has to answer; 404 when nothing is open.",
)
async def open_one(citizen: CitizenActor, case_no: str) -> OpenCorrection:
    """The notice that waits."""
    notice = await queries.open_of((await reading.owned(case_no, citizen.id)).id)
    if notice is None:
        raise Refusal("correction.not_found")
    return notice


@post(
    "/cases/{case_no:str}/corrections/{correction:int}/answer",
    guards=[signed_in_only],
    tags=["verbs"],
    summary="Answer a correction",
    operation_id="AnswerCorrection",
    status_code=201,
    description="By the owner, or by a clerk at any window. Every line at once: `uploads` (ids of finished tus uploads "
    "without a draft) for a material, `value` for a field. 422 `correction.incomplete` names each open line by id.",
)
async def answer(
    actor: CitizenActor | OfficerActor,
    case_no: str,
    correction: int,
    now: datetime,
    data: CorrectionAnswered,
    deed: Deed | None,
) -> Response[CorrectionState]:
    """Send all answers."""
    return await deeds.answer(
        deed, case_no, lambda: actions.answer(case_no, correction, data, by=actor, now=now), _state
    )


@post(
    "/cases/{case_no:str}/withdrawal",
    guards=[citizen_only],
    tags=["verbs"],
    summary="Withdraw a case",
    operation_id="Withdraw",
    status_code=201,
    description="撤回 before the decision, by the owner. The case is closed.",
)
async def withdraw(
    citizen: CitizenActor, case_no: str, now: datetime, data: Withdrawal, deed: Deed | None
) -> Response[CorrectionState]:
    """Take it back."""
    return await deeds.answer(deed, case_no, lambda: actions.withdraw(case_no, data, by=citizen, now=now), _state)


handlers = [ask, open_one, answer, withdraw, *again_api.handlers]
