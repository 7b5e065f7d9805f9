"""The approver's list and the sheet of one case: what was found, what may be signed, signing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from backend import calendars, views
from backend.cases import reading
from backend.corrections import actions as corrections
from backend.corrections.asking import ANSWER_WITHIN
from backend.desk import drafts, posted, sheet
from backend.domain.approval import DECIDING
from backend.domain.calendar import day_of
from backend.domain.refusal import Refusal
from backend.people.guards import require_step_up, requires
from backend.people.viewer import SignedIn
from backend.problems import problem_of
from backend.review import actions, queries
from backend.supervision import inbox
from backend.survey import pages as survey_pages
from shared_schemas.people import OfficerActor
from shared_schemas.review import Check, Grant, Proposal, RefusalOfLicence, Return, Review
from shared_schemas.vocabulary import Role, Verb

_APPROVER = [requires(Role.APPROVER)]
_SEGMENTS = ("mine", "below", "asked", "today")
Page = Response[Any]


@get("/approvals", guards=_APPROVER)
async def approvals(
    request: Request[Any, Any, Any], officer: OfficerActor, now: datetime, segment: str = "mine"
) -> Page:
    """What waits for this approver, the nearest day first."""
    segment = segment if segment in _SEGMENTS else "mine"
    return views.page(
        request,
        "review/approvals.html",
        rows=await queries.approvals(officer, segment, now),
        segment=segment,
        officer=officer,
        unread=await inbox.unread(officer.id),
    )


@get("/approvals/{case_no:str}", guards=_APPROVER)
async def one_case(request: Request[Any, Any, Any], officer: OfficerActor, case_no: str, now: datetime) -> Page:
    """The sheet."""
    case = await reading.by_number(case_no)
    return await _page(request, officer, case_no, now, typed=await drafts.of(case, officer))


async def _page(
    request: Request[Any, Any, Any],
    officer: OfficerActor,
    case_no: str,
    now: datetime,
    *,
    typed: dict[str, str],
    refusal: Refusal | None = None,
    is_revealed: bool = False,
    opened: str = "",
) -> Page:
    found = await sheet.read(case_no, officer, now, is_revealed=is_revealed)
    rows = [row.case_no for row in (await queries.approvals(officer, "mine", now)).items]
    place = rows.index(case_no) if case_no in rows else None
    problem = problem_of(refusal) if refusal else None
    return views.page(
        request,
        "review/approval.html",
        status_code=problem.status if problem else 200,
        sheet=found,
        officer=officer,
        choices=choices(found),
        survey=await survey_pages.of_sheet(case_no, found.open_verbs),
        typed=posted.Words(typed),
        problem=problem,
        errors=posted.Words(problem.errors if problem else {}),
        place=place,
        total=len(rows),
        before=rows[place - 1] if place else None,
        opened=opened,
        after=rows[place + 1] if place is not None and place + 1 < len(rows) else None,
        lately=await queries.signed_lately(found.case, now),
        must_confirm=DECIDING,
        fields=[],
        due_on=calendars.current().add_workdays(day_of(now), ANSWER_WITHIN).day,
    )


def choices(found: sheet.Sheet) -> list[str]:
    """What the radios offer: open verbs, a review split by what it proposes."""
    offered: list[str] = []
    for verb in (Verb.GRANT, Verb.CHECK, Verb.REVIEW, Verb.SEND_BACK, Verb.REFUSE):
        if verb in found.open_verbs:
            offered += ["review_grant", "review_refuse"] if verb is Verb.REVIEW else [str(verb)]
    return offered


@post("/approvals/{case_no:str}/decision", guards=_APPROVER)
async def decide(
    request: Request[Any, Any, Any], officer: OfficerActor, signed_in: SignedIn, case_no: str, now: datetime
) -> Page:
    """Sign (签字). A decision is confirmed by passkey first; what was typed waits for its signer."""
    form = await posted.form_of(request)
    choice = form.get("choice", "")
    if choice in (Verb.GRANT, Verb.REFUSE) and not signed_in.session.is_stepped_up(now):
        await drafts.keep(await reading.by_number(case_no), officer, form, now)
        require_step_up(request, signed_in)
    try:
        await _sign(choice, case_no, form, officer, now)
    except Refusal as refusal:
        if refusal.code == "case.not_found":
            raise
        return await _page(request, officer, case_no, now, typed=form, refusal=refusal)
    await drafts.forget(case_no, officer)
    return Redirect(f"/approvals/{case_no}", status_code=303)


async def _sign(choice: str, case_no: str, form: dict[str, str], by: OfficerActor, now: datetime) -> object:
    seen, opinion = posted.seen_of(form), form.get("opinion", "")
    given: Awaitable[object]
    match choice:
        case "grant":
            raw = {"opinion": opinion, "seen": seen, "conditions": posted.lines_of(form.get("conditions", ""))}
            given = actions.grant(case_no, posted.shaped(Grant, raw), by=by, now=now)
        case "refuse":
            raw = {
                "facts": form.get("facts", ""),
                "reasons": form.get("reasons", ""),
                "opinion": opinion,
                "seen": seen,
                "articles": tuple(value for name, value in form.items() if name.startswith("article-")),
            }
            given = actions.refuse(case_no, posted.shaped(RefusalOfLicence, raw), by=by, now=now)
        case "send_back":
            given = actions.send_back(case_no, posted.shaped(Return, {"reason": opinion, "seen": seen}), by=by, now=now)
        case "check":
            given = actions.check(case_no, posted.shaped(Check, {"opinion": opinion, "seen": seen}), by=by, now=now)
        case "review_grant" | "review_refuse":
            raw = {"opinion": opinion, "seen": seen, "proposal": Proposal(choice.removeprefix("review_"))}
            given = actions.review(case_no, posted.shaped(Review, raw), by=by, now=now)
        case _:
            raise Refusal("input.invalid", errors={"choice": "review.choose"})
    return await given


@post("/approvals/{case_no:str}/corrections", guards=_APPROVER)
async def ask(request: Request[Any, Any, Any], officer: OfficerActor, case_no: str, now: datetime) -> Page:
    """Ask for more papers (要求补充材料). The clock goes on."""

    async def act(form: dict[str, str]) -> object:
        found = await sheet.read(case_no, officer, now)
        return await corrections.ask(case_no, posted.asked(form, found), by=officer, now=now)

    return await run_sheet(request, officer, case_no, now, act)


async def run_sheet(
    request: Request[Any, Any, Any],
    officer: OfficerActor,
    case_no: str,
    now: datetime,
    act: Callable[[dict[str, str]], Awaitable[object]],
) -> Page:
    """Do what the correction sheet says; what is refused is said on it, with what was typed."""
    form = await posted.form_of(request)
    try:
        await act(form)
    except Refusal as refusal:
        if refusal.code == "case.not_found":
            raise
        return await _page(request, officer, case_no, now, typed=form, refusal=refusal, opened="correction")
    return Redirect(f"/approvals/{case_no}", status_code=303)


@get("/approvals/{case_no:str}/corrections", guards=_APPROVER)
async def ask_page(request: Request[Any, Any, Any], officer: OfficerActor, case_no: str, now: datetime) -> Page:
    """The form for what is missing."""
    return await _page(request, officer, case_no, now, typed={}, opened="correction")


@post("/approvals/{case_no:str}/reveal", guards=_APPROVER, status_code=200)
async def reveal(request: Request[Any, Any, Any], officer: OfficerActor, case_no: str, now: datetime) -> Page:
    """Show personal data (显示), written down."""
    case = await reading.by_number(case_no)
    return await _page(request, officer, case_no, now, typed=await drafts.of(case, officer), is_revealed=True)


handlers = [approvals, one_case, decide, ask_page, ask, reveal]
