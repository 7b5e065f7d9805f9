"""换一个码: the owner replaces the tracking code of a case, after being told what that means."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from backend import catalogue, views
from backend.cases import reading, renewing
from backend.people.guards import citizen_only
from backend.people.sessions import Visitor
from shared_schemas.people import CitizenActor


@get("/cases/{case_no:str}/tracking-code", guards=[citizen_only])
async def ask(request: Request[Any, Any, Any], citizen: CitizenActor, case_no: str) -> Response[bytes]:
    """What a new code does, before it is made."""
    case = await reading.owned(case_no, citizen.id)
    matter = await catalogue.version(case.matter, case.matter_version)
    return views.page(request, "tracking/new_code.html", case=case, matter=matter)


@post("/cases/{case_no:str}/tracking-code", guards=[citizen_only])
async def replace(citizen: CitizenActor, case_no: str, visitor: Visitor, now: datetime) -> Redirect:
    """The new code is there, the old one dead."""
    await renewing.replace_code(case_no, by=citizen, now=now, visitor=visitor)
    return Redirect(f"/cases/{case_no}#code", status_code=303, headers={"cache-control": "no-store"})


handlers = [ask, replace]
