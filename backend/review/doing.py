"""What a verb of the desk answers over the API, whichever slice it belongs to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from litestar import Response

from backend.cases import deeds
from backend.cases.deeds import Deed
from backend.review.queries import state
from shared_schemas.people import OfficerActor
from shared_schemas.review import CaseState


async def done(
    deed: Deed | None, case_no: str, act: Callable[[], Awaitable[object]], officer: OfficerActor, now: datetime
) -> Response[CaseState]:
    """Do `act` once, and answer with the case as this officer finds it afterwards: its step and what is open to him."""
    return await deeds.answer(deed, case_no, act, lambda case: state(case, officer, now))
