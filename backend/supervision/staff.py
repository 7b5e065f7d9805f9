"""Who is meant: whoever has a case, the tier above, the supervisors, a named successor."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from backend import db
from backend.cases import facts
from backend.domain.authority import CaseFacts, covers, raised, refuse_conflict
from backend.domain.handing_on import Successor
from backend.domain.refusal import Refusal
from backend.domain.supervision import had_it, held_by, tier_of
from backend.people import roster
from shared_schemas.case import Case
from shared_schemas.people import OfficerActor
from shared_schemas.supervision import Audience, Holder
from shared_schemas.vocabulary import Role

_HOLDING = """
SELECT o.id, o.name FROM officer o JOIN officer_role r ON r.officer = o.id AND r.revoked_at IS NULL
WHERE o.is_active AND r.role = $1 ORDER BY o.name
"""
_SUCCESSOR = """
SELECT o.id, o.name, o.staff_no, o.is_active, o.kin, o.companies,
  ARRAY(SELECT r.role FROM officer_role r WHERE r.officer = o.id AND r.revoked_at IS NULL) AS roles
FROM officer o WHERE o.staff_no = $1
"""


class Person(Struct, frozen=True):
    """A member of staff by name."""

    id: int
    name: str


async def _people(sql: str, *arguments: object) -> tuple[Person, ...]:
    return tuple(Person(row["id"], row["name"]) for row in await db.fetch(sql, *arguments))


async def with_role(role: Role) -> tuple[Person, ...]:
    """Every active officer who holds `role`."""
    return await _people(_HOLDING, role)


async def _active(*officers: int | None) -> tuple[Person, ...]:
    wanted = [officer for officer in officers if officer is not None]
    return await _people("SELECT id, name FROM officer WHERE id = ANY($1) AND is_active ORDER BY name", wanted)


def is_in_conflict(case: CaseFacts, officer: OfficerActor) -> bool:
    """回避: such a one does not even hear of it."""
    try:
        refuse_conflict(case, officer)
    except Refusal:
        return True
    return False


async def _approvers(case: Case, now: datetime, *, above: bool = False) -> tuple[Person, ...]:
    """Who may sign for this case in the tier whose turn it is (or the one above), lent letters and B posts included."""
    known = await facts.load(case)
    tier = tier_of(known)
    if tier is None:
        return ()
    wanted = raised(tier) if above else tier
    return tuple(
        Person(officer.id, officer.name)
        for officer in await roster.around(case.department, now)
        if officer.has(Role.APPROVER)
        and officer.id not in had_it(known)
        and not is_in_conflict(known, officer)
        and any(letter.tier is wanted and covers(letter, known, now) for letter in officer.authorities)
    )


async def holders(case: Case, now: datetime) -> tuple[Person, ...]:
    """Whoever of the staff has the case now: nobody while it waits in the pool or for the applicant."""
    match held_by(case.step, is_taken=case.handler is not None):
        case Holder.CLERK:
            return await _active(case.handler)
        case Holder.APPROVERS:
            return await _approvers(case, now)
        case Holder.DECIDER:
            return await _active(case.decided_by)
        case _:
            return ()


async def told(case: Case, audience: tuple[Audience, ...], now: datetime) -> tuple[Person, ...]:
    """Everybody in `audience`, each once. Where that is nobody, the supervisors: no stall goes unheard."""
    found: list[Person] = []
    for each in audience:
        match each:
            case Audience.HOLDER:
                found += await holders(case, now)
            case Audience.FIRST_HANDLER:
                found += await _active(case.first_handler)
            case Audience.SUPERIOR:
                found += await _approvers(case, now, above=True)
            case Audience.SUPERVISOR:
                found += await with_role(Role.SUPERVISOR)
    return tuple(dict.fromkeys(found or await with_role(Role.SUPERVISOR)))


async def successor(staff_no: str) -> Successor:
    """The officer with this staff number. Raises Refusal("handing_on.unknown")."""
    row = await db.fetchrow(_SUCCESSOR, staff_no.strip())
    if row is None:
        raise Refusal("handing_on.unknown", staff_no=staff_no)
    return Successor(
        row["id"],
        row["name"],
        row["staff_no"],
        row["is_active"],
        frozenset(Role(role) for role in row["roles"]),
        frozenset(row["kin"]),
        frozenset(row["companies"]),
    )


async def by_id(officer: int) -> Successor | None:
    """The officer with this id, if there is one."""
    staff_no = await db.fetchval("SELECT staff_no FROM officer WHERE id = $1", officer)
    return await successor(staff_no) if staff_no else None


async def clerks(*, but: int | None = None) -> tuple[tuple[str, str], ...]:
    """(staff number, name) of every active acceptance clerk but one: who may go on as first handler."""
    rows = await db.fetch(
        "SELECT o.staff_no, o.name FROM officer o JOIN officer_role r ON r.officer = o.id AND r.revoked_at IS NULL "
        "WHERE o.is_active AND r.role = 'acceptance_clerk' AND o.id IS DISTINCT FROM $1 ORDER BY o.staff_no",
        but,
    )
    return tuple((row["staff_no"], f"{row['name']} {row['staff_no']}") for row in rows)
