"""回避: who has an interest says so and is off the case at once; a superior decides, and names who goes on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from backend import db
from backend.cases import facts, recording, sealing
from backend.domain.authority import is_related
from backend.domain.refusal import Refusal
from backend.people import roster
from shared_schemas.case import Case
from shared_schemas.collegial import RecusalAnswer, RecusalAnswered, RecusalDeclared
from shared_schemas.people import OfficerActor
from shared_schemas.vocabulary import Role, Step, Verb


async def declare(case_no: str, given: RecusalDeclared, *, by: OfficerActor, now: datetime) -> Case:
    """申请回避. A case that lay on the officer's desk goes back to the pool."""
    async with db.transaction():
        case = await recording.load_for(Verb.RECUSE, case_no, by, now, seen=given.seen)
        row = await db.fetchval("SELECT nextval('recusal_id_seq')")
        await db.execute(
            "INSERT INTO recusal (id, case_id, officer, reason_sealed, declared_at) VALUES ($1, $2, $3, $4, $5)",
            row,
            case.id,
            by.id,
            sealing.seal(case_no, f"recusal|{row}", given.reason.strip()),
            now,
        )
        is_in_hand = case.step is Step.RECEIVED and case.handler == by.id
        changes: dict[str, Any] = {"handler": None} if is_in_hand else {}
        return await recording.record(case, Verb.RECUSE, by=by, at=now, **changes)


async def answer(case_no: str, given: RecusalAnswered, *, by: OfficerActor, now: datetime) -> Case:
    """决定回避, of the declaration that waits longest.

    Where the first handler steps aside a successor is named: no case is ever nobody's (首办责任制).
    Raises Refusal("recusal.successor_needed"), "recusal.no_successor".
    """
    async with db.transaction():
        case = await recording.load_for(Verb.ANSWER_RECUSAL, case_no, by, now, seen=given.seen)
        row = await db.fetchrow(
            "SELECT id, officer FROM recusal WHERE case_id = $1 AND answered_at IS NULL ORDER BY id LIMIT 1 FOR UPDATE",
            case.id,
        )
        is_upheld = given.answer is RecusalAnswer.UPHOLD
        changes: dict[str, Any] = {}
        if is_upheld and case.first_handler == row["officer"]:
            successor = await _successor(case, given.successor, row["officer"], now)
            changes = {"first_handler": successor}
            changes |= {"handler": successor} if case.handler in (None, row["officer"]) else {}
        elif is_upheld and case.handler == row["officer"]:
            changes = {"handler": None}  # back to the pool: else it would come back from corrections to nobody
        said = given.opinion.strip()
        await db.execute(
            "UPDATE recusal SET answered_by = $2, answered_at = $3, is_upheld = $4, successor = $5, answer_sealed = $6 "
            "WHERE id = $1",
            row["id"],
            by.id,
            now,
            is_upheld,
            changes.get("first_handler"),
            sealing.seal(case_no, f"recusal|{row['id']}|answer", said) if said else None,
        )
        return await recording.record(
            case, Verb.ANSWER_RECUSAL, by=by, at=now, particulars={"is_upheld": is_upheld}, **changes
        )


async def _successor(case: Case, staff_no: str, instead_of: int, now: datetime) -> int:
    """A clerk who may work on it: with somebody who must step aside himself it would be stuck."""
    if not staff_no.strip():
        raise Refusal("recusal.successor_needed")
    found = await roster.by_number(staff_no, now)
    if found is None or found.id == instead_of or not found.has(Role.ACCEPTANCE_CLERK):
        raise Refusal("recusal.no_successor")
    known = await facts.load(case)
    if is_related(known, found) or found.id in known.recused:
        raise Refusal("recusal.no_successor")
    return found.id
