"""The outermost layer: which requests come in at all, and what every answer carries.

A bare ASGI wrapper around the whole application: it also covers unknown addresses, and costs the scan page two dict
look-ups and one `send` wrapper (framework middleware was measured at 30 to 80 % of a short request).
"""

from __future__ import annotations

import asyncio
import re
import secrets
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import msgspec
import structlog

from backend import i18n, metrics
from backend.domain.refusal import Refusal
from backend.problems import problem_of
from backend.settings import settings

CSP = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; media-src 'self' blob:; worker-src 'self'; manifest-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
_ALWAYS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
]
_PERMISSIONS = "camera=(self), microphone=(), geolocation=(), publickey-credentials-get=(self)"
_PAGE = [
    (b"content-security-policy", CSP.encode()),
    (b"x-frame-options", b"DENY"),
    (b"permissions-policy", _PERMISSIONS.encode()),
]
_HSTS = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")
_UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_PROBES = frozenset({"/healthz", "/readyz"})
_ID = re.compile(r"[A-Za-z0-9_-]{8,64}\Z")
_SLOW_SECONDS = 1.0
_HEAR_SECONDS, _HEAR_BYTES = 2, 8_000_000  # of a body that is refused before it was read

log = structlog.get_logger("yimaban.access")


class Edge:
    """`app` with the house's door in front."""

    def __init__(self, app: Callable[..., Awaitable[None]]) -> None:
        self._app = app
        self._always = [*_ALWAYS, _HSTS] if settings.is_secure else _ALWAYS
        self._hosts = settings.hosts
        self._origins = frozenset({_origin(settings.base_url)})

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Serve one ASGI connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        headers = dict(scope["headers"])
        number = scope["yimaban.request_id"] = _request_id(headers)
        i18n.bind(scope)
        structlog.contextvars.bind_contextvars(request_id=number)
        status = 0
        body = _Body(receive)

        async def sending(message: dict[str, Any]) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                if status >= 400 and scope["method"] in _UNSAFE:
                    await body.hear_out()
                message["headers"] = self._dressed(list(message.get("headers", ())), number)
            await send(message)

        code = self._objection(scope, headers)
        if code:
            await _refuse(Refusal(code), sending)
        else:
            await self._app(scope, body.receive, sending)
        _note(scope, status, time.perf_counter() - started)

    def _objection(self, scope: dict[str, Any], headers: dict[bytes, bytes]) -> str | None:
        """Why this request is not for us, as a refusal code; None for the honest ones."""
        host = headers.get(b"host", b"").decode("latin-1").lower()
        if _hostname(host) not in self._hosts and scope["path"] not in _PROBES:
            return "request.host"
        if scope["method"] not in _UNSAFE:
            return None
        site = headers.get(b"sec-fetch-site")
        if site is not None and site not in {b"same-origin", b"none"}:
            return "request.foreign"
        origin = headers.get(b"origin")
        if origin is None or origin.decode("latin-1") in self._origins:
            return None
        # No urlsplit: it raises on "http://[", and what is not spelt like an origin is none of ours anyway.
        return None if host and origin.decode("latin-1").lower().partition("://")[2] == host else "request.foreign"

    def _dressed(self, headers: list[tuple[bytes, bytes]], number: str) -> list[tuple[bytes, bytes]]:
        names = {name.lower() for name, _ in headers}
        headers += [pair for pair in self._always if pair[0] not in names]
        headers.append((b"x-request-id", number.encode()))
        if b"cache-control" not in names:  # what nobody declared fit for a cache may be somebody's
            headers.append((b"cache-control", b"no-store"))
        if any(name.lower() == b"content-type" and value.startswith(b"text/html") for name, value in headers):
            headers += [pair for pair in _PAGE if pair[0] not in names]
        return headers


class _Body:
    """A request's body on its way in, and whether the last of it has come."""

    __slots__ = ("_receive", "is_over")

    def __init__(self, receive: Callable[[], Awaitable[dict[str, Any]]]) -> None:
        self._receive = receive
        self.is_over = False

    async def receive(self) -> dict[str, Any]:
        """As ASGI has it."""
        message = await self._receive()
        self.is_over = not message.get("more_body", False)
        return message

    async def hear_out(self) -> None:
        """Read on before a refusal: most clients listen only when they have spoken, and a closed line is no answer."""
        heard = 0
        with suppress(TimeoutError):
            async with asyncio.timeout(_HEAR_SECONDS):
                while not self.is_over and heard < _HEAR_BYTES:
                    heard += len((await self.receive()).get("body", b""))


def client_ip(scope: Any) -> str:
    """The visitor's address: the last hop that is not one of our own proxies."""
    peer = scope["client"][0] if scope.get("client") else ""
    if peer not in settings.trusted_proxies:
        return peer
    forwarded = next((value for name, value in scope["headers"] if name == b"x-forwarded-for"), b"")
    hops = [hop.strip() for hop in forwarded.decode("latin-1").split(",") if hop.strip()]
    return next((hop for hop in reversed(hops) if hop not in settings.trusted_proxies), peer)


def _request_id(headers: dict[bytes, bytes]) -> str:
    """Our proxy's number when it looks like one, else a new one."""
    given = headers.get(b"x-request-id", b"").decode("latin-1")
    return given if _ID.match(given) else secrets.token_hex(8)


def _hostname(host: str) -> str:
    return host if host.endswith("]") else host.rsplit(":", 1)[0] if ":" in host else host


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


async def _refuse(refusal: Refusal, send: Callable[[dict[str, Any]], Awaitable[None]]) -> None:
    """Before the application: always problem+json, since whoever gets here is not one of our pages."""
    problem = problem_of(refusal)
    body = msgspec.json.encode(
        {"type": f"urn:yimaban:problem:{problem.code}", "title": problem.title, "status": problem.status,
         "detail": problem.detail, "code": problem.code}
    )  # fmt: skip
    headers = [(b"content-type", b"application/problem+json"), (b"content-length", str(len(body)).encode()),
               (b"cache-control", b"no-store")]  # fmt: skip
    await send({"type": "http.response.start", "status": problem.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _note(scope: dict[str, Any], status: int, seconds: float) -> None:
    """One line for what changes something, fails or drags; by route, since an address can hold a tracking code."""
    route = scope.get("path_template") or "-"
    metrics.note(scope["method"] if route != "-" else "-", route, status, seconds)
    if scope["method"] in _UNSAFE or status >= 500 or seconds > _SLOW_SECONDS:
        log.info("request", method=scope["method"], route=route, status=status, ms=round(seconds * 1000, 1))
