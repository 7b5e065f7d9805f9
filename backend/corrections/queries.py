"""Reads of notices and what came back."""

from __future__ import annotations

from backend import db
from shared_schemas.correction import CorrectionLine, OpenCorrection


async def open_of(case_id: int) -> OpenCorrection | None:
    """The notice of this case that the citizen has not answered yet."""
    head = await db.fetchrow(
        "SELECT c.id, c.kind, c.asked_at, c.due_on, o.name FROM correction c LEFT JOIN officer o ON o.id = c.asked_by "
        "WHERE c.case_id = $1 AND c.answered_at IS NULL ORDER BY c.id DESC LIMIT 1",
        case_id,
    )
    if head is None:
        return None
    rows = await db.fetch(
        "SELECT id, label, problem, requirement, how_to_fix, material, field, answered_at IS NOT NULL "
        "FROM correction_item WHERE correction = $1 ORDER BY position",
        head[0],
    )
    return OpenCorrection(head[0], head[1], head[2], head[3], head[4] or "", tuple(CorrectionLine(*row) for row in rows))
