"""Pages of a draft: who it is for, the task list, one topic a page, check, submit, receipt."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import Request, Response, get, post

from backend import catalogue, views
from backend.bundles import queries as bundles
from backend.cases import reading
from backend.catalogue import bundle_guiding
from backend.documents.qr import qr_svg
from backend.domain.refusal import Refusal
from backend.i18n import gettext as _
from backend.intake import (
    actions,
    change_pages,
    desk_pages,
    file_pages,
    filing,
    material_pages,
    parts_pages,
    queries,
    relay_pages,
    rival_pages,
    topic_pages,
    undo_pages,
    undoing,
    whom,
)
from backend.intake import refusals as _refusals  # noqa: F401 - who refuses brings the sentences along
from backend.intake import sheet as sheets
from backend.intake.api import channel_of
from backend.intake.owners import owner_of
from backend.intake.sheet import Sheet
from backend.intake.topic_pages import go
from backend.people import companies, family
from backend.people.guards import signed_in_only, verified_citizen
from backend.problems import problem_of
from shared_schemas.draft import Draft, DraftStart
from shared_schemas.notice import WhoIsTold
from shared_schemas.people import CitizenActor, OfficerActor
from shared_schemas.vocabulary import ApplicantKind, FiledFor

Page = Response[Any]
_MINE: dict[str, Any] = {"guards": [signed_in_only]}


@get("/matters/{code:str}/start", guards=[verified_citizen])
async def start(request: Request[Any, Any, Any], code: str, citizen: CitizenActor, now: datetime) -> Page:
    """For whom? One's own drafts of this matter come first."""
    return await _start_page(request, code, citizen, now)


async def _start_page(
    request: Request[Any, Any, Any],
    code: str,
    citizen: CitizenActor,
    now: datetime,
    *,
    error: str = "",
    status: int = 200,
) -> Page:
    matter = catalogue.current().matter(code)
    if not matter.may_file_online:
        raise Refusal("filing.not_online", matter=matter.name, matter_en=matter.name_en)
    is_for_people = not matter.applicants or ApplicantKind.PERSON in matter.applicants
    is_for_companies = not matter.applicants or ApplicantKind.COMPANY in matter.applicants
    drafts = [row for row in await queries.drafts_of(owner_of(citizen)) if row.matter == matter.code]
    return views.page(
        request,
        "intake/start.html",
        status_code=status,
        matter=matter,
        drafts=drafts,
        error=error,
        citizen=citizen,
        is_for_people=is_for_people,
        is_for_companies=is_for_companies,
        hats=await companies.hats(citizen.id, now) if is_for_companies else [],
        relatives=await family.of(citizen.id) if is_for_people else [],
    )


@post("/matters/{code:str}/start", guards=[verified_citizen])
async def begin(request: Request[Any, Any, Any], code: str, citizen: CitizenActor, now: datetime) -> Page:
    """Begin a draft for whoever was chosen: "self", "company:7", "parent:3", "child:4"."""
    kind, _sep, number = str((await request.form()).get("filed_for", "")).partition(":")
    if kind not in {"self", "company", "parent", "child"}:
        return await _start_page(request, code, citizen, now, error=_("选一下给谁办"), status=422)
    known = int(number) if number.isascii() and number.isdigit() and len(number) < 19 else None
    filed_for = FiledFor(kind)
    draft = await actions.begin(
        citizen,
        DraftStart(
            code,
            filed_for,
            company=known if filed_for is FiledFor.COMPANY else None,
            dependent=known if filed_for in family.KINDS else None,
        ),
        now,
    )
    return go(f"/drafts/{draft.id}")


@get("/drafts/{draft_id:str}", **_MINE)
async def tasks(
    request: Request[Any, Any, Any],
    draft_id: str,
    actor: CitizenActor | OfficerActor,
    now: datetime,
    undone: str = "",
) -> Page:
    """The task list; `undone`: its filing was taken back just now."""
    sheet = await sheets.load(draft_id, actor, now)
    if sheet.draft.submitted_case_id is not None:
        return go(f"/drafts/{draft_id}/receipt")
    if place := await topic_pages.restored(request, sheet, actor, now):
        return go(place)
    stock = catalogue.current()
    bundle = bundle_guiding.guide_of(stock, sheet.draft.matter)
    return views.page(
        request,
        "intake/tasks.html",
        sheet=sheet,
        is_stale=sheets.is_stale(sheet),
        undone=undone,
        bundle=bundle_guiding.guide_of(stock, bundle.code) if bundle else None,
        taken={part.key for part in bundle.parts} if bundle else set(),
    )


