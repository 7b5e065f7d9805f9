"""移交首办: to a named successor, one case or all of them at once; both are told, the log says it."""

from __future__ import annotations

from datetime import datetime

from backend import db
from backend.cases import facts, recording, remarks
from backend.domain.handing_on import Successor, refuse_successor
from backend.domain.refusal import Refusal
from backend.people.audit import audit
from backend.supervision import inbox, staff
from backend.supervision.open_cases import IN_CARE
from shared_schemas.case import Case
from shared_schemas.people import OfficerActor
from shared_schemas.supervision import AllHandedOn, AllMoved, HandedOn, LeftBehind, Reason
from shared_schemas.vocabulary import Verb

_OPEN = f"SELECT case_no FROM case_file WHERE first_handler = $1 AND step IN {IN_CARE} ORDER BY id"


async def hand_on(case_no: str, given: HandedOn, *, by: OfficerActor, now: datetime) -> Case:
    """Hand one case on. Raises what `domain.handing_on` raises, Refusal("handing_on.unknown")."""
    async with db.transaction():
        case = await recording.load_for(Verb.HAND_ON, case_no, by, now, seen=given.seen)
        successor = await staff.successor(given.successor)
        before = case.first_handler
        case = await _move(case, successor, given.reason, given.word, by=by, now=now)
        about = {"case_id": case.id, "reason": given.reason}
        names = await _names(before)
        key = f"{case.id}:hand_on:{case.seq}"
        await inbox.tell([successor.id], "took_over", key, now, who=names, by=by.name, **about)
        await inbox.tell(_but(by, before), "handed_on", key, now, who=successor.name, by=by.name, **about)
    return case


async def hand_on_all(given: AllHandedOn, *, by: OfficerActor, now: datetime) -> AllMoved:
    """Hand on every open case of a first handler (one's own, or for a supervisor anybody's). What can't go along is named.

    Raises Refusal("handing_on.nothing_open"), and where nothing could be moved the first refusal itself.
    """
    async with db.transaction():
        successor = await staff.successor(given.successor)
        whose = await staff.successor(given.first_handler) if given.first_handler else None
        before, name = (whose.id, whose.name) if whose else (by.id, by.name)
        numbers = [row["case_no"] for row in await db.fetch(_OPEN, before)]
        if not numbers:
            raise Refusal("handing_on.nothing_open", who=name)
        moved, left = await _move_all(numbers, successor, given, by=by, now=now)
        if not moved:
            raise left[0][1]
        count, key = len(moved), f"all:{before}:{successor.id}:{now.isoformat()}"
        await inbox.tell([successor.id], "took_over", key, now, who=name, by=by.name, count=count, reason=given.reason)
        told = {"who": successor.name, "by": by.name, "count": count, "reason": given.reason}
        await inbox.tell(_but(by, before), "handed_on", key, now, **told)
        await audit(by, "case.all_handed_on", now=now, officer=before, to=successor.id, moved=count, left=len(left))
    return AllMoved(tuple(moved), tuple(LeftBehind(number, refusal.code) for number, refusal in left))


async def _move_all(
    numbers: list[str], successor: Successor, given: AllHandedOn, *, by: OfficerActor, now: datetime
) -> tuple[list[str], list[tuple[str, Refusal]]]:
    moved: list[str] = []
    left: list[tuple[str, Refusal]] = []
    for number in numbers:
        try:
            async with db.transaction():
                case = await recording.load_for(Verb.HAND_ON, number, by, now)
                await _move(case, successor, given.reason, given.word, by=by, now=now)
            moved.append(number)
        except Refusal as refusal:
            left.append((number, refusal))
    return moved, left


async def _move(
    case: Case, successor: Successor, reason: Reason, word: str, *, by: OfficerActor, now: datetime
) -> Case:
    """The event and the row. Who also has the case in hand gives it out of hand."""
    refuse_successor(await facts.load(case), successor)
    in_hand = {"handler": successor.id} if case.handler == case.first_handler else {}
    particulars = {"from": case.first_handler, "to": successor.id, "to_staff_no": successor.staff_no, "reason": reason}
    case = await recording.record(
        case, Verb.HAND_ON, by=by, at=now, particulars=particulars, first_handler=successor.id, **in_hand
    )
    await remarks.write(case, word)
    return case


def _but(by: OfficerActor, officer: int | None) -> list[int]:
    """The officer it was taken from; who did it himself has just read it, and finds it in his list all the same."""
    return sorted({by.id, officer} - {None}) if officer is not None else [by.id]


async def _names(officer: int | None) -> str:
    return await db.fetchval("SELECT name FROM officer WHERE id = $1", officer) or ""
