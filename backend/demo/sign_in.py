"""Demo only: one tap signs in as anybody of the demo hall. Outside demo mode these routes do not exist."""

from __future__ import annotations

from typing import Annotated

from litestar import Request, Response, get, post
from litestar.params import Body
from litestar.response import Redirect
from msgspec import Meta, Struct

from backend import clock, views
from backend.demo.people import citizen_id, load_people, officer_id
from backend.demo.personas import PERSONAS, Persona
from backend.domain.refusal import Refusal
from backend.people import sessions
from backend.people.guards import public
from backend.people.viewer import token_of, visitor_of


class PersonaChoice(Struct, frozen=True, forbid_unknown_fields=True):
    """Whom to become, by the persona's key."""

    persona: Annotated[str, Meta(max_length=40)]


class DemoSession(Struct, frozen=True):
    """A demo session: the token is for `Authorization: Bearer`, `home` the page to open."""

    token: str
    persona: Persona
    home: str


@get("/api/v1/demo/personas", guards=[public], opt={"public": True}, summary="The people of the demo hall", tags=["demo"])
async def list_personas() -> dict[str, tuple[Persona, ...]]:
    """Who can be signed in as, in the order of the demo page."""
    return {"items": PERSONAS}


@post("/api/v1/demo/sessions", guards=[public], opt={"public": True}, summary="Sign in as a demo person", tags=["demo"])
async def create_demo_session(request: Request, data: PersonaChoice) -> Response[DemoSession]:
    """Sign in as `persona`; the answer carries the cookie and the token."""
    persona, token = await _sign_in(request, data.persona)
    body = DemoSession(token=token, persona=persona, home=persona.home)
    return Response(body, status_code=201, cookies=[sessions.cookie_for(token)])


@get("/demo", guards=[public], opt={"public": True}, include_in_schema=False)
async def demo_page(request: Request) -> Response:
    """The personas, as cards."""
    return views.page(
        request, "people/demo.html",
        citizens=[item for item in PERSONAS if item.kind == "citizen"],
        officers=[item for item in PERSONAS if item.kind == "officer"],
    )


@post("/demo", guards=[public], opt={"public": True}, include_in_schema=False)
async def become(request: Request, data: Annotated[PersonaChoice, Body(media_type="application/x-www-form-urlencoded")]) -> Redirect:
    """Sign in from the page and land at the persona's home."""
    persona, token = await _sign_in(request, data.persona)
    return Redirect(persona.home, status_code=303, cookies=[sessions.cookie_for(token)])


async def _sign_in(request: Request, key: str) -> tuple[Persona, str]:
    persona = next((item for item in PERSONAS if item.key == key), None)
    if persona is None:
        raise Refusal("demo.persona_unknown", persona=key)
    now = clock.now()
    find = citizen_id if persona.kind == "citizen" else officer_id
    subject = await find(key)
    if subject is None:
        await load_people(now)
        subject = await find(key)
    assert subject is not None
    token = await sessions.begin(
        persona.kind, subject, method="demo", visitor=visitor_of(request), now=now, replacing=token_of(request)
    )
    return persona, token


api_handlers = [list_personas, create_demo_session]
page_handlers = [demo_page, become]
