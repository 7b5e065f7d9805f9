"""Taking a fresh filing back over the API."""

from __future__ import annotations

from datetime import datetime

from litestar import Response, post

from backend.cases import deeds
from backend.cases.deeds import Deed
from backend.intake import undoing
from backend.people.guards import citizen_only
from shared_schemas.case import Case
from shared_schemas.draft import Undone
from shared_schemas.people import CitizenActor
from shared_schemas.review import Seeing


@post(
    "/cases/{case_no:str}/undo",
    guards=[citizen_only],
    tags=["verbs"],
    summary="Take a fresh filing back to change it",
    operation_id="UndoFiling",
    status_code=201,
    description="撤回来改, by the owner, until `undo_until`: ten minutes after receipt and while no officer touched it. The "
    "case ends as withdrawn; the draft is open again with its files and may be filed under a new Idempotency-Key. Later "
    "409 `undo.too_late` or `undo.touched`; filed without a draft 409 `undo.no_draft`: then withdraw instead.",
)
async def undo(citizen: CitizenActor, case_no: str, now: datetime, data: Seeing, deed: Deed | None) -> Response[Undone]:
    """Take it back."""
    return await deeds.answer(
        deed, case_no, lambda: undoing.undo(case_no, by=citizen, now=now, seen=data.seen), _undone
    )


async def _undone(case: Case) -> Undone:
    return Undone(case.case_no, await undoing.undone_draft(case.case_no))


handlers = [undo]
