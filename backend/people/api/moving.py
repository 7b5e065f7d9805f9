"""/api/v1/desk/numbers: at the window, a citizen's account moves to a new phone."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from litestar import post
from msgspec import Meta, Struct

from backend.people import codes, moving
from backend.people.guards import requires
from backend.people.sessions import Visitor
from shared_schemas.id_kind import IdKind
from shared_schemas.people import OfficerActor
from shared_schemas.vocabulary import Role

_CLERK = requires(Role.ACCEPTANCE_CLERK)
_Short = Annotated[str, Meta(max_length=40)]


class NumberRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """The new number."""

    mobile: _Short


class Moving(Struct, frozen=True, forbid_unknown_fields=True):
    """The document that the clerk has in hand, the new number and the code it received."""

    id_number: _Short
    mobile: _Short
    code: _Short
    id_kind: IdKind = IdKind.RESIDENT


@post(
    "/desk/numbers/codes",
    guards=[_CLERK],
    tags=["desk"],
    summary="Send a code to a citizen's new phone",
    status_code=202,
)
async def send_code(data: NumberRequest, visitor: Visitor, now: datetime) -> dict[str, datetime]:
    """The citizen reads the code out at the window."""
    mobile = codes.checked_mobile(data.mobile)
    return {"expires_at": await codes.send(mobile, moving.PURPOSE, ip=visitor.ip, now=now)}


@post(
    "/desk/numbers", guards=[_CLERK], tags=["desk"], summary="Move a citizen's account to a new phone", status_code=200
)
async def move(data: Moving, officer: OfficerActor, visitor: Visitor, now: datetime) -> dict[str, int]:
    """The account of this ID document now signs in with `mobile`; its old sessions end."""
    mobile = codes.checked_mobile(data.mobile)
    citizen = await moving.move(data.id_kind, data.id_number, mobile, data.code, by=officer, ip=visitor.ip, now=now)
    return {"citizen": citizen}


handlers = [send_code, move]
