"""换个地方接着办: the code on the phone, where a draft is now, what a scanned code opens, the clerk's taking."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from backend import catalogue, ratelimit, views
from backend.cases import reading
from backend.documents.qr import qr_svg
from backend.domain import relay as law
from backend.domain.refusal import Refusal
from backend.i18n import gettext as _
from backend.intake import desk_pages, queries, relay
from backend.people.guards import citizen_only, public, requires, signed_in_only
from backend.people.sessions import Visitor
from backend.people.viewer import visitor_of
from backend.problems import problem_of
from shared_schemas.people import CitizenActor, OfficerActor
from shared_schemas.vocabulary import Role

Page = Response[Any]


def go(path: str) -> Redirect:
    """See other; never kept."""
    return Redirect(path, status_code=303, headers={"cache-control": "no-store"})


@get("/drafts/{draft_id:str}/relay", guards=[citizen_only])
async def page(request: Request[Any, Any, Any], draft_id: str, citizen: CitizenActor, now: datetime) -> Page:
    """Where the draft can go, or where it is."""
    return await _show(request, draft_id, citizen, now)


async def _show(
    request: Request[Any, Any, Any], draft_id: str, citizen: CitizenActor, now: datetime, code: relay.Code | None = None
) -> Page:
    standing = await relay.standing(draft_id, citizen, now)
    if standing.case_id is not None:
        return go(f"/cases/{(await reading.by_id(standing.case_id)).case_no}")
    matter = catalogue.current().known(await queries.matter_of(draft_id))
    return views.page(
        request,
        "intake/relay.html",
        draft_id=draft_id,
        matter=matter,
        standing=standing,
        code=code,
        qr=qr_svg(code.url, _("交出草稿的码")) if code else "",
    )


@post("/drafts/{draft_id:str}/relay", guards=[citizen_only], status_code=200)
async def make(
    request: Request[Any, Any, Any], draft_id: str, citizen: CitizenActor, visitor: Visitor, now: datetime
) -> Page:
    """出一个码: shown once, here."""
    code = await relay.make(draft_id, citizen, visitor, now)
    return await _show(request, draft_id, citizen, now, code)


@post("/drafts/{draft_id:str}/relay/revocation", guards=[citizen_only])
async def revoke(draft_id: str, citizen: CitizenActor, visitor: Visitor, now: datetime) -> Page:
    """作废."""
    await relay.revoke(draft_id, citizen, visitor, now)
    return go(f"/drafts/{draft_id}/relay")


@post("/drafts/{draft_id:str}/relay/return", guards=[signed_in_only])
async def come_home(draft_id: str, actor: CitizenActor | OfficerActor, visitor: Visitor, now: datetime) -> Page:
    """收回, by its citizen; 交回, by the clerk who has it."""
    await relay.come_home(draft_id, actor, visitor, now)
    return go("/desk/intake" if isinstance(actor, OfficerActor) else f"/drafts/{draft_id}")


@get(f"{law.PATH}{{token:str}}", opt={"public": True}, guards=[public])
async def scanned(
    request: Request[Any, Any, Any], token: str, viewer: CitizenActor | OfficerActor | None, now: datetime
) -> Page:
    """What any scanner opens: says what the code is for and gives away nothing; who may take the draft confirms first."""
    if isinstance(viewer, CitizenActor):
        await ratelimit.hit(f"relay_open|{viewer.id}", law.ONE_ADDRESS.misses * 3, law.ONE_ADDRESS.seconds, now)
        if (own := await relay.is_own(token, viewer, now)) is not None:
            return go(f"/drafts/{own}")
    is_clerk = isinstance(viewer, OfficerActor) and viewer.has(Role.ACCEPTANCE_CLERK)
    return views.page(request, "intake/relay_scanned.html", token=token[:64], is_clerk=is_clerk)


@post("/desk/relays", guards=[requires(Role.ACCEPTANCE_CLERK)])
async def take(request: Request[Any, Any, Any], officer: OfficerActor, now: datetime) -> Page:
    """The clerk enters or scans the citizen's code."""
    text = str((await request.form()).get("code", ""))[:300]
    try:
        return go(f"/drafts/{await relay.take_to_window(text, officer, visitor_of(request), now)}")
    except Refusal as refusal:
        problem = problem_of(refusal)
        return await desk_pages.matters_page(request, officer, error=problem.detail, status=problem.status)


handlers = [page, make, revoke, come_home, scanned, take]
