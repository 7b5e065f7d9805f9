"""撤回来改: a filing taken back within ten minutes is a draft again, with everything in it.

The case keeps its number and its log, so that the chain stays whole: withdrawn, marked as undone, closed. Its files go
back to the draft. Filed again, the draft becomes a new case under a new key.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from backend import db
from backend.cases import closing, reading, recording
from backend.domain import undoing
from backend.domain.refusal import Refusal
from backend.domain.undoing import FreshFiling
from backend.intake.owners import owner_of
from shared_schemas.case import Case
from shared_schemas.people import CitizenActor
from shared_schemas.vocabulary import Verb


class Offer(Struct, frozen=True):
    """What a page offers of a fresh filing: the draft it would be again, and until when."""

    draft: str
    until: datetime


async def offer(case: Case, now: datetime) -> Offer | None:
    """Until when the case's owner may take it back now; None when he may not. Old cases cost no query."""
    if undoing.until(_fresh(case), now) is None:
        return None
    filing, draft = await _filing(case)
    until = undoing.until(filing, now)
    return Offer(draft, until) if until else None


async def offered_until(case_no: str, now: datetime) -> datetime | None:
    """As `offer`, by the case's number, for an answer that only says until when."""
    found = await offer(await reading.by_number(case_no), now)
    return found.until if found else None


def _fresh(case: Case) -> FreshFiling:
    return FreshFiling(case.step, case.seq, case.received_at, case.handler, has_draft=case.citizen is not None)


async def _filing(case: Case) -> tuple[FreshFiling, str]:
    row = await db.fetchrow(
        "SELECT (SELECT d.id::text FROM draft d WHERE d.submitted_case_id = $1 AND d.owner = $2), "
        "EXISTS (SELECT FROM case_material m WHERE m.case_id = $1 AND m.verdict IS NOT NULL)",
        case.id,
        f"citizen:{case.citizen}",
    )
    filing = FreshFiling(
        case.step, case.seq, case.received_at, case.handler, has_draft=row[0] is not None, is_judged=row[1]
    )
    return filing, row[0] or ""


async def undo(case_no: str, *, by: CitizenActor, now: datetime, seen: int | None = None) -> str:
    """Take the filing back; returns the id of the draft that is open again.

    Raises Refusal("case.not_found") also for another's, "undo.too_late", "undo.touched", "undo.no_draft".
    """
    async with db.transaction():
        await _lock(case_no, by)
        filing, draft = await _filing(await reading.owned(case_no, by.id))
        undoing.check(filing, now)
        case = await recording.load_for(Verb.WITHDRAW, case_no, by, now, seen=seen)
        case = await recording.record(case, Verb.WITHDRAW, by=by, at=now, particulars={"undone": True, "draft": draft})
        await closing.close(case, now)
        await _reopen(case, draft, owner_of(by), now)
    return draft


async def _lock(case_no: str, by: CitizenActor) -> None:
    """Before anything is asked of it: a clerk who takes it in this moment is either before us or after us."""
    await db.execute("SELECT 1 FROM case_file WHERE case_no = $1 AND citizen = $2 FOR UPDATE", case_no, by.id)


async def _reopen(case: Case, draft: str, owner: str, now: datetime) -> None:
    await db.execute("DELETE FROM case_upload WHERE case_id = $1", case.id)
    await db.execute(
        "UPDATE upload SET case_id = NULL, updated_at = $3 WHERE case_id = $1 AND owner = $2", case.id, owner, now
    )
    await db.execute(
        "UPDATE draft SET submitted_case_id = NULL, filing_key = NULL, revision = revision + 1, updated_at = $2 "
        "WHERE id = $1::text::uuid",
        draft,
        now,
    )


async def undone_draft(case_no: str) -> str:
    """The draft that an undone case became again. Raises Refusal("case.not_found")."""
    draft = await db.fetchval(
        "SELECT e.particulars ->> 'draft' FROM case_event e JOIN case_file c ON c.id = e.case_id "
        "WHERE c.case_no = $1 AND e.verb = $2 AND e.particulars ? 'undone'",
        case_no,
        Verb.WITHDRAW,
    )
    if draft is None:
        raise Refusal("case.not_found")
    return draft
