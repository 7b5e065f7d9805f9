"""消息: the inbox, and the way from a notice straight to what it asks for."""

from __future__ import annotations

from datetime import date, datetime
from itertools import groupby
from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect

from backend import views
from backend.domain.calendar import day_of
from backend.notices import actions, queries, settings_pages
from backend.notices.queries import NoticeShown
from backend.people.guards import citizen_only
from shared_schemas.people import CitizenActor

Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/inbox", guards=[citizen_only])
async def index(
    request: Request[Any, Any, Any], citizen: CitizenActor, now: datetime, before: str = ""
) -> Response[bytes]:
    """Every notice of mine by day, newest first, each with what to do."""
    found = await queries.inbox(citizen.id, before=before[:36])
    return views.page(
        request,
        "notices/inbox.html",
        inbox=found,
        days=_by_day(found.items),
        today=day_of(now),
        before=before,
        seen_at=now,
    )


def _by_day(items: list[NoticeShown]) -> list[tuple[date, list[NoticeShown]]]:
    return [(day, list(group)) for day, group in groupby(items, key=lambda item: day_of(item.at))]


@get("/inbox/{key:str}", guards=[citizen_only])
async def open_one(key: str, citizen: CitizenActor, now: datetime) -> Redirect:
    """Mark it as read and go straight to the page it is about."""
    await actions.read(key, citizen.id, now)
    return Redirect(await queries.page_of(key, citizen.id), status_code=303, headers={"cache-control": "no-store"})


@post("/inbox/read", guards=[citizen_only], status_code=303)
async def all_read(data: Form, citizen: CitizenActor, now: datetime) -> Redirect:
    """Everything that stood on the page is read; what came since is not."""
    await actions.read_all(citizen.id, now, until=_instant(data.get("seen_at", "")))
    return Redirect("/inbox", status_code=303)


def _instant(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text[:40])
    except ValueError:
        return None
    return at if at.tzinfo else None


handlers = [index, open_one, all_read, *settings_pages.handlers]
