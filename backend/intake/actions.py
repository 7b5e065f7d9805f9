"""What happens to a draft: begun, saved field by field, moved to a new version of its matter, thrown away."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec

from backend import catalogue, db
from backend.domain import rivals
from backend.domain.forms import questions
from backend.domain.refusal import Refusal
from backend.intake import profile, queries, whereabouts, whom
from backend.intake.devices import UNKNOWN, Device
from backend.intake.owners import owner_of
from backend.intake.posted import merged
from backend.intake.profile import Prefill
from backend.intake.sealing import Answers, seal_answers
from shared_schemas.draft import Choice, Draft, DraftChange, DraftStart, Saved, Writing
from shared_schemas.matter import Matter
from shared_schemas.people import CitizenActor, OfficerActor
from shared_schemas.vocabulary import Delivery, FiledFor, GivenHow

OPEN_AT_MOST = 50
ANSWERS_AT_MOST = 512 * 1024  # bytes of JSON; the largest form of the catalogue fills a hundredth of it


async def begin(citizen: CitizenActor, start: DraftStart, now: datetime) -> Draft:
    """A new draft of a citizen, filled with what the hall knows of whoever applies.

    Raises Refusal("matter.unknown"), "filing.not_online", "filing.wrong_applicant", "draft.too_many" and those of
    `profile.of_citizen`.
    """
    matter = catalogue.current().matter(start.matter)
    if not matter.may_file_online:
        raise Refusal("filing.not_online", matter=matter.name, matter_en=matter.name_en)
    check_applicant(matter, start.filed_for)
    if start.matter_version is not None and start.matter_version != matter.version:
        # Begun on a phone before the matter changed: the draft stays under what its owner saw, and is told what changed.
        matter = await catalogue.version(start.matter, start.matter_version)
    prefill = await profile.of_citizen(citizen, start, now)
    return await _insert(owner_of(citizen), citizen.id, start, matter, prefill, now)


async def begin_walk_in(
    officer: OfficerActor, start: DraftStart, known: Prefill, now: datetime, *, citizen: int | None = None
) -> Draft:
    """A new draft that a clerk fills in for somebody at the window, for any matter, online or not.

    `citizen` is their account where they have one: the case will show up on their phone.
    """
    matter = catalogue.current().matter(start.matter)
    check_applicant(matter, start.filed_for)
    return await _insert(owner_of(officer), citizen, start, matter, known, now)


def check_applicant(matter: Matter, filed_for: FiledFor) -> None:
    """Raises Refusal("filing.wrong_applicant") where the matter is not for such an applicant."""
    kind = profile.kind_for(filed_for)
    if matter.applicants and kind not in matter.applicants:
        raise Refusal("filing.wrong_applicant", who=matter.applicants)


async def _insert(
    owner: str, citizen: int | None, start: DraftStart, matter: Matter, prefill: Prefill, now: datetime
) -> Draft:
    held = await db.fetchval("SELECT count(*) FROM draft WHERE owner = $1 AND submitted_case_id IS NULL", owner)
    if held >= OPEN_AT_MOST:
        raise Refusal("draft.too_many", most=OPEN_AT_MOST)
    draft = start.id or str(uuid4())
    asked = profile.only_asked(prefill, matter.form)
    answers = Answers(
        values=asked.values,
        revisions=dict.fromkeys(asked.values, 0),
        locked=asked.locked,
        known=prefill.values,
        overrides=prefill.overrides,
    )
    fetched = {m.key: Choice(how=GivenHow.FETCH) for m in matter.materials if m.is_shareable}
    row = await db.fetchrow(
        "INSERT INTO draft (id, owner, citizen, company, dependent, filed_for, matter, matter_version, values_sealed, "
        "topics_done, materials, delivery, revision, created_at, updated_at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '[]', $10, $11, 0, $12, $12) "
        f"ON CONFLICT (id) DO NOTHING RETURNING {queries.DRAFT_COLUMNS}",
        UUID(draft),
        owner,
        citizen,
        start.company,
        start.dependent,
        start.filed_for,
        matter.code,
        matter.version,
        seal_answers(draft, answers),
        fetched,
        Delivery.DOWNLOAD,
        now,
    )
    # The same draft was begun twice at the same moment: the other request's row is ours too.
    return queries.draft_of(row) if row else await queries.begun(draft, owner) or await queries.draft(draft, owner)


async def save(
    draft_id: str,
    owner: str,
    change: DraftChange,
    now: datetime,
    *,
    device: Device = UNKNOWN,
    topic_done: str | None = None,
) -> Saved:
    """Merge some fields into a draft; with `topic_done`, a whole page of it.

    Another device's answer is never overwritten unseen (`domain.rivals`).

    Raises Refusal("draft.not_found"), "draft.submitted", "draft.unknown_field", "draft.locked_field", "draft.too_large".
    """
    async with db.transaction():
        draft = await open_draft(draft_id, owner)
        matter = await catalogue.version(draft.matter, draft.matter_version)
        change = msgspec.structs.replace(change, fields=merged(draft.values, change.fields))
        _check_fields(matter, draft, change.fields)
        revision = draft.revision + 1
        answers = answers_of(draft)
        fields = _set_aside(answers, matter, change.fields)
        writing = Writing(revision, now, device.name, device.mark)
        conflicts = rivals.write(answers, fields, writing, seen=change.revision, is_page=topic_done is not None)
        done = list(draft.topics_done)
        if topic_done and topic_done not in done:
            done.append(topic_done)
        await store(draft.id, answers, now, revision=revision, delivery=change.delivery or draft.delivery, done=done)
        if change.told is not None:
            await whom.choose(draft, change.told)
    return Saved(revision=revision, saved_at=now, conflicts=conflicts)


def answers_of(draft: Draft) -> Answers:
    """What the draft keeps sealed, to be changed and stored again."""
    return Answers(
        values=dict(draft.values),
        revisions=dict(draft.revisions),
        written=dict(draft.written),
        others=dict(draft.others),
        before=dict(draft.before),
        former=dict(draft.former),
        locked=draft.locked,
        known=draft.known,
        overrides=dict(draft.overrides),
    )


async def open_draft(draft_id: str, owner: str) -> Draft:
    """The draft under a lock, if it can still be changed."""
    draft = await queries.draft(draft_id, owner, for_update=True)
    if draft.submitted_case_id is not None:
        raise Refusal("draft.submitted")
    return draft


def _set_aside(answers: Answers, matter: Matter, fields: dict[str, Any]) -> dict[str, Any]:
    """Of `fields`, those that are asked. Words for a question of a version before come late but are not lost."""
    asked = {question.path for question in questions(matter.form)}
    for key in fields.keys() - asked:
        answers.former[key] = msgspec.structs.replace(answers.former[key], value=fields[key])
    return {key: value for key, value in fields.items() if key in asked}


def _check_fields(matter: Matter, draft: Draft, values: dict[str, Any]) -> None:
    asked = {question.path for question in questions(matter.form)} | draft.former.keys()
    errors: dict[str, str] = {}
    for key, value in values.items():
        if key not in asked:
            errors[key] = "draft.unknown_field"
        elif key in draft.locked and value != draft.values.get(key):
            errors[key] = "draft.locked_field"
    if errors:
        raise Refusal("input.invalid", status=400, errors=errors)


async def store(
    draft: str, answers: Answers, now: datetime, *, revision: int, delivery: Delivery, done: list[str]
) -> None:
    """Keep what is sealed of a draft and where it stands. Raises Refusal("draft.too_large")."""
    if len(msgspec.json.encode(answers)) > ANSWERS_AT_MOST:
        raise Refusal("draft.too_large")
    await db.execute(
        "UPDATE draft SET values_sealed = $2, revision = $3, updated_at = $4, delivery = $5, topics_done = $6 "
        "WHERE id = $1",
        UUID(draft),
        seal_answers(draft, answers),
        revision,
        now,
        delivery,
        done,
    )


async def choose(draft_id: str, owner: str, key: str, choice: Choice, now: datetime) -> Draft:
    """Say how one material is given. Raises Refusal("material.unknown"), "upload.not_found" and those of `allowed`."""
    async with db.transaction():
        draft = await open_draft(draft_id, owner)
        matter = await catalogue.version(draft.matter, draft.matter_version)
        material = matter.material(key)
        if material is None:
            raise Refusal("material.unknown", key=key[:40])
        if choice.how is GivenHow.REUSE:
            await _check_reuse(draft, material.name, choice)
        elif choice.uploads:
            raise Refusal("material.uploads_only_for_reuse")
        row = await db.fetchrow(
            "UPDATE draft SET materials = materials || $2::jsonb, revision = revision + 1, updated_at = $3 "
            f"WHERE id = $1 RETURNING {queries.DRAFT_COLUMNS}",
            UUID(draft.id),
            {key: choice},
            now,
        )
    return queries.draft_of(row)


async def _check_reuse(draft: Draft, name: str, choice: Choice) -> None:
    """Only papers of one's own earlier cases, for the same material."""
    found = await queries.reusable(draft.citizen, [name]) if draft.citizen is not None else {}
    known = {upload for upload, _, _ in found.get(name, [])}
    if not choice.uploads or not known.issuperset(choice.uploads):
        raise Refusal("upload.not_found")


async def remove(draft_id: str, owner: str) -> None:
    """Throw a draft away with all its files. A submitted one stays: it is a case now; one handed over is its citizen's."""
    async with db.transaction():
        draft = await open_draft(draft_id, owner)
        if await whereabouts.away(UUID(draft.id)) is not None:
            raise Refusal("draft.not_yours_to_remove")
        await db.execute("DELETE FROM draft_relay WHERE draft = $1", UUID(draft.id))
        await db.execute("DELETE FROM kept_post WHERE draft = $1", UUID(draft.id))
        await db.execute("DELETE FROM draft WHERE id = $1", UUID(draft.id))
        await db.execute(
            "UPDATE upload SET removed_at = now(), draft = NULL WHERE draft = $1 AND case_id IS NULL", UUID(draft.id)
        )
