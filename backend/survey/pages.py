"""Pages of surveys: where surveyors go, what an approval office sends out and hears, the record in the field."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect, ServerSentEvent
from litestar.response.sse import ServerSentEventMessage

from backend import catalogue, views
from backend.cases import facts, live, reading
from backend.domain import approval
from backend.domain.refusal import Refusal
from backend.people.guards import requires
from backend.problems import problem_of
from backend.review.looking import look
from backend.review.queries import masked
from backend.survey import applicant_pages, dispatching, field, forms, lists, queries, scheduling
from shared_schemas.people import OfficerActor
from shared_schemas.survey import Conclusion, Found
from shared_schemas.vocabulary import Role, Verb

_APPROVER = [requires(Role.APPROVER)]
_SURVEYOR = [requires(Role.SURVEYOR)]
_EITHER = [requires(Role.APPROVER, Role.SURVEYOR)]
ACTS = frozenset({Verb.DISPATCH_SURVEY.value, Verb.CONCLUDE_SURVEY.value, scheduling.ACT})
Page = Response[Any]


@get("/surveys", guards=_EITHER)
async def index(request: Request[Any, Any, Any], officer: OfficerActor, now: datetime) -> Page:
    """The day of a surveyor; what an approval office waits for and hears."""
    is_part = views.is_htmx(request)
    answer = views.fragment if is_part else views.page
    return answer(
        request,
        "survey/_lists.html" if is_part else "survey/index.html",
        officer=officer,
        mine=await lists.round_of(officer, now) if officer.has(Role.SURVEYOR) else None,
        office=await lists.office_of(officer, now) if officer.has(Role.APPROVER) else None,
        now=now,
    )


@get("/surveys/events", guards=_EITHER)
async def events(officer: OfficerActor) -> ServerSentEvent:
    """Server-sent events: something was sent out, arranged or concluded."""
    departments = frozenset(letter.department for letter in officer.authorities)
    return ServerSentEvent(_heard(live.Watch(ACTS, None if officer.has(Role.SURVEYOR) else departments)))


async def _heard(watch: live.Watch) -> AsyncIterator[ServerSentEventMessage]:
    async for act in live.acts(watch):
        yield ServerSentEventMessage(comment="still here") if act is None else ServerSentEventMessage(data=act)


@get("/surveys/{case_no:str}", guards=_SURVEYOR)
async def record(request: Request[Any, Any, Any], officer: OfficerActor, case_no: str, now: datetime) -> Page:
    """The record of one case: to be written here, also without a network, or as it was concluded."""
    return views.page(
        request,
        "survey/record.html",
        field=await field.read(case_no, officer, now),
        officer=officer,
        found=list(Found),
        conclusions=list(Conclusion),
    )


@get("/surveys/{case_no:str}/dispatch", guards=_APPROVER)
async def dispatch_page(request: Request[Any, Any, Any], officer: OfficerActor, case_no: str, now: datetime) -> Page:
    """Who goes, where, when, and which other cases of the same applicant are seen in one go."""
    return await _dispatch(request, officer, case_no, now, forms.Words(), {})


@post("/surveys/{case_no:str}/dispatch", guards=_APPROVER)
async def dispatch(request: Request[Any, Any, Any], officer: OfficerActor, case_no: str, now: datetime) -> Page:
    """派出勘查."""
    form, every = await forms.form_of(request)
    try:
        await dispatching.dispatch(case_no, forms.dispatched(form, every), by=officer, now=now)
    except Refusal as refusal:
        if refusal.code == "case.not_found":
            raise
        return await _dispatch(request, officer, case_no, now, form, every, refusal)
    return Redirect(f"/approvals/{case_no}", status_code=303)


async def _dispatch(
    request: Request[Any, Any, Any],
    officer: OfficerActor,
    case_no: str,
    now: datetime,
    typed: forms.Words,
    every: dict[str, list[str]],
    refusal: Refusal | None = None,
) -> Page:
    case = await reading.by_number(case_no)
    known = await look(case, officer, now)
    matter = await catalogue.version(case.matter, case.matter_version)
    problem = problem_of(refusal) if refusal else None
    return views.page(
        request,
        "survey/dispatch.html",
        status_code=problem.status if problem else 200,
        case=case,
        matter=matter,
        applicant=masked(case, await reading.applicant_name(case)),
        place=typed["place"] or await queries.place_of(case),
        surveyors=await queries.surveyors(case.department),
        others=await queries.same_applicant(case),
        is_open=Verb.DISPATCH_SURVEY in approval.open_verbs(known, officer, now),
        typed=typed,
        chosen=every.get("who", []),
        along=every.get("along", []) if every else [each.case_no for each in await queries.same_applicant(case)],
        problem=problem,
        errors=forms.Words(problem.errors if problem else {}),
    )


@get("/surveys/{case_no:str}/times", guards=_EITHER)
async def times_page(request: Request[Any, Any, Any], officer: OfficerActor, case_no: str, now: datetime) -> Page:
    """Other times, or the one that was agreed by telephone."""
    return await _times(request, officer, case_no, now, forms.Words())


@post("/surveys/{case_no:str}/times", guards=_EITHER)
async def arrange(request: Request[Any, Any, Any], officer: OfficerActor, case_no: str, now: datetime) -> Page:
    """改时间."""
    form, _ = await forms.form_of(request)
    try:
        if form["agreed_at"].strip():
            await scheduling.agree(case_no, forms.agreed(form), by=officer, now=now)
        else:
            await scheduling.offer(case_no, forms.offered(form), by=officer, now=now)
    except Refusal as refusal:
        if refusal.code == "case.not_found":
            raise
        return await _times(request, officer, case_no, now, form, refusal)
    return Redirect("/surveys", status_code=303)


async def _times(
    request: Request[Any, Any, Any],
    officer: OfficerActor,
    case_no: str,
    now: datetime,
    typed: forms.Words,
    refusal: Refusal | None = None,
) -> Page:
    view = await field.view(case_no, officer, now)
    case = await reading.by_number(case_no)
    problem = problem_of(refusal) if refusal else None
    return views.page(
        request,
        "survey/times.html",
        status_code=problem.status if problem else 200,
        case=case,
        matter=await catalogue.version(case.matter, case.matter_version),
        survey=view,
        typed=typed,
        problem=problem,
        errors=forms.Words(problem.errors if problem else {}),
    )


@get("/approvals/{case_no:str}/survey/events", guards=_APPROVER)
async def sheet_events(officer: OfficerActor, case_no: str, now: datetime, after: int = 0) -> ServerSentEvent:
    """Server-sent events of one case's sheet."""
    case = await reading.by_number(case_no)
    await look(case, officer, now, what="survey.read")
    return ServerSentEvent(_moved(case.id, after or case.seq))


async def _moved(case_id: int, after: int) -> AsyncIterator[ServerSentEventMessage]:
    async for seq in live.changes(case_id, after):
        yield ServerSentEventMessage(comment="still here") if seq is None else ServerSentEventMessage(data=str(seq))


async def of_sheet(case_no: str, verbs: tuple[Verb, ...]) -> dict[str, Any]:
    """What the approver's sheet needs to draw `survey/_sheet.html` within its own page."""
    case = await reading.by_number(case_no)
    return {
        "surveys": await queries.together(case),
        "may_dispatch": Verb.DISPATCH_SURVEY in verbs,
        "needs_survey": (await facts.load(case)).needs_survey,
    }


handlers = [
    index, events, record, dispatch_page, dispatch, times_page, arrange, sheet_events,
    *applicant_pages.handlers,
]  # fmt: skip
