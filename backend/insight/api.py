"""The board as JSON."""

from __future__ import annotations

from datetime import datetime

from litestar import get

from backend.insight import board
from backend.insight.pages import MAY_SEE
from backend.people.guards import requires
from backend.survey import statistics
from shared_schemas.vocabulary import Role


@get(
    "/api/v1/board",
    guards=[requires(*MAY_SEE)],
    tags=["insight"],
    summary="The hall today",
    operation_id="Board",
    description="Today's intake, open cases by stage, nearly due and over, closed, windows and channels. Rates are "
    "percent over the last 14 days. No personal data.",
)
async def today(now: datetime) -> board.Board:
    """What the supervisor's page shows."""
    return await board.board(now)


@get(
    "/api/v1/board/surveys",
    guards=[requires(Role.SUPERVISOR)],
    tags=["insight"],
    summary="Survey statistics",
    operation_id="SurveyStatistics",
    description="The last 90 days, all departments first (`department` empty), then each: tasks, share of joint surveys, days "
    "from sending out to the conclusion, shares that passed, differed, were disputed or not signed. No personal data.",
)
async def surveys(now: datetime) -> list[statistics.Share]:
    """What the supervisor's page of surveys shows."""
    return await statistics.by_department(now)


handlers = [today, surveys]
