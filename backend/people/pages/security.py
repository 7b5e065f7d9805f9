"""/me/security: passkeys, sessions, number, one's data; and /step-up, the confirmation before what matters."""

from __future__ import annotations

from datetime import datetime

import msgspec
from litestar import Request, Response, get, post
from litestar.response import Redirect

from backend import views
from backend.domain.masking import mask_mobile
from backend.domain.refusal import Refusal
from backend.people import citizens, closing, codes, passkeys, sessions, signing_in
from backend.people.guards import citizen_only, require_fresh, signed_in_only
from backend.people.pages.forms import Form, again, go, next_of
from backend.people.sessions import Visitor
from backend.people.viewer import SignedIn
from shared_schemas.people import CitizenActor


@get("/me/security", guards=[signed_in_only])
async def security_page(request: Request, signed_in: SignedIn, now: datetime) -> Response:
    """Keys, devices, number and data."""
    mine = signed_in.session
    return views.page(
        request, "people/security.html", session=mine,
        passkeys=await passkeys.list_of((mine.subject_kind, mine.subject_id)),
        sessions=await sessions.list_of(mine.subject_kind, mine.subject_id, now),
        is_fresh=mine.is_fresh(now),
    )  # fmt: skip


@post("/me/passkeys/{passkey_id:int}/name", guards=[signed_in_only])
async def rename(passkey_id: int, data: Form, signed_in: SignedIn) -> Redirect:
    """Call it something else."""
    mine = signed_in.session
    await passkeys.rename((mine.subject_kind, mine.subject_id), passkey_id, data.get("name", ""))
    return go("/me/security")


@post("/me/passkeys/{passkey_id:int}/removal", guards=[signed_in_only])
async def remove(request: Request, passkey_id: int, signed_in: SignedIn, now: datetime) -> Redirect:
    """Forget it; needs a fresh proof."""
    require_fresh(request, signed_in)
    mine = signed_in.session
    await passkeys.remove((mine.subject_kind, mine.subject_id), passkey_id, by=signed_in.actor, now=now)
    return go("/me/security")


@post("/me/sessions/{session_id:int}/end", guards=[signed_in_only])
async def end_session(session_id: int, signed_in: SignedIn, now: datetime) -> Redirect:
    """Sign out another device."""
    mine = signed_in.session
    if not await sessions.end_of_subject(mine.subject_kind, mine.subject_id, now, session_id=session_id):
        raise Refusal("session.unknown")
    return go("/me/security")


@get("/me/mobile", guards=[citizen_only])
async def mobile_page(request: Request, signed_in: SignedIn) -> Response:
    """Ask for the new number."""
    require_fresh(request, signed_in)
    return views.page(request, "people/new_mobile.html", errors={}, mobile="", is_sent=False)


@post("/me/mobile", guards=[citizen_only])
async def change_mobile(
    request: Request, data: Form, citizen: CitizenActor, signed_in: SignedIn, visitor: Visitor, now: datetime
) -> Response:
    """First the number, then the code that was sent to it."""
    require_fresh(request, signed_in)
    typed, is_sent = data.get("mobile", "")[:20], data.get("step") == "code"
    try:
        mobile = codes.checked_mobile(typed)
        if not is_sent:
            await codes.send(mobile, "new_mobile", ip=visitor.ip, now=now)
            return views.page(request, "people/new_mobile.html", errors={}, mobile=mobile, is_sent=True)
        await codes.use(mobile, "new_mobile", data.get("code", ""), ip=visitor.ip, now=now)
        await citizens.change_mobile(citizen.id, mobile, by=citizen, now=now)
    except Refusal as refusal:
        return again(request, "people/new_mobile.html", refusal, mobile=typed, is_sent=is_sent)
    return go("/me/security")


@get("/me/export", guards=[citizen_only])
async def export(request: Request, citizen: CitizenActor, signed_in: SignedIn, now: datetime) -> Response:
    """All of one's data as a file."""
    require_fresh(request, signed_in)
    body = msgspec.json.format(msgspec.json.encode(await closing.export(citizen, now)), indent=2)
    headers = {"content-disposition": 'attachment; filename="yimaban.json"', "cache-control": "no-store"}
    return Response(body, headers=headers, media_type="application/json")


@get("/me/closing", guards=[citizen_only])
async def closing_page(request: Request, signed_in: SignedIn) -> Response:
    """What closing the account means."""
    require_fresh(request, signed_in)
    return views.page(request, "people/closing.html", errors={})


@post("/me/closing", guards=[citizen_only])
async def close(request: Request, citizen: CitizenActor, signed_in: SignedIn, now: datetime) -> Response:
    """Close it."""
    require_fresh(request, signed_in)
    try:
        await closing.close(citizen, now)
    except Refusal as refusal:
        return again(request, "people/closing.html", refusal)
    headers = {"clear-site-data": '"cache", "storage"', "cache-control": "no-store"}
    return Redirect("/", status_code=303, cookies=[sessions.cookie_for(None)], headers=headers)


@get("/step-up", guards=[signed_in_only])
async def step_up_page(request: Request, signed_in: SignedIn, next: str = "/") -> Response:
    """Confirm that it is you."""
    return await _step_up(request, signed_in, next_of(next))


@post("/step-up/code", guards=[citizen_only])
async def send_confirmation(
    request: Request, data: Form, signed_in: SignedIn, visitor: Visitor, now: datetime
) -> Response:
    """A code to one's own phone, for who has no passkey."""
    await codes.send(signed_in.actor.mobile, "confirm", ip=visitor.ip, now=now)  # type: ignore[union-attr]
    return await _step_up(request, signed_in, next_of(data), is_sent=True)


@post("/step-up", guards=[citizen_only])
async def confirm(request: Request, data: Form, signed_in: SignedIn, visitor: Visitor, now: datetime) -> Response:
    """Confirm with the code and go back."""
    citizen = signed_in.actor
    try:
        token = await signing_in.confirm_by_code(
            signed_in.session,
            citizen,
            data.get("code", ""),
            visitor=visitor,
            now=now,  # type: ignore[arg-type]
        )
    except Refusal as refusal:
        context = await _step_up_context(signed_in, next_of(data), is_sent=True)
        return again(request, "people/step_up.html", refusal, **context)
    return go(next_of(data), token=token)


async def _step_up(request: Request, signed_in: SignedIn, onward: str, *, is_sent: bool = False) -> Response:
    context = await _step_up_context(signed_in, onward, is_sent=is_sent)
    return views.page(request, "people/step_up.html", errors={}, **context)


async def _step_up_context(signed_in: SignedIn, onward: str, *, is_sent: bool) -> dict[str, object]:
    mine, actor = signed_in.session, signed_in.actor
    held = await passkeys.list_of((mine.subject_kind, mine.subject_id))
    mobile = mask_mobile(actor.mobile) if isinstance(actor, CitizenActor) else ""
    return {"next": onward, "has_passkey": bool(held), "mobile": mobile, "is_sent": is_sent}


handlers = [
    security_page,
    rename,
    remove,
    end_session,
    mobile_page,
    change_mobile,
    export,
    closing_page,
    close,
    step_up_page,
    send_confirmation,
    confirm,
]
