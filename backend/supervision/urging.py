"""催办 and 督办: a supervisor's word to whoever has a case, and a question that must be answered by a day."""

from __future__ import annotations

from datetime import datetime

from backend import db
from backend.cases import reading, sealing
from backend.domain.calendar import day_of
from backend.domain.refusal import Refusal
from backend.domain.supervision import IN_CARE
from backend.review.looking import look
from backend.supervision import inbox, staff
from shared_schemas.case import Case
from shared_schemas.people import OfficerActor
from shared_schemas.supervision import Audience, Overseen, OversightAnswered, Reminded

_ASKED = (Audience.HOLDER, Audience.FIRST_HANDLER)


async def _open_case(case_no: str, by: OfficerActor, now: datetime, what: str) -> Case:
    """The case, in scope and still open; what is done to it is on record. Raises Refusal("supervision.is_over")."""
    case = await reading.by_number(case_no)
    await look(case, by, now, what=what)
    if case.step not in IN_CARE:
        raise Refusal("supervision.is_over")
    return case


async def remind(case_no: str, given: Reminded, *, by: OfficerActor, now: datetime) -> tuple[str, ...]:
    """催办: whoever has the case and its first handler are told at once; their names.

    Raises Refusal("supervision.just_reminded") within a minute of the last word.
    """
    async with db.transaction():
        case = await _open_case(case_no, by, now, "case.reminded")
        people = await staff.told(case, _ASKED, now)
        officers = [person.id for person in people]
        row = await db.fetchval("SELECT nextval('reminder_id_seq')")
        key = f"by:{by.id}:{now:%Y%m%d%H%M}"
        made = await db.execute(
            "INSERT INTO reminder (id, case_id, key, by_id, word_sealed, round, told, at) "
            "VALUES ($1, $2, $3, $4, $5, 0, $6, $7) ON CONFLICT (case_id, key) DO NOTHING",
            row,
            case.id,
            key,
            by.id,
            sealing.seal(case_no, f"reminder|{row}", given.word.strip()),
            officers,
            now,
        )
        if made == "INSERT 0 0":
            raise Refusal("supervision.just_reminded")
        await inbox.tell(
            officers, "reminded", f"{case.id}:{key}", now, case_id=case.id, reminder=row, by=by.name, step=case.step
        )
    return tuple(person.name for person in people)


async def oversee(case_no: str, given: Overseen, *, by: OfficerActor, now: datetime) -> None:
    """督办: whoever has the case (else its first handler) answers by the day.

    Raises Refusal("supervision.answer_in_past"), "supervision.already_overseen".
    """
    if given.answer_by <= day_of(now):
        raise Refusal("supervision.answer_in_past")
    async with db.transaction():
        case = await _open_case(case_no, by, now, "case.overseen")
        await db.execute("SELECT FROM case_file WHERE id = $1 FOR UPDATE", case.id)
        until = await db.fetchval("SELECT answer_by FROM oversight WHERE case_id = $1 AND answered_at IS NULL", case.id)
        if until:
            raise Refusal("supervision.already_overseen", day=until.isoformat())
        people = await staff.told(case, _ASKED, now)
        row = await db.fetchval("SELECT nextval('oversight_id_seq')")
        await db.execute(
            "INSERT INTO oversight (id, case_id, set_by, set_at, officer, word_sealed, answer_by) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7)",
            row,
            case.id,
            by.id,
            now,
            case.first_handler or people[0].id,
            sealing.seal(case_no, f"oversight|word|{row}", given.word.strip()),
            given.answer_by,
        )
        told = {"by": by.name, "answer_by": given.answer_by}
        officers = [person.id for person in people]
        await inbox.tell(
            officers, "overseen", f"{case.id}:oversight:{row}", now, case_id=case.id, oversight=row, **told
        )


async def answer(case_no: str, given: OversightAnswered, *, by: OfficerActor, now: datetime) -> None:
    """答复督办, by whoever was asked, the case's first handler or who has it now.

    Raises Refusal("supervision.no_oversight"), "supervision.not_asked".
    """
    async with db.transaction():
        case = await reading.by_number(case_no)
        await look(case, by, now, what="case.oversight_answered")
        row = await db.fetchrow(
            "SELECT v.id, v.officer, v.set_by, o.name FROM oversight v JOIN officer o ON o.id = v.officer "
            "WHERE v.case_id = $1 AND v.answered_at IS NULL FOR UPDATE OF v",
            case.id,
        )
        if row is None:
            raise Refusal("supervision.no_oversight")
        has_it = {person.id for person in await staff.told(case, _ASKED, now)}
        if by.id not in has_it | {row["officer"]}:
            raise Refusal("supervision.not_asked", who=row["name"])
        await db.execute(
            "UPDATE oversight SET answered_by = $2, answered_at = $3, answer_sealed = $4 WHERE id = $1",
            row["id"],
            by.id,
            now,
            sealing.seal(case_no, f"oversight|answer|{row['id']}", given.answer.strip()),
        )
        key = f"{case.id}:answered:{row['id']}"
        await inbox.tell([row["set_by"]], "answered", key, now, case_id=case.id, oversight=row["id"], by=by.name)
