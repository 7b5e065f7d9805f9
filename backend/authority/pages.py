"""The pages of this slice."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import Request, Response, get

from backend import catalogue, views
from backend.authority import own_pages, powers, rule_pages
from backend.cases import reading
from backend.i18n import language
from backend.people import roster
from backend.people.guards import officer_only
from backend.review.looking import look
from shared_schemas.people import OfficerActor
from shared_schemas.vocabulary import Role


@get("/desk/cases/{case_no:str}/powers", guards=[officer_only])
async def who_may(request: Request[Any, Any, Any], officer: OfficerActor, case_no: str, now: datetime) -> Response[Any]:
    """谁能办下一步: who may do what next, and why not others. The look is written down."""
    case = await reading.by_number(case_no)
    known = await look(case, officer, now, what="case.powers_read")
    matter = await catalogue.version(case.matter, case.matter_version)
    return views.page(
        request,
        "authority/powers.html",
        case=case,
        known=known,
        matter=matter.label(language()),
        organ=catalogue.current().department(case.department).label(language()),
        powers=powers.of(known, await roster.around(case.department, now), now),
        home=f"/approvals/{case_no}" if officer.has(Role.APPROVER) else f"/desk/cases/{case_no}",
        officer=officer,
    )


handlers = [who_may, *own_pages.handlers, *rule_pages.handlers]
