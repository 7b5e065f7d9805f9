"""再次告知 on screen: the supervisor's list, and his answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from backend import views
from backend.corrections import again, queries
from backend.domain.refusal import Refusal
from backend.people.audit import audit
from backend.people.guards import requires
from backend.problems import problem_of
from shared_schemas.people import OfficerActor
from shared_schemas.second_notice import SecondNoticeAnswered
from shared_schemas.vocabulary import Role

_SUPERVISOR = [requires(Role.SUPERVISOR)]
Page = Response[Any]


async def _page(
    request: Request[Any, Any, Any],
    officer: OfficerActor,
    now: datetime,
    *,
    refusal: Refusal | None = None,
    at: int = 0,
    typed: str = "",
) -> Page:
    rows = await queries.second_notices_waiting()
    for row in rows:
        await audit(officer, "second_notice.read", now=now, case_no=row.case_no)
    problem = problem_of(refusal) if refusal else None
    return views.page(
        request,
        "corrections/second_notices.html",
        status_code=problem.status if problem else 200,
        rows=rows,
        problem=problem,
        at=at,
        typed=typed,
    )


@get("/board/second-notices", guards=_SUPERVISOR)
async def second_notices(request: Request[Any, Any, Any], officer: OfficerActor, now: datetime) -> Page:
    """What waits, oldest first."""
    return await _page(request, officer, now)


@post("/board/second-notices/{request_id:int}", guards=_SUPERVISOR)
async def answer(request: Request[Any, Any, Any], officer: OfficerActor, request_id: int, now: datetime) -> Page:
    """Allow it (`answer` = give) or not, with a reason."""
    form = await request.form()
    reason = str(form.get("reason", ""))[:2000]
    try:
        if not reason.strip():
            raise Refusal("second_notice.say_why")  # noqa: TRY301 - said on the same page
        given = SecondNoticeAnswered(form.get("answer") == "give", reason)
        await again.answer(request_id, given, by=officer, now=now)
    except Refusal as refusal:
        return await _page(request, officer, now, refusal=refusal, at=request_id, typed=reason)
    return Redirect("/board/second-notices", status_code=303)


handlers = [second_notices, answer]
