"""A citizen whose old number is gone comes to a window with the ID document and the new phone."""

from __future__ import annotations

from datetime import datetime

from backend.domain.refusal import Refusal
from backend.people import citizens, codes, sessions
from backend.people.sealing import id_index
from shared_schemas.id_kind import IdKind
from shared_schemas.identity import plain_number
from shared_schemas.people import OfficerActor

PURPOSE = "moving"


async def move(kind: IdKind, number: str, mobile: str, code: str, *, by: OfficerActor, ip: str, now: datetime) -> int:
    """Put the account of this ID document onto `mobile`, whose code the citizen reads out; returns the citizen.

    The clerk has seen the document; old sessions end. Raises Refusal("people.citizen_unknown"), "code.…",
    "people.mobile_taken".
    """
    await codes.use(mobile, PURPOSE, code, ip=ip, now=now)
    citizen = await citizens.by_id_index(id_index(kind, plain_number(number)))
    if citizen is None:
        raise Refusal("people.citizen_unknown")
    await citizens.change_mobile(citizen, mobile, by=by, now=now)
    await sessions.end_of_subject("citizen", citizen, now)
    return citizen
