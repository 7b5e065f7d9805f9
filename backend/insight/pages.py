"""The supervisor's board."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import Request, Response, get

from backend import views
from backend.insight import board, chart
from backend.people.guards import requires
from backend.supervision import inbox
from backend.survey import statistics
from shared_schemas.people import OfficerActor
from shared_schemas.vocabulary import Role

MAY_SEE = (Role.SUPERVISOR, Role.HALL_GUIDE, Role.SMART_GUIDE)


@get("/board", guards=[requires(*MAY_SEE)])
async def today(request: Request[Any, Any, Any], officer: OfficerActor, now: datetime) -> Response[bytes]:
    """今日大厅. No personal data: matters, numbers and officers only."""
    facts = await board.board(now)
    return views.page(
        request,
        "insight/board.html",
        board=facts,
        chart=chart.draw(facts.days),
        may_open=officer.has(Role.SUPERVISOR),
        unread=await inbox.unread(officer.id),
    )


@get("/board/surveys", guards=[requires(Role.SUPERVISOR)])
async def surveys(request: Request[Any, Any, Any], now: datetime) -> Response[bytes]:
    """勘查统计 of the last 90 days, by department."""
    shares = await statistics.by_department(now)
    return views.page(request, "insight/surveys.html", shares=shares, days=statistics.DAYS, now=now)


handlers = [today, surveys]
