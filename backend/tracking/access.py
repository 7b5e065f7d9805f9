"""Who may see all of a case: its owner, signed in; or who holds number, query password and last four digits.

The second kind gets a pass: a signed word for one case and half an hour, for reading only. A browser keeps it as a
cookie, a script sends it back in the header `Case-Pass`.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from litestar import Request
from litestar.datastructures import Cookie

from backend import crypto, ratelimit
from backend.cases import reading
from backend.domain import case_number, tracking
from backend.domain.refusal import Refusal
from backend.edge import client_ip
from backend.people.guards import send_to
from backend.people.viewer import identify
from backend.review.looking import look
from backend.settings import settings
from backend.tracking import scanning
from shared_schemas.case import Case
from shared_schemas.people import CitizenActor, OfficerActor

PASS_SECONDS = 30 * 60
HEADER = "case-pass"
_PURPOSE = "case_pass"
_TRIES_WITHIN_S = 300


def cookie_name() -> str:
    """The pass's cookie."""
    return settings.cookie("case_pass")


def ends_at(now: datetime) -> datetime:
    """When a pass given at `now` is over."""
    return now.replace(microsecond=0) + timedelta(seconds=PASS_SECONDS)


def pass_for(case_id: int, now: datetime) -> Cookie:
    """A pass to read this case for half an hour; its `value` is the signed word."""
    claim = f"{case_id}.{int(ends_at(now).timestamp())}"
    signature = base64.urlsafe_b64encode(crypto.sign(_PURPOSE, claim)).decode().rstrip("=")
    return Cookie(
        key=cookie_name(),
        value=f"{claim}.{signature}",
        path="/",
        httponly=True,
        samesite="lax",
        secure=settings.is_secure,
        max_age=PASS_SECONDS,
    )


def _passed(request: Request[Any, Any, Any], now: datetime) -> int | None:
    """The case id of a valid, unexpired pass."""
    held = request.headers.get(HEADER) or request.cookies.get(cookie_name(), "")
    claim, _, signature = held.rpartition(".")
    case_id, _, until = claim.partition(".")
    try:
        raw = base64.urlsafe_b64decode(signature + "=" * (-len(signature) % 4))
    except ValueError:
        return None
    # Only what we signed is read as numbers.
    if not crypto.is_signed(_PURPOSE, claim, raw) or int(until) <= now.timestamp():
        return None
    return int(case_id)


async def open_case(request: Request[Any, Any, Any], case_no: str, now: datetime) -> tuple[Case, bool]:
    """The case, and whether its owner is signed in (False: somebody with a pass, who may read only).

    Nobody signed in and no pass: sent to sign in. Somebody else's case: as if it did not exist.
    """
    signed_in = await identify(request, now)
    if signed_in is not None and isinstance(signed_in.actor, CitizenActor):
        try:
            return await reading.owned(case_no, signed_in.actor.id), True
        except Refusal:
            if _passed(request, now) is None:
                raise
    passed = _passed(request, now)
    if passed is None:
        raise Refusal("case.not_found") if signed_in else send_to(request, "/sign-in", "session.missing")
    case = await reading.by_id(passed)
    if case.case_no != case_no:
        raise Refusal("case.not_found")
    return case, False


async def with_papers(request: Request[Any, Any, Any], case_no: str, now: datetime, document: int) -> Case:
    """The case whose 文书 `document` is to be read: by who may open the case, or by an officer in its scope (audited)."""
    signed_in = await identify(request, now)
    if signed_in is None or not isinstance(signed_in.actor, OfficerActor):
        return (await open_case(request, case_no, now))[0]
    case = await reading.by_number(case_no)
    await look(case, signed_in.actor, now, what="document.read", document=str(document))
    return case


async def by_password(
    request: Request[Any, Any, Any], *, case_no: str, password: str, last_four: str, now: datetime
) -> Case:
    """The case that a number, its query password and the owner's last four digits open, as they were typed.

    Raises Refusal("tracking.no_match") for every miss alike, "tracking.locked" after five on one case, and
    "rate.limited" after too many from one address.
    """
    await ratelimit.hit(f"look_up|{client_ip(request.scope)}", settings.sign_in_limit, _TRIES_WITHIN_S, now)
    number = _parsed(case_number.normalise, case_no)
    word = _parsed(tracking.parse_password, password)
    return await reading.by_id(await scanning.open_by_password(number, word, last_four.strip()))


def _parsed(parse: Callable[[str], str], text: str) -> str:
    """A malformed number or password is answered like a wrong one: guesses learn nothing."""
    try:
        return parse(text)
    except Refusal:
        raise Refusal("tracking.no_match") from None
