"""The applicant's pages of the side ways."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import Request, Response, post
from litestar.response import Redirect

from backend.people.guards import citizen_only
from backend.procedures import hearings, promise_pages
from shared_schemas.hearing import HearingChosen
from shared_schemas.people import CitizenActor


@post("/cases/{case_no:str}/hearing", guards=[citizen_only])
async def choose(request: Request[Any, Any, Any], citizen: CitizenActor, case_no: str, now: datetime) -> Response[Any]:
    """要求听证, or 放弃."""
    is_wanted = (await request.form()).get("choice") == "ask"
    await hearings.choose(case_no, HearingChosen(is_wanted), by=citizen, now=now)
    return Redirect(f"/cases/{case_no}", status_code=303)


handlers = [choose, *promise_pages.handlers]
