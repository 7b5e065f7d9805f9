"""The applicant's page: when we come, or which of the offered times suits."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from backend import catalogue, views
from backend.cases import reading
from backend.domain.refusal import Refusal
from backend.people.guards import citizen_only
from backend.problems import problem_of
from backend.survey import field, forms, queries, scheduling
from shared_schemas.people import CitizenActor

Page = Response[Any]
_PATH = "/cases/{case_no:str}/survey"


@get(_PATH, guards=[citizen_only])
async def show(request: Request[Any, Any, Any], citizen: CitizenActor, case_no: str, now: datetime) -> Page:
    """Choose, or read what was arranged."""
    return await _page(request, citizen, case_no, now, forms.Words())


@post(_PATH, guards=[citizen_only])
async def choose(request: Request[Any, Any, Any], citizen: CitizenActor, case_no: str, now: datetime) -> Page:
    """定时间."""
    form, _ = await forms.form_of(request)
    try:
        await scheduling.choose(case_no, forms.chosen(form), by=citizen, now=now)
    except Refusal as refusal:
        if refusal.code == "case.not_found":
            raise
        return await _page(request, citizen, case_no, now, form, refusal)
    return Redirect(f"/cases/{case_no}/survey", status_code=303)


async def _page(
    request: Request[Any, Any, Any],
    citizen: CitizenActor,
    case_no: str,
    now: datetime,
    typed: forms.Words,
    refusal: Refusal | None = None,
) -> Page:
    case = await reading.owned(case_no, citizen.id)
    view = field.for_owner(await queries.of_case(case))
    problem = problem_of(refusal) if refusal else None
    return views.page(
        request,
        "survey/choose.html",
        status_code=problem.status if problem else 200,
        case=case,
        matter=await catalogue.version(case.matter, case.matter_version),
        survey=view,
        times=[time for time in view.visit.offered if time > now] if view and view.visit else [],
        is_changing="change" in request.query_params,
        typed=typed,
        problem=problem,
    )


handlers = [show, choose]
