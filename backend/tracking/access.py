"""Who may see all of a case: its owner, signed in; or who holds number, query password and last four digits.

The second kind gets a pass: a signed cookie for one case and half an hour, for reading only.
"""

from __future__ import annotations

import base64
from datetime import datetime
from typing import Any

from litestar import Request
from litestar.datastructures import Cookie

from backend import crypto
from backend.cases import reading
from backend.domain.refusal import Refusal
from backend.people.guards import send_to
from backend.people.viewer import identify
from backend.settings import settings
from shared_schemas.case import Case
from shared_schemas.people import CitizenActor

PASS_SECONDS = 30 * 60
_PURPOSE = "case_pass"


def cookie_name() -> str:
    """The pass's cookie."""
    return settings.cookie("case_pass")


def pass_for(case_id: int, now: datetime) -> Cookie:
    """A pass to read this case for half an hour."""
    claim = f"{case_id}.{int(now.timestamp()) + PASS_SECONDS}"
    signature = base64.urlsafe_b64encode(crypto.sign(_PURPOSE, claim)).decode().rstrip("=")
    return Cookie(
        key=cookie_name(), value=f"{claim}.{signature}", path="/", httponly=True, samesite="lax",
        secure=settings.is_secure, max_age=PASS_SECONDS,
    )


def _passed(request: Request[Any, Any, Any], now: datetime) -> int | None:
    """The case id of a valid, unexpired pass."""
    held = request.cookies.get(cookie_name(), "")
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
