"""/staff/numbers: the same at the clerk's tablet."""

from __future__ import annotations

from datetime import datetime

from litestar import Request, Response, get, post

from backend import views
from backend.domain.refusal import Refusal
from backend.people import codes, moving
from backend.people.guards import requires
from backend.people.pages.forms import Form, again
from backend.people.sessions import Visitor
from shared_schemas.id_kind import IdKind
from shared_schemas.people import OfficerActor
from shared_schemas.vocabulary import Role

_CLERK = requires(Role.ACCEPTANCE_CLERK)


@get("/staff/numbers", guards=[_CLERK])
async def moving_page(request: Request) -> Response:
    """Ask for the document and the new number."""
    return _page(request, {"mobile": "", "id_number": "", "id_kind": IdKind.RESIDENT})


@post("/staff/numbers", guards=[_CLERK])
async def move(request: Request, data: Form, officer: OfficerActor, visitor: Visitor, now: datetime) -> Response:
    """First send the code, then move the account."""
    kind = IdKind(data["id_kind"]) if data.get("id_kind") in set(IdKind) else IdKind.RESIDENT
    given = {"mobile": data.get("mobile", "")[:20], "id_number": data.get("id_number", "")[:40], "id_kind": kind}
    is_sent = data.get("step") == "code"
    try:
        mobile = codes.checked_mobile(given["mobile"])
        if not is_sent:
            await codes.send(mobile, moving.PURPOSE, ip=visitor.ip, now=now)
            return _page(request, given, is_sent=True)
        await moving.move(kind, given["id_number"], mobile, data.get("code", ""), by=officer, ip=visitor.ip, now=now)
    except Refusal as refusal:
        return again(
            request, "people/numbers.html", refusal, given=given, is_sent=is_sent, is_done=False, kinds=list(IdKind)
        )
    return _page(request, given, is_done=True)


def _page(request: Request, given: dict[str, str], *, is_sent: bool = False, is_done: bool = False) -> Response:
    return views.page(
        request, "people/numbers.html", errors={}, given=given, is_sent=is_sent, is_done=is_done, kinds=list(IdKind)
    )


handlers = [moving_page, move]
