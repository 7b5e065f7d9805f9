"""/api/v1: one-time codes and sessions."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from litestar import Request, Response, delete, get, post
from msgspec import Meta, Struct

from backend import views
from backend.domain.refusal import Refusal
from backend.people import codes, leaving, sessions, signing_in
from backend.people.guards import public, signed_in_only
from backend.people.sessions import Visitor
from backend.people.viewer import SignedIn, token_of
from shared_schemas.people import CitizenActor, OfficerActor

_PUBLIC = {"public": True}
_NO_STORE = {"cache-control": "no-store"}
_Short = Annotated[str, Meta(max_length=40)]


class CodeRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """Where to send a one-time code."""

    mobile: _Short


class CodeSent(Struct, frozen=True):
    """When the code stops working. The same for every number, known or not."""

    expires_at: datetime


class CodeSignIn(Struct, frozen=True, forbid_unknown_fields=True):
    """Number and code; `agreed` to the privacy notice."""

    mobile: _Short
    code: _Short
    agreed: bool = True


class Answer(Struct, frozen=True, forbid_unknown_fields=True):
    """The answer to "does this number still belong to you?": the last four of the ID, or `is_new_owner`."""

    question: Annotated[str, Meta(max_length=100)]
    mobile: _Short
    last_four: _Short = ""
    is_new_owner: bool = False


class SessionMade(Struct, frozen=True):
    """A `token` for `Authorization: Bearer` (the cookie is set too), or a `question` to answer first."""

    token: str | None
    question: str | None = None
    is_new: bool = False


class SessionShown(Struct, frozen=True):
    """One of the caller's sessions."""

    id: int
    device: str
    ip: str
    method: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    is_this: bool


class Viewer(Struct, frozen=True):
    """Who is signed in. Names in clear, numbers never."""

    kind: str
    id: int
    name: str
    roles: tuple[str, ...] = ()
    department: str | None = None
    window: int | None = None
    company: int | None = None
    company_name: str | None = None
    is_verified: bool = False


@post("/sign-in/codes", guards=[public], opt=_PUBLIC, status_code=202, summary="Send a one-time code", tags=["sign-in"])
async def send_code(data: CodeRequest, visitor: Visitor, now: datetime) -> CodeSent:
    """Send a code by text message. The answer never tells whether the number is known here."""
    mobile = codes.checked_mobile(data.mobile)
    return CodeSent(await codes.send(mobile, signing_in.PURPOSE, ip=visitor.ip, now=now))


@post("/sessions", guards=[public], opt=_PUBLIC, summary="Sign in with number and code", tags=["sign-in"])
async def sign_in(request: Request, data: CodeSignIn, visitor: Visitor, now: datetime) -> Response[SessionMade]:
    """Open a session. 200 with a `question` instead of 201 when the number may have changed hands."""
    mobile = codes.checked_mobile(data.mobile)
    arrival = await signing_in.by_code(mobile, data.code, visitor=visitor, now=now, replacing=token_of(request))
    return made(arrival)


@post("/sessions/answers", guards=[public], opt=_PUBLIC, summary="Answer whose number it is", tags=["sign-in"])
async def answer(request: Request, data: Answer, visitor: Visitor, now: datetime) -> Response[SessionMade]:
    """Finish a sign-in that ended with a `question`."""
    replacing = token_of(request)
    if data.is_new_owner:
        mobile = codes.checked_mobile(data.mobile)
        return made(await signing_in.new_owner(data.question, mobile, visitor=visitor, now=now, replacing=replacing))
    arrival = await signing_in.same_owner(data.question, data.last_four, visitor=visitor, now=now, replacing=replacing)
    return made(arrival)


@get("/session", guards=[signed_in_only], summary="Who is signed in", tags=["sign-in"])
async def show_session(signed_in: SignedIn) -> Viewer:
    """The subject of the presented session."""
    return shown(signed_in.actor)


@delete("/session", guards=[signed_in_only], summary="Sign out", tags=["sign-in"], status_code=204)
async def sign_out(request: Request, signed_in: SignedIn, now: datetime, unsent: str = "") -> Response[None]:
    """End the presented session and take its cookie away; `unsent=keep` leaves on the device what is not sent yet."""
    await sessions.end(signed_in.session.id, now)
    headers = {**_NO_STORE, "clear-site-data": leaving.cleared(is_shared=views.device(request) != "")}
    cookies = [sessions.cookie_for(None), leaving.cookie(signed_in, keeps=unsent == "keep")]
    return Response(None, status_code=204, cookies=cookies, headers=headers)


@get("/sessions", guards=[signed_in_only], summary="My sessions", tags=["sign-in"])
async def list_sessions(signed_in: SignedIn, now: datetime) -> dict[str, list[SessionShown]]:
    """Where the caller is signed in, the most recent first."""
    mine = signed_in.session
    return {
        "items": [
            SessionShown(
                id=item.id,
                device=item.user_agent,
                ip=item.ip,
                method=item.method,
                created_at=item.created_at,
                last_seen_at=item.last_seen_at,
                expires_at=item.expires_at,
                is_this=item.id == mine.id,
            )
            for item in await sessions.list_of(mine.subject_kind, mine.subject_id, now)
        ]
    }


@delete(
    "/sessions/{session_id:int}",
    guards=[signed_in_only],
    summary="End one of my sessions",
    tags=["sign-in"],
    status_code=204,
)
async def end_session(session_id: int, signed_in: SignedIn, now: datetime) -> None:
    """End one session of the caller; somebody else's is as unknown as one that never was."""
    mine = signed_in.session
    if not await sessions.end_of_subject(mine.subject_kind, mine.subject_id, now, session_id=session_id):
        raise Refusal("session.unknown")


def made(arrival: signing_in.Arrival) -> Response[SessionMade]:
    """The answer to a sign-in, with its cookie."""
    body = SessionMade(token=arrival.token, question=arrival.question, is_new=arrival.is_new)
    cookies = [sessions.cookie_for(arrival.token)] if arrival.token else []
    return Response(body, status_code=201 if arrival.token else 200, cookies=cookies, headers=_NO_STORE)


def shown(actor: CitizenActor | OfficerActor) -> Viewer:
    """The actor as its own client may know it."""
    if isinstance(actor, CitizenActor):
        return Viewer(
            "citizen",
            actor.id,
            actor.name,
            company=actor.company_id,
            company_name=actor.company_name,
            is_verified=actor.is_verified,
        )
    return Viewer(
        "officer",
        actor.id,
        actor.name,
        roles=tuple(sorted(actor.roles)),
        department=actor.department,
        window=actor.window,
    )


handlers = [send_code, sign_in, answer, show_session, sign_out, list_sessions, end_session]
