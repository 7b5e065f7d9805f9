"""The hall's kiosks: the start page, a draft that comes from a phone, the enrolment of a machine (decision 0042)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from backend import catalogue, views
from backend.catalogue import popular
from backend.domain.refusal import Refusal
from backend.intake import relay
from backend.people import kiosks, sessions
from backend.people.guards import public
from backend.people.kiosks import at_kiosk
from backend.people.sessions import Visitor
from backend.people.viewer import token_of
from backend.problems import problem_of
from backend.settings import settings

_QUICK = 4  # matters most people come for: two rows of them leave the screen whole
_PUBLIC = {"public": True}
Page = Response[Any]


@get("/kiosk", opt=_PUBLIC, guards=[public])
async def start(request: Request[Any, Any, Any], now: datetime, code: str = "") -> Page:
    """What this machine offers; on any other one where it is enrolled, and nothing else."""
    if await kiosks.here(request, now) is None:
        return _enrolment(request, given=code[:20])
    return await _start(request, now)


async def _start(request: Request[Any, Any, Any], now: datetime, *, is_over: bool = False) -> Page:
    matters = catalogue.current().matters
    return views.page(
        request,
        "shell/kiosk.html",
        now=now,
        machine=await kiosks.here(request, now),
        quick=[matters[code] for code in popular.MATTERS if code in matters][:_QUICK],
        is_low=request.cookies.get("reach") == "low",
        is_over=is_over,
        cookies=kiosks.cookies(request.cookies[settings.cookie("kiosk")]),
    )


@get("/kiosk/over", guards=[at_kiosk])
async def over(request: Request[Any, Any, Any], now: datetime) -> Page:
    """The kiosk was left alone, or is done: nothing of anybody is here any more."""
    return await _start(request, now, is_over=True)


@get("/kiosk/drafts", guards=[at_kiosk])
async def ask_for_code(request: Request[Any, Any, Any]) -> Page:
    """手机上没办完的: where the six digits are entered, or the phone's QR is scanned."""
    return views.page(request, "shell/kiosk_draft.html", error="")


@post("/kiosk/drafts", guards=[at_kiosk])
async def open_draft(request: Request[Any, Any, Any], visitor: Visitor, now: datetime) -> Page:
    """Code of six digits or QR: this draft opens here, in a session that reaches nothing else."""
    machine = await kiosks.here(request, now)
    text = str((await request.form()).get("code", ""))[:300]
    try:
        draft, token = await relay.open_at_kiosk(
            text, visitor, now, kiosk=machine.id if machine else 0, replacing=token_of(request)
        )
    except Refusal as refusal:
        problem = problem_of(refusal)
        return views.page(request, "shell/kiosk_draft.html", status_code=problem.status, error=problem.detail)
    return Redirect(
        f"/drafts/{draft}",
        status_code=303,
        cookies=[sessions.cookie_for(token)],
        headers={"cache-control": "no-store"},
    )


@post("/kiosk/enrolment", opt=_PUBLIC, guards=[public])
async def enrol(request: Request[Any, Any, Any], visitor: Visitor, now: datetime) -> Page:
    """The administrator's code, entered at the machine itself."""
    given = str((await request.form()).get("code", ""))[:20]
    try:
        token = await kiosks.enrol(given, visitor, now)
    except Refusal as refusal:
        problem = problem_of(refusal)
        return _enrolment(request, given=given, error=problem.detail, status=problem.status)
    return Redirect("/kiosk", status_code=303, cookies=kiosks.cookies(token), headers={"cache-control": "no-store"})


def _enrolment(request: Request[Any, Any, Any], *, given: str, error: str = "", status: int = 200) -> Page:
    """Also what a machine shows that was revoked: its marks go, and it is a browser like any other."""
    was_one = settings.cookie("kiosk") in request.cookies
    return views.page(
        request,
        "shell/kiosk_enrolment.html",
        status_code=status,
        given=given,
        error=error,
        cookies=kiosks.cookies(None) if was_one else None,
    )


handlers = [start, over, ask_for_code, open_draft, enrol]
