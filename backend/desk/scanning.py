"""From what an officer scanned or typed to the case, or for staff without scope to what everybody sees."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from backend import ratelimit
from backend.cases import reading
from backend.domain import case_number, tracking
from backend.domain.refusal import Refusal
from backend.people.sessions import Visitor
from backend.review import queries
from backend.settings import settings
from shared_schemas.people import OfficerActor

_A_MINUTE = 60


class Found(Struct, frozen=True):
    """A case in the officer's scope (`case_no`), or the address of the public view."""

    case_no: str | None = None
    track: str | None = None


async def find(text: str, officer: OfficerActor, visitor: Visitor, now: datetime) -> Found:
    """The case of a scanned address, a tracking code or a case number.

    A hall guide, who sees no cases, is led to the public view of a code; a number alone finds them nothing.
    Raises Refusal("tracking.unknown"), "tracking.foreign_address", "case.not_found", "case_no.format",
    "case_no.checksum", and "rate.limited" after 60 a minute.
    """
    await ratelimit.hit(f"desk_scan|{officer.id}|{visitor.ip}", _A_MINUTE, _A_MINUTE, now)
    digits = "".join(text.split())
    if digits.isascii() and digits.isdigit():
        case = await reading.by_number(case_number.normalise(digits))
        if not queries.may_read(case, officer):
            raise Refusal("case.not_found")
        return Found(case.case_no)
    code = tracking.scanned(text, settings.base_url)
    case = await reading.by_number(await queries.number_of(code))
    return Found(case.case_no) if queries.may_read(case, officer) else Found(track=f"{tracking.PATH}{code}")
