"""Reads of the side ways."""

from __future__ import annotations

from backend import db
from backend.cases import facts
from shared_schemas.clock import StandstillKind
from shared_schemas.hearing import HearingView
from shared_schemas.procedure import ProcedureView


async def procedures_of(case_id: int) -> list[ProcedureView]:
    """The special procedures of a case, oldest first."""
    rows = await db.fetch(
        "SELECT p.id, p.kind, s.basis, p.needed_days, p.started_at, s.notice, s.told_on, p.ended_at "
        "FROM procedure p JOIN standstill s ON s.id = p.standstill WHERE p.case_id = $1 ORDER BY p.id",
        case_id,
    )
    return [ProcedureView(row[0], StandstillKind(row[1]), *row[2:]) for row in rows]


async def hearing_of(case_id: int) -> HearingView | None:
    """The hearing of a case, if there was ever talk of one."""
    row = await db.fetchrow(
        "SELECT h.id AS hearing, h.is_wanted, h.held_at, h.recorded_at, h.choose_by, h.place, o.name AS presider "
        "FROM hearing h LEFT JOIN officer o ON o.id = h.presider WHERE h.case_id = $1",
        case_id,
    )
    if row is None:
        return None
    return HearingView(facts.hearing_of(row), row["choose_by"], row["held_at"], row["place"], row["presider"] or "")
