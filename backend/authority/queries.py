"""Reads of opinions, minutes and declared conflicts: of one case, and of one officer's to-do."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct

from backend import db
from backend.authority import absences
from backend.authority.absences import StandIn
from backend.cases import sealing
from backend.people.audit import audit
from shared_schemas.collegial import MinutesView, OpinionView, RecusalView, Stance
from shared_schemas.people import OfficerActor
from shared_schemas.review import Proposal
from shared_schemas.vocabulary import Role, Tier

_RECENT = timedelta(days=14)
_OPINIONS = """
SELECT o.id, f.case_no, o.department, o.question_sealed, o.due_on, coalesce(a.name, '') AS asked_by, o.asked_at, o.stance,
  o.answer_sealed, coalesce(g.name, '') AS answered_by, o.answered_at, o.lapsed_at, o.reminded_at
FROM opinion o JOIN case_file f ON f.id = o.case_id LEFT JOIN officer a ON a.id = o.asked_by
  LEFT JOIN officer g ON g.id = o.answered_by
"""
_RECUSALS = """
SELECT x.id, f.case_no, o.name, x.reason_sealed, x.declared_at, x.is_upheld, coalesce(g.name, '') AS answered_by
FROM recusal x JOIN case_file f ON f.id = x.case_id JOIN officer o ON o.id = x.officer
  LEFT JOIN officer g ON g.id = x.answered_by LEFT JOIN officer_post t ON t.officer = x.officer AND t.ended_at IS NULL
"""


class Todo(Struct, frozen=True):
    """What waits for an officer beside the lists of cases. `unattended`: for the supervisor, who is away and stood in for by nobody."""

    asked_of_us: list[OpinionView]
    asked_by_me: list[OpinionView]
    recusals: list[RecusalView]
    stand_ins: list[StandIn]
    unattended: list[StandIn]


async def opinions_of(case_id: int) -> list[OpinionView]:
    """The opinions on a case, oldest first."""
    return [_opinion(row) for row in await db.fetch(f"{_OPINIONS} WHERE o.case_id = $1 ORDER BY o.id", case_id)]


async def minutes_of(case_id: int) -> MinutesView | None:
    """The minutes of a case."""
    row = await db.fetchrow(
        "SELECT f.case_no, m.held_on, m.place, m.present_sealed, m.record_sealed, m.resolution, o.name, m.recorded_at "
        "FROM minutes m JOIN case_file f ON f.id = m.case_id LEFT JOIN officer o ON o.id = m.recorded_by WHERE m.case_id = $1",
        case_id,
    )
    if row is None:
        return None
    return MinutesView(
        held_on=row["held_on"],
        place=row["place"],
        present=sealing.unseal(row["case_no"], "minutes|present", row["present_sealed"]),
        record=sealing.unseal(row["case_no"], "minutes|record", row["record_sealed"]),
        resolution=Proposal(row["resolution"]),
        recorded_by=row["name"] or "",
        recorded_at=row["recorded_at"],
    )


async def recusals_of(case_id: int) -> list[RecusalView]:
    """The declared conflicts of a case, oldest first."""
    return [_recusal(row) for row in await db.fetch(f"{_RECUSALS} WHERE x.case_id = $1 ORDER BY x.id", case_id)]


async def todo(officer: OfficerActor, now: datetime) -> Todo:
    """Opinions asked of the officer's department and by the officer, conflicts to decide on, absent colleagues; audited."""
    may_answer = officer.department and (officer.has(Role.DEPARTMENT_OFFICER) or officer.has(Role.APPROVER))
    asked = await db.fetch(
        f"{_OPINIONS} WHERE o.department = $1 AND o.answered_at IS NULL AND o.lapsed_at IS NULL "
        "ORDER BY o.due_on, o.id LIMIT 100",
        officer.department if may_answer else None,
    )
    by_me = await db.fetch(
        f"{_OPINIONS} WHERE o.asked_by = $1 AND o.asked_at > $2 ORDER BY o.id DESC LIMIT 50", officer.id, now - _RECENT
    )
    chief_of = [letter.department for letter in officer.authorities if letter.tier is Tier.CHIEF]
    recusals = await db.fetch(
        f"{_RECUSALS} WHERE x.answered_at IS NULL AND x.officer <> $1 AND ($2 OR t.superior = $1 OR f.department = ANY($3)) "
        "ORDER BY x.id LIMIT 50",
        officer.id,
        officer.has(Role.SUPERVISOR),
        chief_of,
    )
    await audit(officer, "todo.read", now=now, opinions=len(asked) + len(by_me), recusals=len(recusals))
    return Todo(
        [_opinion(row) for row in asked],
        [_opinion(row) for row in by_me],
        [_recusal(row) for row in recusals],
        await absences.stood_in_for(officer.id, now),
        await absences.unattended(now) if officer.has(Role.SUPERVISOR) else [],
    )


def _opinion(row: Any) -> OpinionView:
    answer = row["answer_sealed"]
    return OpinionView(
        id=row["id"],
        case_no=row["case_no"],
        department=row["department"],
        question=sealing.unseal(row["case_no"], f"opinion|{row['id']}|question", row["question_sealed"]),
        due_on=row["due_on"],
        asked_by=row["asked_by"],
        asked_at=row["asked_at"],
        stance=Stance(row["stance"]) if row["stance"] else None,
        answer=sealing.unseal(row["case_no"], f"opinion|{row['id']}|answer", answer) if answer else "",
        answered_by=row["answered_by"],
        answered_at=row["answered_at"],
        lapsed_at=row["lapsed_at"],
        is_reminded=row["reminded_at"] is not None,
    )


def _recusal(row: Any) -> RecusalView:
    return RecusalView(
        id=row["id"],
        case_no=row["case_no"],
        officer=row["name"],
        reason=sealing.unseal(row["case_no"], f"recusal|{row['id']}", row["reason_sealed"]),
        declared_at=row["declared_at"],
        is_upheld=row["is_upheld"],
        answered_by=row["answered_by"],
    )
