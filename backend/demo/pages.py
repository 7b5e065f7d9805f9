"""Demo only: the page with everybody on it, the phone that shows text messages, and the pretend fingerprint."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from litestar import Request, Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect

from backend import preferences, views
from backend.demo import look, phones
from backend.demo.arriving import arrive_as
from backend.demo.personas import CITIZENS, PERSONAS
from backend.people import kiosks, sessions
from backend.people.guards import public, safe_next, signed_in_only
from backend.people.sessions import Visitor
from backend.people.viewer import SignedIn, token_of
from shared_schemas.people import SystemActor

_BY = SystemActor("demo")
_FORM = Body(media_type=RequestEncodingType.URL_ENCODED)


@get("/demo", guards=[public], opt={"public": True})
async def demo_page(request: Request) -> Response:
    """The personas, as cards."""
    return views.page(
        request, "people/demo.html",
        citizens=[item for item in PERSONAS if item.kind == "citizen"],
        officers=[item for item in PERSONAS if item.kind == "officer"],
    )  # fmt: skip


@post("/demo", guards=[public], opt={"public": True})
async def become(request: Request, data: Annotated[dict[str, str], _FORM], visitor: Visitor, now: datetime) -> Redirect:
    """Sign in from the page and land at the persona's home, in the persona's language and text size."""
    persona, token = await arrive_as(data.get("persona", ""), visitor=visitor, now=now, replacing=token_of(request))
    cookies = [sessions.cookie_for(token), *preferences.cookies_for(_likes(persona.key))]
    return Redirect(persona.home, status_code=303, cookies=cookies)


def _likes(key: str) -> dict[str, str]:
    """How this persona reads. Only who reads English changes the language: a visitor may have chosen theirs."""
    citizen = next((item for item in CITIZENS if item.key == key), None)
    likes = {"text": "elder" if citizen and citizen.is_elder else "normal"}
    return likes | {"lang": "en"} if citizen and citizen.lang == "en" else likes


@get("/demo/outbox", guards=[public], opt={"public": True})
async def outbox(request: Request) -> Response:
    """The newest messages, as phones would show them."""
    return views.page(request, "people/outbox.html", messages=await phones.got())


@post("/demo/step-up", guards=[signed_in_only])
async def pretend_fingerprint(data: Annotated[dict[str, str], _FORM], signed_in: SignedIn, now: datetime) -> Redirect:
    """Personas have no passkey: pretend that one was used."""
    token = await sessions.renew(signed_in.session, now=now, stepped_up=True)
    return Redirect(safe_next(data.get("next")), status_code=303, cookies=[sessions.cookie_for(token)])


@post("/demo/kiosk", guards=[public], opt={"public": True})
async def play_kiosk(data: Annotated[dict[str, str], _FORM], visitor: Visitor, now: datetime) -> Redirect:
    """Enrol this browser as a kiosk, as a real one would be; or let it be none any more."""
    if data.get("leave"):
        return Redirect("/demo", status_code=303, cookies=kiosks.cookies(None))
    number = len(await kiosks.every()) + 1
    _made, code = await kiosks.add(f"一楼东厅 {number} 号机", f"Ground floor east, machine {number}", by=_BY, now=now)
    return Redirect("/kiosk", status_code=303, cookies=kiosks.cookies(await kiosks.enrol(code, visitor, now)))


handlers = [demo_page, become, play_kiosk, outbox, pretend_fingerprint, *look.handlers]
