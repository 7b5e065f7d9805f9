"""Forms that only our own pages can send: a token bound to the session (or, before sign-in, to a cookie).

The JSON API has no token: it refuses cross-site requests by `Sec-Fetch-Site` and `Origin` (see `backend.edge`), which
also stands before every form here. Each rendering masks the token anew, so compressed pages don't leak it (BREACH).
"""

from __future__ import annotations

import base64
import secrets
from typing import Any

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler

from backend import crypto
from backend.domain.refusal import Refusal
from backend.settings import settings

SIGNED_IN = "yimaban.signed_in"  # scope key: people.viewer.SignedIn | None
_ANONYMOUS = "yimaban.anonymous"
_MASK_BYTES = 16
_UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def cookie_name() -> str:
    """The cookie that stands for a visitor who has not signed in."""
    return settings.cookie("visitor")


def token(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """A fresh masked token for a form of this visitor."""
    mark = crypto.sign("csrf", _visitor(connection))[:_MASK_BYTES]
    mask = secrets.token_bytes(_MASK_BYTES)
    return base64.urlsafe_b64encode(mask + _xor(mask, mark)).decode().rstrip("=")


def fresh_cookie(connection: ASGIConnection[Any, Any, Any, Any]) -> str | None:
    """The visitor cookie to set with this answer, when `token` had to draw one."""
    return connection.scope.get(_ANONYMOUS)  # type: ignore[return-value]


def is_valid(connection: ASGIConnection[Any, Any, Any, Any], given: str) -> bool:
    """Whether `given` was rendered for this visitor."""
    try:
        raw = base64.urlsafe_b64decode(given + "=" * (-len(given) % 4))
    except ValueError:
        return False
    if len(raw) != 2 * _MASK_BYTES:
        return False
    mark = crypto.sign("csrf", _visitor(connection))[:_MASK_BYTES]
    return secrets.compare_digest(_xor(raw[:_MASK_BYTES], raw[_MASK_BYTES:]), mark)


async def check(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Guard of every HTML router: header `x-csrf-token` (htmx) or field `_csrf`.

    Nobody signed in where someone must be: the route's own guard sends them to sign in, which keeps their place.
    """
    if connection.scope.get("method") not in _UNSAFE or not isinstance(connection, Request):
        return
    given = connection.headers.get("x-csrf-token") or connection.query_params.get("_csrf")
    if not given:
        given = str((await connection.form()).get("_csrf", ""))
    if is_valid(connection, given):
        return
    if connection.scope.get(SIGNED_IN) is None and not handler.opt.get("public"):
        return
    raise Refusal("request.form_expired")


def _visitor(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    signed_in: Any = connection.scope.get(SIGNED_IN)
    if signed_in is not None:
        return f"session|{signed_in.session.id}"
    held = connection.cookies.get(cookie_name())
    if not held:
        held = connection.scope.get(_ANONYMOUS)
        if held is None:
            held = secrets.token_urlsafe(16)
            connection.scope[_ANONYMOUS] = held  # type: ignore[typeddict-unknown-key]
    return f"visitor|{held}"


def _xor(left: bytes, right: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(left, right, strict=True))