@get("/drafts/{draft_id:str}/check", **_MINE)
async def check(
    request: Request[Any, Any, Any], draft_id: str, actor: CitizenActor | OfficerActor, now: datetime
) -> Page:
    """Everything once more, with links to change it, and the declaration."""
    sheet = await sheets.load(draft_id, actor, now)
    if sheet.draft.submitted_case_id is not None:
        return go(f"/drafts/{draft_id}/receipt")
    if sheets.is_stale(sheet):
        return go(f"/drafts/{draft_id}/changes")
    return await _check_page(request, sheet)


async def _check_page(request: Request[Any, Any, Any], sheet: Sheet, *, error: str = "", status: int = 200) -> Page:
    return views.page(
        request,
        "intake/check.html",
        status_code=status,
        sheet=sheet,
        error=error,
        told=await whom.shown(sheet.draft),
        faults=sheet.checked.errors,
        names=sheets.names_of(sheet),
        places={path: sheets.error_place(sheet, path) for path in sheet.checked.errors},
    )


@post("/drafts/{draft_id:str}/submission", **_MINE)
async def submit(
    request: Request[Any, Any, Any], draft_id: str, actor: CitizenActor | OfficerActor, now: datetime
) -> Page:
    """Submit. The page's own key, or the draft's as it stands when there is no script: ten taps stay one case."""
    form = await request.form()
    draft = await queries.draft(draft_id, owner_of(actor))
    key = str(form.get("idempotency_key") or f"draft-{draft_id}-{draft.revision}")
    try:
        await _choose_told(draft, str(form.get("told", "")))
        await filing.submit(
            draft_id,
            actor,
            key=filing.checked_key(key),
            channel=channel_of(request, actor),
            declared=form.get("declared") == "yes",
            now=now,
        )
    except Refusal as refusal:
        if refusal.code == "filing.matter_changed":
            return go(f"/drafts/{draft_id}/changes")
        if refusal.code == "filing.undecided":
            return go(f"/drafts/{draft_id}/rivals")
        if refusal.code not in {"filing.incomplete", "filing.not_declared", "filing.undone"}:
            raise
        sheet = await sheets.load(draft_id, actor, now)
        return await _check_page(request, sheet, error=problem_of(refusal).detail, status=422)
    return go(f"/drafts/{draft_id}/receipt")


async def _choose_told(draft: Draft, chosen: str) -> None:
    """Who is told was chosen on the page that files; a tap that comes late changes nothing any more."""
    if chosen in set(WhoIsTold) and whom.may_choose(draft) and draft.submitted_case_id is None:
        await whom.choose(draft, WhoIsTold(chosen))


@get("/drafts/{draft_id:str}/receipt", **_MINE)
async def receipt(
    request: Request[Any, Any, Any], draft_id: str, actor: CitizenActor | OfficerActor, now: datetime
) -> Page:
    """收到了: number, code, password, what happens next."""
    draft = await queries.draft(draft_id, owner_of(actor))
    if draft.submitted_case_id is None:
        return go(f"/drafts/{draft_id}")
    seen = await queries.receipt(draft.submitted_case_id)
    result = await filing.result_of(draft.submitted_case_id)
    matter = await catalogue.version(draft.matter, draft.matter_version)
    case = await reading.by_id(draft.submitted_case_id)
    return views.page(
        request,
        "intake/receipt.html",
        matter=matter,
        filing=await bundles.view(case.filing, with_lines=False) if case.filing is not None else None,
        result=result,
        seen=seen,
        draft=draft,
        now=now,
        is_desk=isinstance(actor, OfficerActor),
        qr=qr_svg(result.track_url, _("这件事的追踪码")),
        is_fresh=(now - seen.received_at).total_seconds() < 3600,
        offer=await undoing.offer(case, now),
    )


@post("/drafts/{draft_id:str}/removal", **_MINE)
async def remove(draft_id: str, actor: CitizenActor | OfficerActor) -> Page:
    """Throw the draft away."""
    await actions.remove(draft_id, owner_of(actor))
    return go("/desk/intake" if isinstance(actor, OfficerActor) else "/cases")


handlers = [
    start,
    begin,
    tasks,
    check,
    submit,
    receipt,
    remove,
    *topic_pages.handlers,
    *material_pages.handlers,
    *parts_pages.handlers,
    *file_pages.handlers,
    *rival_pages.handlers,
    *change_pages.handlers,
    *undo_pages.handlers,
    *relay_pages.handlers,
    *desk_pages.handlers,
]
