"""/me: the citizen's own page, and the real name, once."""

from __future__ import annotations

from datetime import datetime

from litestar import Request, Response, get, post

from backend import views
from backend.domain.refusal import Refusal
from backend.people import citizens, companies, family, profile, sessions, waiting
from backend.people.guards import citizen_only
from backend.people.pages.forms import Form, again, go, next_of
from backend.people.viewer import SignedIn
from shared_schemas.id_kind import IdKind
from shared_schemas.people import CitizenActor


@get("/me", guards=[citizen_only])
async def me_page(request: Request, citizen: CitizenActor, signed_in: SignedIn, now: datetime) -> Response:
    """Profile, hats, family, security and preferences in one place."""
    living = await sessions.list_of("citizen", citizen.id, now)
    return views.page(
        request, "people/me.html", me=await profile.profile(citizen), hats=await companies.hats(citizen.id, now),
        family=await family.of(citizen.id), session=signed_in.session, session_count=len(living),
        waiting=await waiting.counts(citizen.id),
    )  # fmt: skip


@post("/me/hat", guards=[citizen_only])
async def wear(data: Form, citizen: CitizenActor, signed_in: SignedIn, now: datetime) -> Response:
    """Act for a company, or for oneself."""
    chosen = data.get("company", "")
    await companies.wear(
        signed_in.session, citizen, int(chosen) if chosen.isascii() and chosen.isdigit() else None, now
    )
    return go(next_of({"next": data.get("next", "/me")}))


@get("/me/identity", guards=[citizen_only])
async def identity_page(request: Request, citizen: CitizenActor, next: str = "/me") -> Response:
    """Ask for real name and ID; who has given them sees them masked."""
    if citizen.is_verified:
        return go(next_of(next))
    return _identity(request, next_of(next))


@post("/me/identity", guards=[citizen_only])
async def register_identity(request: Request, data: Form, citizen: CitizenActor, now: datetime) -> Response:
    """Put them on record and go back to where one was."""
    onward = next_of(data)
    try:
        kind = IdKind(data.get("id_kind", ""))
    except ValueError:
        kind = IdKind.RESIDENT
    name, number = data.get("name", "")[:200], data.get("id_number", "")[:40]
    try:
        await citizens.verify(citizen.id, name=name, kind=kind, number=number, by=citizen, now=now)
    except Refusal as refusal:
        given = {"name": name, "id_number": number, "id_kind": kind}
        return again(request, "people/identity.html", refusal, next=onward, given=given, kinds=list(IdKind))
    return go(onward)


@get("/me/address", guards=[citizen_only])
async def address_page(request: Request, citizen: CitizenActor) -> Response:
    """Ask for the home address."""
    return views.page(request, "people/address.html", me=await profile.profile(citizen))


@post("/me/address", guards=[citizen_only])
async def set_address(data: Form, citizen: CitizenActor) -> Response:
    """Keep it for forms to start with."""
    await citizens.set_address(citizen, data.get("address", "")[:200])
    return go("/me")


def _identity(request: Request, onward: str) -> Response:
    given = {"name": "", "id_number": "", "id_kind": IdKind.RESIDENT}
    return views.page(request, "people/identity.html", next=onward, errors={}, given=given, kinds=list(IdKind))


handlers = [me_page, wear, identity_page, register_identity, address_page, set_address]
