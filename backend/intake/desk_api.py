"""Walk-in intake over the API: begin a draft for somebody at the window, vouch for a credit code."""

from __future__ import annotations

from datetime import datetime

from litestar import Response, delete, post, put

from backend.intake import overriding, queries, walking_in
from backend.intake.draft_api import DraftView, begun, shown
from backend.intake.owners import owner_of
from backend.people.guards import requires
from backend.people.sessions import Visitor
from shared_schemas.people import OfficerActor
from shared_schemas.vocabulary import Role
from shared_schemas.walk_in import WalkIn

_CLERK = [requires(Role.ACCEPTANCE_CLERK)]
_TAGS = ["desk"]


@post(
    "/desk/drafts",
    guards=_CLERK,
    status_code=201,
    tags=_TAGS,
    summary="Begin an intake at the window",
    operation_id="BeginWalkIn",
    description="A draft of the clerk's for somebody without an account, for any matter; an account with the same ID gets "
    "the case too. It goes on like any draft: PATCH /drafts/{id}, /uploads, POST /cases with `draft` (channel window). "
    "`id` as for /drafts. 422 names every fault by field; 403 `approval.conflict_of_interest` for oneself and near relatives.",
)
async def begin(data: WalkIn, officer: OfficerActor, visitor: Visitor, now: datetime) -> Response[DraftView]:
    """现场收件."""
    before = await queries.begun(data.id, owner_of(officer))
    draft = before or await walking_in.begin(data, by=officer, now=now, visitor=visitor)
    return begun(await shown(draft, now, for_staff=True), is_new=before is None)


@put(
    "/drafts/{draft_id:str}/overrides/{path:str}",
    guards=_CLERK,
    status_code=200,
    tags=_TAGS,
    summary="Vouch for a credit code",
    operation_id="OverrideCreditCode",
    description="The clerk compared the credit code that now stands at `path` with the original licence: its check digit "
    "does not matter any more. Another code there is judged in full again. Audited as `credit_code.overridden`.",
)
async def override(draft_id: str, path: str, officer: OfficerActor, visitor: Visitor, now: datetime) -> DraftView:
    """已核对营业执照原件，代码无误."""
    await overriding.override(draft_id, path, by=officer, now=now, visitor=visitor)
    return await shown(await queries.draft(draft_id, owner_of(officer)), now, for_staff=True)


@delete(
    "/drafts/{draft_id:str}/overrides/{path:str}",
    guards=_CLERK,
    tags=_TAGS,
    summary="Vouch for it no longer",
    operation_id="TakeBackOverride",
    description="The code is judged in full again.",
)
async def take_back(draft_id: str, path: str, officer: OfficerActor, now: datetime) -> None:
    """Take the tick back."""
    await overriding.take_back(draft_id, path, by=officer, now=now)


handlers = [begin, override, take_back]
