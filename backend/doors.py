"""Every route of an application and who may use it: for `yimaban routes` and for the test that none stands open."""

from __future__ import annotations

from collections.abc import Iterator

from litestar import Litestar
from litestar.handlers import BaseRouteHandler
from msgspec import Struct

# Guards of every page that let everybody pass: they recognise and protect, they don't admit.
_PASSING = frozenset({"_recognise", "check", "public"})


class Door(Struct, frozen=True):
    """One handler on one path. `guard` names who is let in, "public" for everybody, "" when nobody ever said."""

    methods: str
    path: str
    guard: str


def doors(app: Litestar) -> list[Door]:
    """All doors but the framework's own OPTIONS and schema, by path."""
    found = [door for route in app.routes for door in _of(route.path, list(_handlers(route)))]
    return sorted(found, key=lambda door: (door.path, door.methods))


def _handlers(route: object) -> Iterator[BaseRouteHandler]:
    if hasattr(route, "route_handlers"):
        yield from route.route_handlers  # type: ignore[attr-defined]  # HTTPRoute
    elif hasattr(route, "route_handler"):
        yield route.route_handler  # type: ignore[attr-defined]  # ASGIRoute, WebSocketRoute


def _of(path: str, handlers: list[BaseRouteHandler]) -> Iterator[Door]:
    for handler in handlers:
        methods = getattr(handler, "http_methods", None) or {"ASGI"}
        if methods == {"OPTIONS"} or path.startswith("/schema"):
            continue
        guards = [getattr(guard, "__name__", "") for guard in handler.resolve_guards()]
        admitting = [
            _name(guard) for guard in handler.resolve_guards() if getattr(guard, "__name__", "") not in _PASSING
        ]
        is_public = bool(handler.opt.get("public")) or "public" in guards
        yield Door(" ".join(sorted(methods)), path, " + ".join(admitting) or ("public" if is_public else ""))


def _name(guard: object) -> str:
    roles = getattr(guard, "roles", ())
    return "requires " + "/".join(roles) if roles else getattr(guard, "__name__", str(guard))
