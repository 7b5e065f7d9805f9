"""Who may open the pages of a draft, and how a post whose session had died is not lost."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler

from backend import clock
from backend.domain.refusal import Refusal
from backend.intake import devices, keeping
from backend.people.guards import GoElsewhere
from backend.people.viewer import identify
from shared_schemas.people import CitizenActor, OfficerActor

LONGEST = 60_000  # characters of one answer that are kept over a lost session


async def owner_or_expired(connection: ASGIConnection, _handler: BaseRouteHandler) -> None:
    """A citizen or a clerk; somebody whose session has died may knock, and `writer` keeps what they bring."""
    await identify(connection, clock.now())


async def writer(request: Request[Any, Any, Any], draft_id: str, slug: str) -> CitizenActor | OfficerActor:
    """Who posts a topic. Nobody signed in: what was posted is kept, sealed, and the way leads over sign-in back here."""
    found = await identify(request, clock.now())
    if found is not None:
        return found.actor
    form = await request.form()
    posted = {
        name: [value for value in form.getall(name) if isinstance(value, str) and len(value) < LONGEST]
        for name in set(form)
        if not name.startswith("_csrf")
    }
    place = f"/drafts/{quote(draft_id)}/topics/{quote(slug)}"
    posted[keeping.TOPIC] = [slug[:80]]
    kept = await keeping.keep_post(draft_id, posted, devices.mark_of(request), clock.now())
    if kept is None:
        raise Refusal("draft.not_found")
    owner, token = kept
    if owner.startswith("kiosk:"):
        raise GoElsewhere("/kiosk/over", "session.expired")
    door = "/staff/sign-in" if owner.startswith("officer:") else "/sign-in"
    raise GoElsewhere(f"{door}?next={quote(f'{place}?kept={token}', safe='/')}", "session.expired")
