"""`/t/{code}`: what a scan opens. The hot path: no session unless one came, one query, bytes made once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, datetime
from typing import Any

import brotli
from litestar import Request, get
from litestar.connection import ASGIConnection
from litestar.response import ServerSentEvent
from litestar.response.sse import ServerSentEventMessage
from litestar.types import ASGIApp
from markupsafe import Markup

from backend import clock, ratelimit, views
from backend.bundles import queries as bundles
from backend.cases import live, reading
from backend.domain import tracking
from backend.domain.approval import may_read
from backend.domain.calendar import day_of
from backend.domain.refusal import Refusal
from backend.edge import client_ip
from backend.i18n import language
from backend.people.viewer import identify
from backend.settings import settings
from backend.tracking import ready, scanning
from shared_schemas.people import CitizenActor, OfficerActor

# Made once a version and sent many times; at 11, brotli's default, one page takes 6 ms of everybody's time.
_BROTLI_QUALITY = 5


async def find(connection: ASGIConnection[Any, Any, Any, Any], text: str, now: datetime) -> scanning.Version:
    """The case behind a scanned code.

    Raises Refusal("tracking.unknown") for a wrong, revoked or guessed code alike, and Refusal("rate.limited") after
    too many of them from one address.
    """
    try:
        found = await scanning.version_of(tracking.parse(text))
    except Refusal:
        found = None
    if found is None:
        await ratelimit.hit(f"track|{client_ip(connection.scope)}", settings.track_miss_limit, 60, now)
        raise Refusal("tracking.unknown")
    return found


@get(ready.PATH_TEMPLATE, opt={"public": True}, include_in_schema=False)
async def track(request: Request[Any, Any, Any]) -> ASGIApp:
    """Public view for all; the owner and the hall's staff are led to their own view.

    This address is on every paper: it takes nothing but the request and answers with bytes, which spares it the
    framework's injection and response (docs/decisions/0022-scan-path.md).
    """
    headers, now = dict(request.scope["headers"]), clock.now()
    code, has_cookies = request.scope["path_params"]["code"], b"cookie" in headers
    is_part = b"hx-request" in headers and views.is_htmx(request)
    version = await find(request, code, now)
    if (has_cookies or b"authorization" in headers) and not is_part:
        elsewhere = await _own_view(request, version, now)
        if elsewhere:
            return ready.Sent(303, [(b"location", elsewhere.encode()), (b"cache-control", b"no-store")])
    today, look = day_of(now), _look(request, is_part=is_part, has_cookies=has_cookies)
    tag = scanning.etag(version, today, look).encode()
    if tag in headers.get(b"if-none-match", b""):
        return ready.unchanged(tag)
    takes_brotli = b"br" in headers.get(b"accept-encoding", b"")

    def render(view: scanning.PublicView | scanning.BundleView) -> bytes:
        body = _html(request, tracking.parse(code), view, look, today).encode()
        return brotli.compress(body, quality=_BROTLI_QUALITY) if takes_brotli else body

    body = await scanning.cached(version, today, look, render, is_brotli=takes_brotli)
    return ready.page(tag, body, is_brotli=takes_brotli)


def _look(connection: ASGIConnection[Any, Any, Any, Any], *, is_part: bool, has_cookies: bool) -> tuple[str, ...]:
    """Language, size of text, theme, and whether htmx wants the part that moves."""
    if not has_cookies and not is_part:
        return language(), *scanning.PLAIN
    part = "part" if is_part else "page"
    theme = connection.cookies.get("theme", "")
    elder = "elder" if connection.cookies.get("text") == "elder" else "plain"
    return language(), elder, theme if theme in views.THEMES else "auto", part


def _html(
    connection: ASGIConnection[Any, Any, Any, Any],
    code: str,
    view: scanning.PublicView | scanning.BundleView,
    look: tuple[str, ...],
    today: date,
) -> str:
    folder = "bundles" if isinstance(view, scanning.BundleView) else "tracking"
    template = f"{folder}/_public.html" if look[3] == "part" else f"{folder}/public.html"
    # Nothing of this visitor may go into bytes that everybody gets: no viewer, no CSRF token.
    context = {
        "request": connection,
        "viewer": None,
        "lang": look[0],
        "elder": look[1] == "elder",
        "theme": "" if look[2] == "auto" else look[2],
        "csrf": "",
        "csrf_field": lambda: Markup(""),
        "view": view,
        "code": code,
        "today": today,
    }
    return views.environment().get_template(template).render(context)


async def _own_view(
    connection: ASGIConnection[Any, Any, Any, Any], version: scanning.Version, now: datetime
) -> str | None:
    signed_in = await identify(connection, now)
    if signed_in is None:
        return None
    case = await reading.by_id(version.case_id)
    own = f"{case.case_no}/bundle" if version.filing else case.case_no
    match signed_in.actor:
        case CitizenActor(id=who) if who == case.citizen:
            return f"/cases/{own}"
        case OfficerActor() as officer if may_read(case.department, officer):
            return f"/desk/cases/{own}"
    return None


@get("/t/{code:str}/events", opt={"public": True}, include_in_schema=False)
async def track_events(request: Request[Any, Any, Any], code: str, now: datetime, after: int = 0) -> ServerSentEvent:
    """Server-sent events: the newest seq whenever the case moves, so that an open page asks again."""
    version = await find(request, code, now)
    moves = of_filing(version.filing, after) if version.filing else sent(version.case_id, after or version.seq)
    return ServerSentEvent(_while_good(code, moves))


async def _while_good(code: str, moves: AsyncIterator[ServerSentEventMessage]) -> AsyncIterator[ServerSentEventMessage]:
    """As `moves`, until the code is replaced: a dead code hears no more of the case."""
    async for message in moves:
        if message.data is not None and await scanning.version_of(tracking.parse(code)) is None:
            return
        yield message


async def sent(case_id: int, after: int) -> AsyncIterator[ServerSentEventMessage]:
    """Messages of one open page: its `seq` when it changed, a comment as heartbeat."""
    async for seq in live.changes(case_id, after):
        yield ServerSentEventMessage(comment="still here") if seq is None else ServerSentEventMessage(data=str(seq))


async def of_filing(filing: int, after: int) -> AsyncIterator[ServerSentEventMessage]:
    """As `sent`, of every case of a bundle. `after` is the filing's own `seq`: what moved since is said at once."""
    cases = [case.id for case in await bundles.cases_of(filing)]
    if after and await bundles.seq_of(filing) > after:
        yield ServerSentEventMessage(data=str(after + 1))
    async for seq in live.moves(cases):
        yield ServerSentEventMessage(comment="still here") if seq is None else ServerSentEventMessage(data=str(seq))


handlers = [track, track_events]
