"""Everything the pages of one draft have in common, loaded once a request."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

import msgspec
from msgspec import Struct

from backend import catalogue
from backend.domain import forms
from backend.domain.calendar import day_of
from backend.domain.forms import Question, is_required, open_questions
from backend.domain.refusal import Refusal
from backend.intake import changes, dossier, moving, queries, topics, whereabouts
from backend.intake.dossier import Checked
from backend.intake.moving import Aside
from backend.intake.owners import owner_of
from backend.intake.showing import Widget, in_words, widget_of
from backend.intake.topics import Task, Topic
from backend.people.guards import GoElsewhere
from shared_schemas.draft import Difference, Draft, Progress, UploadView
from shared_schemas.matter import Matter
from shared_schemas.people import CitizenActor, OfficerActor


class Sheet(Struct, frozen=True):
    """A draft with its matter, pages, files and faults, for one reader."""

    draft: Draft
    matter: Matter
    tasks: list[Task]
    files: list[UploadView]
    checked: Checked
    changes: list[Difference]
    open_paths: frozenset[str]
    is_desk: bool
    is_handed_over: bool
    now: datetime

    @property
    def topics(self) -> list[Topic]:
        """Its pages in order."""
        return [task.topic for task in self.tasks]

    @property
    def to_do(self) -> list[Task]:
        """What is neither done nor optional."""
        return [
            task
            for task in self.tasks
            if task.progress is not Progress.DONE and not (task.is_optional and task.progress is Progress.EMPTY)
        ]

    def topic(self, slug: str) -> Topic:
        """The page of that address. Raises Refusal("draft.topic_unknown")."""
        found = topics.topic_called(self.topics, slug)
        if found is None:
            raise Refusal("draft.topic_unknown")
        return found

    def asked(self, topic: Topic) -> list[Question]:
        """The questions of a page that stand open now."""
        return [question for question in topic.questions if question.path in self.open_paths]

    def widgets(self, topic: Topic) -> list[Widget]:
        """How they are drawn. Proved answers are not asked but shown."""
        today = day_of(self.now)
        return [
            widget_of(q, today, is_required=is_required(q, self.matter.form, self.draft.values, today))
            for q in self.asked(topic)
            if q.path not in self.draft.locked
        ]

    def proved(self, topic: Topic) -> list[tuple[Question, str]]:
        """Answers that come from a proved identity, in words."""
        return [
            (q, in_words(q, self.draft.values.get(q.path))) for q in self.asked(topic) if q.path in self.draft.locked
        ]

    @property
    def overridable(self) -> dict[str, str]:
        """Credit codes that fail nothing but their check digit, by question: a clerk may vouch for them."""
        return forms.overridable(self.matter.form, self.draft.values)

    def is_overridden(self, path: str) -> bool:
        """Whether a clerk vouches for the code that stands there now."""
        return self.draft.overrides.get(path) == self.overridable.get(path)

    @property
    def is_kiosk(self) -> bool:
        """Whether it is open at a kiosk, which reaches nothing else."""
        return self.draft.owner.startswith("kiosk:")

    @property
    def is_stale(self) -> bool:
        """Whether the matter has a newer version than the draft."""
        return is_stale(self)

    @property
    def aside(self) -> list[Aside]:
        """What was answered and sent for a version before and has no place now."""
        return moving.aside(self.draft, self.open_paths, self.files)

    @property
    def undecided(self) -> list[Question]:
        """Open questions that two devices answered differently."""
        return [q for topic in self.topics for q in self.asked(topic) if self.draft.others.get(q.path)]

    def files_of(self, key: str) -> list[UploadView]:
        """The files sent for a material or, as "form.<path>", for a question."""
        return [file for file in self.files if file.material == key]

    def words(self, question: Question) -> str:
        """An answer in words, for the check page."""
        if question.field.type == "file":
            return in_words(
                question, [f.id for f in self.files_of(f"form.{question.path}"[:40]) if f.state == "stored"]
            )
        return in_words(question, self.draft.values.get(question.path))


async def load(draft_id: str, actor: CitizenActor | OfficerActor, now: datetime) -> Sheet:
    """The actor's own draft. Raises Refusal("draft.not_found")."""
    try:
        draft = await queries.draft(draft_id, owner_of(actor))
    except Refusal as refusal:
        if refusal.code == "draft.elsewhere":  # its page says where, and takes it back
            raise GoElsewhere(f"/drafts/{quote(draft_id)}/relay", refusal.code) from None
        raise
    return await of_draft(draft, now, is_desk=isinstance(actor, OfficerActor))


async def of_draft(draft: Draft, now: datetime, *, is_desk: bool) -> Sheet:
    """A draft that is already at hand."""
    matter = await catalogue.version(draft.matter, draft.matter_version)
    files = await queries.uploads_of(draft.id, draft.owner)
    checked = await dossier.check(await dossier.of_draft(draft, matter), day_of(now))
    pages = topics.topics_of(matter, draft.filed_for, for_staff=is_desk)
    current = catalogue.current().known(draft.matter) or matter
    open_paths = frozenset(q.path for q in open_questions(matter.form, draft.values, day_of(now)))
    # What closed questions were answered on another device need not be decided.
    draft = msgspec.structs.replace(draft, others={k: v for k, v in draft.others.items() if k in open_paths})
    return Sheet(
        draft=draft,
        matter=matter,
        files=files,
        checked=checked,
        is_desk=is_desk,
        now=now,
        tasks=topics.tasks_of(pages, draft, files, checked.faults),
        changes=changes.between(matter, current) if current.version != draft.matter_version else [],
        open_paths=open_paths,
        is_handed_over=await whereabouts.away(UUID(draft.id)) is not None,
    )


def is_stale(sheet: Sheet) -> bool:
    """Whether the matter has a newer version than the draft."""
    current = catalogue.current().known(sheet.draft.matter)
    return current is not None and current.version != sheet.draft.matter_version


def error_place(sheet: Sheet, path: str) -> str:
    """The page on which an error of the whole filing is put right."""
    kind, _, key = path.partition(".")
    for topic in sheet.topics:
        if kind == "materials" and topic.material and topic.material.key == key:
            return topic.slug
        if kind == "form" and any(question.path == key for question in topic.questions):
            return topic.slug
    return sheet.topics[0].slug if sheet.topics else ""


def names_of(sheet: Sheet) -> dict[str, Any]:
    """Path of an error -> the question's or paper's own name, in both languages as (zh, en)."""
    names = {f"form.{q.path}": (q.field.zh, q.field.en) for t in sheet.topics for q in t.questions}
    return names | {f"materials.{m.key}": (m.name, m.label("en")) for m in sheet.matter.materials}
