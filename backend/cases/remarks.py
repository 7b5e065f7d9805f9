"""Free text beside the log: opinions and reasons, sealed, by the seq of the event they belong to."""

from __future__ import annotations

from datetime import datetime

from backend import db
from backend.cases import sealing
from backend.domain.refusal import Refusal
from backend.people.audit import audit
from shared_schemas.case import Case
from shared_schemas.people import OfficerActor


async def write(case: Case, text: str) -> None:
    """Keep `text` beside the newest event of `case`, in the caller's transaction. Empty text leaves nothing."""
    if text.strip():
        await db.execute(
            "INSERT INTO case_remark (case_id, seq, text_sealed) VALUES ($1, $2, $3)",
            case.id,
            case.seq,
            sealing.seal(case.case_no, f"remark|{case.seq}", text.strip()),
        )


async def of(case: Case) -> dict[int, str]:
    """Every remark of a case that was not erased, by seq, in clear."""
    rows = await db.fetch(
        "SELECT seq, text_sealed FROM case_remark WHERE case_id = $1 AND erased_at IS NULL ORDER BY id", case.id
    )
    return {row[0]: sealing.unseal(case.case_no, f"remark|{row[0]}", row[1]) for row in rows}


async def erase(case: Case, seq: int, *, by: OfficerActor, now: datetime) -> None:
    """Forget the text beside event `seq` (PIPL Art. 47); the log stays whole, and says that there was one.

    Raises Refusal("remark.not_found").
    """
    async with db.transaction():
        done = await db.execute(
            "UPDATE case_remark SET text_sealed = NULL, erased_at = $3 "
            "WHERE case_id = $1 AND seq = $2 AND erased_at IS NULL",
            case.id,
            seq,
            now,
        )
        if done == "UPDATE 0":
            raise Refusal("remark.not_found")
        await audit(by, "case.remark_erased", now=now, case_no=case.case_no, seq=seq)


async def erased(case_id: int) -> frozenset[int]:
    """The seqs whose remark was erased."""
    rows = await db.fetch("SELECT seq FROM case_remark WHERE case_id = $1 AND erased_at IS NOT NULL", case_id)
    return frozenset(row["seq"] for row in rows)
