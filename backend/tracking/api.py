"""JSON of a citizen's cases and of what a scan shows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from litestar import Request, Response, get
from msgspec import Struct

from backend.cases import papers, reading
from backend.domain.calendar import day_of
from backend.i18n import language
from backend.intake import undoing
from backend.people.guards import citizen_only, public, signed_in_only
from backend.tracking import access, code_api, overview, scanning
from backend.tracking.public_pages import find
from shared_schemas.people import CitizenActor, OfficerActor

_encoder = msgspec.json.Encoder()


@get(
    "/api/v1/track/{tracking_code:str}",
    opt={"public": True},
    tags=["tracking"],
    summary="What a scan of the code shows",
    operation_id="Track",
    description="The public view of a case: masked number, matter, department, beads, clock and timeline. No personal "
    "data. A wrong, revoked or guessed code is 404 alike; after too many misses from one address 429.",
)
async def track(request: Request[Any, Any, Any], tracking_code: str, now: datetime) -> Response[bytes]:
    """The public view as JSON, with the same ETag rule as the page."""
    version = await find(request, tracking_code, now)
    today, look = day_of(now), (language(), "json")
    tag = scanning.etag(version, today, look)
    headers = {"etag": tag, **scanning.HEADERS}
    if request.headers.get("if-none-match") == tag:
        return Response(b"", status_code=304, headers=headers)
    body = await scanning.cached(version, today, look, _encoder.encode, is_brotli=False)
    return Response(body, media_type="application/json", headers=headers)


class CaseList(Struct, frozen=True):
    """The citizen's cases, newest first."""

    items: list[overview.Row]
    total: int


@get(
    "/api/v1/cases",
    guards=[citizen_only],
    tags=["cases"],
    summary="My cases",
    operation_id="MyCases",
    description="Every case of the signed-in citizen, newest first, with its step and what waits for the citizen.",
)
async def my_cases(citizen: CitizenActor) -> CaseList:
    """The list behind the progress tab."""
    items = await overview.of_citizen(citizen.id)
    return CaseList(items, len(items))


@get(
    "/api/v1/cases/{case_no:str}",
    guards=[signed_in_only],
    tags=["cases"],
    summary="One case",
    operation_id="ReadCase",
    description="All of a case: for its owner with the open correction and what may be done now; for staff with the "
    "verbs that are open to this officer and personal data masked (POST …/reveal shows it). Staff reading a case is "
    "audited. Another citizen's case is 404.",
)
async def read_case(actor: CitizenActor | OfficerActor, case_no: str, now: datetime) -> overview.Whole:
    """Owner's or officer's view."""
    if isinstance(actor, CitizenActor):
        case = await reading.owned(case_no, actor.id)
        whole = await overview.for_citizen(case, day_of(now))
        offer = await undoing.offer(case, now)
        return msgspec.structs.replace(whole, undo_until=offer.until if offer else None)
    return await overview.for_officer(await reading.by_number(case_no), actor, now)


@get(
    "/api/v1/cases/{case_no:str}/documents/{document:int}",
    guards=[public],
    opt={"public": True},
    tags=["cases"],
    summary="A formal document as PDF",
    operation_id="ReadDocument",
    media_type="application/pdf",
    description="One 文书 of the case; printing it again gives the same bytes. For its owner, for staff in its scope "
    "(audited), and for whoever sends the `Case-Pass` of POST /track/openings. Anybody else: 401, another's case 404.",
)
async def read_document(request: Request[Any, Any, Any], case_no: str, document: int, now: datetime) -> Response[bytes]:
    """The PDF of one paper."""
    case = await access.with_papers(request, case_no, now, document)
    return pdf_response(*await papers.pdf(case, document))


def pdf_response(name: str, body: bytes) -> Response[bytes]:
    """A PDF to be shown or kept; never cached by anyone but the reader's own eyes."""
    from urllib.parse import quote

    return Response(
        body,
        media_type="application/pdf",
        headers={
            "content-disposition": f"inline; filename*=UTF-8''{quote(name)}",
            "cache-control": "no-store",
            "x-content-type-options": "nosniff",
        },
    )


handlers = [track, my_cases, read_case, read_document, *code_api.handlers]
