"""征求意见: another department is asked until a day, reminded before it, and keeps the decision waiting until then."""

from __future__ import annotations

from datetime import datetime

from backend import calendars, catalogue, db
from backend.cases import facts, recording, sealing
from backend.domain import collegial
from backend.domain.calendar import day_of
from backend.domain.refusal import Refusal
from shared_schemas.case import Case
from shared_schemas.collegial import OpinionAsked, OpinionGiven
from shared_schemas.people import OfficerActor, SystemActor
from shared_schemas.vocabulary import Verb

HALL = SystemActor("hall")
REMIND_BEFORE = 1  # [L] working days
_BATCH = 200


async def ask(case_no: str, given: OpinionAsked, *, by: OfficerActor, now: datetime) -> Case:
    """Ask a department.

    Raises Refusal: opinion.no_such_department, .own, .twice, .day_over, .too_late.
    """
    collegial.check_opinion_day(given.due_on, day_of(now))
    if given.department not in catalogue.current().departments:
        raise Refusal("opinion.no_such_department")
    async with db.transaction():
        case = await recording.load_for(Verb.ASK_OPINION, case_no, by, now, seen=given.seen)
        collegial.check_asked(given.department, case.department, (await facts.load(case)).opinions_open)
        row = await db.fetchval("SELECT nextval('opinion_id_seq')")
        await db.execute(
            "INSERT INTO opinion (id, case_id, department, question_sealed, due_on, asked_by, asked_at) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7)",
            row,
            case.id,
            given.department,
            sealing.seal(case_no, f"opinion|{row}|question", given.question.strip()),
            given.due_on,
            by.id,
            now,
        )
        return await recording.record(
            case,
            Verb.ASK_OPINION,
            by=by,
            at=now,
            particulars={"department": given.department, "due_on": given.due_on.isoformat()},
        )


async def give(case_no: str, given: OpinionGiven, *, by: OfficerActor, now: datetime) -> Case:
    """The answer of the officer's own department."""
    async with db.transaction():
        case = await recording.load_for(Verb.GIVE_OPINION, case_no, by, now, seen=given.seen)
        row = await db.fetchval(
            "SELECT id FROM opinion WHERE case_id = $1 AND department = $2 AND answered_at IS NULL AND lapsed_at IS NULL",
            case.id,
            by.department,
        )
        await db.execute(
            "UPDATE opinion SET answered_by = $2, answered_at = $3, stance = $4, answer_sealed = $5 WHERE id = $1",
            row,
            by.id,
            now,
            given.stance,
            sealing.seal(case_no, f"opinion|{row}|answer", given.opinion.strip()),
        )
        return await recording.record(
            case,
            Verb.GIVE_OPINION,
            by=by,
            at=now,
            particulars={"department": by.department or "", "stance": given.stance},
        )


async def remind_due(now: datetime) -> int:
    """Mark what is due by the next working day: it goes to the top of the department's list. How many were marked."""
    until = calendars.current().add_workdays(day_of(now), REMIND_BEFORE).day
    rows = await db.fetch(
        "UPDATE opinion SET reminded_at = $1 WHERE due_on <= $2 AND reminded_at IS NULL AND answered_at IS NULL "
        "AND lapsed_at IS NULL RETURNING id",
        now,
        until,
    )
    return len(rows)


async def lapse_due(now: datetime) -> int:
    """Whose day is over counts as having nothing to say [L]: the case goes on. How many lapsed."""
    rows = await db.fetch(
        "SELECT o.id, f.case_no FROM opinion o JOIN case_file f ON f.id = o.case_id "
        "WHERE o.due_on < $1 AND o.answered_at IS NULL AND o.lapsed_at IS NULL ORDER BY o.id LIMIT $2",
        day_of(now),
        _BATCH,
    )
    return sum([await _lapse(row["id"], row["case_no"], now) for row in rows])


_LAPSED = (
    "UPDATE opinion SET lapsed_at = $2 WHERE id = $1 AND answered_at IS NULL AND lapsed_at IS NULL RETURNING department"
)


async def _lapse(opinion: int, case_no: str, now: datetime) -> bool:
    """One of them; False where somebody answered in the same moment."""
    try:
        async with db.transaction():
            case = await recording.load_for(Verb.GIVE_OPINION, case_no, HALL, now)
            department = await db.fetchval(_LAPSED, opinion, now)
            if department is None:
                return False
            particulars = {"department": department, "lapsed": True}
            await recording.record(case, Verb.GIVE_OPINION, by=HALL, at=now, particulars=particulars)
    except Refusal as refusal:
        if refusal.code != "case.moved_meanwhile":
            raise
        await db.fetchval(_LAPSED, opinion, now)  # withdrawn or terminated: nobody waits for it any more
    return True
