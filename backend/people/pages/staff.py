"""/staff: how the hall's people come in."""

from __future__ import annotations

from datetime import datetime

from litestar import Request, Response, get, post

from backend import views
from backend.people import enrolment, officers, staff
from backend.people.guards import officer_only, public, requires
from backend.people.pages.forms import PUBLIC, Form, go, next_of
from backend.people.viewer import viewer_of
from shared_schemas.people import OfficerActor
from shared_schemas.vocabulary import Role


@get("/staff/sign-in", guards=[public], opt=PUBLIC)
async def sign_in_page(request: Request, next: str = "/desk") -> Response:
    """By passkey only."""
    if isinstance(viewer_of(request), OfficerActor):
        return go(next_of(next))
    return views.page(request, "people/staff_sign_in.html", next=next_of(next))


@get("/staff/enrol/{link:str}", guards=[public], opt=PUBLIC)
async def enrol_page(request: Request, link: str, now: datetime) -> Response:
    """Make the first passkey."""
    _officer, name, staff_no = await enrolment.whose(link, now)
    return views.page(
        request,
        "people/enrol.html",
        link=link,
        whose=f"{name} {staff_no}",
        headers={"referrer-policy": "no-referrer"},
    )


@get("/staff/window", guards=[officer_only])
async def window_page(request: Request) -> Response:
    """Which window to sit at."""
    return views.page(request, "people/window.html", desks=await staff.desks())


@post("/staff/window", guards=[requires(Role.ACCEPTANCE_CLERK, Role.HALL_GUIDE, Role.SMART_GUIDE)])
async def sit(data: Form, officer: OfficerActor, now: datetime) -> Response:
    """Sit down, or with no number stand up."""
    number = data.get("window", "")
    if number.isascii() and number.isdigit():
        await officers.sit(officer, int(number), now)
        return go("/desk")
    await officers.leave(officer)
    return go("/staff/window")


handlers = [sign_in_page, enrol_page, window_page, sit]
