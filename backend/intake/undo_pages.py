"""撤回来改, from the receipt and from the case's page: one tap, and the draft is there again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import Request, Response, post
from litestar.response import Redirect

from backend import views
from backend.domain.refusal import Refusal
from backend.i18n import gettext as _
from backend.intake import filing, queries, undoing
from backend.intake.owners import owner_of
from backend.people.guards import citizen_only
from backend.problems import problem_of
from shared_schemas.people import CitizenActor


@post("/drafts/{draft_id:str}/undo", guards=[citizen_only])
async def undo(request: Request[Any, Any, Any], draft_id: str, citizen: CitizenActor, now: datetime) -> Response[Any]:
    """Take the filing back; a second tap finds the draft open already."""
    draft = await queries.draft(draft_id, owner_of(citizen))
    if draft.submitted_case_id is not None:
        case_no = (await filing.result_of(draft.submitted_case_id)).case_no
        try:
            await undoing.undo(case_no, by=citizen, now=now)
        except Refusal as refusal:
            return _refused(request, refusal, case_no)
    return Redirect(f"/drafts/{draft_id}?undone=1", status_code=303, headers={"cache-control": "no-store"})


def _refused(request: Request[Any, Any, Any], refusal: Refusal, case_no: str) -> Response[Any]:
    """What can't be taken back any more may still be withdrawn: the way there is on the page."""
    problem = problem_of(refusal)
    return views.page(
        request,
        "refused.html",
        status_code=problem.status,
        status=problem.status,
        title=_("不能撤回来改了"),
        detail=problem.detail,
        ways=[(_("去办件页"), f"/cases/{case_no}")],
    )


handlers = [undo]
