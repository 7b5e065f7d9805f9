"""A filing put together, checked as a whole: every fault of the form and of every paper at once, by name."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from backend import db
from backend.domain import materials
from backend.domain.forms import is_required, open_questions, questions, read_form
from backend.domain.refusal import Refusal
from backend.domain.values import is_empty
from backend.i18n import gettext as _
from backend.i18n import language
from backend.intake import queries, topics
from backend.intake.profile import Prefill, only_asked
from backend.intake.sealing import open_name
from backend.problems import sentence_of
from shared_schemas.draft import Draft, UploadView
from shared_schemas.faults import Fault
from shared_schemas.filing import Filing, GivenMaterial
from shared_schemas.matter import Matter
from shared_schemas.notice import WhoIsTold
from shared_schemas.reasons import sentence
from shared_schemas.vocabulary import Delivery, FiledFor, GivenHow

FORM_FILE = "form."
NO_PAPER = "这份在这里交电子的，拍照就行"


class Dossier(Struct, frozen=True):
    """What is about to be filed. `known` is what the hall knew of the applicant beforehand.

    `undecided` are questions that two devices answered differently.
    """

    matter: Matter
    owner: str
    filed_for: FiledFor
    values: dict[str, Any]
    known: dict[str, Any]
    given: tuple[GivenMaterial, ...]
    delivery: Delivery
    citizen: int | None = None
    company: int | None = None
    draft: str | None = None
    overrides: dict[str, str] = {}
    undecided: frozenset[str] = frozenset()
    told: WhoIsTold = WhoIsTold.HELPER


class Checked(Struct, frozen=True):
    """The outcome: answers in normal form, and faults. Paths are "form.<field>" and "materials.<key>"."""

    values: dict[str, Any]
    faults: dict[str, Fault]
    errors: dict[str, str]
    overridden: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()


async def of_draft(draft: Draft, matter: Matter) -> Dossier:
    """The dossier of a draft: its files join the answers and papers they were sent for."""
    return put_together(draft, matter, await queries.uploads_of(draft.id, draft.owner))


def put_together(draft: Draft, matter: Matter, files: list[UploadView]) -> Dossier:
    """The dossier of a draft whose files are at hand."""
    by_material: dict[str, list[str]] = {}
    for file in files:
        by_material.setdefault(file.material, []).append(file.id)
    values = dict(draft.values)
    for key, ids in by_material.items():
        if key.startswith(FORM_FILE):
            values[key.removeprefix(FORM_FILE)] = ids
    given = []
    for material in matter.materials:
        choice = draft.materials.get(material.key)
        ids = tuple(by_material.get(material.key, ()))
        how = topics.how_given(material, draft, [f for f in files if f.material == material.key])
        if how is None:
            continue
        uploads = ids if how is GivenHow.UPLOAD else choice.uploads if choice else ()
        if how is GivenHow.UPLOAD and not uploads and not materials.is_needed(material):
            continue  # the person began to give an optional paper and took it out again
        given.append(GivenMaterial(material.key, how, uploads))
    return Dossier(
        matter=matter,
        owner=draft.owner,
        filed_for=draft.filed_for,
        values=values,
        known=draft.known,
        given=tuple(given),
        delivery=draft.delivery,
        citizen=draft.citizen,
        company=draft.company,
        draft=draft.id,
        # Only staff may say that a code is right against its check digit, and only in what they file themselves.
        overrides=draft.overrides if draft.owner.startswith("officer:") else {},
        undecided=frozenset(path for path, others in draft.others.items() if others),
        told=draft.told,
    )


def of_filing(filing: Filing, matter: Matter, owner: str, citizen: int, prefill: Prefill) -> Dossier:
    """The dossier of a filing that comes in one piece. What identity proves need not be sent, and can't be denied.

    Raises Refusal("input.invalid") for a form that contradicts the proved identity.
    """
    proved = only_asked(prefill, matter.form)
    denied = {
        f"form.{key}": "draft.locked_field"
        for key in proved.locked
        if key in filing.form and filing.form[key] != proved.values[key]
    }
    if denied:
        raise Refusal("input.invalid", errors=denied)
    values = {**filing.form, **{key: proved.values[key] for key in proved.locked}}
    given = {each.key: each for each in filing.materials}
    for material in matter.materials:
        if material.is_shareable and material.key not in given:
            given[material.key] = GivenMaterial(material.key, GivenHow.FETCH)
    return Dossier(
        matter=matter,
        owner=owner,
        filed_for=filing.filed_for,
        values=values,
        known=prefill.values,
        given=tuple(given.values()),
        delivery=filing.delivery,
        citizen=citizen,
        company=filing.company,
        told=filing.told,
    )


async def check(dossier: Dossier, today: date) -> Checked:
    """Everything that is wrong, in the reader's language. `today` is Asia/Shanghai."""
    judged = judge(dossier, today)
    errors = await _file_errors(dossier, judged.values)
    return replace(judged, errors=judged.errors | errors)


