"""Certificates as JSON: the owner's, handing over, verifying by anyone, rating."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from urllib.parse import quote

from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body

from backend import ratelimit
from backend.cases import deeds, reading
from backend.cases.deeds import Deed
from backend.domain.refusal import Refusal
from backend.issuance import actions, queries
from backend.people.guards import citizen_only, public, requires
from backend.people.viewer import visitor_of
from backend.settings import settings
from shared_schemas.case import Case
from shared_schemas.issuance import (
    CaseStep,
    CertificateView,
    Collecting,
    FileChecked,
    HandOver,
    RatingGiven,
    Verified,
)
from shared_schemas.people import CitizenActor, OfficerActor
from shared_schemas.vocabulary import Role

LARGEST = 10_000_000
_LOOKS = 60  # a minute and address
_FILES = 6


async def look_up(request: Request[Any, Any, Any], number: str, now: datetime) -> Verified:
    """Verify one number for anyone; guessing is slowed down by address."""
    ip = visitor_of(request).ip
    await ratelimit.hit(f"verify|{ip}", _LOOKS, 60, now)
    try:
        return await queries.verify(number)
    except Refusal:
        await ratelimit.hit(f"verify_miss|{ip}", settings.track_miss_limit, 60, now)
        raise


async def look_at(request: Request[Any, Any, Any], file: UploadFile, now: datetime) -> FileChecked:
    """Check a file for anyone; nothing of it is kept."""
    await ratelimit.hit(f"verify_file|{visitor_of(request).ip}", _FILES, 60, now)
    body = await file.read(LARGEST + 1)
    if len(body) > LARGEST:
        raise Refusal("certificate.not_a_pdf")
    return await queries.check_file(body, now)


def pdf_response(name: str, body: bytes) -> Response[bytes]:
    """A signed PDF to keep."""
    return Response(
        body,
        media_type="application/pdf",
        headers={
            "content-disposition": f"attachment; filename*=UTF-8''{quote(name)}",
            "cache-control": "no-store",
            "x-content-type-options": "nosniff",
        },
    )


async def _step(case: Case) -> CaseStep:
    return CaseStep(case.case_no, case.step, case.seq)


@get(
    "/cases/{case_no:str}/certificate",
    guards=[citizen_only],
    tags=["certificates"],
    summary="My certificate",
    operation_id="Certificate",
    description="The certificate of the owner's case; 404 `certificate.not_ready` before it is made.",
)
async def certificate(citizen: CitizenActor, case_no: str) -> CertificateView:
    """What it says on the owner's page."""
    found = await queries.of_case(await reading.owned(case_no, citizen.id))
    if found is None:
        raise Refusal("certificate.not_ready")
    return found


@post(
    "/cases/{case_no:str}/collection",
    guards=[citizen_only],
    tags=["verbs"],
    summary="Collect by download",
    operation_id="Collect",
    status_code=201,
    description="领证 for cases with electronic delivery: the first call collects and closes the case, later calls change nothing.",
)
async def collect(
    citizen: CitizenActor, case_no: str, now: datetime, data: Collecting, deed: Deed | None
) -> Response[CaseStep]:
    """下载领证."""
    return await deeds.answer(
        deed, case_no, lambda: actions.collect(case_no, by=citizen, now=now, seen=data.seen), _step
    )


@get(
    "/cases/{case_no:str}/certificate/file",
    guards=[citizen_only],
    tags=["certificates"],
    summary="The signed PDF",
    operation_id="CertificateFile",
    media_type="application/pdf",
    description="The owner's certificate once collected, by download or at a window. PAdES-signed.",
)
async def certificate_file(citizen: CitizenActor, case_no: str) -> Response[bytes]:
    """The file."""
    return pdf_response(*await actions.pdf(case_no, by=citizen))


@post(
    "/cases/{case_no:str}/hand-over",
    guards=[requires(Role.ACCEPTANCE_CLERK)],
    tags=["verbs"],
    summary="Hand a result over",
    operation_id="HandOver",
    status_code=201,
    description="At any window, after scanning the citizen's code: the last four of ID or mobile must fit; an agent's "
    "name is kept. Writes the 送达回证 and closes the case.",
)
async def hand_over(
    officer: OfficerActor, case_no: str, now: datetime, data: HandOver, deed: Deed | None
) -> Response[CaseStep]:
    """窗口发证."""
    return await deeds.answer(deed, case_no, lambda: actions.hand_over(case_no, data, by=officer, now=now), _step)


@post(
    "/cases/{case_no:str}/rating",
    guards=[citizen_only],
    tags=["verbs"],
    summary="Rate a closed case",
    operation_id="Rate",
    status_code=201,
    description="好差评: level 1 (best) to 5, as text; words optional; once a case. Staff never see who rated.",
)
async def rate(
    citizen: CitizenActor, case_no: str, now: datetime, data: RatingGiven, deed: Deed | None
) -> Response[CaseStep]:
    """评价."""
    return await deeds.answer(deed, case_no, lambda: actions.rate(case_no, data, by=citizen, now=now), _step)


@get(
    "/certificates/{number:str}",
    guards=[public],
    opt={"public": True},
    tags=["certificates"],
    summary="Is this certificate genuine?",
    operation_id="VerifyCertificate",
    description="For anyone: genuine or revoked, organ, dates, masked holder. An unknown number is 404 "
    "`certificate.unknown`, always alike; too many misses from one address are 429.",
)
async def verify(request: Request[Any, Any, Any], number: str, now: datetime) -> Verified:
    """核验."""
    return await look_up(request, number, now)


@post(
    "/certificates/checks",
    guards=[public],
    opt={"public": True},
    tags=["certificates"],
    status_code=200,
    request_max_body_size=LARGEST + 1_000_000,
    summary="Is this PDF ours?",
    operation_id="CheckCertificateFile",
    description="Upload a PDF (≤ 10 MB, multipart field `file`): unchanged to the last byte? signed by us? Nothing is kept.",
)
async def check_file(
    request: Request[Any, Any, Any],
    now: datetime,
    data: Annotated[dict[str, UploadFile], Body(media_type=RequestEncodingType.MULTI_PART)],
) -> FileChecked:
    """核验文件."""
    if "file" not in data:
        raise Refusal("certificate.not_a_pdf")
    return await look_at(request, data["file"], now)


handlers = [certificate, collect, certificate_file, hand_over, rate, verify, check_file]
