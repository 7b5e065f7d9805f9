"""撤回 of a bundle: one part that still waits, or everything that can still be taken back. The other parts go on."""

from __future__ import annotations

from datetime import datetime

from backend import db
from backend.bundles import queries, starting
from backend.cases import facts, reading
from backend.corrections import actions as corrections
from backend.domain import approval
from backend.domain.refusal import Refusal
from shared_schemas.bundle import PartState
from shared_schemas.correction import Withdrawal
from shared_schemas.people import CitizenActor
from shared_schemas.vocabulary import Verb


async def end_waiting(filing: int, now: datetime) -> int:
    """Nothing of the filing that waits will begin any more; how many parts that were."""
    rows = await db.fetch(
        "UPDATE bundle_part SET state = $2, content_sealed = NULL, ended_at = $3, ended_by = 'citizen' "
        "WHERE filing = $1 AND state = $4 RETURNING id",
        filing,
        PartState.ENDED,
        now,
        PartState.WAITING,
    )
    if rows:
        await starting.touch(filing)
    return len(rows)


async def withdraw_part(case_no: str, position: int, *, by: CitizenActor, now: datetime) -> None:
    """Take back one part before it begins; what waits for it follows its own rule.

    `case_no` is any case of the filing. Raises Refusal("case.not_found"), "bundle.not_waiting".
    """
    filing = await _owned(case_no, by)
    async with db.transaction():
        await db.execute("SELECT 1 FROM bundle_filing WHERE id = $1 FOR UPDATE", filing)
        row = await db.fetchrow(
            "SELECT id FROM bundle_part WHERE filing = $1 AND position = $2 AND state = $3",
            filing,
            position,
            PartState.WAITING,
        )
        if row is None:
            raise Refusal("bundle.not_waiting")
        await starting.end(row["id"], now, by="citizen")
        await starting.touch(filing)
    await starting.move(filing, now)


async def withdraw_all(case_no: str, given: Withdrawal, *, by: CitizenActor, now: datetime) -> int:
    """Take back everything that can be: parts that wait, and cases that are not decided; how many that were.

    What is decided already stays. Raises Refusal("case.not_found"), "bundle.nothing_to_withdraw".
    """
    filing = await _owned(case_no, by)
    async with db.transaction():
        await db.execute("SELECT 1 FROM bundle_filing WHERE id = $1 FOR UPDATE", filing)
        taken = await end_waiting(filing, now)
        for case in await queries.cases_of(filing):
            if Verb.WITHDRAW in approval.citizen_verbs(await facts.load(case), is_owner=True):
                await corrections.withdraw(case.case_no, Withdrawal(given.reason), by=by, now=now)
                taken += 1
        if not taken:
            raise Refusal("bundle.nothing_to_withdraw")
    return taken


async def _owned(case_no: str, by: CitizenActor) -> int:
    case = await reading.owned(case_no, by.id)
    if case.filing is None:
        raise Refusal("bundle.none")
    return case.filing


async def choose_together(case_no: str, *, is_together: bool, by: CitizenActor) -> None:
    """都好了一起领, or each as it is ready. Chosen anew, the telling of what is ready follows it."""
    filing = await _owned(case_no, by)
    await db.execute(
        "UPDATE bundle_filing SET is_together = $2, seq = seq + 1 WHERE id = $1 AND is_together <> $2",
        filing,
        is_together,
    )
