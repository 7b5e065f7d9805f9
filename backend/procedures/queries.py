"""Reads of the side ways."""

from __future__ import annotations

from backend import db
from shared_schemas.clock import StandstillKind
from shared_schemas.procedure import ProcedureView


async def procedures_of(case_id: int) -> list[ProcedureView]:
    """The special procedures of a case, oldest first."""
    rows = await db.fetch(
        "SELECT p.id, p.kind, s.basis, p.needed_days, p.started_at, s.notice, s.told_on, p.ended_at "
        "FROM procedure p JOIN standstill s ON s.id = p.standstill WHERE p.case_id = $1 ORDER BY p.id",
        case_id,
    )
    return [ProcedureView(row[0], StandstillKind(row[1]), *row[2:]) for row in rows]
