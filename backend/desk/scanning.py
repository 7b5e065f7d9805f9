"""From what an officer scanned or typed to what it stands for: a case, its hand-over, a citizen's draft, or who handles it."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from backend import catalogue, db, ratelimit
from backend.bundles import queries as bundles
from backend.cases import facts, reading, scope
from backend.domain import approval, case_number, tracking
from backend.domain import relay as relays
from backend.domain.refusal import Refusal
from backend.intake import relay
from backend.people.sessions import Visitor
from backend.review import queries
from backend.settings import settings
from shared_schemas.case import Case
from shared_schemas.people import OfficerActor
from shared_schemas.vocabulary import Role, Verb

_A_MINUTE = 60
_SEES_SOME_CASES = frozenset({Role.APPROVER, Role.DEPARTMENT_OFFICER, Role.SURVEYOR})


class Found(Struct, frozen=True):
    """A case in the officer's scope (`case_no`, with the sheet it `opens`), the address of the public view, or a draft.

    `opens` "bundle": the code was that of a bundle (一件事), `case_no` is one of its cases.
    """

    case_no: str | None = None
    track: str | None = None
    opens: str = ""
    draft: str | None = None

    @property
    def path(self) -> str:
        """Where the desk goes."""
        if self.draft:
            return f"/drafts/{self.draft}"
        if self.case_no and self.opens == "bundle":
            return f"/desk/cases/{self.case_no}/bundle"
        if self.case_no:
            return f"/desk/cases/{self.case_no}{f'?open={self.opens}' if self.opens else ''}"
        return self.track or "/desk"


async def find(text: str, officer: OfficerActor, visitor: Visitor, now: datetime) -> Found:
    """What a scanned address, a tracking code, a case number or a draft's code stands for.

    A certificate that waits to be fetched opens its hand-over, which asks who is there. A draft's code takes the draft over.
    A hall guide, who sees no cases, is led to the public view of a code; staff of another department are told who has it.
    Raises Refusal("tracking.unknown"), "tracking.foreign_address", "case.not_found", "case_no.format", "case_no.checksum",
    "desk.outside_scope", those of `relay.take_to_window`, and "rate.limited" after 60 a minute.
    """
    await ratelimit.hit(f"desk_scan|{officer.id}|{visitor.ip}", _A_MINUTE, _A_MINUTE, now)
    if relays.is_relay(text):
        if not officer.has(Role.ACCEPTANCE_CLERK):
            raise Refusal("relay.clerks_only")
        return Found(draft=await relay.take_to_window(text, officer, visitor, now))
    digits = "".join(text.split())
    if digits.isascii() and digits.isdigit():
        case = await reading.by_number(case_number.normalise(digits))
        if not await scope.may_read(case, officer):
            raise Refusal("case.not_found")
        return await _opened(case, officer, now)
    code = tracking.scanned(text, settings.base_url)
    if (filing := await bundles.behind(code)) is not None:
        return await _bundle(filing, officer, code)
    case = await reading.by_number(await queries.number_of(code))
    if await scope.may_read(case, officer):
        return await _opened(case, officer, now)
    if officer.roles & _SEES_SOME_CASES:
        raise await _handled_elsewhere(case)
    return Found(track=f"{tracking.PATH}{code}")


async def _bundle(filing: int, officer: OfficerActor, code: str) -> Found:
    """The page of a bundle, by the first of its cases that this officer may read."""
    cases = await bundles.cases_of(filing)
    mine = next((case for case in cases if approval.may_read(case.department, officer)), None)
    if mine is not None:
        return Found(mine.case_no, opens="bundle")
    if officer.roles & _SEES_SOME_CASES:
        raise await _handled_elsewhere(cases[0])
    return Found(track=f"{tracking.PATH}{code}")


async def _opened(case: Case, officer: OfficerActor, now: datetime) -> Found:
    verbs = approval.open_verbs(await facts.load(case), officer, now)
    return Found(case.case_no, opens="hand-over" if Verb.HAND_OVER in verbs else "")


async def _handled_elsewhere(case: Case) -> Refusal:
    """By whom it is handled: its department, and the first handler once there is one."""
    department = catalogue.current().departments.get(case.department)
    row = await db.fetchrow(
        "SELECT o.name, o.phone, w.number FROM officer o LEFT JOIN window_desk w ON w.officer = o.id WHERE o.id = $1",
        case.first_handler,
    )
    window = f"，{row['number']} 号窗口" if row and row["number"] else ""
    window_en = f", window {row['number']}" if row and row["number"] else ""
    return Refusal(
        "desk.outside_scope",
        department=department.label("zh") if department else case.department,
        department_en=department.label("en") if department else case.department,
        handler=f"{row['name']}{window}" if row else "还没人接手",
        handler_en=f"{row['name']}{window_en}" if row else "nobody yet",
        phone=(row["phone"] if row else "") or settings.hall_phone,
    )
