"""One topic a page: its questions or its papers, saved right or wrong, and the way on."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import quote

from litestar import Request, Response, get, post
from litestar.response import Redirect
from multidict import MultiDict

from backend import views
from backend.i18n import gettext as _
from backend.i18n import language
from backend.intake import actions, devices, doors, keeping, material_pages, overriding, topics
from backend.intake import sheet as sheets
from backend.intake.devices import Device
from backend.intake.posted import SHOWN, answers_in
from backend.intake.sheet import Sheet
from backend.intake.showing import place_of
from backend.intake.topics import Topic, after
from backend.people.guards import signed_in_only
from shared_schemas.draft import DraftChange
from shared_schemas.faults import Fault
from shared_schemas.matter import Material
from shared_schemas.people import CitizenActor, OfficerActor
from shared_schemas.reasons import sentence
from shared_schemas.shapes import is_list
from shared_schemas.vocabulary import Delivery

Page = Response[Any]
_LONGEST_NUMBER = 9


def go(path: str) -> Redirect:
    """See other; never kept."""
    return Redirect(path, status_code=303, headers={"cache-control": "no-store"})


@get("/drafts/{draft_id:str}/topics/{slug:str}", guards=[signed_in_only])
async def topic(
    request: Request[Any, Any, Any],
    draft_id: str,
    slug: str,
    actor: CitizenActor | OfficerActor,
    now: datetime,
    kept: str = "",
) -> Page:
    """One topic. What was posted when the session had died comes back: `kept` is its token."""
    sheet = await sheets.load(draft_id, actor, now)
    if sheet.draft.submitted_case_id is not None:
        return go(f"/drafts/{draft_id}/receipt")
    this = sheet.topic(slug)
    if place := await restored(request, sheet, actor, now, kept):
        return go(place)
    return go(_address(draft_id, slug)) if kept else await show(request, sheet, this)


async def restored(
    request: Request[Any, Any, Any],
    sheet: Sheet,
    actor: CitizenActor | OfficerActor,
    now: datetime,
    token: str = "",
) -> str:
    """Put back what this person posted when the session had died; the page it was on, "" when there was nothing."""
    draft, device = sheet.draft, devices.device_of(request, actor)
    place = ""
    for posted in await keeping.take_back(draft.id, draft.owner, token=token, browser=device.mark, now=now):
        this = topics.topic_called(sheet.topics, "".join(posted.pop(keeping.TOPIC, [])))
        if this is not None:
            form = MultiDict([(name, value) for name, values in posted.items() for value in values])
            await _save(sheet, this, form, now, device)
            place = f"{_address(draft.id, this.slug)}?restored=1"
    return place


def _address(draft_id: str, slug: str) -> str:
    return f"/drafts/{quote(draft_id)}/topics/{quote(slug)}"


async def show(
    request: Request[Any, Any, Any], sheet: Sheet, this: Topic, *, errors: dict[str, str] | None = None, note: str = ""
) -> Page:
    """The page of a topic, with what is wrong on it."""
    return views.page(
        request,
        "intake/material.html" if this.material else "intake/topic.html",
        status_code=422 if errors else 200,
        sheet=sheet,
        topic=this,
        errors=errors or {},
        note=note,
        summary=_summary(sheet, this, errors or {}),
        places=_places(sheet, this),
        place=sheet.topics.index(this) + 1,
        count=len(sheet.topics) + 1,
        is_from_check=request.query_params.get("from") == "check",
        is_restored=request.query_params.get("restored") == "1",
        **(await material_pages.context(sheet, this.material) if this.material else {}),
    )


def _summary(sheet: Sheet, this: Topic, errors: dict[str, str]) -> dict[str, str]:
    """The faults with the names of their questions, for the top of the page, by the control to go to."""
    names = {question.path: question.field.label(language()) for question in this.questions}
    places = _places(sheet, this)
    return {
        places.get(path, path): f"{names[path]}{_('：')}{words}" if path in names else words
        for path, words in errors.items()
    }


def _places(sheet: Sheet, this: Topic) -> dict[str, str]:
    """Question -> the control its fault is about."""
    return {q.path: place_of(q, sheet.checked.faults.get(q.path)) for q in this.questions}


async def _save(sheet: Sheet, this: Topic, form: Any, now: datetime, device: Device) -> None:
    """Keep what was posted, right or wrong: nothing typed is lost, nor what another device wrote since it was drawn."""
    answers = answers_in(
        [q for q in sheet.asked(this) if q.path not in sheet.draft.locked and q.field.type != "file"], form
    )
    delivery = str(form.get("_delivery", ""))
    drawn = str(form.get("_revision", ""))
    change = DraftChange(
        fields=answers,
        revision=int(drawn) if drawn.isascii() and drawn.isdigit() and len(drawn) <= _LONGEST_NUMBER else None,
        delivery=Delivery(delivery) if delivery in set(Delivery) else None,
    )
    await actions.save(sheet.draft.id, sheet.draft.owner, change, now, device=device, topic_done=this.slug)


@post("/drafts/{draft_id:str}/topics/{slug:str}", guards=[doors.owner_or_expired])
async def answer_topic(request: Request[Any, Any, Any], draft_id: str, slug: str, now: datetime) -> Page:
    """Save a page and go on to the next; back to it when something on it is wrong or newly asked."""
    actor = await doors.writer(request, draft_id, slug)
    before = await sheets.load(draft_id, actor, now)
    if before.draft.submitted_case_id is not None:
        return go(f"/drafts/{draft_id}/receipt")
    this = before.topic(slug)
    form = await request.form()
    if this.material:
        return await _answer_material(request, before, this, this.material, form, now)
    # What the page showed, not what is open now: autosave may have opened a question meanwhile.
    seen = set(form.getall(SHOWN, [])) or {question.path for question in before.asked(this)}
    await _save(before, this, form, now, devices.device_of(request, actor))
    if isinstance(actor, OfficerActor):
        await overriding.tick(draft_id, form.getall("_override", []), seen, by=actor, now=now)
    sheet = await sheets.load(draft_id, actor, now)
    if place := _side_step(sheet, slug, form):
        return go(place)
    errors = _errors_on(sheet, sheet.topic(slug))
    if errors:
        come = [path for path in errors if path not in seen]
        note = _("按您的回答，还要填 {n} 项").format(n=len(come)) if len(come) == len(errors) else ""
        return await show(request, sheet, sheet.topic(slug), errors=errors, note=note)
    return go(_next_place(sheet, slug, form))


def _side_step(sheet: Sheet, slug: str, form: Any) -> str:
    """Where a button other than "next" leads: one more row, later. "" for next."""
    address = _address(sheet.draft.id, slug)
    if path := str(form.get("_more", "")):
        return f"{address}?more={quote(path)}#{quote(_new_row(sheet, path))}"
    return f"/drafts/{sheet.draft.id}" if "_later" in form else ""


def _new_row(sheet: Sheet, path: str) -> str:
    """The first cell of the row that a table gets: whoever asked for one goes on there."""
    question = next((q for topic in sheet.topics for q in topic.questions if q.path == path), None)
    if question is None:
        return path
    rows = sheet.draft.values.get(path)
    return place_of(question, Fault("table.column", {"row": len(rows) + 1 if is_list(rows) else 1}))


def _errors_on(sheet: Sheet, this: Topic) -> dict[str, str]:
    """What is wrong on this page, by question, in the order of the page. What is to be decided has a page of its own."""
    lang = language()
    paths = [question.path for question in sheet.asked(this) if question.path not in sheet.checked.undecided]
    return {path: sentence(sheet.checked.faults[path], lang) for path in paths if path in sheet.checked.faults} | {
        path: sheet.checked.errors[f"form.{path}"]
        for path in paths
        if f"form.{path}" in sheet.checked.errors and path not in sheet.checked.faults
    }


def _next_place(sheet: Sheet, slug: str, form: Any) -> str:
    if form.get("_from") == "check":
        return f"/drafts/{sheet.draft.id}/check"
    following = after(sheet.topics, slug)
    return f"/drafts/{sheet.draft.id}/topics/{following.slug}" if following else f"/drafts/{sheet.draft.id}"


async def _answer_material(
    request: Request[Any, Any, Any], sheet: Sheet, this: Topic, material: Material, form: Any, now: datetime
) -> Page:
    if str(form.get("how", "")):
        await material_pages.choose(sheet, material, form, now)
        return go(_address(sheet.draft.id, this.slug))
    if "_later" in form:
        return go(f"/drafts/{sheet.draft.id}")
    error = sheet.checked.errors.get(f"materials.{material.key}")
    if error:
        return await show(request, sheet, this, errors={"files": error})
    return go(_next_place(sheet, this.slug, form))


handlers = [topic, answer_topic]
