"""送达登记 at the desk: what is on its way, posting it, the day it arrived; the certificate by post."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from backend import views
from backend.cases import services
from backend.desk import posted, sheet
from backend.domain.calendar import day_of
from backend.domain.refusal import Refusal
from backend.people.guards import requires
from backend.problems import problem_of
from backend.procedures import mailing, service
from shared_schemas.people import OfficerActor
from shared_schemas.service import PostSent, ServiceConfirmed, ServiceRelation
from shared_schemas.vocabulary import Role

_STAFF = [requires(Role.ACCEPTANCE_CLERK, Role.APPROVER)]
_CLERK = [requires(Role.ACCEPTANCE_CLERK)]
_PATH = "/desk/cases/{case_no:str}/service"
Page = Response[Any]
Act = Callable[[dict[str, str]], Awaitable[object]]


async def _page(
    request: Request[Any, Any, Any],
    officer: OfficerActor,
    case_no: str,
    now: datetime,
    *,
    typed: dict[str, str] | None = None,
    refusal: Refusal | None = None,
    at: str = "",
) -> Page:
    problem = problem_of(refusal) if refusal else None
    found = await sheet.read(case_no, officer, now)
    return views.page(
        request,
        "review/service.html",
        status_code=problem.status if problem else 200,
        sheet=found,
        mailed=await services.mailed(found.case.id),
        typed=posted.Words(typed or {}),
        problem=problem,
        errors=posted.Words(problem.errors if problem else {}),
        relations=[(each.value, each) for each in ServiceRelation],
        at=at,
        today=day_of(now),
        home=f"/desk/cases/{case_no}" if officer.has(Role.ACCEPTANCE_CLERK) else f"/approvals/{case_no}",
    )


async def _run(
    request: Request[Any, Any, Any], officer: OfficerActor, case_no: str, now: datetime, act: Act, at: str
) -> Page:
    form = await posted.form_of(request)
    try:
        await act(form)
    except Refusal as refusal:
        if refusal.code == "case.not_found":
            raise
        return await _page(request, officer, case_no, now, typed=form, refusal=refusal, at=at)
    return Redirect(f"/desk/cases/{case_no}/service", status_code=303)


def _sent(form: dict[str, str]) -> PostSent:
    return posted.shaped(PostSent, {name: form.get(name, "").strip() for name in ("carrier", "tracking_no")})


def _arrived(form: dict[str, str]) -> ServiceConfirmed:
    names = ("served_on", "recipient", "relation")
    return posted.shaped(ServiceConfirmed, {name: form.get(name, "").strip() for name in names})


@get(_PATH, guards=_STAFF)
async def show(request: Request[Any, Any, Any], officer: OfficerActor, case_no: str, now: datetime) -> Page:
    """The list with its forms."""
    return await _page(request, officer, case_no, now)


@post(f"{_PATH}/{{service_id:int}}/posting", guards=_STAFF)
async def posting(
    request: Request[Any, Any, Any], officer: OfficerActor, case_no: str, service_id: int, now: datetime
) -> Page:
    """寄出."""

    async def act(form: dict[str, str]) -> object:
        return await service.post(case_no, service_id, _sent(form), by=officer, now=now)

    return await _run(request, officer, case_no, now, act, f"post-{service_id}")


@post(f"{_PATH}/{{service_id:int}}/proof", guards=_STAFF)
async def proof(
    request: Request[Any, Any, Any], officer: OfficerActor, case_no: str, service_id: int, now: datetime
) -> Page:
    """送到了."""

    async def act(form: dict[str, str]) -> object:
        return await service.confirm(case_no, service_id, _arrived(form), by=officer, now=now)

    return await _run(request, officer, case_no, now, act, f"proof-{service_id}")


@post(f"{_PATH}/mailing", guards=_CLERK)
async def mail(request: Request[Any, Any, Any], officer: OfficerActor, case_no: str, now: datetime) -> Page:
    """寄证."""

    async def act(form: dict[str, str]) -> object:
        return await mailing.mail(case_no, _sent(form), by=officer, now=now)

    return await _run(request, officer, case_no, now, act, "mail")


@post(f"{_PATH}/mailing/proof", guards=_CLERK)
async def mail_proof(request: Request[Any, Any, Any], officer: OfficerActor, case_no: str, now: datetime) -> Page:
    """证签收了."""

    async def act(form: dict[str, str]) -> object:
        return await mailing.arrived(case_no, _arrived(form), by=officer, now=now)

    return await _run(request, officer, case_no, now, act, "mail-proof")


handlers = [show, posting, proof, mail, mail_proof]
