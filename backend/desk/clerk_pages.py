"""The clerk's workbench: queue, viewer, checklist, and exactly the verbs that are open."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from backend import calendars, views
from backend.corrections.asking import ANSWER_WITHIN, IDENTITY
from backend.desk import posted, scanning, sheet
from backend.domain.calendar import day_of
from backend.domain.forms import questions
from backend.domain.refusal import Refusal
from backend.people.guards import officer_only, requires
from backend.people.viewer import visitor_of
from backend.problems import problem_of
from backend.review import actions, queries
from backend.supervision import inbox, open_cases
from shared_schemas.people import OfficerActor
from shared_schemas.review import Acceptance, Ground, NonAcceptance, Tick
from shared_schemas.vocabulary import MaterialVerdict, Role

_CLERK = [requires(Role.ACCEPTANCE_CLERK)]
_SEGMENTS = ("hand", "correction", "today", "waiting")
SHEETS = ("correction", "decline", "hand-over", "details")
Page = Response[Any]


@get("/desk", guards=[officer_only])
async def desk(request: Request[Any, Any, Any], officer: OfficerActor, now: datetime, segment: str = "hand") -> Page:
    """What is on my desk; others go to where their work lies."""
    home = sheet.home_of(officer)
    if home != "/desk":
        return Redirect(home, status_code=303)
    return await workbench(request, officer, now, segment=segment)


@get("/desk/cases/{case_no:str}", guards=[officer_only])
async def one_case(
    request: Request[Any, Any, Any],
    officer: OfficerActor,
    case_no: str,
    now: datetime,
    segment: str = "hand",
    material: str = "",
    open: str = "",  # noqa: A002 - the address says open
) -> Page:
    """One case side by side; officers without a desk read it."""
    if not officer.has(Role.ACCEPTANCE_CLERK):
        found = await sheet.read(case_no, officer, now)
        return views.page(request, "review/case.html", sheet=found, material=material)
    return await workbench(request, officer, now, case_no, segment=segment, material=material, opened=open)


@get("/staff/cases", guards=[officer_only])
async def look_up(request: Request[Any, Any, Any], officer: OfficerActor) -> Page:
    """Surveyors and department officers look a case up by its number or code."""
    return views.page(request, "review/look_up.html", fault="", officer=officer)


async def workbench(
    request: Request[Any, Any, Any],
    officer: OfficerActor,
    now: datetime,
    case_no: str | None = None,
    *,
    segment: str = "hand",
    material: str = "",
    opened: str = "",
    refusal: Refusal | None = None,
    typed: dict[str, str] | None = None,
    is_revealed: bool = False,
) -> Page:
    """The page in any of its states; `opened` is the sheet on the right, `refusal` what just went wrong."""
    found = await sheet.read(case_no, officer, now, is_revealed=is_revealed) if case_no else None
    segment = segment if segment in _SEGMENTS else "hand"
    rows = await queries.desk(officer, segment, now)
    problem = problem_of(refusal) if refusal else None
    paper = _chosen(found, material)
    return views.page(
        request,
        "review/desk.html",
        status_code=problem.status if problem else 200,
        officer=officer,
        rows=rows,
        segment=segment,
        sheet=found,
        paper=paper,
        opened=opened if opened in SHEETS else "",
        problem=problem,
        errors=posted.Words(problem.errors if problem else {}),
        typed=posted.Words(typed or {}),
        grounds=list(Ground),
        due_on=calendars.current().add_workdays(day_of(now), ANSWER_WITHIN).day,
        fields=_fields(found),
        tri=MaterialVerdict,
        today=day_of(now),
        unread=await inbox.unread(officer.id),
        answers_for=await open_cases.count(officer.id, day_of(now)),
    )


def _chosen(found: sheet.Sheet | None, material: str) -> sheet.PaperOnDesk | None:
    """The paper asked for, else the first that nobody ticked, else the first."""
    if found is None or not found.papers:
        return None
    named = next((paper for paper in found.papers if paper.material.key == material), None)
    return named or next((p for p in found.papers if p.material.verdict is None), found.papers[0])


def _fields(found: sheet.Sheet | None) -> list[tuple[str, str]]:
    """Questions of the form a correction may name, once each: a person's and a company's mobile number share a path."""
    if found is None:
        return []
    answered = {answer.path: answer.word for answer in found.answers}
    named = {
        q.path: answered.get(q.path, q.field.zh)
        for q in questions(found.matter.form)
        if q.path not in IDENTITY and q.field.type != "file" and (q.topic == "own" or q.path in answered)
    }
    return list(named.items())


@post("/desk/next", guards=_CLERK)
async def take_next(request: Request[Any, Any, Any], officer: OfficerActor, now: datetime) -> Page:
    """接下一件."""
    try:
        case = await actions.take_next(by=officer, now=now)
    except Refusal as refusal:
        return await workbench(request, officer, now, refusal=refusal)
    return Redirect(f"/desk/cases/{case.case_no}", status_code=303)


@post("/desk/scan", guards=[officer_only])
async def scan(request: Request[Any, Any, Any], officer: OfficerActor, now: datetime) -> Page:
    """A citizen's code, scanned or typed, a case number, or the code of a draft: to what it stands for."""
    text = (await posted.form_of(request)).get("code", "")
    try:
        found = await scanning.find(text, officer, visitor_of(request), now)
    except Refusal as refusal:
        if officer.has(Role.ACCEPTANCE_CLERK):
            return await workbench(request, officer, now, refusal=refusal)
        problem = problem_of(refusal)
        return views.page(
            request, "review/look_up.html", status_code=problem.status, fault=problem.detail, officer=officer
        )
    return Redirect(found.path, status_code=303)


