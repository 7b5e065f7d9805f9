"""The board as JSON."""

from __future__ import annotations

from datetime import datetime

from litestar import get

from backend.insight import board
from backend.insight.pages import MAY_SEE
from backend.people.guards import requires


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


handlers = [today]
