"""The side ways as JSON: one sub-resource a verb. Every refusal is problem+json with a stable `code`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import Response, get, post, put

import backend.procedures.refusals  # noqa: F401 - the sentences of this slice
from backend.cases import reading
from backend.cases.deeds import Deed
from backend.people.guards import requires, stepped_up
from backend.procedures import ending_api, extending, hearing_api, promise_api, queries, service_api, special
from backend.review.doing import done
from backend.review.looking import look
from shared_schemas.people import OfficerActor
from shared_schemas.procedure import (
    ExtensionAnswered,
    ExtensionAsked,
    NoticeServed,
    ProcedureEnded,
    ProcedureStarted,
    ProcedureView,
)
from shared_schemas.review import CaseState
from shared_schemas.vocabulary import Role

_APPROVER = [requires(Role.APPROVER)]
_SIGNED = [requires(Role.APPROVER), stepped_up]
_CASE = "/api/v1/cases/{case_no:str}"
_VERB: dict[str, Any] = {"tags": ["procedures"], "status_code": 201}


@get(
    f"{_CASE}/procedures",
    guards=_APPROVER,
    tags=["procedures"],
    summary="Special procedures",
    operation_id="Procedures",
    description="特别程序 of a case in the reader's scope, oldest first. `told_on` null: the notice was not served, the clock runs.",
)
async def index(officer: OfficerActor, case_no: str, now: datetime) -> list[ProcedureView]:
    """The list."""
    case = await reading.by_number(case_no)
    await look(case, officer, now)
    return await queries.procedures_of(case.id)


@post(
    f"{_CASE}/procedures",
    guards=_APPROVER,
    summary="Start a special procedure",
    operation_id="StartProcedure",
    description="行政许可法 §45. The notice with the needed time is made and served; both clocks stand still from its service on.",
    **_VERB,
)
async def start(
    officer: OfficerActor, case_no: str, now: datetime, data: ProcedureStarted, deed: Deed | None
) -> Response[CaseState]:
    """Start."""
    return await done(deed, case_no, lambda: special.start(case_no, data, by=officer, now=now), officer, now)


@put(
    f"{_CASE}/procedures/service",
    guards=_APPROVER,
    tags=["procedures"],
    status_code=200,
    summary="Say when the notice was served",
    operation_id="ServeProcedureNotice",
    description="For an applicant without an account: the clock stands still from this day on, not before.",
)
async def serve(
    officer: OfficerActor, case_no: str, now: datetime, data: NoticeServed, deed: Deed | None
) -> Response[CaseState]:
    """Serve."""
    return await done(deed, case_no, lambda: special.serve(case_no, data, by=officer, now=now), officer, now)


@post(
    f"{_CASE}/procedures/end",
    guards=_APPROVER,
    summary="End the special procedure",
    operation_id="EndProcedure",
    description="What came of it; the clock runs on from tomorrow.",
    **_VERB,
)
async def end(
    officer: OfficerActor, case_no: str, now: datetime, data: ProcedureEnded, deed: Deed | None
) -> Response[CaseState]:
    """End."""
    return await done(deed, case_no, lambda: special.end(case_no, data, by=officer, now=now), officer, now)


@post(
    f"{_CASE}/extension",
    guards=_APPROVER,
    summary="Ask for an extension",
    operation_id="AskExtension",
    description="行政许可法 §42, once a case and before its last day is over.",
    **_VERB,
)
async def ask(
    officer: OfficerActor, case_no: str, now: datetime, data: ExtensionAsked, deed: Deed | None
) -> Response[CaseState]:
    """Ask."""
    return await done(deed, case_no, lambda: extending.ask(case_no, data, by=officer, now=now), officer, now)


@post(
    f"{_CASE}/extension/approval",
    guards=_SIGNED,
    summary="Grant the extension",
    operation_id="GrantExtension",
    description="The head of the organ, by passkey; the applicant is told the reason in writing.",
    **_VERB,
)
async def grant(
    officer: OfficerActor, case_no: str, now: datetime, data: ExtensionAnswered, deed: Deed | None
) -> Response[CaseState]:
    """Grant."""
    return await done(deed, case_no, lambda: extending.grant(case_no, data, by=officer, now=now), officer, now)


@post(
    f"{_CASE}/extension/denial",
    guards=_SIGNED,
    summary="Deny the extension",
    operation_id="DenyExtension",
    description="The limit stands.",
    **_VERB,
)
async def deny(
    officer: OfficerActor, case_no: str, now: datetime, data: ExtensionAnswered, deed: Deed | None
) -> Response[CaseState]:
    """Deny."""
    return await done(deed, case_no, lambda: extending.deny(case_no, data, by=officer, now=now), officer, now)


handlers = [
    index,
    start,
    serve,
    end,
    ask,
    grant,
    deny,
    *hearing_api.handlers,
    *promise_api.handlers,
    *ending_api.handlers,
    *service_api.handlers,
]
