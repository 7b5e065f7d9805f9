"""送达 as JSON: what is on its way, posting it, and the day it arrived; the certificate by post."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import Response, get, post

from backend.cases import deeds, reading, services
from backend.cases.deeds import Deed
from backend.people.guards import requires
from backend.procedures import mailing, service
from backend.review.looking import look
from backend.review.queries import state
from shared_schemas.case import Case
from shared_schemas.people import OfficerActor
from shared_schemas.review import CaseState
from shared_schemas.service import PostSent, ServiceConfirmed, ServiceView
from shared_schemas.vocabulary import Role

_STAFF = [requires(Role.ACCEPTANCE_CLERK, Role.APPROVER)]
_CLERK = [requires(Role.ACCEPTANCE_CLERK)]
_CASE = "/api/v1/cases/{case_no:str}"
_TAGS: dict[str, Any] = {"tags": ["service"]}


async def _of(case: Case) -> list[ServiceView]:
    return list(await services.of(case.id))


@get(
    f"{_CASE}/services",
    guards=_STAFF,
    summary="What was served",
    operation_id="Services",
    description="送达 of a case, oldest first. `served_on` null: nobody said yet that it arrived.",
    **_TAGS,
)
async def index(officer: OfficerActor, case_no: str, now: datetime) -> list[ServiceView]:
    """The list."""
    case = await reading.by_number(case_no)
    await look(case, officer, now)
    return await _of(case)


@post(
    f"{_CASE}/services/{{service_id:int}}/posting",
    guards=_STAFF,
    status_code=201,
    summary="It went by post",
    operation_id="PostDocument",
    description="Carrier and tracking number of a document that is on its way; again where it came back.",
    **_TAGS,
)
async def posting(
    officer: OfficerActor, case_no: str, service_id: int, now: datetime, data: PostSent, deed: Deed | None
) -> Response[list[ServiceView]]:
    """Post."""
    return await deeds.answer(deed, case_no, lambda: service.post(case_no, service_id, data, by=officer, now=now), _of)


@post(
    f"{_CASE}/services/{{service_id:int}}/proof",
    guards=_STAFF,
    status_code=201,
    summary="It arrived",
    operation_id="ConfirmService",
    description="The day that the receipt names, and who took it: makes the 送达回证. A clock that waited for this notice "
    "stands still from that day.",
    **_TAGS,
)
async def proof(
    officer: OfficerActor, case_no: str, service_id: int, now: datetime, data: ServiceConfirmed, deed: Deed | None
) -> Response[list[ServiceView]]:
    """Confirm."""
    return await deeds.answer(
        deed, case_no, lambda: service.confirm(case_no, service_id, data, by=officer, now=now), _of
    )


@post(
    f"{_CASE}/mailing",
    guards=_CLERK,
    status_code=201,
    summary="Send the certificate by post",
    operation_id="MailCertificate",
    description="Any window. The applicant is told; sent again, the new number counts.",
    **_TAGS,
)
async def mail(
    officer: OfficerActor, case_no: str, now: datetime, data: PostSent, deed: Deed | None
) -> Response[CaseState]:
    """Send."""
    return await deeds.answer(
        deed,
        case_no,
        lambda: mailing.mail(case_no, data, by=officer, now=now),
        lambda case: state(case, officer, now),
    )


@post(
    f"{_CASE}/mailing/proof",
    guards=_CLERK,
    status_code=201,
    summary="The certificate arrived by post",
    operation_id="ConfirmMailing",
    description="Writes the 送达回证 with the tracking number and closes the case.",
    **_TAGS,
)
async def mail_proof(
    officer: OfficerActor, case_no: str, now: datetime, data: ServiceConfirmed, deed: Deed | None
) -> Response[CaseState]:
    """Confirm."""
    return await deeds.answer(
        deed,
        case_no,
        lambda: mailing.arrived(case_no, data, by=officer, now=now),
        lambda case: state(case, officer, now),
    )


handlers = [index, posting, proof, mail, mail_proof]
