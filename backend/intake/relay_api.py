"""Handing a draft over under /api/v1: the code, where the draft is, taking it back, the clerk's taking."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from litestar import Response, delete, get, post
from msgspec import Meta, Struct

from backend.intake import queries, relay
from backend.intake.draft_api import DraftView, shown
from backend.intake.owners import owner_of
from backend.intake.relay import Code, Standing
from backend.people.guards import citizen_only, requires, signed_in_only
from backend.people.sessions import Visitor
from shared_schemas.people import CitizenActor, OfficerActor
from shared_schemas.vocabulary import Role

_TAGS = ["drafts"]
_NO_STORE = {"cache-control": "no-store"}


class Word(Struct, frozen=True, forbid_unknown_fields=True):
    """What was typed or scanned: six digits, or the address in the QR."""

    code: Annotated[str, Meta(min_length=1, max_length=300)]


@post(
    "/drafts/{draft_id:str}/relay",
    guards=[citizen_only],
    status_code=201,
    tags=_TAGS,
    summary="A code to hand the draft over",
    operation_id="MakeRelay",
    description="Six digits and an address for a QR, for ten minutes and one use at a window or a kiosk. An earlier code of "
    "the draft is dead. Both are shown here only.",
)
async def make(draft_id: str, citizen: CitizenActor, visitor: Visitor, now: datetime) -> Response[Code]:
    """Make."""
    return Response(await relay.make(draft_id, citizen, visitor, now), status_code=201, headers=_NO_STORE)


@get(
    "/drafts/{draft_id:str}/relay",
    guards=[citizen_only],
    tags=_TAGS,
    summary="Where the draft is",
    operation_id="ReadRelay",
    description="`is_away` with `where` and `since`; else `expires_at` of a live code, or nothing.",
)
async def read(draft_id: str, citizen: CitizenActor, now: datetime) -> Response[Standing]:
    """Read."""
    return Response(await relay.standing(draft_id, citizen, now), headers=_NO_STORE)


@delete(
    "/drafts/{draft_id:str}/relay",
    guards=[signed_in_only],
    tags=_TAGS,
    summary="Take the draft back, or its code",
    operation_id="EndRelay",
    description="A live code is dead; a draft at a window or kiosk is its citizen's again with all files. The clerk who has "
    "it gives it back the same way. 409 once it was filed.",
)
async def end(draft_id: str, actor: CitizenActor | OfficerActor, visitor: Visitor, now: datetime) -> None:
    """Take back."""
    await relay.come_home(draft_id, actor, visitor, now)
    if isinstance(actor, CitizenActor):
        await relay.revoke(draft_id, actor, visitor, now)


@post(
    "/desk/relays",
    guards=[requires(Role.ACCEPTANCE_CLERK)],
    status_code=200,
    tags=["desk"],
    summary="Take over a citizen's draft",
    operation_id="TakeRelay",
    description="The code or QR of the citizen's phone: the draft is the clerk's to finish, the case will be the citizen's. "
    "404 `relay.unknown` for a wrong, used, old or revoked code alike; 429 after ten misses in five minutes.",
)
async def take(data: Word, officer: OfficerActor, visitor: Visitor, now: datetime) -> DraftView:
    """Take."""
    draft = await relay.take_to_window(data.code, officer, visitor, now)
    return await shown(await queries.draft(draft, owner_of(officer)), now, for_staff=True)


handlers = [make, read, end, take]
