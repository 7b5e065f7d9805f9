"""The citizen's pages: answering what was found missing, and taking an application back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from backend import catalogue, views
from backend.cases import facts, reading, uploads
from backend.corrections import actions, again_pages, answering_page
from backend.domain import approval
from backend.people.guards import citizen_only
from shared_schemas.correction import Withdrawal
from shared_schemas.people import CitizenActor
from shared_schemas.vocabulary import Verb

Page = Response[Any]


@get("/cases/{case_no:str}/correction", guards=[citizen_only])
async def correction(request: Request[Any, Any, Any], citizen: CitizenActor, case_no: str, now: datetime) -> Page:
    """轮到您了: what, why, how, by when; camera first."""
    case = await reading.owned(case_no, citizen.id)
    return await answering_page.show(request, case, uploads.owner_of(citizen), f"/cases/{case_no}", now)


@post("/cases/{case_no:str}/correction", guards=[citizen_only])
async def answer(request: Request[Any, Any, Any], citizen: CitizenActor, case_no: str, now: datetime) -> Page:
    """Send all lines at once."""
    case = await reading.owned(case_no, citizen.id)
    form = {name: str(value)[:4000] for name, value in (await request.form()).items()}
    fault = await answering_page.send(case, form, by=citizen, now=now)
    if fault is not None and fault.code != "correction.answered":
        owner, back = uploads.owner_of(citizen), f"/cases/{case_no}"
        return await answering_page.show(request, case, owner, back, now, refusal=fault, typed=form)
    return Redirect(f"/cases/{case_no}", status_code=303)


@get("/cases/{case_no:str}/withdrawal", guards=[citizen_only])
async def withdrawal(request: Request[Any, Any, Any], citizen: CitizenActor, case_no: str) -> Page:
    """Are you sure? What happens then."""
    case = await reading.owned(case_no, citizen.id)
    approval.check_citizen(await facts.load(case), Verb.WITHDRAW)
    matter = await catalogue.version(case.matter, case.matter_version)
    return views.page(request, "corrections/withdrawal.html", case=case, matter=matter)


@post("/cases/{case_no:str}/withdrawal", guards=[citizen_only])
async def withdraw(request: Request[Any, Any, Any], citizen: CitizenActor, case_no: str, now: datetime) -> Page:
    """撤回."""
    reason = str((await request.form()).get("reason", ""))[:1000]
    await actions.withdraw(case_no, Withdrawal(reason), by=citizen, now=now)
    return Redirect(f"/cases/{case_no}", status_code=303)


handlers = [correction, answer, withdrawal, withdraw, *again_pages.handlers]
