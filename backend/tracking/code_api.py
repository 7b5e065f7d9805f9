"""The tracking code and the query password over the API: opening a case without an account, replacing its code."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from litestar import Request, Response, post
from msgspec import Meta, Struct

from backend.cases import deeds, papers, reading, renewing
from backend.cases.deeds import Deed
from backend.domain.calendar import day_of
from backend.people.guards import citizen_only, public
from backend.people.sessions import Visitor
from backend.tracking import access, overview
from shared_schemas.case import Case
from shared_schemas.people import CitizenActor

Typed = Annotated[str, Meta(max_length=60)]


class OpeningAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """What stands on the receipt, and the last four characters of the owner's ID or mobile number."""

    case_no: Typed
    password: Typed
    last_four: Typed


class Opening(Struct, frozen=True):
    """The owner's view for reading. `case_pass` goes into the header `Case-Pass` to read the documents."""

    case: overview.Whole
    case_pass: str
    ends_at: datetime


@post(
    "/api/v1/track/openings",
    guards=[public],
    opt={"public": True},
    status_code=200,
    tags=["tracking"],
    summary="Open a case without an account",
    operation_id="OpenByPassword",
    description="Case number, query password and the last four of ID or mobile open the owner's view for half an hour, "
    "for reading only. Every miss is 404 `tracking.no_match`; after five on one case 429 `tracking.locked`, after too "
    "many from one address 429 `rate.limited`. The pass comes as a cookie and as `case_pass`.",
)
async def open_case(request: Request[Any, Any, Any], data: OpeningAsked, now: datetime) -> Response[Opening]:
    """What POST /track does."""
    case = await access.by_password(
        request, case_no=data.case_no, password=data.password, last_four=data.last_four, now=now
    )
    cookie = access.pass_for(case.id, now)
    whole = await overview.for_citizen(case, day_of(now), is_owner=False)
    return Response(
        Opening(whole, str(cookie.value), access.ends_at(now)), cookies=[cookie], headers={"cache-control": "no-store"}
    )


class NewCode(Struct, frozen=True):
    """The code that opens the case from now on."""

    tracking_code: str
    track_url: str


@post(
    "/api/v1/cases/{case_no:str}/tracking-code",
    guards=[citizen_only],
    status_code=201,
    tags=["tracking"],
    summary="Replace the tracking code",
    operation_id="ReplaceTrackingCode",
    description="The owner's case gets a new code; the old one is from now on a code nobody has (404 as for a guess). "
    "Documents printed earlier keep the old code. Number and query password stay good. At most ten times an hour.",
)
async def replace(
    citizen: CitizenActor, case_no: str, visitor: Visitor, now: datetime, deed: Deed | None
) -> Response[NewCode]:
    """换码."""
    answer = await deeds.answer(
        deed, case_no, lambda: renewing.replace_code(case_no, by=citizen, now=now, visitor=visitor), _new_code
    )
    answer.headers["cache-control"] = "no-store"
    return answer


async def _new_code(case: Case) -> NewCode:
    code = await reading.tracking_code_of(case)
    return NewCode(code, papers.track_url(code))


handlers = [open_case, replace]
