"""Taking a case from the pool, looking through its papers, handing it back."""

from __future__ import annotations

from datetime import datetime

from backend import db
from backend.cases import facts, reading, recording, sealing
from backend.domain import approval
from backend.domain.refusal import Refusal
from backend.people.audit import audit
from shared_schemas.case import Case
from shared_schemas.people import OfficerActor
from shared_schemas.review import Tick
from shared_schemas.vocabulary import MaterialVerdict, Step, Verb

# Cases in a row that may turn out not to be for this clerk before we say that nothing waits.
_TRIED = 20
# One row at a time: locking more would hide them from the colleagues who ask in the same moment.
_NEXT = (
    f"SELECT {reading.COLUMNS} FROM case_file WHERE step = 'received' AND handler IS NULL AND NOT id = ANY($3) "
    "AND NOT (coalesce(encode(applicant_id_index, 'hex'), '') = ANY($1) OR coalesce(credit_code, '') = ANY($2)) "
    "ORDER BY received_at LIMIT 1 FOR UPDATE SKIP LOCKED"
)


async def take(case_no: str, *, by: OfficerActor, now: datetime, seen: int | None = None) -> Case:
    """接手: the case is on this officer's list from now on."""
    async with db.transaction():
        case = await recording.load_for(Verb.TAKE, case_no, by, now, seen=seen)
        return await recording.record(
            case, Verb.TAKE, by=by, at=now, handler=by.id, first_handler=case.first_handler or by.id
        )


async def take_next(*, by: OfficerActor, now: datetime) -> Case:
    """Take the case that waits longest. Ten officers at once get ten cases: nobody waits for a locked row.

    Raises Refusal("desk.nothing_waiting").
    """
    passed_over: list[int] = []
    async with db.transaction():
        while len(passed_over) < _TRIED:
            row = await db.fetchrow(_NEXT, list(by.kin), list(by.companies), passed_over)
            if row is None:
                break
            case = reading.case_of(row)
            if Verb.TAKE in approval.open_verbs(await facts.load(case), by, now):
                return await take(case.case_no, by=by, now=now)
            passed_over.append(case.id)
    raise Refusal("desk.nothing_waiting")


async def hand_back(case_no: str, *, by: OfficerActor, now: datetime, seen: int | None = None) -> Case:
    """Put a case back into the pool, before acceptance only: who accepted stays first handler to the end (首办责任).

    Not a verb: the citizen's case is where it was.
    """
    async with db.transaction():
        case = await recording.load_for(Verb.ACCEPT, case_no, by, now, seen=seen)
        if case.handler != by.id:
            raise Refusal("desk.not_yours")
        await db.execute("UPDATE case_file SET handler = NULL, first_handler = NULL WHERE id = $1", case.id)
        await audit(by, "case.handed_back", now=now, case_no=case_no)
    return await reading.by_number(case_no)


async def tick(case_no: str, key: str, given: Tick, *, by: OfficerActor, now: datetime) -> None:
    """Keep a clerk's verdict on one material, or take it back (None). Not a verb, but audited.

    Raises Refusal("material.not_in_case"), and what `approval.check` raises for accepting.
    """
    async with db.transaction():
        case = await recording.load_for(Verb.ACCEPT, case_no, by, now, seen=given.seen)
        changed = await db.execute(
            "UPDATE case_material SET verdict = $3, verdict_note_sealed = $4, verdict_by = $5, verdict_at = $6 "
            "WHERE case_id = $1 AND key = $2",
            case.id,
            key,
            given.verdict,
            sealing.seal(case_no, f"verdict.{key}", note) if (note := given.note.strip()) else None,
            by.id,
            now,
        )
        if changed != "UPDATE 1":
            raise Refusal("material.not_in_case")
        await audit(by, "material.judged", now=now, case_no=case_no, material=key, verdict=given.verdict or "")


async def fits_the_rest(case_no: str, *, by: OfficerActor, now: datetime, seen: int | None = None) -> int:
    """Tick every material that has no verdict yet as fitting: the clerk looked at all of them. How many it were."""
    async with db.transaction():
        case = await recording.load_for(Verb.ACCEPT, case_no, by, now, seen=seen)
        done = await db.fetch(
            "UPDATE case_material SET verdict = $2, verdict_by = $3, verdict_at = $4 "
            "WHERE case_id = $1 AND verdict IS NULL RETURNING key",
            case.id,
            MaterialVerdict.FITS,
            by.id,
            now,
        )
        for row in done:
            await audit(by, "material.judged", now=now, case_no=case_no, material=row[0], verdict=MaterialVerdict.FITS)
    return len(done)


def is_on_the_desk(case: Case, officer: OfficerActor) -> bool:
    """Whether this clerk is looking through the papers now."""
    return case.step is Step.RECEIVED and case.handler == officer.id
