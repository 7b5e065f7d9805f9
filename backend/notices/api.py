"""The inbox under /api/v1."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from litestar import get, post
from litestar.params import Parameter
from msgspec import Struct

from backend.notices import actions, queries, reporting, settings_api
from backend.people.guards import citizen_only
from shared_schemas.people import CitizenActor

_TAGS = ["notices"]
Key = Annotated[str, Parameter(max_length=36)]


class Unread(Struct, frozen=True):
    """How many notices are still to be opened."""

    unread: int


@get(
    "/notices",
    guards=[citizen_only],
    tags=_TAGS,
    summary="My notices",
    operation_id="MyNotices",
    description="The inbox, newest first, 50 at a time: what happened, what to do and by when, the page it leads to, and "
    "what became of it on each channel. `before` is `next` of the page before; `case_no` narrows to one case.",
)
async def index(
    citizen: CitizenActor,
    before: Key = "",
    case_no: Annotated[str, Parameter(max_length=24)] = "",
    unread: bool = False,  # noqa: FBT001, FBT002 - a query parameter
) -> queries.Inbox:
    """The inbox."""
    return await queries.inbox(citizen.id, before=before, case_no=case_no, only_unread=unread)


@get(
    "/notices/{key:str}",
    guards=[citizen_only],
    tags=_TAGS,
    summary="One notice",
    operation_id="ReadNotice",
    description="One notice; reading it here does not mark it as read. Another's is 404 like a missing one.",
)
async def one(key: str, citizen: CitizenActor) -> queries.NoticeShown:
    """The notice."""
    return await queries.one(key, citizen.id)


@post(
    "/notices/{key:str}/read",
    guards=[citizen_only],
    status_code=200,
    tags=_TAGS,
    summary="Mark a notice as read",
    operation_id="MarkNoticeRead",
    description="Doing it again changes nothing. Returns how many are left.",
)
async def read(key: str, citizen: CitizenActor, now: datetime) -> Unread:
    """Mark one."""
    await actions.read(key, citizen.id, now)
    return Unread(await queries.unread(citizen.id))


@post(
    "/notices/read",
    guards=[citizen_only],
    status_code=200,
    tags=_TAGS,
    summary="Mark every notice as read",
    operation_id="MarkNoticesRead",
    description="Everything that is there now. Returns how many are left, which is none unless one came meanwhile.",
)
async def all_read(citizen: CitizenActor, now: datetime) -> Unread:
    """Mark all."""
    await actions.read_all(citizen.id, now)
    return Unread(await queries.unread(citizen.id))


handlers = [index, one, read, all_read, *reporting.handlers, *settings_api.handlers]
