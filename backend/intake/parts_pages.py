"""一件事: other parts of the bundle than the draft was begun with; what was typed stays."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import Request, Response, post

from backend import catalogue
from backend.catalogue import bundle_guiding
from backend.domain.refusal import Refusal
from backend.intake import moving, queries
from backend.intake.owners import owner_of
from backend.intake.topic_pages import go
from backend.people.guards import signed_in_only
from shared_schemas.people import CitizenActor, OfficerActor


@post("/drafts/{draft_id:str}/parts", guards=[signed_in_only])
async def choose(
    request: Request[Any, Any, Any], draft_id: str, actor: CitizenActor | OfficerActor, now: datetime
) -> Response[Any]:
    """Go on with these optional parts (`part`, several) of the draft's bundle."""
    draft = await queries.draft(draft_id, owner_of(actor))
    chosen = [str(key) for key in (await request.form()).getall("part", [])]
    code = bundle_guiding.filing_code(catalogue.current(), draft.matter, chosen)
    if code is None:
        raise Refusal("matter.unknown", code=draft.matter[:50])
    await moving.move_to_current(draft_id, draft.owner, now, code)
    return go(f"/drafts/{draft_id}")


handlers = [choose]
