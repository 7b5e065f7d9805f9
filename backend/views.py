"""Pages and fragments: the one Jinja environment, what every template knows, and how HTML leaves the house."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import brotli
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Request, Response
from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie
from litestar.enums import MediaType
from markupsafe import Markup

from backend import csrf, formats
from backend.domain import masking
from backend.i18n import gettext, language, ngettext, pick
from backend.icons import icon
from backend.settings import settings
from backend.static import static

TEMPLATES = Path(__file__).parent.parent / "pwa" / "templates"
KEEPS_NOTHING = frozenset({"kiosk", "shared"})
THEMES = frozenset({"light", "dark", "contrast"})
_WORTH_COMPRESSING = 600  # bytes; below, the saving is less than the header


@cache
def environment() -> Environment:
    """The Jinja environment: autoescaped, loud about a name that is not there."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, auto_reload=settings.demo, extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )  # fmt: skip
    made.install_gettext_callables(gettext, ngettext, newstyle=False)  # type: ignore[attr-defined]  # added by the extension
    made.globals.update(
        _=gettext, gettext=gettext, ngettext=ngettext, t=pick, static=static, icon=icon, hall=settings,
    )  # fmt: skip
    made.filters.update(
        day=formats.day, full_day=formats.full_day, moment=formats.moment, clock=formats.clock,
        file_size=formats.file_size, mask_name=masking.mask_name, mask_mobile=masking.mask_mobile,
        mask_id=masking.mask_id, mask_case_no=masking.mask_case_no, label=lambda word: word.label(language()),
    )  # fmt: skip
    return made


def shown(connection: ASGIConnection[Any, Any, Any, Any]) -> dict[str, Any]:
    """What every template knows: request, viewer, lang, elder, theme, csrf and csrf_field()."""
    signed_in: Any = connection.scope.get(csrf.SIGNED_IN)
    theme = connection.cookies.get("theme", "")
    token = csrf.token(connection)
    return {
        "request": connection,
        "viewer": signed_in.actor if signed_in else None,
        "person": signed_in.person if signed_in else "",
        "keeps_nothing": device(connection),
        "lang": language(),
        "elder": connection.cookies.get("text") == "elder",
        "theme": theme if theme in THEMES else "",
        "csrf": token,
        "csrf_field": lambda: Markup('<input type="hidden" name="_csrf" value="{}">').format(token),
    }


def device(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """Whose device this is: "kiosk" and "shared" keep nothing of anybody, "" is somebody's own."""
    said = connection.cookies.get("device", "")
    return said if said in KEEPS_NOTHING else ""


def render(connection: ASGIConnection[Any, Any, Any, Any], name: str, **context: Any) -> str:
    """The template as text, for this visitor."""
    return environment().get_template(name).render(shown(connection) | context)


def page(
    request: Request[Any, Any, Any], name: str, *, status_code: int = 200, headers: dict[str, str] | None = None,
    cookies: list[Cookie] | None = None, **context: Any,
) -> Response[bytes]:  # fmt: skip
    """A full page. Never kept by a shared cache; not kept at all when someone is signed in."""
    text = render(request, name, **context)
    private = request.scope.get(csrf.SIGNED_IN) is not None
    return html(
        request, text, status_code=status_code, cookies=cookies,
        headers={"cache-control": "no-store" if private else "private, no-cache", **(headers or {})},
    )  # fmt: skip


def fragment(
    request: Request[Any, Any, Any], name: str, *, status_code: int = 200, headers: dict[str, str] | None = None,
    cookies: list[Cookie] | None = None, **context: Any,
) -> Response[bytes]:  # fmt: skip
    """A part of a page for htmx: never stored, so that it can't answer a full navigation later."""
    text = render(request, name, **context)
    return html(
        request,
        text,
        status_code=status_code,
        cookies=cookies,
        headers={"cache-control": "no-store", **(headers or {})},
    )


def html(
    request: ASGIConnection[Any, Any, Any, Any], text: str | bytes, *, status_code: int = 200,
    headers: dict[str, str] | None = None, cookies: list[Cookie] | None = None,
) -> Response[bytes]:  # fmt: skip
    """HTML as it leaves the house: compressed for who takes it, with the visitor cookie when a form was drawn."""
    body = text.encode() if isinstance(text, str) else text
    sent = {"vary": "accept-encoding, cookie, hx-request", **(headers or {})}
    signed_in: Any = request.scope.get(csrf.SIGNED_IN)
    if signed_in is not None:
        sent["x-yimaban-person"] = signed_in.person  # under whose name the worker may keep a copy
    if device(request):
        sent["cache-control"] = "no-store"
    if len(body) > _WORTH_COMPRESSING and "br" in request.headers.get("accept-encoding", ""):
        body = brotli.compress(body, quality=4)
        sent["content-encoding"] = "br"
    drawn = csrf.fresh_cookie(request)
    if drawn:
        visitor = Cookie(
            key=csrf.cookie_name(), value=drawn, path="/", httponly=True, secure=settings.is_secure, samesite="lax"
        )
        cookies = [*(cookies or []), visitor]
    return Response(body, status_code=status_code, headers=sent, media_type=MediaType.HTML, cookies=cookies)


def is_htmx(connection: ASGIConnection[Any, Any, Any, Any]) -> bool:
    """Whether htmx asks for a part of a page. A history restore wants the whole page although htmx sends it."""
    return "hx-request" in connection.headers and "hx-history-restore-request" not in connection.headers
