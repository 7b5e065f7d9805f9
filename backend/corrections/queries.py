"""Reads of notices and what came back."""

from __future__ import annotations

from backend import db
from backend.cases import sealing
from backend.domain.refusal import Refusal
from shared_schemas.correction import CorrectionLine, OpenCorrection


async def open_of(case_id: int) -> OpenCorrection | None:
    """The notice of this case that the citizen has not answered yet."""
    head = await db.fetchrow(
        "SELECT c.id, c.kind, c.asked_at, c.due_on, o.name, f.case_no FROM correction c LEFT JOIN officer o ON o.id = c.asked_by "
        "JOIN case_file f ON f.id = c.case_id AND f.step IN ('correcting', 'supplementing') "
        "WHERE c.case_id = $1 AND c.answered_at IS NULL ORDER BY c.id DESC LIMIT 1",
        case_id,
    )
    if head is None:
        return None
    rows = await db.fetch(
        "SELECT id, position, label, words_sealed, material, field, answered_at IS NOT NULL "
        "FROM correction_item WHERE correction = $1 ORDER BY position",
        head[0],
    )
    lines = []
    for number, position, label, words, *rest in rows:
        said = sealing.unseal_json(head[5], f"defect.{head[0]}.{position}", words)
        lines.append(CorrectionLine(number, label, *said, *rest))
    return OpenCorrection(head[0], head[1], head[2], head[3], head[4] or "", tuple(lines))


async def asked_before(case_id: int) -> set[str]:
    """The materials and fields of earlier notices of this case."""
    rows = await db.fetch(
        "SELECT coalesce(i.material, i.field) FROM correction_item i JOIN correction c ON c.id = i.correction "
        "WHERE c.case_id = $1",
        case_id,
    )
    return {row[0] for row in rows}


async def is_answered(case_id: int, correction: int) -> bool:
    """Whether that notice of this case was answered. Raises Refusal("correction.not_found")."""
    row = await db.fetchrow("SELECT answered_at FROM correction WHERE id = $1 AND case_id = $2", correction, case_id)
    if row is None:
        raise Refusal("correction.not_found")
    return row[0] is not None
