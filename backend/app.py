"""The application put together: the only file, with piccolo_app and cli, that knows every slice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from litestar import Litestar, Request, Response, Router
from litestar.connection import ASGIConnection
from litestar.di import Provide
from litestar.handlers.base import BaseRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.response import Redirect

import backend.bundles.holdings
import backend.cases.holdings
import backend.channels.receipts
import backend.domain_refusals
import backend.intake.holdings
import backend.issuance.holdings
import backend.notices.holdings  # noqa: F401 - imported to say: what leaving must know, and the sentences of the domain
from backend import answers, clock, csrf, db, health, logging, preferences, static, views
from backend.cases import deeds
from backend.edge import Edge
from backend.people.dependencies import dependencies
from backend.people.guards import GoElsewhere
from backend.people.viewer import identify
from backend.readable import ReadableRequest
from backend.settings import settings
from backend.tracking.ready import ReadyPages

SLICES = (
    "people",
    "catalogue",
    "cases",
    "tracking",
    "intake",
    "review",
    "corrections",
    "issuance",
    "procedures",
    "authority",
    "almanac",
    "survey",
    "supervision",
    "auditing",
    "notices",
    "bundles",
    "desk",
    "insight",
    "shell",
)
_JSON_BYTES = 1_000_000  # of one request; files come by tus or multipart, whose routes name their own limit
# What a slice keeps running beside the requests, as (module, Litestar lifespan).
_LIVES = (
    ("backend.catalogue.shelf", "watch"),
    ("backend.almanac.shelf", "watch"),
    ("backend.cases.live", "lifespan"),
    ("backend.issuance.jobs", "watch"),
    ("backend.intake.jobs", "watch"),
    ("backend.review.jobs", "watch"),
    ("backend.procedures.jobs", "watch"),
    ("backend.authority.jobs", "watch"),
    ("backend.survey.jobs", "watch"),
    ("backend.supervision.jobs", "watch"),
    ("backend.auditing.jobs", "watch"),
    ("backend.people.jobs", "watch"),
    ("backend.notices.jobs", "watch"),
    ("backend.bundles.jobs", "watch"),
)


def create_app() -> Litestar:
    """A fresh application on the settings of this process."""
    logging.configure(settings.log_level)
    clock.turn_to(settings.demo_day)
    slices = (*SLICES, "demo") if settings.demo else SLICES
    for name in ("documents", *slices):
        _part(name, "refusals")  # registers the slice's sentences
    bare = [handler for name in slices for handler in _handlers(name, "public_pages")]
    pages = [handler for name in slices for handler in _handlers(name, "pages")]
    api = [handler for name in slices for handler in _handlers(name, "api")]
    app = Litestar(
        route_handlers=[
            *static.handlers,
            *health.handlers,
            Router("/", route_handlers=bare, include_in_schema=False),
            Router("/", route_handlers=[*preferences.handlers, *pages], guards=[_recognise, csrf.check],
                   include_in_schema=False),
            Router("/", route_handlers=[handler for handler in api if _is_absolute(handler)],
                   request_max_body_size=_JSON_BYTES),
            Router("/api/v1", route_handlers=[handler for handler in api if not _is_absolute(handler)],
                   request_max_body_size=_JSON_BYTES),
        ],
        dependencies={
            "now": Provide(clock.now, sync_to_thread=False), "deed": Provide(deeds.asked), **dependencies,
        },
        exception_handlers={**answers.HANDLERS, GoElsewhere: _go_elsewhere},
        lifespan=[_database, *_lives()],
        openapi_config=OpenAPIConfig(
            title="一码办 API", version="0.1.0", path="/schema", render_plugins=[JsonRenderPlugin(path=["/", "/openapi.json"])],
            description="One window, one code: everything the pages can do. Errors are RFC 9457 problem+json.",
            use_handler_docstrings=True,
        ),
        request_max_body_size=settings.max_upload_bytes + 1_000_000,
        request_class=ReadableRequest,
        logging_config=None,
        debug=False,
    )  # fmt: skip
    app.asgi_handler = Edge(ReadyPages(app.asgi_handler))
    return app


def _handlers(name: str, part: str) -> Sequence[Any]:
    """The routes of one slice: `handlers` of its pages.py or api.py, where it has one."""
    module = _part(name, part)
    return module.handlers if module else []


def _part(name: str, part: str) -> Any:
    """A module of a slice, or None where the slice has no such part."""
    spec = find_spec(f"backend.{name}.{part}")
    return import_module(spec.name) if spec and spec.origin else None


def _is_absolute(handler: Any) -> bool:
    """Whether a slice wrote the whole path of an API route, or the part below /api/v1."""
    paths = getattr(handler, "paths", None) or {getattr(handler, "path", "") or ""}
    return any(path.startswith("/api/") for path in paths)


def _lives() -> list[Any]:
    return [getattr(import_module(module), name) for module, name in _LIVES if find_spec(module)]


@asynccontextmanager
async def _database(_app: Litestar) -> AsyncIterator[None]:
    await asyncio.to_thread(static.assets)  # read and compress before the first visitor waits for it
    async with db.pool():
        yield


async def _recognise(connection: ASGIConnection[Any, Any, Any, Any], _handler: BaseRouteHandler) -> None:
    """Every page knows who looks at it; without a session token this asks nothing."""
    await identify(connection, clock.now())


def _go_elsewhere(request: Request[Any, Any, Any], going: GoElsewhere) -> Response[Any]:
    """First to sign in or to prove who it is, then back here. htmx follows a header, a browser a redirect."""
    if views.is_htmx(request):
        return Response(b"", status_code=200, headers={"hx-redirect": going.path, "cache-control": "no-store"})
    return Redirect(going.path, status_code=303, headers={"cache-control": "no-store"})


app: Litestar  # made by __getattr__ below, at first use, so that a test or a command can choose its settings


def __getattr__(name: str) -> Litestar:
    if name != "app":
        raise AttributeError(name)
    value = create_app()
    globals()["app"] = value
    return value