Act = Callable[[dict[str, str]], Awaitable[object]]


async def run(
    request: Request[Any, Any, Any],
    officer: OfficerActor,
    case_no: str,
    now: datetime,
    act: Act,
    opened: str = "",
    then: str = "",
) -> Page:
    """Run a verb from its form. What is refused is said on the page it came from, with what was typed."""
    form = await posted.form_of(request)
    try:
        await act(form)
    except Refusal as refusal:
        if refusal.code == "case.not_found":
            raise
        return await workbench(
            request,
            officer,
            now,
            case_no,
            opened=opened,
            refusal=refusal,
            typed=form,
            material=form.get("material", ""),
        )
    return Redirect(then or f"/desk/cases/{case_no}", status_code=303)


@post("/desk/cases/{case_no:str}/handling", guards=_CLERK)
async def take(request: Request[Any, Any, Any], officer: OfficerActor, case_no: str, now: datetime) -> Page:
    """接手."""
    return await run(
        request,
        officer,
        case_no,
        now,
        lambda form: actions.take(case_no, by=officer, now=now, seen=posted.seen_of(form)),
    )


@post("/desk/cases/{case_no:str}/handing-back", guards=_CLERK)
async def hand_back(request: Request[Any, Any, Any], officer: OfficerActor, case_no: str, now: datetime) -> Page:
    """放回."""
    return await run(
        request,
        officer,
        case_no,
        now,
        lambda form: actions.hand_back(case_no, by=officer, now=now, seen=posted.seen_of(form)),
        then="/desk",
    )


@post("/desk/cases/{case_no:str}/materials/{key:str}/verdict", guards=_CLERK)
async def tick(request: Request[Any, Any, Any], officer: OfficerActor, case_no: str, key: str, now: datetime) -> Page:
    """对 / 要补 / 不用, kept at once; htmx gets the tabs and the verb bar back."""
    form = await posted.form_of(request)
    given = posted.shaped(Tick, {"verdict": form.get("verdict") or None, "note": form.get("note", "")[:2000]})
    await actions.tick(case_no, key, given, by=officer, now=now)
    if not views.is_htmx(request):
        return Redirect(f"/desk/cases/{case_no}?material={key}", status_code=303)
    found = await sheet.read(case_no, officer, now)
    return views.fragment(
        request,
        "review/_ticked.html",
        sheet=found,
        paper=_chosen(found, key),
        officer=officer,
        opened="",
        segment="hand",
    )


@post("/desk/cases/{case_no:str}/fits", guards=_CLERK)
async def fits(request: Request[Any, Any, Any], officer: OfficerActor, case_no: str, now: datetime) -> Page:
    """其余都对."""
    return await run(request, officer, case_no, now, lambda _: actions.fits_the_rest(case_no, by=officer, now=now))


@post("/desk/cases/{case_no:str}/acceptance", guards=_CLERK)
async def accept(request: Request[Any, Any, Any], officer: OfficerActor, case_no: str, now: datetime) -> Page:
    """受理."""
    return await run(
        request,
        officer,
        case_no,
        now,
        lambda form: actions.accept(case_no, Acceptance(posted.seen_of(form)), by=officer, now=now),
    )


@post("/desk/cases/{case_no:str}/non-acceptance", guards=_CLERK)
async def decline(request: Request[Any, Any, Any], officer: OfficerActor, case_no: str, now: datetime) -> Page:
    """不予受理."""

    async def act(form: dict[str, str]) -> object:
        given = posted.shaped(
            NonAcceptance,
            {name: form.get(name, "") for name in ("ground", "reasons", "competent_organ")}
            | {"seen": posted.seen_of(form)},
        )
        return await actions.decline(case_no, given, by=officer, now=now)

    return await run(request, officer, case_no, now, act, "decline")


@post("/desk/cases/{case_no:str}/reveal", guards=[officer_only], status_code=200)
async def reveal(request: Request[Any, Any, Any], officer: OfficerActor, case_no: str, now: datetime) -> Page:
    """显示: names and numbers in clear, once, written down."""
    if officer.has(Role.ACCEPTANCE_CLERK):
        return await workbench(request, officer, now, case_no, opened="details", is_revealed=True)
    found = await sheet.read(case_no, officer, now, is_revealed=True)
    return views.page(request, "review/case.html", sheet=found, material="")


handlers = [
    desk,
    one_case,
    look_up,
    take_next,
    scan,
    take,
    hand_back,
    tick,
    fits,
    accept,
    decline,
    reveal,
]
