"""A form for each side way of a case that is open to this officer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from backend import views
from backend.authority import queries as authority
from backend.desk import posted, sheet, side_ways
from backend.domain.refusal import Refusal
from backend.people.guards import officer_only, require_step_up
from backend.people.viewer import SignedIn
from backend.problems import problem_of
from shared_schemas.people import OfficerActor
from shared_schemas.vocabulary import Role, Verb

Page = Response[Any]
_PATH = "/desk/cases/{case_no:str}/ways/{verb:str}"


@get(_PATH, guards=[officer_only])
async def show(request: Request[Any, Any, Any], officer: OfficerActor, case_no: str, verb: str, now: datetime) -> Page:
    """The form."""
    return await _page(request, officer, case_no, verb, now, typed={})


@post(_PATH, guards=[officer_only])
async def take(
    request: Request[Any, Any, Any],
    officer: OfficerActor,
    signed_in: SignedIn,
    case_no: str,
    verb: str,
    now: datetime,
) -> Page:
    """Do it; back to the case."""
    way = _way(verb)
    form = await posted.form_of(request)
    if way.is_signed and not signed_in.session.is_stepped_up(now):
        require_step_up(request, signed_in)
    try:
        given = posted.shaped(way.shape, side_ways.raw_of(way, form, posted.seen_of(form)))
        await way.act(case_no, given, by=officer, now=now)
    except Refusal as refusal:
        if refusal.code == "case.not_found":
            raise
        return await _page(request, officer, case_no, verb, now, typed=form, refusal=refusal)
    # Who stepped aside may not even look at the case any more.
    return Redirect("/staff/todo" if verb == Verb.RECUSE else _home(officer, case_no), status_code=303)


def _way(verb: str) -> side_ways.SideWay:
    found = next((way for each, way in side_ways.SIDE_WAYS.items() if each == verb), None)
    if found is None:
        raise Refusal("page.missing")
    return found


def _home(officer: OfficerActor, case_no: str) -> str:
    return f"/approvals/{case_no}" if officer.has(Role.APPROVER) else f"/desk/cases/{case_no}"


async def _page(
    request: Request[Any, Any, Any],
    officer: OfficerActor,
    case_no: str,
    verb: str,
    now: datetime,
    *,
    typed: dict[str, str],
    refusal: Refusal | None = None,
) -> Page:
    way = _way(verb)
    found = await sheet.read(case_no, officer, now)
    problem = problem_of(refusal) if refusal else None
    return views.page(
        request,
        "review/side_way.html",
        status_code=problem.status if problem else 200,
        sheet=found,
        officer=officer,
        verb=Verb(verb),
        way=way,
        is_open=verb in found.open_verbs,
        people=await way.people(found.case.first_handler) if way.people else (),
        typed=posted.Words(typed),
        problem=problem,
        errors=posted.Words(problem.errors if problem else {}),
        home=_home(officer, case_no),
        asked=await authority.opinions_of(found.case.id) if verb == Verb.GIVE_OPINION else [],
    )


handlers = [show, take]
