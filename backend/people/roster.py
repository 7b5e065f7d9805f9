"""Officers as actions and the law take them, with everything they may sign today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from backend import db
from backend.people.lending import LETTERS, STANDS_IN
from backend.settings import settings
from shared_schemas.people import Authority, OfficerActor
from shared_schemas.vocabulary import Role

COLUMNS = f"""
o.name AS officer_name, o.staff_no, o.department, o.phone, o.kin, o.companies,
(SELECT array_agg(r.role) FROM officer_role r WHERE r.officer = o.id AND r.revoked_at IS NULL) AS roles,
{LETTERS} AS letters, {STANDS_IN} AS stands_in,
(SELECT w.number FROM window_desk w WHERE w.officer = o.id) AS "window"
"""


def officer_of(officer: int, row: db.Record) -> OfficerActor:
    """The actor out of a row that has COLUMNS."""
    return OfficerActor(
        id=officer,
        name=row["officer_name"],
        staff_no=row["staff_no"],
        department=row["department"],
        roles=frozenset(Role(role) for role in row["roles"] or ()),
        window=row["window"],
        phone=row["phone"],
        authorities=_authorities(row["letters"]),
        kin=frozenset(row["kin"]),
        companies=frozenset(row["companies"]),
        stands_in=frozenset(row["stands_in"]),
    )


def _authorities(letters: str | None) -> tuple[Authority, ...]:
    """The letters of authority out of PostgreSQL's JSON text."""
    return msgspec.json.decode(letters, type=tuple[Authority, ...]) if letters else ()


async def of(officers: Sequence[int], now: datetime) -> dict[int, OfficerActor]:
    """These officers, whose accounts are open, by id."""
    rows = await db.fetch(
        f"SELECT o.id, {COLUMNS} FROM officer o WHERE o.id = ANY($1::bigint[]) AND o.is_active ORDER BY o.staff_no",
        list(officers),
        now,
        settings.deputy_after_hours,
    )
    return {row["id"]: officer_of(row["id"], row) for row in rows}


async def by_number(staff_no: str, now: datetime) -> OfficerActor | None:
    """The officer with this staff number, if the account is open."""
    found = await db.fetchval("SELECT id FROM officer WHERE staff_no = $1 AND is_active", staff_no.strip())
    return (await of([found], now)).get(found) if found else None


async def around(department: str, now: datetime) -> list[OfficerActor]:
    """Everybody who may have to do with a case of this department, by staff number.

    Its own people, whoever holds a letter for it, clerks and supervisors.
    """
    rows = await db.fetch(
        f"""SELECT o.id, {COLUMNS} FROM officer o WHERE o.is_active AND (o.department = $1
              OR EXISTS (SELECT FROM authority_letter l WHERE l.officer = o.id AND l.department = $1 AND l.revoked_at IS NULL)
              OR EXISTS (SELECT FROM officer_role r WHERE r.officer = o.id AND r.revoked_at IS NULL
                AND r.role IN ('acceptance_clerk', 'supervisor')))
            ORDER BY o.staff_no""",
        department,
        now,
        settings.deputy_after_hours,
    )
    return [officer_of(row["id"], row) for row in rows]
