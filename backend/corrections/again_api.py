"""再次告知 as JSON: an officer asks, a supervisor sees what waits and answers."""

from __future__ import annotations

from datetime import datetime

from litestar import get, post

from backend.cases import reading
from backend.corrections import again, queries
from backend.people.guards import requires
from shared_schemas.people import OfficerActor
from shared_schemas.second_notice import SecondNoticeAnswered, SecondNoticeAsked, SecondNoticeList
from shared_schemas.vocabulary import Role

_STAFF = [requires(Role.ACCEPTANCE_CLERK, Role.APPROVER)]
_SUPERVISOR = [requires(Role.SUPERVISOR)]


@post(
    "/cases/{case_no:str}/second-notices",
    guards=_STAFF,
    tags=["corrections"],
    summary="Ask to notify again",
    operation_id="AskSecondNotice",
    status_code=201,
    description="What was asked for before may be asked for again only on a supervisor's reason (行政许可法 §32). Answers "
    "with the requests of the case.",
)
async def ask(officer: OfficerActor, case_no: str, now: datetime, data: SecondNoticeAsked) -> SecondNoticeList:
    """Ask."""
    await again.ask(case_no, data, by=officer, now=now)
    items = await queries.second_notices_of((await reading.by_number(case_no)).id)
    return SecondNoticeList(items, len(items))


@get(
    "/second-notices",
    guards=_SUPERVISOR,
    tags=["corrections"],
    summary="Requests to notify again",
    operation_id="SecondNotices",
    description="What waits for a supervisor, oldest first.",
)
async def waiting() -> SecondNoticeList:
    """The list."""
    items = await queries.second_notices_waiting()
    return SecondNoticeList(items, len(items))


@post(
    "/second-notices/{request_id:int}/answer",
    guards=_SUPERVISOR,
    tags=["corrections"],
    summary="Allow or deny a second notice",
    operation_id="AnswerSecondNotice",
    status_code=201,
    description="By name and with a reason, whatever the answer; the reason is kept with the notice. Answers with what "
    "still waits.",
)
async def answer(officer: OfficerActor, request_id: int, now: datetime, data: SecondNoticeAnswered) -> SecondNoticeList:
    """Answer."""
    await again.answer(request_id, data, by=officer, now=now)
    items = await queries.second_notices_waiting()
    return SecondNoticeList(items, len(items))


handlers = [ask, waiting, answer]
