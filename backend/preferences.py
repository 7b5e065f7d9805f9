"""How someone likes to read (language, elder mode, theme) and whose device it is. Kept in cookies, switched by a plain form."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlsplit

from litestar import Request, Response, post
from litestar.datastructures import Cookie
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect

from backend.domain.refusal import Refusal
from backend.settings import settings

CHOICES = {
    "lang": frozenset({"zh", "en"}),
    "text": frozenset({"normal", "elder"}),
    "theme": frozenset({"auto", "light", "dark", "contrast"}),
    "device": frozenset({"own", "shared"}),  # a shared one keeps nothing of anybody (views.KEEPS_NOTHING)
    "reach": frozenset({"normal", "low"}),  # 画面放低: what a kiosk offers stands within reach of a wheelchair
}
_YEAR = 365 * 24 * 3600


@post("/preferences", opt={"public": True}, status_code=303)
async def choose(
    request: Request[Any, Any, Any], data: Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
) -> Response[Any]:
    """Set what the form names (`lang`, `text`, `theme`, `device`) and go back to the page it sits on."""
    chosen = {name: value for name, value in data.items() if name in CHOICES}
    if request.cookies.get("device") == "kiosk":
        chosen.pop("device", None)  # a machine of the hall is no kiosk any more when an administrator says so
    wrong = {name: "input.invalid" for name, value in chosen.items() if value not in CHOICES[name]}
    if wrong or not chosen:
        raise Refusal("input.invalid", errors=wrong)
    return Redirect(_back(request), status_code=303, cookies=cookies_for(chosen))


def cookies_for(chosen: dict[str, str]) -> list[Cookie]:
    """The cookies that keep these choices; names and values as in CHOICES."""
    return [
        Cookie(
            key=name,
            value=value,
            path="/",
            max_age=None if value == "shared" else _YEAR,
            samesite="lax",
            secure=settings.is_secure,
        )
        for name, value in chosen.items()
    ]


def _back(request: Request[Any, Any, Any]) -> str:
    """The page the form was on, by its path only: an address elsewhere is never followed."""
    try:
        parts = urlsplit(request.headers.get("referer", "/"))
    except ValueError:
        return "/"
    path = "/" + parts.path.lstrip("/\\")
    return f"{path}?{parts.query}" if parts.query else path


handlers = [choose]
