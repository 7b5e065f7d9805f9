"""容缺受理 for the owner of a case: sign the promise, hand in what follows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from backend.cases import reading, uploads
from backend.people.guards import citizen_only
from backend.procedures import promise_page
from shared_schemas.people import CitizenActor

Page = Response[Any]


async def _form(request: Request[Any, Any, Any]) -> dict[str, str]:
    return {name: str(value)[:4000] for name, value in (await request.form()).items()}


@get("/cases/{case_no:str}/promise", guards=[citizen_only])
async def promise(request: Request[Any, Any, Any], citizen: CitizenActor, case_no: str) -> Page:
    """What follows, until when, and what happens if it doesn't."""
    return await promise_page.show_signing(request, await reading.owned(case_no, citizen.id), f"/cases/{case_no}")


@post("/cases/{case_no:str}/promise", guards=[citizen_only])
async def sign(request: Request[Any, Any, Any], citizen: CitizenActor, case_no: str, now: datetime) -> Page:
    """Sign it."""
    case = await reading.owned(case_no, citizen.id)
    form = await _form(request)
    fault = await promise_page.sign(case, form, by=citizen, now=now)
    if fault is not None and fault.code != "case.nothing_promised":
        typed = form.get("signature", "")
        return await promise_page.show_signing(request, case, f"/cases/{case_no}", refusal=fault, typed=typed)
    return Redirect(f"/cases/{case_no}", status_code=303)


@get("/cases/{case_no:str}/supply", guards=[citizen_only])
async def to_follow(request: Request[Any, Any, Any], citizen: CitizenActor, case_no: str, now: datetime) -> Page:
    """What is still to follow; camera first."""
    case = await reading.owned(case_no, citizen.id)
    return await promise_page.show_supplying(request, case, uploads.owner_of(citizen), f"/cases/{case_no}", now)


@post("/cases/{case_no:str}/supply", guards=[citizen_only])
async def supply(request: Request[Any, Any, Any], citizen: CitizenActor, case_no: str, now: datetime) -> Page:
    """Hand in what is there."""
    case = await reading.owned(case_no, citizen.id)
    form = await _form(request)
    fault = await promise_page.supply(case, form, by=citizen, now=now)
    if fault is not None and fault.code not in {"case.nothing_follows", "supply.not_awaited"}:
        owner, back = uploads.owner_of(citizen), f"/cases/{case_no}"
        return await promise_page.show_supplying(request, case, owner, back, now, refusal=fault, form=form)
    return Redirect(f"/cases/{case_no}", status_code=303)


handlers = [promise, sign, to_follow, supply]
