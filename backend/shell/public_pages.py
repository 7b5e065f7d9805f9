"""/sw.js, the shell, and the pages that only the phone itself can fill."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post

from backend import i18n, views
from backend.people.guards import public
from backend.shell import modules, shells, worker

_PUBLIC = {"public": True}


@get("/sw.js", opt=_PUBLIC)
async def service_worker() -> Response[bytes]:
    """The worker. Never cached on the way (docs/operations.md): the browser compares it byte by byte."""
    return Response(worker.body(), headers={"cache-control": "no-cache"}, media_type="text/javascript; charset=utf-8")


@get(shells.PATH, opt=_PUBLIC)
async def shell(request: Request[Any, Any, Any], lang: str = "") -> Response[bytes]:
    """The shell by itself, as the worker keeps it."""
    chosen = lang if lang in i18n.LANGUAGES else i18n.language()
    return views.html(request, shells.shell(chosen), headers={"cache-control": "no-cache"})


@get(["/outbox", "/offline/posted", "/offline/left", "/share"], opt=_PUBLIC, guards=[public])
async def drawn_by_the_phone(request: Request[Any, Any, Any]) -> Response[bytes]:
    """What waits to be sent, what could not be sent, a sign-out without network, what was shared: drawn by the phone."""
    return views.page(request, "offline.html", modules=modules.of_address(request.url.path, i18n.language()))


@post("/share", opt=_PUBLIC, status_code=200)
async def share_without_worker(request: Request[Any, Any, Any]) -> Response[bytes]:
    """A photo was shared into the app before its worker stands: nothing is read of it, the page says how to go on."""
    return views.page(request, "shell/share.html")


handlers = [service_worker, shell, drawn_by_the_phone, share_without_worker]
