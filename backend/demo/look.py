"""Demo only: the living style page, every component in every state."""

from __future__ import annotations

from litestar import Request, Response, get

from backend import views
from backend.people.guards import public


@get("/look", guards=[public], opt={"public": True})
async def look(request: Request) -> Response:
    """What `backend/docs/front-end.md` describes, to look at in both languages, sizes and themes."""
    return views.page(request, "look/index.html")


@get("/look/desk", guards=[public], opt={"public": True})
async def look_desk(request: Request) -> Response:
    """The tablet's workbench."""
    return views.page(request, "look/desk.html")


@get("/look/board", guards=[public], opt={"public": True})
async def look_board(request: Request) -> Response:
    """The supervisor's board."""
    return views.page(request, "look/board.html")


handlers = [look, look_desk, look_board]
