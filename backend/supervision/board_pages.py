"""效能监督: open cases by department, matter, officer and stage, down to the list and its CSV; the rules."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, get, post
from litestar.response import Redirect

from backend import views
from backend.domain.calendar import day_of
from backend.domain.refusal import Refusal
from backend.people.audit import audit
from backend.people.guards import requires
from backend.problems import problem_of
from backend.supervision import handing_on, inbox, open_cases, posting, rules, sheets, staff
from backend.supervision.open_cases import Wanted
from shared_schemas.people import OfficerActor
from shared_schemas.supervision import AllHandedOn, AllMoved, Audience, Dimension, Reason, RuleChanged
from shared_schemas.vocabulary import Role, Stage

_SUPERVISOR = [requires(Role.SUPERVISOR)]
Page = Response[Any]


@get("/supervision", guards=_SUPERVISOR)
async def board(request: Request[Any, Any, Any], officer: OfficerActor, now: datetime, by: str = "") -> Page:
    """The board: what is nearly due and over, counted the way the reader chose."""
    dimension = Dimension(by) if by in set(Dimension) else Dimension.DEPARTMENT
    found = await open_cases.groups(dimension, day_of(now))
    return views.page(
        request,
        "supervision/board.html",
        groups=found,
        by=dimension,
        dimensions=list(Dimension),
        totals={name: sum(getattr(group, name) for group in found) for name in sheets.COUNTED},
        unread=await inbox.unread(officer.id),
        at=now,
    )


def _wanted(department: str, matter: str, officer: str, stage: str, light: str) -> Wanted:
    return Wanted(
        department=department[:20],
        matter=matter[:50],
        officer=officer[:18],
        stage=stage if stage in set(Stage) else "",
        light=light if light in open_cases.LIGHTS else "",
    )


@get("/supervision/cases", guards=_SUPERVISOR)
async def cases(
    request: Request[Any, Any, Any],
    now: datetime,
    department: str = "",
    matter: str = "",
    officer_id: str = "",
    stage: str = "",
    light: str = "",
    after: str = "",
) -> Page:
    """The cases behind a number."""
    return await _cases(request, _wanted(department, matter, officer_id, stage, light), now, after=after[:40])


async def _cases(
    request: Request[Any, Any, Any],
    wanted: Wanted,
    now: datetime,
    *,
    after: str = "",
    typed: dict[str, str] | None = None,
    refusal: Refusal | None = None,
    moved: AllMoved | None = None,
) -> Page:
    problem = problem_of(refusal) if refusal else None
    whose = await staff.by_id(int(wanted.officer)) if wanted.officer.isascii() and wanted.officer.isdigit() else None
    chosen = {
        "department": wanted.department,
        "matter": wanted.matter,
        "officer_id": wanted.officer,
        "stage": wanted.stage,
    }
    return views.page(
        request,
        "supervision/cases.html",
        status_code=problem.status if problem else 200,
        cases=await open_cases.cases(wanted, day_of(now), after=after),
        chips=await open_cases.named(wanted),
        light=wanted.light,
        query=urlencode({name: value for name, value in chosen.items() if value}),
        whose=whose,
        clerks=await staff.clerks(but=whose.id) if whose else (),
        reasons=list(Reason),
        typed=posting.Words(typed or {}),
        problem=problem,
        errors=posting.Words(problem.errors if problem else {}),
        moved=moved,
    )


@get("/supervision/cases.csv", guards=_SUPERVISOR)
async def export(
    officer: OfficerActor,
    now: datetime,
    department: str = "",
    matter: str = "",
    officer_id: str = "",
    stage: str = "",
    light: str = "",
) -> Page:
    """The same list as CSV, whole; who took it is on record."""
    wanted = _wanted(department, matter, officer_id, stage, light)
    body, rows = await sheets.csv(wanted, day_of(now))
    await audit(officer, "supervision.list_exported", now=now, rows=rows, light=light, department=department)
    name = f"attachment; filename=open-cases-{day_of(now).isoformat()}.csv"
    return Response(
        body, media_type="text/csv; charset=utf-8", headers={"content-disposition": name, "cache-control": "no-store"}
    )


@post("/supervision/handing-on", guards=_SUPERVISOR)
async def hand_all_on(request: Request[Any, Any, Any], officer: OfficerActor, now: datetime) -> Page:
    """全部移交 for somebody who can't do it himself."""
    form = await posting.form_of(request)
    raw = {name: form.get(name, "").strip() for name in ("successor", "reason", "word", "first_handler")}
    number = form.get("officer_id", "")
    wanted = Wanted(officer=number if number.isascii() and number.isdigit() else "")
    try:
        moved = await handing_on.hand_on_all(posting.shaped(AllHandedOn, raw), by=officer, now=now)
    except Refusal as refusal:
        return await _cases(request, wanted, now, typed=form, refusal=refusal)
    return await _cases(request, wanted, now, moved=moved)


@get("/supervision/rules", guards=_SUPERVISOR)
async def rules_page(request: Request[Any, Any, Any], done: str = "") -> Page:
    """When who is told."""
    return await _rules(request, done=done)


async def _rules(request: Request[Any, Any, Any], *, done: str = "", refusal: Refusal | None = None) -> Page:
    problem = problem_of(refusal) if refusal else None
    return views.page(
        request,
        "supervision/rules.html",
        status_code=problem.status if problem else 200,
        rules=await rules.current(),
        audiences=list(Audience),
        done=done,
        problem=problem,
    )


@post("/supervision/rules/{key:str}", guards=_SUPERVISOR)
async def change_rule(request: Request[Any, Any, Any], officer: OfficerActor, key: str, now: datetime) -> Page:
    """Set a rule; it holds from the next round on."""
    form = await posting.form_of(request)
    raw = {
        "audience": tuple(each.value for each in Audience if form.get(f"to-{each.value}") == "yes"),
        "days": form.get("days") or "0",
        "again_every": form.get("again_every") or "0",
        "is_on": form.get("is_on") == "yes",
    }
    try:
        await rules.change(key, posting.shaped(RuleChanged, raw), by=officer, now=now)
    except Refusal as refusal:
        return await _rules(request, refusal=refusal)
    return Redirect(f"/supervision/rules?done={key}", status_code=303)


handlers = [board, cases, export, hand_all_on, rules_page, change_rule]
