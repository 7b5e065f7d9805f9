"""What applicants owe and did not bring in time: for whoever may terminate it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import Request, Response, get

from backend import views
from backend.domain.calendar import day_of
from backend.people.guards import requires
from backend.procedures import queries
from shared_schemas.people import OfficerActor
from shared_schemas.vocabulary import Role


@get("/desk/late", guards=[requires(Role.APPROVER)])
async def late(request: Request[Any, Any, Any], officer: OfficerActor, now: datetime) -> Response[Any]:
    """The nearest day first. Numbers and matters only; a name is seen, and the look audited, on the case itself."""
    departments = sorted({letter.department for letter in officer.authorities})
    rows = await queries.late_of(departments, day_of(now))
    return views.page(request, "review/late.html", rows=rows, today=day_of(now))


handlers = [late]
