"""Free text beside the log: opinions and reasons, sealed, by the seq of the event they belong to."""

from __future__ import annotations

from backend import db
from backend.cases import sealing
from shared_schemas.case import Case


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
    """Every remark of a case, by seq, in clear."""
    rows = await db.fetch("SELECT seq, text_sealed FROM case_remark WHERE case_id = $1 ORDER BY id", case.id)
    return {row[0]: sealing.unseal(case.case_no, f"remark|{row[0]}", row[1]) for row in rows}
