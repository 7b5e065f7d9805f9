"""Looking into a case: in scope, nobody's relative, and written down. Pages, API and files ask the same."""

from __future__ import annotations

from datetime import datetime

from backend.cases import facts, scope
from backend.domain.approval import CaseFacts
from backend.domain.authority import refuse_conflict
from backend.domain.refusal import Refusal
from backend.people.audit import audit
from backend.people.sessions import Visitor
from shared_schemas.case import Case
from shared_schemas.people import OfficerActor


async def look(
    case: Case,
    officer: OfficerActor,
    now: datetime,
    *,
    what: str = "case.read",
    visitor: Visitor | None = None,
    **more: str,
) -> CaseFacts:
    """The facts of the case, once this officer may see it; leaves the audit line `what` with `more`.

    Raises Refusal("case.not_found") outside the officer's scope, and "approval.conflict_of_interest" (回避: nobody
    looks into his own or a near relative's case either, nor whoever stepped aside), which is audited too.
    """
    if not await scope.may_read(case, officer):
        raise Refusal("case.not_found")
    known = await facts.load(case)
    try:
        refuse_conflict(known, officer)
    except Refusal:
        await audit(officer, "case.conflict_refused", now=now, case_no=case.case_no, visitor=visitor)
        raise
    await audit(officer, what, now=now, case_no=case.case_no, visitor=visitor, **more)
    return known
