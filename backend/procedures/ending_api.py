"""Other ends as JSON: termination, archiving, reopening."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import Response, post

from backend.cases import deeds
from backend.cases.deeds import Deed
from backend.people.guards import requires, stepped_up
from backend.procedures import archiving, breaching, reopening, terminating
from backend.review.queries import state
from shared_schemas.ending import Archiving, Reopening, Termination
from shared_schemas.people import OfficerActor
from shared_schemas.promise import Breach
from shared_schemas.review import CaseState
from shared_schemas.vocabulary import Role

_CASE = "/api/v1/cases/{case_no:str}"
_SIGNED = [requires(Role.APPROVER), stepped_up]
_VERB: dict[str, Any] = {"tags": ["procedures"], "status_code": 201}


@post(
    f"{_CASE}/termination",
    guards=_SIGNED,
    summary="Terminate a case",
    operation_id="Terminate",
    description="By the second tier and passkey, once what the applicant owed is late: promised papers, or an answer to a "
    "notice. 409 `case.not_overdue`. The notice is served and the case closed.",
    **_VERB,
)
async def terminate(
    officer: OfficerActor, case_no: str, now: datetime, data: Termination, deed: Deed | None
) -> Response[CaseState]:
    """终止."""
    return await deeds.answer(
        deed,
        case_no,
        lambda: terminating.terminate(case_no, data, by=officer, now=now),
        lambda case: state(case, officer, now),
    )


@post(
    f"{_CASE}/archive",
    guards=[requires(Role.ACCEPTANCE_CLERK)],
    summary="Archive a closed case",
    operation_id="Archive",
    description="By its first handler. `place` says where the paper file stands.",
    **_VERB,
)
async def archive(
    officer: OfficerActor, case_no: str, now: datetime, data: Archiving, deed: Deed | None
) -> Response[CaseState]:
    """归档."""
    return await deeds.answer(
        deed,
        case_no,
        lambda: archiving.archive(case_no, data, by=officer, now=now),
        lambda case: state(case, officer, now),
    )


@post(
    f"{_CASE}/reopening",
    guards=_SIGNED,
    summary="Reopen a case",
    operation_id="Reopen",
    description="By the head of the organ and passkey, after the decision was set aside: decided anew from acceptance on, "
    "clocks begin again, a certificate that was made is revoked.",
    **_VERB,
)
async def reopen(
    officer: OfficerActor, case_no: str, now: datetime, data: Reopening, deed: Deed | None
) -> Response[CaseState]:
    """重新办理."""
    return await deeds.answer(
        deed,
        case_no,
        lambda: reopening.reopen(case_no, data, by=officer, now=now),
        lambda case: state(case, officer, now),
    )


@post(
    f"{_CASE}/breach",
    guards=_SIGNED,
    summary="Record a broken commitment",
    operation_id="RecordBreach",
    description="告知承诺 found untrue, by passkey. Under way the case can't be granted any more and may be terminated; what "
    "was granted is revoked by the second tier (报批: chief) with a decision.",
    **_VERB,
)
async def breach(
    officer: OfficerActor, case_no: str, now: datetime, data: Breach, deed: Deed | None
) -> Response[CaseState]:
    """承诺不实."""
    return await deeds.answer(
        deed,
        case_no,
        lambda: breaching.record(case_no, data, by=officer, now=now),
        lambda case: state(case, officer, now),
    )


handlers = [terminate, archive, reopen, breach]
