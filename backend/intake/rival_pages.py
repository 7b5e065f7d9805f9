"""The page of a draft where its owner decides between the answers of two devices, and the same over the API."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from litestar import Request, Response, get, post, put
from litestar.response import Redirect
from msgspec import Meta, Struct

from backend import views
from backend.i18n import gettext as _
from backend.intake import devices, queries, rivals
from backend.intake import sheet as sheets
from backend.intake.draft_api import DraftView, shown
from backend.intake.owners import owner_of
from backend.intake.rivals import Undecided
from backend.intake.sheet import Sheet
from backend.people.guards import signed_in_only
from shared_schemas.draft import FieldKey
from shared_schemas.people import CitizenActor, OfficerActor

_KEPT, _OTHER = "kept", "other"
_LONGEST_NUMBER = 9
_TAGS = ["drafts"]


class Chosen(Struct, frozen=True, forbid_unknown_fields=True):
    """Of each question, the revision of the answer to keep; `revision` is the draft's as it was read."""

    take: Annotated[dict[FieldKey, Annotated[int, Meta(ge=0)]], Meta(max_length=200)]
    revision: Annotated[int, Meta(ge=0)]


class UndecidedList(Struct, frozen=True):
    """What is still to be decided, and at which revision of the draft this is so."""

    items: list[Undecided]
    revision: int


def _open(sheet: Sheet, mark: str) -> list[Undecided]:
    return rivals.undecided(sheet.draft, [q for topic in sheet.topics for q in sheet.asked(topic)], mark)


@get("/drafts/{draft_id:str}/rivals", guards=[signed_in_only])
async def page(
    request: Request[Any, Any, Any], draft_id: str, actor: CitizenActor | OfficerActor, now: datetime
) -> Response[Any]:
    """Each question with both answers in words; nothing left to decide leads back to the list."""
    return _page(request, await sheets.load(draft_id, actor, now))


def _page(
    request: Request[Any, Any, Any], sheet: Sheet, picked: dict[str, int] | None = None, error: str = ""
) -> Response[Any]:
    items = _open(sheet, devices.mark_of(request))
    if sheet.draft.submitted_case_id is not None or not items:
        return _go(f"/drafts/{sheet.draft.id}")
    return views.page(
        request,
        "intake/rivals.html",
        status_code=422 if error else 200,
        sheet=sheet,
        items=items,
        picked=picked or {},
        error=error,
    )


@post("/drafts/{draft_id:str}/rivals", guards=[signed_in_only])
async def decide(
    request: Request[Any, Any, Any], draft_id: str, actor: CitizenActor | OfficerActor, now: datetime
) -> Response[Any]:
    """Keep what was picked, question by question or all of one side; what was not picked is asked again."""
    form = await request.form()
    sheet = await sheets.load(draft_id, actor, now)
    items = _open(sheet, devices.mark_of(request))
    seen = _number(form.get("_revision")) or 0
    if (side := str(form.get("_all", ""))) in {_KEPT, _OTHER}:
        chosen = {each.path: each.sides[0 if side == _KEPT else -1].revision for each in items}
    else:
        picked = {each.path: _number(form.get(f"pick.{each.path}")) for each in items}
        chosen = {path: revision for path, revision in picked.items() if revision is not None}
    if not chosen and items:
        return _page(request, sheet, error=_("每一项选一个再点"))
    device = devices.device_of(request, actor)
    await rivals.settle(draft_id, owner_of(actor), chosen, seen=seen, device=device, now=now)
    return _go(f"/drafts/{sheet.draft.id}/rivals")


def _number(text: Any) -> int | None:
    word = str(text or "")
    return int(word) if word.isascii() and word.isdigit() and len(word) <= _LONGEST_NUMBER else None


def _go(path: str) -> Redirect:
    return Redirect(path, status_code=303, headers={"cache-control": "no-store"})


@get(
    "/drafts/{draft_id:str}/rivals",
    guards=[signed_in_only],
    tags=_TAGS,
    summary="What two devices wrote differently",
    operation_id="ReadRivals",
    description="Each question with the answer that stands first and the others after it: value, words, device, time. "
    "`is_here` marks the asking browser's own.",
)
async def read(
    request: Request[Any, Any, Any], draft_id: str, actor: CitizenActor | OfficerActor, now: datetime
) -> UndecidedList:
    """Read."""
    draft = await queries.draft(draft_id, owner_of(actor))
    sheet = await sheets.of_draft(draft, now, is_desk=isinstance(actor, OfficerActor))
    return UndecidedList(_open(sheet, devices.mark_of(request)), sheet.draft.revision)


@put(
    "/drafts/{draft_id:str}/rivals",
    guards=[signed_in_only],
    tags=_TAGS,
    summary="Choose between them",
    operation_id="SettleRivals",
    description="`take` maps a question to the `revision` of the side to keep. 409 `draft.rival_moved` when that answer is "
    "no longer there; an answer that came after `revision` stays to be decided.",
)
async def settle(
    request: Request[Any, Any, Any], draft_id: str, data: Chosen, actor: CitizenActor | OfficerActor, now: datetime
) -> DraftView:
    """Choose."""
    owner, device = owner_of(actor), devices.device_of(request, actor)
    await rivals.settle(draft_id, owner, data.take, seen=data.revision, device=device, now=now)
    return await shown(await queries.draft(draft_id, owner), now, for_staff=isinstance(actor, OfficerActor))


handlers = [page, decide]
api_handlers = [read, settle]
