"""/api/v1/passkeys: the two requests of each WebAuthn ceremony, as `<passkey-button>` makes them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from litestar import Request, Response, delete, get, patch, post
from msgspec import Meta, Struct

from backend.people import enrolment, passkeys, sessions, signing_in
from backend.people.guards import public, require_fresh, signed_in_only
from backend.people.sessions import Visitor, device_of
from backend.people.viewer import SignedIn, token_of
from shared_schemas.people import CitizenActor

_PUBLIC = {"public": True}
_NO_STORE = {"cache-control": "no-store"}


class PasskeyName(Struct, frozen=True, forbid_unknown_fields=True):
    """What its owner calls it."""

    name: Annotated[str, Meta(min_length=1, max_length=60)]


class SignedInBy(Struct, frozen=True):
    """A session made by a passkey; `next` is where the page goes."""

    token: str
    next: str | None = None


class PasskeyMade(Struct, frozen=True):
    """A passkey that was just registered."""

    id: int


@post(
    "/passkeys/sign-in/options",
    guards=[public],
    opt=_PUBLIC,
    status_code=200,
    tags=["passkeys"],
    summary="Options for signing in by passkey",
)
async def sign_in_options(now: datetime) -> dict[str, Any]:
    """For `navigator.credentials.get`."""
    return await passkeys.sign_in_options(now)


@post("/passkeys/sign-in", guards=[public], opt=_PUBLIC, tags=["passkeys"], summary="Sign in by passkey")
async def sign_in(request: Request, data: dict[str, Any], visitor: Visitor, now: datetime) -> Response[SignedInBy]:
    """Open a session for whoever holds the passkey, citizen or officer."""
    token, kind = await signing_in.by_passkey(data, visitor=visitor, now=now, replacing=token_of(request))
    body = SignedInBy(token, next="/desk" if kind == "officer" else "/")
    return Response(body, status_code=201, cookies=[sessions.cookie_for(token)], headers=_NO_STORE)


@post(
    "/passkeys/options",
    guards=[signed_in_only],
    status_code=200,
    tags=["passkeys"],
    summary="Options for registering a passkey",
)
async def register_options(request: Request, signed_in: SignedIn, now: datetime) -> dict[str, Any]:
    """For `navigator.credentials.create`. Needs a sign-in or a confirmation of the last five minutes."""
    require_fresh(request, signed_in)
    session = signed_in.session
    return await passkeys.registration_options(_subject(signed_in), _name(signed_in), session=session.id, now=now)


@post("/passkeys", guards=[signed_in_only], tags=["passkeys"], summary="Register a passkey")
async def register(
    request: Request, data: dict[str, Any], signed_in: SignedIn, visitor: Visitor, now: datetime
) -> PasskeyMade:
    """Keep the new passkey; its owner is told by text message."""
    require_fresh(request, signed_in)
    device = device_of(visitor.user_agent)
    made = await passkeys.register(
        _subject(signed_in), data, device, session=signed_in.session.id, by=signed_in.actor, now=now
    )
    await signing_in.tell_of_new_passkey(signed_in.actor, device, now)
    return PasskeyMade(made)


@get("/passkeys", guards=[signed_in_only], tags=["passkeys"], summary="My passkeys")
async def list_passkeys(signed_in: SignedIn) -> dict[str, list[passkeys.Passkey]]:
    """The caller's passkeys, oldest first."""
    return {"items": await passkeys.list_of(_subject(signed_in))}


@patch(
    "/passkeys/{passkey_id:int}",
    guards=[signed_in_only],
    tags=["passkeys"],
    summary="Rename a passkey",
    status_code=204,
)
async def rename(passkey_id: int, data: PasskeyName, signed_in: SignedIn) -> None:
    """Give one of the caller's passkeys another name."""
    await passkeys.rename(_subject(signed_in), passkey_id, data.name)


@delete("/passkeys/{passkey_id:int}", guards=[signed_in_only], tags=["passkeys"], summary="Remove a passkey")
async def remove(request: Request, passkey_id: int, signed_in: SignedIn, now: datetime) -> None:
    """Forget one of the caller's passkeys."""
    require_fresh(request, signed_in)
    await passkeys.remove(_subject(signed_in), passkey_id, by=signed_in.actor, now=now)


@post(
    "/passkeys/step-up/options",
    guards=[signed_in_only],
    status_code=200,
    tags=["passkeys"],
    summary="Options for confirming by passkey",
)
async def step_up_options(signed_in: SignedIn, now: datetime) -> dict[str, Any]:
    """For confirming within a session, before a decision or before adding a passkey."""
    return await passkeys.step_up_options(_subject(signed_in), signed_in.session.id, now)


@post("/passkeys/step-up", guards=[signed_in_only], tags=["passkeys"], summary="Confirm by passkey", status_code=200)
async def step_up(data: dict[str, Any], signed_in: SignedIn, now: datetime) -> Response[SignedInBy]:
    """The session gets a new token and counts as confirmed for five minutes."""
    token = await signing_in.confirm_by_passkey(signed_in.session, data, now)
    return Response(SignedInBy(token), cookies=[sessions.cookie_for(token)], headers=_NO_STORE)


@post(
    "/enrolments/{link:str}/options",
    guards=[public],
    opt=_PUBLIC,
    status_code=200,
    tags=["passkeys"],
    summary="Options for an officer's first passkey",
)
async def enrol_options(link: str, now: datetime) -> dict[str, Any]:
    """For the holder of an unused enrolment link."""
    return await enrolment.options(link, now)


@post("/enrolments/{link:str}", guards=[public], opt=_PUBLIC, tags=["passkeys"], summary="Register the first passkey")
async def enrol(
    request: Request, link: str, data: dict[str, Any], visitor: Visitor, now: datetime
) -> Response[SignedInBy]:
    """Spend the link: the passkey is kept and its officer signed in."""
    token = await enrolment.finish(link, data, visitor=visitor, now=now, replacing=token_of(request))
    body = SignedInBy(token, next="/desk")
    return Response(body, status_code=201, cookies=[sessions.cookie_for(token)], headers=_NO_STORE)


def _subject(signed_in: SignedIn) -> passkeys.Subject:
    return signed_in.session.subject_kind, signed_in.session.subject_id


def _name(signed_in: SignedIn) -> str:
    actor = signed_in.actor
    if isinstance(actor, CitizenActor):
        return actor.name or f"…{actor.mobile[-4:]}"
    return f"{actor.name} {actor.staff_no}"


handlers = [
    sign_in_options,
    sign_in,
    register_options,
    register,
    list_passkeys,
    rename,
    remove,
    step_up_options,
    step_up,
    enrol_options,
    enrol,
]
