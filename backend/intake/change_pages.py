"""The matter changed since a draft was begun: what is different, and going on where one was."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import Request, Response, get, post

from backend import views
from backend.intake import moving, topics
from backend.intake import sheet as sheets
from backend.intake.owners import owner_of
from backend.intake.topic_pages import go
from backend.people.guards import signed_in_only
from shared_schemas.people import CitizenActor, OfficerActor

Page = Response[Any]


@get("/drafts/{draft_id:str}/changes", guards=[signed_in_only])
async def changes_page(
    request: Request[Any, Any, Any], draft_id: str, actor: CitizenActor | OfficerActor, now: datetime
) -> Page:
    """What is different since the draft was begun; `from` is the page one came from and goes back to."""
    sheet = await sheets.load(draft_id, actor, now)
    if not sheet.is_stale:
        return go(f"/drafts/{draft_id}")
    slug = request.query_params.get("from", "")
    came_from = slug if topics.topic_called(sheet.topics, slug) else ""
    return views.page(request, "intake/changes.html", sheet=sheet, came_from=came_from)


@post("/drafts/{draft_id:str}/version", guards=[signed_in_only])
async def update(
    request: Request[Any, Any, Any], draft_id: str, actor: CitizenActor | OfficerActor, now: datetime
) -> Page:
    """Go on under the version in force: on the page one came from, where it still exists."""
    slug = str((await request.form()).get("_from", ""))
    await moving.move_to_current(draft_id, owner_of(actor), now)
    sheet = await sheets.load(draft_id, actor, now)
    is_there = topics.topic_called(sheet.topics, slug) is not None
    return go(f"/drafts/{draft_id}/topics/{slug}" if is_there else f"/drafts/{draft_id}")


handlers = [changes_page, update]
