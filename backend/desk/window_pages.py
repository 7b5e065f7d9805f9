"""From the workbench to the citizen and back: sending a notice, taking the answer over the counter, handing over."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from backend.cases import reading, uploads
from backend.corrections import actions as corrections
from backend.corrections import again, answering_page
from backend.desk import approver_pages, posted, sheet
from backend.desk.clerk_pages import run
from backend.issuance import actions as issuance
from backend.people.guards import requires
from backend.review.looking import look
from shared_schemas.issuance import HandOver
from shared_schemas.people import OfficerActor
from shared_schemas.vocabulary import Role

_CLERK = [requires(Role.ACCEPTANCE_CLERK)]
Page = Response[Any]


@post("/desk/cases/{case_no:str}/corrections", guards=_CLERK)
async def ask(request: Request[Any, Any, Any], officer: OfficerActor, case_no: str, now: datetime) -> Page:
    """发补正: every ticked line in one notice."""

    async def act(form: dict[str, str]) -> object:
        found = await sheet.read(case_no, officer, now)
        return await corrections.ask(case_no, posted.asked(form, found), by=officer, now=now)

    return await run(request, officer, case_no, now, act, "correction")


@post("/desk/cases/{case_no:str}/second-notice", guards=[requires(Role.ACCEPTANCE_CLERK, Role.APPROVER)])
async def ask_again(request: Request[Any, Any, Any], officer: OfficerActor, case_no: str, now: datetime) -> Page:
    """请监督同意再要一次: what is ticked and was said before."""

    async def act(form: dict[str, str]) -> object:
        found = await sheet.read(case_no, officer, now)
        return await again.ask(case_no, posted.asked_again(form, found), by=officer, now=now)

    if not officer.has(Role.ACCEPTANCE_CLERK):
        return await approver_pages.run_sheet(request, officer, case_no, now, act)
    then = f"/desk/cases/{case_no}?open=correction"
    return await run(request, officer, case_no, now, act, "correction", then)


@post("/desk/cases/{case_no:str}/hand-over", guards=_CLERK)
async def hand_over(request: Request[Any, Any, Any], officer: OfficerActor, case_no: str, now: datetime) -> Page:
    """发证."""

    async def act(form: dict[str, str]) -> object:
        raw = {name: form.get(name, "") for name in ("last_four", "relation", "collector")}
        given = posted.shaped(HandOver, raw | {"seen": posted.seen_of(form)})
        return await issuance.hand_over(case_no, given, by=officer, now=now)

    return await run(request, officer, case_no, now, act, "hand-over")


@get("/desk/cases/{case_no:str}/answer", guards=_CLERK)
async def answer_page(request: Request[Any, Any, Any], officer: OfficerActor, case_no: str, now: datetime) -> Page:
    """The citizen brought the missing papers along: the clerk takes them in."""
    case = await reading.by_number(case_no)
    await look(case, officer, now)
    return await answering_page.show(request, case, uploads.owner_of(officer), f"/desk/cases/{case_no}", now)


@post("/desk/cases/{case_no:str}/answer", guards=_CLERK)
async def answer(request: Request[Any, Any, Any], officer: OfficerActor, case_no: str, now: datetime) -> Page:
    """补正 over the counter."""
    case = await reading.by_number(case_no)
    form = await posted.form_of(request)
    fault = await answering_page.send(case, form, by=officer, now=now)
    if fault is not None:
        owner, back = uploads.owner_of(officer), f"/desk/cases/{case_no}"
        return await answering_page.show(request, case, owner, back, now, refusal=fault, typed=form)
    return Redirect(f"/desk/cases/{case_no}", status_code=303)


handlers = [ask, ask_again, hand_over, answer_page, answer]
