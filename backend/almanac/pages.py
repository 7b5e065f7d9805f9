"""/admin/calendar: the years in force, importing a published list, seeing what moves, confirming."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.response import Redirect

from backend import catalogue, views
from backend.almanac import actions, queries
from backend.domain.refusal import Refusal
from backend.i18n import language
from backend.people.guards import require_step_up, requires
from backend.people.viewer import SignedIn
from backend.problems import problem_of
from shared_schemas.almanac import CalendarProposed
from shared_schemas.people import OfficerActor
from shared_schemas.vocabulary import Role

_ADMIN = [requires(Role.SYSTEM_ADMINISTRATOR)]
_MOST = 100_000
Page = Response[Any]


async def _page(
    request: Request[Any, Any, Any], *, refusal: Refusal | None = None, text: str = "", source: str = ""
) -> Page:
    problem = problem_of(refusal) if refusal else None
    return views.page(
        request,
        "almanac/calendar.html",
        status_code=problem.status if problem else 200,
        calendar=await queries.shown(),
        problem=problem,
        text=text,
        source=source,
    )


@get("/admin/calendar", guards=_ADMIN)
async def calendar(request: Request[Any, Any, Any]) -> Page:
    """Years, versions, the form."""
    return await _page(request)


@post("/admin/calendar", guards=_ADMIN)
async def propose(request: Request[Any, Any, Any], officer: OfficerActor, now: datetime) -> Page:
    """Import: a file, or what was pasted."""
    form = await request.form()
    text, source = str(form.get("text", ""))[:_MOST], str(form.get("source", ""))[:200]
    try:
        file = form.get("file")
        if isinstance(file, UploadFile) and file.filename:
            text = _decoded(await file.read(_MOST * 4))
        if not source.strip():
            raise Refusal("calendar.no_source")  # noqa: TRY301 - said on the same page
        release = await actions.propose(CalendarProposed(text, source), by=officer, now=now)
    except Refusal as refusal:
        return await _page(request, refusal=refusal, text=text, source=source)
    return Redirect(f"/admin/calendar/{release}", status_code=303)


def _decoded(body: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):  # Excel in Chinese writes the latter
        try:
            return body.decode(encoding)[:_MOST]
        except UnicodeDecodeError:
            continue
    raise Refusal("calendar.not_readable")


@get("/admin/calendar/{release:int}", guards=_ADMIN)
async def one(request: Request[Any, Any, Any], release: int, now: datetime) -> Page:
    """What it changes, which open cases move from when to when."""
    return await _one(request, release, now)


async def _one(request: Request[Any, Any, Any], release: int, now: datetime, *, refusal: Refusal | None = None) -> Page:
    problem = problem_of(refusal) if refusal else None
    shelf, lang = catalogue.current(), language()
    return views.page(
        request,
        "almanac/proposal.html",
        status_code=problem.status if problem else 200,
        proposal=await queries.proposal(release, now),
        problem=problem,
        matter_of=lambda code: shelf.matters[code].label(lang) if code in shelf.matters else code,
        department_of=lambda code: shelf.department(code).label(lang),
    )


@post("/admin/calendar/{release:int}/confirmation", guards=_ADMIN)
async def confirm(
    request: Request[Any, Any, Any], officer: OfficerActor, signed_in: SignedIn, release: int, now: datetime
) -> Page:
    """Put it into force, by passkey."""
    require_step_up(request, signed_in)
    try:
        await actions.confirm(release, by=officer, now=now)
    except Refusal as refusal:
        if refusal.code == "calendar.no_release":
            raise
        return await _one(request, release, now, refusal=refusal)
    return Redirect(f"/admin/calendar/{release}", status_code=303)


@post("/admin/calendar/{release:int}/proposal", guards=_ADMIN)
async def again(request: Request[Any, Any, Any], officer: OfficerActor, release: int, now: datetime) -> Page:
    """An earlier version, proposed again."""
    try:
        made = await actions.propose_again(release, by=officer, now=now)
    except Refusal as refusal:
        return await _page(request, refusal=refusal)
    return Redirect(f"/admin/calendar/{made}", status_code=303)


handlers = [calendar, propose, one, confirm, again]
