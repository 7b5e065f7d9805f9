"""Who may knock at which door. Every route has one of these guards.

A page sends an unknown visitor to sign in and back to the same place; the API answers 401; a wrong role is 403
and is told who may.
"""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler
from litestar.types import Guard

import backend.people.refusals  # noqa: F401 - who refuses brings the sentences along
from backend import clock
from backend.domain.refusal import Refusal
from backend.people.viewer import SignedIn, identify, is_limited, token_of
from shared_schemas.people import CitizenActor, OfficerActor
from shared_schemas.vocabulary import Role


class GoElsewhere(Exception):
    """A page visitor must first go to `path` (sign-in, real name, step-up); it leads back to where they were."""

    def __init__(self, path: str, code: str) -> None:
        super().__init__(code)
        self.path = path
        self.code = code


async def public(connection: ASGIConnection, _handler: BaseRouteHandler) -> None:
    """Open to everybody; who is signed in, if anybody, is known to the page.

    Without a token this costs no query. Goes with ``opt={"public": True}``; a path that must stay bare has the
    opt alone.
    """
    await identify(connection, clock.now())


async def signed_in_only(connection: ASGIConnection, _handler: BaseRouteHandler) -> None:
    """Any citizen or officer."""
    await _require(connection, "/sign-in")


async def citizen_only(connection: ASGIConnection, _handler: BaseRouteHandler) -> None:
    """A signed-in citizen."""
    found = await _require(connection, "/sign-in")
    if not isinstance(found.actor, CitizenActor):
        raise Refusal("people.citizens_only")


async def verified_citizen(connection: ASGIConnection, handler: BaseRouteHandler) -> None:
    """A citizen whose real name and ID number are on record."""
    await citizen_only(connection, handler)
    found = await _require(connection, "/sign-in")
    if not found.actor.is_verified:  # type: ignore[union-attr]
        raise send_to(connection, "/me/identity", "people.identity_needed")


async def officer_only(connection: ASGIConnection, _handler: BaseRouteHandler) -> None:
    """Any member of staff."""
    found = await _require(connection, "/staff/sign-in")
    if not isinstance(found.actor, OfficerActor):
        raise Refusal("people.officers_only")


def requires(*roles: Role) -> Guard:
    """Staff holding at least one of `roles`."""

    async def guard(connection: ASGIConnection, handler: BaseRouteHandler) -> None:
        await officer_only(connection, handler)
        found = await _require(connection, "/staff/sign-in")
        if not found.actor.roles.intersection(roles):  # type: ignore[union-attr]
            raise Refusal(
                "people.wrong_role",
                who="、".join(role.zh for role in roles),
                who_en=" or ".join(role.en.lower() for role in roles),
            )

    guard.roles = roles  # type: ignore[attr-defined]  # read by the house tests
    return guard


async def stepped_up(connection: ASGIConnection, _handler: BaseRouteHandler) -> None:
    """A passkey was used in the last five minutes: asked before every decision."""
    found = await _require(connection, "/staff/sign-in")
    require_step_up(connection, found)


def require_step_up(connection: ASGIConnection, found: SignedIn) -> None:
    """As `stepped_up`, for a handler that asks only in some cases."""
    if not found.session.is_stepped_up(clock.now()):
        raise send_to(connection, "/step-up", "session.step_up_needed")


def require_fresh(connection: ASGIConnection, found: SignedIn) -> None:
    """The visitor signed in, or proved again who they are, in the last five minutes (SECURITY attack 5)."""
    if not found.session.is_fresh(clock.now()):
        raise send_to(connection, "/step-up", "session.fresh_needed")


async def _require(connection: ASGIConnection, door: str) -> SignedIn:
    found = await identify(connection, clock.now())
    if found is None and is_limited(connection):
        raise Refusal("session.one_draft")
    if found is None:
        raise send_to(connection, door, "session.expired" if token_of(connection) else "session.missing")
    return found


def send_to(connection: ASGIConnection, path: str, code: str) -> Exception:
    """What to raise: for a page the way to `path` and back, for the API the refusal `code`."""
    if is_api(connection):
        return Refusal(code)
    return GoElsewhere(f"{path}?next={quote(place_of(connection), safe='/')}", code)


def is_api(connection: ASGIConnection) -> bool:
    """Whether this request belongs to the JSON API."""
    return connection.url.path.startswith("/api/")


def place_of(connection: ASGIConnection) -> str:
    """Where the visitor is: the page itself, or for a form or fragment the page it sits on."""
    if connection.scope.get("method") == "GET" and "hx-request" not in connection.headers:
        return safe_next(connection.url.path + (f"?{connection.url.query}" if connection.url.query else ""))
    page = connection.headers.get("hx-current-url") or connection.headers.get("referer") or "/"
    try:
        parts = urlsplit(page)
    except ValueError:  # such as "http://[": whoever sent it has no page to come back to
        return "/"
    if parts.netloc and parts.netloc != connection.headers.get("host"):
        return "/"
    return safe_next(parts.path + (f"?{parts.query}" if parts.query else ""))


def safe_next(path: str | None) -> str:
    """`path` if it stays on this site, else "/". Browsers read two slashes, also leaning back, as another host."""
    if not path or path[0] != "/" or path[1:2] in {"/", "\\"} or any(ord(mark) < 32 for mark in path):
        return "/"
    return path
