"""撤回来改: a filing taken back within ten minutes is a draft again, with everything in it.

The case keeps its number and its log, so that the chain stays whole: withdrawn, marked as undone, closed. Its files go
back to the draft. Filed again, the draft becomes a new case under a new key.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from backend import db
from backend.bundles import queries as bundles
from backend.bundles import withdrawing
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
    filings, draft = await _filings(await together(case))
    ends = [undoing.until(filing, now) for filing in filings]
    until = min((end for end in ends if end is not None), default=None)
    return Offer(draft, until) if until and None not in ends else None


async def together(case: Case) -> list[Case]:
    """Every case that was filed in one with this, itself among them."""
    return [case] if case.filing is None else await bundles.cases_of(case.filing)


async def offered_until(case_no: str, now: datetime) -> datetime | None:
    """As `offer`, by the case's number, for an answer that only says until when."""
    found = await offer(await reading.by_number(case_no), now)
    return found.until if found else None


def _fresh(case: Case) -> FreshFiling:
    return FreshFiling(case.step, case.seq, case.received_at, case.handler, has_draft=case.citizen is not None)


async def _filings(cases: list[Case]) -> tuple[list[FreshFiling], str]:
    """How fresh each case is, and the draft that they were filed from."""
    ids = [case.id for case in cases]
    draft = await db.fetchval(
        "SELECT d.id::text FROM draft d WHERE d.submitted_case_id = ANY($1) AND d.owner = $2",
        ids,
        f"citizen:{cases[0].citizen}",
    )
    judged = {
        row["case_id"]
        for row in await db.fetch(
            "SELECT DISTINCT case_id FROM case_material WHERE case_id = ANY($1) AND verdict IS NOT NULL", ids
        )
    }
    return [
        FreshFiling(
            case.step,
            case.seq,
            case.received_at,
            case.handler,
            has_draft=draft is not None,
            is_judged=case.id in judged,
        )
        for case in cases
    ], draft or ""


async def undo(case_no: str, *, by: CitizenActor, now: datetime, seen: int | None = None) -> str:
    """Take the filing back; returns the id of the draft that is open again. Of a bundle all cases go back at once.

    Raises Refusal("case.not_found") also for another's, "undo.too_late", "undo.touched", "undo.no_draft".
    """
    async with db.transaction():
        first = await reading.owned(case_no, by.id)
        numbers = [case.case_no for case in await together(first)]
        await _lock(numbers, by)
        cases = await together(await reading.owned(case_no, by.id))
        filings, draft = await _filings(cases)
        for filing in filings:
            undoing.check(filing, now)
        for each in cases:
            at = seen if each.case_no == case_no else None
            case = await recording.load_for(Verb.WITHDRAW, each.case_no, by, now, seen=at)
            said = {"undone": True, "draft": draft}
            case = await recording.record(case, Verb.WITHDRAW, by=by, at=now, particulars=said)
            await closing.close(case, now)
            await _give_back(case, owner_of(by), now)
        if first.filing is not None:
            await withdrawing.end_waiting(first.filing, now)
        await _reopen(draft, now)
    return draft


async def _lock(numbers: list[str], by: CitizenActor) -> None:
    """Before anything is asked of it: a clerk who takes it in this moment is either before us or after us."""
    await db.execute(
        "SELECT 1 FROM case_file WHERE case_no = ANY($1) AND citizen = $2 ORDER BY id FOR UPDATE", numbers, by.id
    )


async def _give_back(case: Case, owner: str, now: datetime) -> None:
    """The files of the case are the draft's again."""
    await db.execute("DELETE FROM case_upload WHERE case_id = $1", case.id)
    await db.execute(
        "UPDATE upload SET case_id = NULL, updated_at = $3 WHERE case_id = $1 AND owner = $2", case.id, owner, now
    )


async def _reopen(draft: str, now: datetime) -> None:
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
