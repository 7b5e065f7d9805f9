"""What handlers may ask for by name: `viewer`, `citizen`, `officer`, `actor`, `signed_in`, `visitor`."""

from __future__ import annotations

from litestar import Request
from litestar.di import Provide

from backend import clock
from backend.domain.refusal import Refusal
from backend.people.sessions import Visitor
from backend.people.viewer import SignedIn, identify, visitor_of
from shared_schemas.people import CitizenActor, OfficerActor


async def viewer(request: Request) -> CitizenActor | OfficerActor | None:
    """Who is signed in, or None."""
    found = await identify(request, clock.now())
    return found.actor if found else None


async def signed_in(request: Request) -> SignedIn:
    """The session and its subject."""
    found = await identify(request, clock.now())
    if found is None:
        raise Refusal("session.missing")
    return found


async def actor(request: Request) -> CitizenActor | OfficerActor:
    """Who acts, citizen or officer."""
    return (await signed_in(request)).actor


async def citizen(request: Request) -> CitizenActor:
    """The signed-in citizen."""
    who = await actor(request)
    if not isinstance(who, CitizenActor):
        raise Refusal("people.citizens_only")
    return who


async def officer(request: Request) -> OfficerActor:
    """The signed-in officer."""
    who = await actor(request)
    if not isinstance(who, OfficerActor):
        raise Refusal("people.officers_only")
    return who


async def visitor(request: Request) -> Visitor:
    """Address and browser of this request."""
    return visitor_of(request)


dependencies = {
    "viewer": Provide(viewer),
    "signed_in": Provide(signed_in),
    "actor": Provide(actor),
    "citizen": Provide(citizen),
    "officer": Provide(officer),
    "visitor": Provide(visitor),
}
