"""Why a case is where it is; 催办, 督办 and its answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from backend import calendars, views
from backend.domain.calendar import day_of
from backend.domain.refusal import Refusal
from backend.people.guards import officer_only, requires
from backend.problems import problem_of
from backend.supervision import posting, urging, why
from shared_schemas.people import OfficerActor
from shared_schemas.supervision import Overseen, OversightAnswered, Reminded
from shared_schemas.vocabulary import Role

_SUPERVISOR = [requires(Role.SUPERVISOR)]
_ANSWER_WITHIN = 2  # working days a 督办 gives unless the supervisor says otherwise [L]
Page = Response[Any]


@get("/staff/cases/{case_no:str}/why", guards=[officer_only])
async def show(
    request: Request[Any, Any, Any], officer: OfficerActor, case_no: str, now: datetime, done: str = ""
) -> Page:
    """With whom, since when, how long at each step, which standstill; for a supervisor what to do about it."""
    return await _page(request, officer, case_no, now, done=done)


async def _page(
    request: Request[Any, Any, Any],
    officer: OfficerActor,
    case_no: str,
    now: datetime,
    *,
    typed: dict[str, str] | None = None,
    refusal: Refusal | None = None,
    opened: str = "",
    done: str = "",
) -> Page:
    found = await why.read(case_no, officer, now)
    problem = problem_of(refusal) if refusal else None
    asked = found.open_oversight
    return views.page(
        request,
        "supervision/why.html",
        status_code=problem.status if problem else 200,
        why=found,
        officer=officer,
        may_urge=officer.has(Role.SUPERVISOR) and found.is_open,
        may_answer=asked is not None and officer.id in found.holder_ids | {asked.officer_id, found.first_handler_id},
        typed=posting.Words(typed or {}),
        problem=problem,
        errors=posting.Words(problem.errors if problem else {}),
        opened=opened,
        done=done if done in ("reminded", "overseen", "answered") else "",
        answer_by=calendars.current().add_workdays(day_of(now), _ANSWER_WITHIN).day,
        home=f"/approvals/{case_no}" if officer.has(Role.APPROVER) else f"/desk/cases/{case_no}",
    )


Act = Callable[[dict[str, str]], Awaitable[object]]


async def _run(
    request: Request[Any, Any, Any], officer: OfficerActor, case_no: str, now: datetime, act: Act, what: str
) -> Page:
    """Do it and say so; what is refused is said on the page, with what was typed."""
    form = await posting.form_of(request)
    try:
        await act(form)
    except Refusal as refusal:
        if refusal.code == "case.not_found":
            raise
        return await _page(request, officer, case_no, now, typed=form, refusal=refusal, opened=what)
    return Redirect(f"/staff/cases/{case_no}/why?done={what}", status_code=303)


@post("/staff/cases/{case_no:str}/reminders", guards=_SUPERVISOR)
async def remind(request: Request[Any, Any, Any], officer: OfficerActor, case_no: str, now: datetime) -> Page:
    """催办."""

    async def act(form: dict[str, str]) -> object:
        given = posting.shaped(Reminded, {"word": form.get("word", "")})
        return await urging.remind(case_no, given, by=officer, now=now)

    return await _run(request, officer, case_no, now, act, "reminded")


@post("/staff/cases/{case_no:str}/oversight", guards=_SUPERVISOR)
async def oversee(request: Request[Any, Any, Any], officer: OfficerActor, case_no: str, now: datetime) -> Page:
    """督办."""

    async def act(form: dict[str, str]) -> object:
        given = posting.shaped(Overseen, {"word": form.get("question", ""), "answer_by": form.get("answer_by", "")})
        return await urging.oversee(case_no, given, by=officer, now=now)

    return await _run(request, officer, case_no, now, act, "overseen")


@post("/staff/cases/{case_no:str}/oversight/answer", guards=[officer_only])
async def answer(request: Request[Any, Any, Any], officer: OfficerActor, case_no: str, now: datetime) -> Page:
    """答复督办."""

    async def act(form: dict[str, str]) -> object:
        given = posting.shaped(OversightAnswered, {"answer": form.get("answer", "")})
        return await urging.answer(case_no, given, by=officer, now=now)

    return await _run(request, officer, case_no, now, act, "answered")


handlers = [show, remind, oversee, answer]
