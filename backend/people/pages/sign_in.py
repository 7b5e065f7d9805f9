"""/sign-in: fingerprint first, text message second; then back to where one was."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta
from urllib.parse import quote

from litestar import Request, Response, get, post
from litestar.datastructures import Cookie
from litestar.response import Redirect

from backend import clock, crypto, views
from backend.domain.refusal import Refusal
from backend.people import codes, leaving, sessions, signing_in
from backend.people.guards import citizen_only, public, signed_in_only
from backend.people.pages.forms import PUBLIC, Form, again, go, next_of, refuse
from backend.people.sessions import Visitor
from backend.people.viewer import SignedIn, token_of, viewer_of
from backend.settings import settings

_AAD = "cookie|arriving|0"
_REMEMBERED = timedelta(minutes=15)


@get("/sign-in", guards=[public], opt=PUBLIC)
async def sign_in_page(request: Request, next: str = "/") -> Response:
    """The two ways in. Who is in already goes on."""
    if viewer_of(request):
        return go(next_of(next))
    return views.page(request, "people/sign_in.html", next=next_of(next))


@get("/sign-in/mobile", guards=[public], opt=PUBLIC)
async def mobile_page(request: Request, next: str = "/") -> Response:
    """Ask for the number."""
    return views.page(request, "people/mobile.html", next=next_of(next), errors={}, mobile="", agreed=False)


@post("/sign-in/mobile", guards=[public], opt=PUBLIC)
async def send_code(request: Request, data: Form, visitor: Visitor, now: datetime) -> Response:
    """Send the code and go on to type it."""
    typed, onward = data.get("mobile", ""), next_of(data)
    try:
        mobile = codes.checked_mobile(typed)
        refuse({} if data.get("agreed") == "yes" else {"agreed": "people.not_agreed"})
        await codes.send(mobile, signing_in.PURPOSE, ip=visitor.ip, now=now)
    except Refusal as refusal:
        shown = {"next": onward, "mobile": typed[:20], "agreed": data.get("agreed") == "yes"}
        return again(request, "people/mobile.html", refusal, **shown)
    return _remembering(go(f"/sign-in/code?next={quote(onward, safe='/')}"), mobile)


@get("/sign-in/code", guards=[public], opt=PUBLIC)
async def code_page(request: Request, now: datetime, next: str = "/") -> Response:
    """Ask for the code. A phone that threw the page away while one read the message comes back to it."""
    held = _remembered(request, now)
    if held is None:
        return go(f"/sign-in/mobile?next={quote(next_of(next), safe='/')}")
    return views.page(request, "people/code.html", errors={}, **_code_context(held[0], next_of(next), held[1]))


@post("/sign-in/code", guards=[public], opt=PUBLIC)
async def use_code(request: Request, data: Form, visitor: Visitor, now: datetime) -> Response:
    """Sign in; first-timers are offered a passkey, changed numbers a question."""
    onward = next_of(data)
    held = _remembered(request, now)
    if held is None:
        return go(f"/sign-in/mobile?next={quote(onward, safe='/')}")
    mobile, sent_at = held
    try:
        arrival = await signing_in.by_code(
            mobile, data.get("code", ""), visitor=visitor, now=now, replacing=token_of(request)
        )
    except Refusal as refusal:
        return again(request, "people/code.html", refusal, **_code_context(mobile, onward, sent_at))
    return _arrived(request, arrival, onward)


@post("/sign-in/code/again", guards=[public], opt=PUBLIC)
async def send_again(request: Request, data: Form, visitor: Visitor, now: datetime) -> Response:
    """Another code."""
    held = _remembered(request, now)
    if held is None:
        return go("/sign-in/mobile")
    await codes.send(held[0], signing_in.PURPOSE, ip=visitor.ip, now=now)
    return _remembering(go(f"/sign-in/code?next={quote(next_of(data), safe='/')}"), held[0])


@post("/sign-in/code/extension", guards=[public], opt=PUBLIC)
async def more_time(request: Request, data: Form, now: datetime) -> Response:
    """Five more minutes for slow fingers (GB/T 47797)."""
    held = _remembered(request, now)
    if held is None:
        return go("/sign-in/mobile")
    if await codes.extend(held[0], signing_in.PURPOSE, now) is None:
        raise Refusal("code.no_more_time")
    return _remembering(go(f"/sign-in/code?next={quote(next_of(data), safe='/')}"), held[0])


@post("/sign-in/owner", guards=[public], opt=PUBLIC)
async def owner(request: Request, data: Form, visitor: Visitor, now: datetime) -> Response:
    """Whose number is it: the last four of the ID, or a fresh start."""
    question, onward = data.get("question", ""), next_of(data)
    held = _remembered(request, now)
    if held is None:
        return go("/sign-in/mobile")
    replacing = token_of(request)
    try:
        if data.get("answer") == "new":
            arrival = await signing_in.new_owner(question, held[0], visitor=visitor, now=now, replacing=replacing)
        else:
            arrival = await signing_in.same_owner(
                question, data.get("last_four", ""), visitor=visitor, now=now, replacing=replacing
            )
    except Refusal as refusal:
        return again(request, "people/owner.html", refusal, question=question, next=onward, mobile=held[0])
    return _arrived(request, arrival, onward)


@get("/sign-in/passkey", guards=[citizen_only])
async def offer_passkey(request: Request, next: str = "/") -> Response:
    """Next time by fingerprint or face."""
    return views.page(request, "people/offer_passkey.html", next=next_of(next))


@post("/sign-in/passkey/later", guards=[citizen_only])
async def not_now(data: Form) -> Redirect:
    """Not today; asked again in three months on this device."""
    answer = go(next_of(data))
    answer.cookies.append(_plain_cookie("no_passkey", "1", timedelta(days=90)))
    return answer


@get("/sign-out", guards=[public], opt=PUBLIC)
async def sign_out_page(request: Request) -> Response:
    """What the phone still has to send, and what is to become of it. Who is out already goes home."""
    if viewer_of(request) is None:
        return go("/")
    return views.page(request, "people/sign_out.html")


@post("/sign-out", guards=[signed_in_only])
async def sign_out(request: Request, data: Form, signed_in: SignedIn, now: datetime) -> Redirect:
    """End the session and take what it left on the device; `unsent=keep` leaves what is not sent yet to its owner."""
    await sessions.end(signed_in.session.id, now)
    door = "/" if signed_in.session.subject_kind == "citizen" else "/staff/sign-in"
    leaves_all = views.device(request) != ""
    return Redirect(
        door,
        status_code=303,
        cookies=[sessions.cookie_for(None), leaving.cookie(signed_in, keeps=data.get("unsent") == "keep")],
        headers={"clear-site-data": leaving.cleared(is_shared=leaves_all), "cache-control": "no-store"},
    )


@get("/privacy", guards=[public], opt=PUBLIC)
async def privacy(request: Request) -> Response:
    """What is kept about people, why, and what they can ask for."""
    return views.page(request, "people/privacy.html")


def _arrived(request: Request, arrival: signing_in.Arrival, onward: str) -> Response:
    if arrival.question:
        return views.page(request, "people/owner.html", question=arrival.question, next=onward, errors={},
                          mobile=(_remembered(request, clock.now()) or ("",))[0])  # fmt: skip
    offers = not arrival.has_passkey and not request.cookies.get("no_passkey")
    path = f"/sign-in/passkey?next={quote(onward, safe='/')}" if offers else onward
    answer = go(path, token=arrival.token)
    answer.cookies.append(_plain_cookie(_cookie_name(), "", timedelta()))
    return answer


def _code_context(mobile: str, onward: str, sent_at: datetime) -> dict[str, object]:
    return {"mobile": mobile, "next": onward, "until": (sent_at + codes.VALID).isoformat()}


def _cookie_name() -> str:
    return settings.cookie("arriving")


def _remembering(answer: Redirect, mobile: str) -> Redirect:
    """Keep the number, sealed, for the pages between."""
    sealed = crypto.seal(f"{mobile}|{clock.now().isoformat()}", _AAD)
    value = base64.urlsafe_b64encode(sealed).decode().rstrip("=")
    answer.cookies.append(_plain_cookie(_cookie_name(), value, _REMEMBERED))
    return answer


def _remembered(request: Request, now: datetime) -> tuple[str, datetime] | None:
    held = request.cookies.get(_cookie_name(), "")
    try:
        mobile, at = crypto.open_text(base64.urlsafe_b64decode(held + "=" * (-len(held) % 4)), _AAD).split("|")
    except (crypto.SealError, ValueError):
        return None
    sent_at = datetime.fromisoformat(at)
    return (mobile, sent_at) if now - sent_at < _REMEMBERED else None


def _plain_cookie(name: str, value: str, lasting: timedelta) -> Cookie:
    return Cookie(
        key=name,
        value=value,
        path="/",
        httponly=True,
        samesite="lax",
        secure=settings.is_secure,
        max_age=int(lasting.total_seconds()),
    )


handlers = [
    sign_in_page,
    mobile_page,
    send_code,
    code_page,
    use_code,
    send_again,
    more_time,
    owner,
    offer_passkey,
    not_now,
    sign_out_page,
    sign_out,
    privacy,
]
