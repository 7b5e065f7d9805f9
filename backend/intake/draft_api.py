"""Drafts under /api/v1: begin, autosave, choose how a paper comes, check, throw away."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import Request, Response, delete, get, patch, post, put
from msgspec import Struct

from backend import catalogue
from backend.domain.calendar import day_of
from backend.domain.forms import open_questions
from backend.i18n import language
from backend.intake import actions, changes, devices, filing, moving, queries, topics, undoing, whom
from backend.intake.moving import Aside
from backend.intake.owners import owner_of
from backend.people.guards import signed_in_only, verified_citizen
from shared_schemas.draft import (
    Choice,
    Difference,
    Draft,
    DraftChange,
    DraftRow,
    DraftStart,
    Progress,
    Saved,
    UploadView,
)
from shared_schemas.form import FormField
from shared_schemas.notice import ToldShown
from shared_schemas.people import CitizenActor, OfficerActor
from shared_schemas.vocabulary import Delivery, FiledFor, GivenHow

_TAGS = ["drafts"]


class TaskShown(Struct, frozen=True):
    """One row of the task list."""

    slug: str
    title: str
    progress: Progress
    is_optional: bool = False


class Asked(Struct, frozen=True):
    """A question that stands open now. `path` is its key in `form`; `is_locked`: proved, so not to be sent."""

    path: str
    topic: str
    field: FormField
    is_locked: bool = False


class Paper(Struct, frozen=True):
    """A material and how it is given so far."""

    key: str
    name: str
    how: GivenHow | None
    is_optional: bool
    uploads: list[UploadView]


class DraftView(Struct, frozen=True):
    """A draft as its owner sees it.

    `aside` is what was typed and sent for a version before and has no place now. What follows it is for a device that goes
    on with the draft by itself: proved answers, pages left behind,
    every file with the paper or question it is for, earlier papers that were chosen.
    """

    id: str
    matter: str
    matter_version: int
    filed_for: FiledFor
    delivery: Delivery
    revision: int
    created_at: datetime
    updated_at: datetime
    values: dict[str, Any]
    rivals: dict[str, Any]
    tasks: list[TaskShown]
    questions: list[Asked]
    materials: list[Paper]
    changes: list[Difference]
    aside: list[Aside]
    locked: tuple[str, ...]
    topics_done: tuple[str, ...]
    files: list[UploadView]
    reused: dict[str, tuple[str, ...]]
    company: int | None = None
    dependent: int | None = None
    mobile: str = ""
    is_desk: bool = False
    case_no: str | None = None
    undo_until: datetime | None = None
    told: ToldShown | None = None


class DraftList(Struct, frozen=True):
    """Open drafts, the one last worked on first."""

    items: list[DraftRow]
    total: int


class CheckResult(Struct, frozen=True):
    """What a submission would meet now; nothing in `errors` and `changes` means it can be filed."""

    is_complete: bool
    errors: dict[str, str]
    changes: list[Difference]


async def shown(draft: Draft, now: datetime, *, for_staff: bool) -> DraftView:
    """The draft with its task list, open questions and papers."""
    matter = await catalogue.version(draft.matter, draft.matter_version)
    files = await queries.uploads_of(draft.id, draft.owner)
    checked = await filing.check_draft(draft, now)
    pages = topics.topics_of(matter, draft.filed_for, for_staff=for_staff)
    tasks = topics.tasks_of(pages, draft, files, checked.faults)
    paths = {question.path for page in pages for question in page.questions}
    current = catalogue.current().known(matter.code) or matter
    every_open = open_questions(matter.form, draft.values, day_of(now))
    filed = await filing.result_of(draft.submitted_case_id) if draft.submitted_case_id else None
    return DraftView(
        id=draft.id,
        matter=draft.matter,
        matter_version=draft.matter_version,
        filed_for=draft.filed_for,
        delivery=draft.delivery,
        revision=draft.revision,
        created_at=draft.created_at,
        updated_at=draft.updated_at,
        values=draft.values,
        rivals=draft.rivals,
        tasks=[TaskShown(t.topic.slug, t.topic.label(language()), t.progress, t.is_optional) for t in tasks],
        questions=[Asked(q.path, q.topic, q.field, q.path in draft.locked) for q in every_open if q.path in paths],
        materials=[
            Paper(m.key, m.label(language()), topics.how_given(m, draft, mine), not topics.is_needed(m), mine)
            for m in matter.materials
            for mine in [[f for f in files if f.material == m.key]]
        ],
        changes=changes.between(matter, current) if current.version != matter.version else [],
        aside=moving.aside(draft, (q.path for q in every_open), files),
        locked=draft.locked,
        topics_done=draft.topics_done,
        files=files,
        reused={key: choice.uploads for key, choice in draft.materials.items() if choice.how is GivenHow.REUSE},
        company=draft.company,
        dependent=draft.dependent,
        mobile=str(draft.known.get("mobile") or ""),
        is_desk=for_staff,
        case_no=filed.case_no if filed else None,
        undo_until=await undoing.offered_until(filed.case_no, now) if filed else None,
        told=await whom.shown(draft),
    )


@post(
    "/drafts",
    guards=[verified_citizen],
    status_code=201,
    tags=_TAGS,
    summary="Begin a draft",
    operation_id="BeginDraft",
    description="A filing in the making, filled with what the hall knows. `company` and `dependent` are ids from /me. `id` "
    "(optional): a UUID made by the device; the same again is 200 with the draft as it now is, filed or not. "
    "422 `draft.id_taken` for what is no UUID or another's.",
)
async def begin(data: DraftStart, citizen: CitizenActor, now: datetime) -> Response[DraftView]:
    """Begin."""
    before = await queries.begun(data.id, owner_of(citizen))
    draft = before or await actions.begin(citizen, data, now)
    return begun(await shown(draft, now, for_staff=False), is_new=before is None)


def begun(view: DraftView, *, is_new: bool) -> Response[DraftView]:
    """What beginning a draft answers, the first time and later."""
    return Response(view, status_code=201 if is_new else 200, headers={"location": f"/api/v1/drafts/{view.id}"})


@get(
    "/drafts",
    guards=[signed_in_only],
    tags=_TAGS,
    summary="My drafts",
    operation_id="MyDrafts",
    description="What was begun and not filed yet. A draft is kept for 90 days after the last change.",
)
async def index(actor: CitizenActor | OfficerActor) -> DraftList:
    """The open drafts."""
    rows = await queries.drafts_of(owner_of(actor))
    return DraftList(rows, len(rows))


@get(
    "/drafts/{draft_id:str}",
    guards=[signed_in_only],
    tags=_TAGS,
    summary="One draft",
    operation_id="ReadDraft",
    description="Answers, task list, open questions and papers; `changes` is what became different since it was begun.",
)
async def read(draft_id: str, actor: CitizenActor | OfficerActor, now: datetime) -> DraftView:
    """The draft, for its owner only."""
    draft = await queries.draft(draft_id, owner_of(actor))
    return await shown(draft, now, for_staff=isinstance(actor, OfficerActor))


@patch(
    "/drafts/{draft_id:str}",
    guards=[signed_in_only],
    tags=_TAGS,
    summary="Save some answers",
    operation_id="SaveDraft",
    description="Autosave: `fields` maps question paths to answers (`period.start` sets a part). With `revision`, a field "
    "that another device changed since is not overwritten but returned in `conflicts`. `told` (helper, applicant, both): "
    "who is told once it is filed for somebody else.",
)
async def save(
    request: Request[Any, Any, Any], draft_id: str, data: DraftChange, actor: CitizenActor | OfficerActor, now: datetime
) -> Saved:
    """Merge."""
    return await actions.save(draft_id, owner_of(actor), data, now, device=devices.device_of(request, actor))


@delete(
    "/drafts/{draft_id:str}",
    guards=[signed_in_only],
    tags=_TAGS,
    summary="Throw a draft away",
    operation_id="RemoveDraft",
    description="The draft and its files are gone. A filed one stays: 409.",
)
async def remove(draft_id: str, actor: CitizenActor | OfficerActor) -> None:
    """Delete."""
    await actions.remove(draft_id, owner_of(actor))


@put(
    "/drafts/{draft_id:str}/materials/{key:str}",
    guards=[signed_in_only],
    tags=_TAGS,
    summary="Say how a paper is given",
    operation_id="ChooseMaterial",
    description="upload, reuse (with `uploads` of an own earlier case), fetch, later or paper.",
)
async def choose(draft_id: str, key: str, data: Choice, actor: CitizenActor | OfficerActor, now: datetime) -> DraftView:
    """Choose."""
    draft = await actions.choose(draft_id, owner_of(actor), key, data, now)
    return await shown(draft, now, for_staff=isinstance(actor, OfficerActor))


@post(
    "/drafts/{draft_id:str}/check",
    guards=[signed_in_only],
    status_code=200,
    tags=_TAGS,
    summary="Check a draft",
    operation_id="CheckDraft",
    description="Every fault of form and papers at once, by path, without filing.",
)
async def check(draft_id: str, actor: CitizenActor | OfficerActor, now: datetime) -> CheckResult:
    """Check."""
    draft = await queries.draft(draft_id, owner_of(actor))
    checked = await filing.check_draft(draft, now)
    found = await changed(draft)
    return CheckResult(not checked.errors and not found, checked.errors, found)


@post(
    "/drafts/{draft_id:str}/version",
    guards=[signed_in_only],
    status_code=200,
    tags=_TAGS,
    summary="Go on under the present version",
    operation_id="UpdateDraft",
    description="The matter changed since the draft was begun: take over the present version. Nothing typed is lost.",
)
async def update(draft_id: str, actor: CitizenActor | OfficerActor, now: datetime) -> DraftView:
    """Move to the version in force."""
    draft = await moving.move_to_current(draft_id, owner_of(actor), now)
    return await shown(draft, now, for_staff=isinstance(actor, OfficerActor))


async def changed(draft: Draft) -> list[Difference]:
    """What became different since the draft was begun; empty when its version is in force."""
    current = catalogue.current().matter(draft.matter)
    if current.version == draft.matter_version:
        return []
    return changes.between(await catalogue.version(draft.matter, draft.matter_version), current)


handlers = [begin, index, read, save, remove, choose, check, update]
