"""What an officer is told, and what a first handler answers for: two pages beside every desk."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from backend import views
from backend.domain.calendar import day_of
from backend.domain.refusal import Refusal
from backend.people.guards import officer_only, requires
from backend.problems import problem_of
from backend.supervision import handing_on, inbox, open_cases, posting, staff
from backend.supervision.open_cases import Wanted
from shared_schemas.people import OfficerActor
from shared_schemas.supervision import AllHandedOn, AllMoved, Reason, Trigger
from shared_schemas.vocabulary import Role

_CLERK = [requires(Role.ACCEPTANCE_CLERK)]
# What is answered or explained on the page that says why; everything else is done where the officer works.
_TO_WHY = frozenset({"overseen", "answered", "oversight_late"})
Page = Response[Any]


@get("/staff/inbox", guards=[officer_only])
async def told(request: Request[Any, Any, Any], officer: OfficerActor, before: int | None = None) -> Page:
    """消息, newest first."""
    return views.page(
        request,
        "supervision/inbox.html",
        inbox=await inbox.of(officer.id, before=before),
        triggers={each.value: each for each in Trigger},
        reasons={each.value: each for each in Reason},
    )


@get("/staff/inbox/{notice:int}", guards=[officer_only])
async def open_notice(officer: OfficerActor, notice: int, now: datetime) -> Page:
    """Read it, and go to the case."""
    case_no, kind = await inbox.read(officer.id, notice, now)
    return Redirect(_place(officer, case_no, kind), status_code=303)


def _place(officer: OfficerActor, case_no: str | None, kind: str) -> str:
    if case_no is None:
        return "/desk/first" if officer.has(Role.ACCEPTANCE_CLERK) else "/staff/inbox"
    if kind in _TO_WHY or officer.has(Role.SUPERVISOR):
        return f"/staff/cases/{case_no}/why"
    return f"/approvals/{case_no}" if officer.has(Role.APPROVER) else f"/desk/cases/{case_no}"


@post("/staff/inbox/read", guards=[officer_only])
async def read_all(request: Request[Any, Any, Any], officer: OfficerActor, now: datetime) -> Page:
    """全部标为已读: what was on the page, not what came since."""
    last = (await posting.form_of(request)).get("up_to", "")
    if last.isascii() and last.isdigit():
        await inbox.read_all(officer.id, now, up_to=int(last))
    return Redirect("/staff/inbox", status_code=303)


@get("/desk/first", guards=_CLERK)
async def first(
    request: Request[Any, Any, Any], officer: OfficerActor, now: datetime, only: str = "", after: str = ""
) -> Page:
    """我首办的: every case until it is over, where it stands, with whom, since when."""
    return await _first(request, officer, now, only=only, after=after)


async def _first(
    request: Request[Any, Any, Any],
    officer: OfficerActor,
    now: datetime,
    *,
    only: str = "",
    after: str = "",
    typed: dict[str, str] | None = None,
    refusal: Refusal | None = None,
    moved: AllMoved | None = None,
) -> Page:
    light = "stalled" if only == "stalled" else ""
    wanted = Wanted(officer=str(officer.id), light=light)
    problem = problem_of(refusal) if refusal else None
    total, stalled = await open_cases.count(officer.id, day_of(now))
    return views.page(
        request,
        "supervision/first.html",
        status_code=problem.status if problem else 200,
        officer=officer,
        cases=await open_cases.cases(wanted, day_of(now), after=after),
        only=light,
        total=total,
        stalled=stalled,
        clerks=await staff.clerks(but=officer.id),
        reasons=list(Reason),
        typed=posting.Words(typed or {}),
        problem=problem,
        errors=posting.Words(problem.errors if problem else {}),
        moved=moved,
    )


@post("/desk/first/handing-on", guards=_CLERK)
async def hand_all_on(request: Request[Any, Any, Any], officer: OfficerActor, now: datetime) -> Page:
    """全部移交 (请假、调岗)."""
    form = await posting.form_of(request)
    raw = {name: form.get(name, "").strip() for name in ("successor", "reason", "word")}
    try:
        moved = await handing_on.hand_on_all(posting.shaped(AllHandedOn, raw), by=officer, now=now)
    except Refusal as refusal:
        return await _first(request, officer, now, typed=form, refusal=refusal)
    return await _first(request, officer, now, moved=moved)


handlers = [told, open_notice, read_all, first, hand_all_on]
