"""Reads of the side ways."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from backend import catalogue, db
from backend.cases import facts
from backend.i18n import language
from shared_schemas.clock import StandstillKind
from shared_schemas.ending import LateRow
from shared_schemas.hearing import HearingView
from shared_schemas.procedure import ProcedureView
from shared_schemas.vocabulary import Step


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


async def late_of(departments: Sequence[str], today: date) -> list[LateRow]:
    """Cases of these departments in which the applicant let a day pass: the second tier may terminate them."""
    rows = await db.fetch(
        "SELECT c.case_no, c.matter, c.matter_version, c.step, n.due_on FROM correction n "
        "JOIN case_file c ON c.id = n.case_id WHERE n.answered_at IS NULL AND n.due_on < $2 "
        "AND c.step IN ('correcting', 'supplementing') AND c.department = ANY($1) "
        "UNION ALL SELECT c.case_no, c.matter, c.matter_version, c.step, p.supply_by FROM promise p "
        "JOIN case_file c ON c.id = p.case_id WHERE p.supply_by < $2 AND c.decided_at IS NULL "
        "AND c.step IN ('accepted', 'supplementing', 'reviewed', 'checked') AND c.department = ANY($1) "
        "AND EXISTS (SELECT FROM case_material m WHERE m.case_id = c.id AND m.how = 'later') "
        "ORDER BY due_on LIMIT 100",
        list(departments),
        today,
    )
    return [
        LateRow(row["case_no"], (await catalogue.version(row["matter"], row["matter_version"])).label(language()),
                Step(row["step"]), row["due_on"])
        for row in rows
    ]  # fmt: skip
