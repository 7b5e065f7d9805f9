"""The page of a filed bundle at the desk: who has which part, and handing everything ready over in one go."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from backend import views
from backend.bundles import collecting, queries
from backend.cases import reading
from backend.desk import posted
from backend.domain import approval
from backend.domain.refusal import Refusal
from backend.people.guards import officer_only, requires
from backend.problems import problem_of
from backend.review.looking import look
from shared_schemas.issuance import HandOver, Relation
from shared_schemas.people import OfficerActor
from shared_schemas.vocabulary import Role

Page = Response[Any]


@get("/desk/cases/{case_no:str}/bundle", guards=[officer_only])
async def bundle(request: Request[Any, Any, Any], officer: OfficerActor, case_no: str, now: datetime) -> Page:
    """Every part with its department and where it stands; the look is audited with the case it came from."""
    return await _page(request, officer, case_no, now)


async def _page(
    request: Request[Any, Any, Any],
    officer: OfficerActor,
    case_no: str,
    now: datetime,
    *,
    refusal: Refusal | None = None,
    typed: dict[str, str] | None = None,
) -> Page:
    case = await reading.by_number(case_no)
    await look(case, officer, now, what="bundle.read")
    if case.filing is None:
        raise Refusal("bundle.none")
    readable = {
        each.case_no for each in await queries.cases_of(case.filing) if approval.may_read(each.department, officer)
    }
    ready = await collecting.ready_of(case.filing)
    problem = problem_of(refusal) if refusal else None
    return views.page(
        request,
        "bundles/desk.html",
        status_code=problem.status if problem else 200,
        officer=officer,
        case_no=case_no,
        filing=await queries.view(case.filing),
        readable=readable,
        may_hand_over=bool(ready) and officer.has(Role.ACCEPTANCE_CLERK),
        problem=problem,
        errors=posted.Words(problem.errors if problem else {}),
        typed=posted.Words(typed or {}),
    )


@post("/desk/cases/{case_no:str}/bundle/hand-over", guards=[requires(Role.ACCEPTANCE_CLERK)])
async def hand_over(request: Request[Any, Any, Any], officer: OfficerActor, case_no: str, now: datetime) -> Page:
    """一次发证: all that is ready."""
    form = await posted.form_of(request)
    try:
        given = posted.shaped(
            HandOver,
            {
                "last_four": form.get("last_four", "").strip(),
                "relation": form.get("relation", Relation.SELF.value),
                "collector": form.get("collector", "").strip(),
            },
        )
        await collecting.hand_over(case_no, given, by=officer, now=now)
    except Refusal as refusal:
        if refusal.code == "case.not_found":
            raise
        return await _page(request, officer, case_no, now, refusal=refusal, typed=form)
    return Redirect(f"/desk/cases/{case_no}/bundle", status_code=303)


handlers = [bundle, hand_over]
