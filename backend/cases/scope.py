"""Who of the staff may know of a case at all."""

from __future__ import annotations

from backend import db
from backend.domain import approval
from shared_schemas.case import Case
from shared_schemas.people import OfficerActor
from shared_schemas.vocabulary import Role

_ASKED = "SELECT EXISTS (SELECT FROM opinion WHERE case_id = $1 AND department = $2)"


async def may_read(case: Case, officer: OfficerActor) -> bool:
    """Clerks and supervisors any case, approvers and department officers those of their departments.

    Whose department was asked for an opinion must see what it is about, and what became of it.
    """
    if approval.may_read(case.department, officer):
        return True
    may_answer = officer.has(Role.APPROVER) or officer.has(Role.DEPARTMENT_OFFICER)
    return may_answer and bool(await db.fetchval(_ASKED, case.id, officer.department))


async def may_reach(case: Case, officer: OfficerActor) -> bool:
    """Whoever may read it, and whoever was sent to see its place."""
    return await may_read(case, officer) or await is_sent(case.id, officer)


async def is_sent(case_id: int, officer: OfficerActor) -> bool:
    """Whether a surveyor was sent to see this case's place."""
    return officer.has(Role.SURVEYOR) and await db.fetchval(
        "SELECT EXISTS (SELECT FROM survey WHERE case_id = $1 AND is_current AND $2 = ANY(inspectors))",
        case_id,
        officer.id,
    )
