"""容缺受理 over the counter, at any window: the applicant signs, or brings what was to follow."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from backend.cases import reading, uploads
from backend.desk import posted
from backend.people.guards import requires
from backend.procedures import promise_page
from backend.review.looking import look
from shared_schemas.people import OfficerActor
from shared_schemas.vocabulary import Role

_CLERK = [requires(Role.ACCEPTANCE_CLERK)]
_CASE = "/desk/cases/{case_no:str}"
Page = Response[Any]


@get(f"{_CASE}/promise", guards=_CLERK)
async def promise(request: Request[Any, Any, Any], officer: OfficerActor, case_no: str, now: datetime) -> Page:
    """For the applicant to read and sign on the tablet."""
    case = await reading.by_number(case_no)
    await look(case, officer, now)
    return await promise_page.show_signing(request, case, f"/desk/cases/{case_no}")


@post(f"{_CASE}/promise", guards=_CLERK)
async def sign(request: Request[Any, Any, Any], officer: OfficerActor, case_no: str, now: datetime) -> Page:
    """签."""
    case = await reading.by_number(case_no)
    form = await posted.form_of(request)
    fault = await promise_page.sign(case, form, by=officer, now=now)
    if fault is not None:
        typed, back = form.get("signature", ""), f"/desk/cases/{case_no}"
        return await promise_page.show_signing(request, case, back, refusal=fault, typed=typed)
    return Redirect(f"/desk/cases/{case_no}", status_code=303)


@get(f"{_CASE}/supply", guards=_CLERK)
async def to_follow(request: Request[Any, Any, Any], officer: OfficerActor, case_no: str, now: datetime) -> Page:
    """What is still to follow."""
    case = await reading.by_number(case_no)
    await look(case, officer, now)
    return await promise_page.show_supplying(request, case, uploads.owner_of(officer), f"/desk/cases/{case_no}", now)


@post(f"{_CASE}/supply", guards=_CLERK)
async def supply(request: Request[Any, Any, Any], officer: OfficerActor, case_no: str, now: datetime) -> Page:
    """Photographed, or taken on paper."""
    case = await reading.by_number(case_no)
    form = await posted.form_of(request)
    fault = await promise_page.supply(case, form, by=officer, now=now)
    if fault is not None:
        owner, back = uploads.owner_of(officer), f"/desk/cases/{case_no}"
        return await promise_page.show_supplying(request, case, owner, back, now, refusal=fault, form=form)
    return Redirect(f"/desk/cases/{case_no}", status_code=303)


handlers = [promise, sign, to_follow, supply]
