"""Demo only: who can be signed in as, and signing in. Outside demo mode these routes do not exist."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from litestar import Request, Response, get, post
from msgspec import Meta, Struct

from backend.demo.arriving import arrive_as
from backend.demo.personas import PERSONAS, Persona
from backend.people import sessions
from backend.people.guards import public
from backend.people.sessions import Visitor
from backend.people.viewer import token_of


class PersonaChoice(Struct, frozen=True, forbid_unknown_fields=True):
    """Whom to become, by the persona's key."""

    persona: Annotated[str, Meta(max_length=40)]


class DemoSession(Struct, frozen=True):
    """A demo session: the token is for `Authorization: Bearer`, `home` the page to open."""

    token: str
    persona: Persona
    home: str


@get("/demo/personas", guards=[public], opt={"public": True}, summary="The people of the demo hall", tags=["demo"])
async def list_personas() -> dict[str, tuple[Persona, ...]]:
    """Everybody one can sign in as, citizens first, in the order of the demo page."""
    return {"items": PERSONAS}


@post("/demo/sessions", guards=[public], opt={"public": True}, summary="Sign in as a demo person", tags=["demo"])
async def create_demo_session(
    request: Request, data: PersonaChoice, visitor: Visitor, now: datetime
) -> Response[DemoSession]:
    """Sign in as `persona`; the answer sets the session cookie and carries the same token for API clients.

    It counts as a passkey confirmation for five minutes, so that a script can decide a case too.
    """
    persona, token = await arrive_as(
        data.persona, visitor=visitor, now=now, replacing=token_of(request), stepped_up=True
    )
    body = DemoSession(token=token, persona=persona, home=persona.home)
    return Response(body, status_code=201, cookies=[sessions.cookie_for(token)], headers={"cache-control": "no-store"})


handlers = [list_personas, create_demo_session]