def judge(dossier: Dossier, today: date) -> Checked:
    """Everything that can be said without looking at the files: as the phone does (pwa/static/js/law/checking.js)."""
    form = dossier.matter.form
    read = read_form(form, dossier.values, today, dossier.overrides)
    faults = dict(read.faults)
    asked = open_questions(form, dossier.values, today)
    errors = {f"form.{path}": sentence(fault, language()) for path, fault in faults.items()}
    # A draft may hold answers to questions that closed again; a filing in one piece may not bring any it wasn't asked.
    if dossier.draft is None:
        every = {q.path for t in topics.topics_of(dossier.matter, dossier.filed_for) for q in t.questions} | {
            "applicant_kind",
            "has_agent",
        }
        errors |= {
            f"form.{key}": sentence(Fault("field.unknown", {"name": key[:40]}), language())
            for key in dossier.values
            if key not in every
        }
    for question in asked:
        is_lacking = question.field.type == "file" and is_empty(read.values.get(question.path))
        if is_lacking and is_required(question, form, dossier.values, today):
            faults[question.path] = Fault("field.missing")
            errors[f"form.{question.path}"] = sentence(faults[question.path], language())
    standing = materials.standing(dossier.matter.materials, dossier.given)
    errors |= {f"materials.{key}": fault.label(language()) for key, fault in standing.faults.items()}
    errors |= _paper_errors(dossier)
    undecided = tuple(question.path for question in asked if question.path in dossier.undecided)
    errors |= {f"form.{path}": sentence_of(Refusal("draft.undecided")) for path in undecided}
    return Checked(read.values, faults, errors, read.overridden, undecided)


def _paper_errors(dossier: Dossier) -> dict[str, str]:
    """Paper is handed over at a window; online only what can't be sent as a file is left for later on paper."""
    if dossier.owner.startswith("officer:"):
        return {}
    on_paper = {each.key for each in dossier.given if each.how is GivenHow.PAPER}
    return {
        f"materials.{material.key}": _(NO_PAPER)
        for material in dossier.matter.materials
        if material.key in on_paper and material.is_electronic
    }


async def _file_errors(dossier: Dossier, values: dict[str, Any]) -> dict[str, str]:
    """Files that are not the owner's, not whole, refused, or already part of another case."""
    wanted = {f"materials.{g.key}": g.uploads for g in dossier.given if g.how is GivenHow.UPLOAD}
    for key, ids in form_files(dossier.matter, values).items():
        wanted[f"form.{key}"] = ids
    ids = [key for uploads in wanted.values() for upload in uploads if (key := queries.as_uuid(upload))]
    rows = await _owned(ids, dossier.owner) if ids else []
    by_id = {str(row["id"]): row for row in rows}
    errors: dict[str, str] = {}
    for path, uploads in wanted.items():
        for upload in uploads:
            fault = _file_fault(by_id.get(upload), upload, dossier.draft)
            if fault:
                errors.setdefault(path, fault)
    for each in dossier.given:
        if each.how is GivenHow.REUSE and not await _may_reuse(dossier, each):
            errors[f"materials.{each.key}"] = sentence_of(Refusal("upload.not_found"))
    return errors


async def _owned(ids: list[UUID], owner: str) -> list[db.Record]:
    return await db.fetch(
        "SELECT id, name_sealed, state, draft, case_id FROM upload WHERE id = ANY($1) AND owner = $2 AND removed_at IS NULL",
        ids,
        owner,
    )


def _file_fault(row: Any, upload: str, draft: str | None) -> str | None:
    if row is None or (row["draft"] is not None and str(row["draft"]) != draft):
        return sentence_of(Refusal("upload.not_found"))
    name = open_name(upload, row["name_sealed"])
    if row["case_id"] is not None:
        return _("“%(name)s”已经交在别的办件里了，改选“以前交过，直接用”", name=name)
    if row["state"] == "refused":
        return _("“%(name)s”没收下，删掉它或换一个再传", name=name)
    if row["state"] != "stored":
        return sentence_of(Refusal("upload.not_ready", name=name))
    return None


async def _may_reuse(dossier: Dossier, each: GivenMaterial) -> bool:
    material = dossier.matter.material(each.key)
    if material is None or dossier.citizen is None:
        return False
    found = await queries.reusable(dossier.citizen, [material.name])
    return set(each.uploads) <= {upload for upload, _case, _at in found.get(material.name, [])}


def form_files(matter: Matter, values: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """Uploads that answer questions of the form (an authorisation, a plan), by question."""
    keys = [question.path for question in questions(matter.form) if question.field.type == "file"]
    return {key: tuple(values[key]) for key in keys if values.get(key)}
