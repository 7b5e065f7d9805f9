"""The end of a visit at a kiosk: needs no form token (the session may be dead), since all it can do is sign this machine out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Request, Response, post
from litestar.response import Redirect

from backend import clock, views
from backend.domain.refusal import Refusal
from backend.intake import relay
from backend.people import leaving, sessions, viewer
from backend.people.viewer import visitor_of


@post("/kiosk/end", opt={"public": True}, status_code=303)
async def end(request: Request[Any, Any, Any]) -> Response[Any]:
    """结束: whoever is signed in here is out, a draft that was handed over is its citizen's again, nothing stays behind."""
    if views.device(request) != "kiosk":
        raise Refusal("relay.not_a_kiosk")
    now, token = clock.now(), viewer.token_of(request)
    found = await viewer.find(token, now) if token else None
    if found is not None:
        await sessions.end(found.session.id, now)
        if found.session.only_draft is not None:
            await relay.leave_kiosk(UUID(str(found.session.only_draft)), visitor_of(request), now)
    return Redirect(
        "/kiosk/over",
        status_code=303,
        cookies=[sessions.cookie_for(None)],
        headers={"clear-site-data": leaving.cleared(is_shared=True), "cache-control": "no-store"},
    )


handlers = [end]
