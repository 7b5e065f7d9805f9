"""`/t/{code}`: what a scan opens. The hot path: no session unless one came, one query, bytes made once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import brotli
from litestar import Request, Response, get
from litestar.response import ServerSentEvent
from litestar.response.sse import ServerSentEventMessage
from markupsafe import Markup

from backend import ratelimit, views
from backend.cases import reading
from backend.domain import tracking
from backend.domain.calendar import day_of
from backend.domain.refusal import Refusal
from backend.i18n import language
from backend.edge import client_ip
from backend.people.viewer import identify, token_of
from backend.settings import settings
from backend.tracking import live, scanning
from shared_schemas.people import CitizenActor, OfficerActor

_HEADERS = {"cache-control": "private, no-cache", "x-robots-tag": "noindex, nofollow", "referrer-policy": "no-referrer"}


async def find(request: Request[Any, Any, Any], text: str, now: datetime) -> scanning.Version:
    """The case behind a scanned code.

    Raises Refusal("tracking.unknown") for a wrong, revoked or guessed code alike, and Refusal("rate.limited") after
    too many of them from one address.
    """
    try:
        found = await scanning.version_of(tracking.parse(text))
    except Refusal:
        found = None
    if found is None:
        await ratelimit.hit(f"track|{client_ip(request.scope)}", settings.track_miss_limit, 60, now)
        raise Refusal("tracking.unknown")
    return found


def _look(request: Request[Any, Any, Any]) -> tuple[str, ...]:
    theme = request.cookies.get("theme", "")
    return (
        language(),
        "elder" if request.cookies.get("text") == "elder" else "plain",
        theme if theme in views.THEMES else "auto",
        "part" if views.is_htmx(request) else "page",
    )


@get("/t/{code:str}", opt={"public": True}, include_in_schema=False)
async def track(request: Request[Any, Any, Any], code: str, now: datetime) -> Response[bytes]:
    """Public view for all; the owner and the hall's staff are led to their own view."""
    version = await find(request, code, now)
    if token_of(request) and not views.is_htmx(request):
        elsewhere = await _own_view(request, version, now)
        if elsewhere:
            return Response(b"", status_code=303, headers={"location": elsewhere, "cache-control": "no-store"})
    today, look = day_of(now), _look(request)
    tag = scanning.etag(version, today, look)
    if request.headers.get("if-none-match") == tag:
        return Response(b"", status_code=304, headers={"etag": tag, **_HEADERS})
    takes_brotli = "br" in request.headers.get("accept-encoding", "")

    def render(view: scanning.PublicView) -> bytes:
        body = _html(request, tracking.parse(code), view, look, today).encode()
        return brotli.compress(body) if takes_brotli else body

    body = await scanning.cached(version, today, (*look, "br" if takes_brotli else "plain"), render)
    headers = {"etag": tag, "vary": "accept-encoding, cookie, hx-request", **_HEADERS}
    if takes_brotli:
        headers["content-encoding"] = "br"
    return Response(body, media_type="text/html", headers=headers)


def _html(
    request: Request[Any, Any, Any], code: str, view: scanning.PublicView, look: tuple[str, ...], today: object
) -> str:
    template = "tracking/_public.html" if look[3] == "part" else "tracking/public.html"
    # Nothing of this visitor may go into bytes that everybody gets: no viewer, no CSRF token.
    context = {
        "request": request, "viewer": None, "lang": look[0], "elder": look[1] == "elder",
        "theme": "" if look[2] == "auto" else look[2], "csrf": "", "csrf_field": lambda: Markup(""),
        "view": view, "code": code, "today": today,
    }
    return views.environment().get_template(template).render(context)


async def _own_view(request: Request[Any, Any, Any], version: scanning.Version, now: datetime) -> str | None:
    signed_in = await identify(request, now)
    if signed_in is None:
        return None
    case = await reading.by_id(version.case_id)
    match signed_in.actor:
        case CitizenActor(id=who) if who == case.citizen:
            return f"/cases/{case.case_no}"
        case OfficerActor():
            return f"/desk/cases/{case.case_no}"
    return None


@get("/t/{code:str}/events", opt={"public": True}, include_in_schema=False)
async def track_events(request: Request[Any, Any, Any], code: str, now: datetime, after: int = 0) -> ServerSentEvent:
    """Server-sent events: the newest seq whenever the case moves, so that an open page asks again."""
    version = await find(request, code, now)
    return ServerSentEvent(sent(version.case_id, after or version.seq))


async def sent(case_id: int, after: int) -> AsyncIterator[ServerSentEventMessage]:
    """Messages of one open page: its `seq` when it changed, a comment as heartbeat."""
    async for seq in live.changes(case_id, after):
        yield ServerSentEventMessage(comment="still here") if seq is None else ServerSentEventMessage(data=str(seq))


handlers = [track, track_events]
