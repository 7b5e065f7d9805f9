"""Scanned pages that are ready: sent without entering the framework (docs/decisions/0022-scan-path.md).

Most requests for `/t/{code}` are a stranger's first look at a page that was rendered before, or a phone that asks
whether its copy still holds. Both take the version query and nothing else. Everything that is not plainly such a
request goes on to the application, which renders, counts guesses and leads owners to their own view.
"""

from __future__ import annotations

from typing import Any

from litestar.types import ASGIApp, Receive, Scope, Send
from msgspec import Struct

from backend import clock
from backend.domain import tracking
from backend.domain.calendar import day_of
from backend.domain.refusal import Refusal
from backend.i18n import language
from backend.tracking import scanning

PATH_TEMPLATE = "/t/{code:str}"
_ELSEWHERE = frozenset({b"cookie", b"authorization", b"hx-request"})  # who asks, or for which part, has to be looked at


class Sent(Struct, frozen=True):
    """An answer that is ready to go."""

    status: int
    fields: list[tuple[bytes, bytes]]
    body: bytes = b""

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        """Send it (ASGI)."""
        fields = self.fields if self.status == 304 else [*self.fields, (b"content-length", b"%d" % len(self.body))]
        await send({"type": "http.response.start", "status": self.status, "headers": fields})
        await send({"type": "http.response.body", "body": self.body, "more_body": False})


class ReadyPages:
    """`app` with this shortcut in front."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one ASGI connection."""
        answer = await _ready(scope) if scope["type"] == "http" and scope["path"].startswith("/t/") else None
        if answer is None:
            await self._app(scope, receive, send)
            return
        scope["path_template"] = PATH_TEMPLATE  # type: ignore[typeddict-unknown-key] - what Litestar's router would note
        await answer(scope, receive, send)


async def _ready(scope: Any) -> Sent | None:
    headers = dict(scope["headers"])
    if scope["method"] != "GET" or not _ELSEWHERE.isdisjoint(headers):
        return None
    try:
        version = await scanning.version_of(tracking.parse(scope["path"][3:]))
    except Refusal:
        return None  # no code at all
    if version is None:
        return None
    today, look = day_of(clock.now()), (language(), *scanning.PLAIN)
    tag = scanning.etag(version, today, look).encode()
    if tag in headers.get(b"if-none-match", b""):
        return unchanged(tag)
    takes_brotli = b"br" in headers.get(b"accept-encoding", b"")
    body = scanning.shelf.get(scanning.place(version, today, look, is_brotli=takes_brotli))
    return None if body is None else page(tag, body, is_brotli=takes_brotli)


def unchanged(tag: bytes) -> Sent:
    """304: the copy still holds."""
    return Sent(304, [(b"etag", tag), *scanning.FIXED])


def page(tag: bytes, body: bytes, *, is_brotli: bool) -> Sent:
    """200 with a rendered page."""
    fields = [(b"content-type", b"text/html; charset=utf-8"), (b"etag", tag), *scanning.FIXED]
    if is_brotli:
        fields.append((b"content-encoding", b"br"))
    return Sent(200, fields, body)
