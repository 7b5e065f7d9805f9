"""Staff as administrators and other slices look at them."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from backend import db
from backend.domain.refusal import Refusal
from shared_schemas.vocabulary import ApprovalMode, Role, Tier


class OfficerRow(Struct, frozen=True):
    """One line of the list of staff."""

    id: int
    staff_no: str
    name: str
    department: str | None
    phone: str
    is_active: bool
    roles: tuple[Role, ...]
    window: int | None
    passkeys: int
    last_seen_at: datetime | None


class Letter(Struct, frozen=True):
    """A letter of authority in force; `departments` share everything else."""

    ids: tuple[int, ...]
    tier: Tier
    departments: tuple[str, ...]
    matter: str | None
    modes: tuple[ApprovalMode, ...]
    valid_from: date | None
    valid_to: date | None


class Desk(Struct, frozen=True):
    """A window and who sits there."""

    number: int
    name: str
    name_en: str
    kind: str
    officer: int | None
    officer_name: str | None


class AuditLine(Struct, frozen=True):
    """One line of the audit trail."""

    id: int
    at: datetime
    actor_kind: str
    actor: str | None
    what: str
    case_no: str | None
    citizen: int | None
    ip: str
    particulars: dict[str, object]


_ROWS = """
SELECT o.id, o.staff_no, o.name, o.department, o.phone, o.is_active,
  ARRAY(SELECT r.role FROM officer_role r WHERE r.officer = o.id AND r.revoked_at IS NULL ORDER BY r.role) AS roles,
  (SELECT w.number FROM window_desk w WHERE w.officer = o.id) AS "window",
  (SELECT count(*) FROM passkey p WHERE p.subject_kind = 'officer' AND p.subject_id = o.id) AS passkeys,
  (SELECT max(s.last_seen_at) FROM session s WHERE s.subject_kind = 'officer' AND s.subject_id = o.id) AS last_seen_at
FROM officer o
"""


async def every() -> list[OfficerRow]:
    """All staff by staff number, the closed accounts last."""
    return [_row(row) for row in await db.fetch(_ROWS + " ORDER BY NOT o.is_active, o.staff_no")]


async def one(officer: int) -> OfficerRow:
    """One officer. Raises Refusal("people.officer_unknown")."""
    row = await db.fetchrow(_ROWS + " WHERE o.id = $1", officer)
    if row is None:
        raise Refusal("people.officer_unknown")
    return _row(row)


async def letters(officer: int) -> list[Letter]:
    """The officer's letters in force, those that differ only in the department as one."""
    rows = await db.fetch(
        """SELECT array_agg(id ORDER BY id) AS ids, tier, array_agg(department ORDER BY id) AS departments, matter,
                  modes, valid_from, valid_to
           FROM authority_letter WHERE officer = $1 AND revoked_at IS NULL
           GROUP BY tier, matter, modes, valid_from, valid_to ORDER BY min(id)""",
        officer,
    )
    return [
        Letter(
            ids=tuple(row["ids"]),
            tier=Tier(row["tier"]),
            departments=tuple(row["departments"]),
            matter=row["matter"],
            modes=tuple(ApprovalMode(mode) for mode in row["modes"]),
            valid_from=row["valid_from"],
            valid_to=row["valid_to"],
        )
        for row in rows
    ]


async def desks() -> list[Desk]:
    """The hall's windows, by number."""
    rows = await db.fetch(
        """SELECT w.number, w.name, w.name_en, w.kind, w.officer, o.name AS officer_name
           FROM window_desk w LEFT JOIN officer o ON o.id = w.officer ORDER BY w.number"""
    )
    return [Desk(**row) for row in rows]


async def names(officers: set[int]) -> dict[int, str]:
    """Names by id, for lists that show who did something."""
    rows = await db.fetch("SELECT id, name FROM officer WHERE id = ANY($1::bigint[])", list(officers))
    return {row["id"]: row["name"] for row in rows}


async def trail(*, before: int | None = None, what: str = "", at_most: int = 100) -> list[AuditLine]:
    """The audit trail, newest first; `before` is the last id already seen, `what` the beginning of the deed."""
    rows = await db.fetch(
        """SELECT e.id, e.at, e.actor_kind, coalesce(o.name, e.actor_id::text) AS actor, e.what, e.case_no, e.citizen,
                  e.ip, e.particulars
           FROM audit_event e LEFT JOIN officer o ON e.actor_kind = 'officer' AND o.id = e.actor_id
           WHERE ($1::bigint IS NULL OR e.id < $1) AND starts_with(e.what, $2) ORDER BY e.id DESC LIMIT $3""",
        before,
        what,
        at_most,
    )
    return [AuditLine(**row) for row in rows]


def _row(row: db.Record) -> OfficerRow:
    return OfficerRow(**{**row, "roles": tuple(Role(role) for role in row["roles"])})
