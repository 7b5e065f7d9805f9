"""The pages of a draft: one topic each, from the matter's form, its materials and how the result comes back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from backend.domain.forms import OWN, Question, is_ours, questions
from backend.domain.materials import is_needed
from backend.domain.values import is_empty
from backend.intake.profile import kind_for
from shared_schemas.draft import Draft, Progress, UploadView
from shared_schemas.faults import Fault
from shared_schemas.matter import Material, Matter
from shared_schemas.vocabulary import ApplicantKind, FiledFor, GivenHow

FIELDS_A_PAGE = 8
MISSING = frozenset({"field.missing", "name.missing", "id.missing", "table.column", "field.few"})

GROUPS = {
    "applicant_natural": ("applicant", "申请人", "Who applies"),
    "applicant_legal": ("company", "单位", "The organisation"),
    "agent": ("agent", "代办人", "Who files for them"),
    "delivery": ("delivery", "结果怎么给您", "How you get the result"),
}
OTHER_GROUP = ("基本情况", "General")
OWN_PAGE = ("申请内容", "Your application")
SKIPPED = {"applicant_any"}  # who applies was said when the draft began


class Topic(Struct, frozen=True):
    """One page. `part` is the section of the task list: you, form, materials, delivery."""

    slug: str
    part: str
    zh: str
    en: str
    questions: tuple[Question, ...] = ()
    material: Material | None = None

    def label(self, lang: str) -> str:
        """Its heading in `lang`."""
        return self.en if lang == "en" else self.zh


class Task(Struct, frozen=True):
    """One row of the task list."""

    topic: Topic
    progress: Progress
    is_optional: bool = False
    done: int = 0
    wrong: int = 0


def topics_of(matter: Matter, filed_for: FiledFor, *, for_staff: bool = False) -> list[Topic]:
    """Every page of a draft, in order."""
    kind = kind_for(filed_for)
    topics: list[Topic] = []
    delivery: list[Topic] = []
    every = [q for q in questions(matter.form) if for_staff or not is_ours(q.field)]
    for group in matter.form.groups:
        if group.name in SKIPPED or not _concerns(group.name, kind, filed_for, for_staff=for_staff):
            continue
        slug, zh, en = GROUPS.get(group.name, (group.name, *OTHER_GROUP))
        part = "delivery" if group.name == "delivery" else "you"
        if group.zh:  # the own questions of one matter of a bundle, under its name
            part, zh, en = "form", group.zh, group.en
        topic = Topic(slug, part, zh, en, tuple(q for q in every if q.topic == group.name))
        (delivery if group.name == "delivery" else topics).append(topic)
    topics.sort(key=lambda topic: topic.part == "form")  # who it is comes first, as everywhere
    topics += _own(tuple(q for q in every if q.topic == OWN))
    topics += [Topic(f"m-{m.key}", "materials", m.name, m.label("en"), material=m) for m in matter.materials]
    return [*topics, *(delivery or [Topic("delivery", "delivery", *GROUPS["delivery"][1:])])]


def _concerns(group: str, kind: ApplicantKind, filed_for: FiledFor, *, for_staff: bool) -> bool:
    if group == "applicant_natural":
        return kind is ApplicantKind.PERSON
    if group == "applicant_legal":
        return kind is ApplicantKind.COMPANY
    if group == "agent":
        # A parent acts for a child by law, not by a letter of authority (民法典 §27, §163).
        return for_staff or filed_for not in {FiledFor.SELF, FiledFor.CHILD}
    return True


def _own(asked: tuple[Question, ...]) -> list[Topic]:
    """The matter's own questions in even pages of at most eight."""
    if not asked:
        return []
    count = -(-len(asked) // FIELDS_A_PAGE)
    size = -(-len(asked) // count)
    if count == 1:
        return [Topic("form-1", "form", *OWN_PAGE, asked)]
    return [
        Topic(
            f"form-{i + 1}",
            "form",
            f"{OWN_PAGE[0]}（{i + 1}/{count}）",
            f"{OWN_PAGE[1]} ({i + 1}/{count})",
            asked[i * size : (i + 1) * size],
        )
        for i in range(count)
    ]


def how_given(material: Material, draft: Draft, files: list[UploadView]) -> GivenHow | None:
    """How this material comes: as chosen, else by the files that are there, else not at all yet."""
    choice = draft.materials.get(material.key)
    if choice is not None:
        return choice.how
    return GivenHow.UPLOAD if files else None


def tasks_of(topics: list[Topic], draft: Draft, uploads: list[UploadView], faults: Mapping[str, Fault]) -> list[Task]:
    """Each topic with its progress. `faults` are those of the whole form, by field."""
    return [
        _material_task(topic, topic.material, draft, [u for u in uploads if u.material == topic.material.key])
        if topic.material
        else _fields_task(topic, draft, faults)
        for topic in topics
    ]


def _fields_task(topic: Topic, draft: Draft, faults: Mapping[str, Fault]) -> Task:
    if not topic.questions:
        is_done = topic.slug in draft.topics_done
        return Task(topic, Progress.DONE if is_done else Progress.EMPTY)
    keys = {question.path for question in topic.questions}
    filled = [key for key in keys if not is_empty(draft.values.get(key))]
    wrong = {key: fault for key, fault in faults.items() if key in keys}
    if any(draft.others.get(key) for key in keys):
        return Task(topic, Progress.WRONG, done=len(filled), wrong=1)
    bad = [key for key, fault in wrong.items() if fault.code not in MISSING and not is_empty(draft.values.get(key))]
    if bad:
        return Task(topic, Progress.WRONG, done=len(filled), wrong=len(bad))
    if not wrong and (filled or topic.slug in draft.topics_done):
        return Task(topic, Progress.DONE, done=len(filled))
    return Task(topic, Progress.PARTLY if filled else Progress.EMPTY, done=len(filled))


def _material_task(topic: Topic, material: Material, draft: Draft, files: list[UploadView]) -> Task:
    is_optional = not is_needed(material)
    how = how_given(material, draft, files)
    stored = sum(file.state == "stored" for file in files)
    refused = sum(file.state == "refused" for file in files)
    if how is GivenHow.UPLOAD:
        if refused:
            progress = Progress.WRONG
        elif stored < len(files):
            progress = Progress.PARTLY
        else:
            progress = Progress.DONE if stored else Progress.EMPTY
    else:
        progress = Progress.EMPTY if how is None else Progress.DONE
    return Task(topic, progress, is_optional, stored, refused)


def topic_called(topics: list[Topic], slug: str) -> Topic | None:
    """The topic of that address."""
    return next((topic for topic in topics if topic.slug == slug), None)


def after(topics: list[Topic], slug: str) -> Topic | None:
    """The topic that follows."""
    place = next((i for i, topic in enumerate(topics) if topic.slug == slug), -1)
    return topics[place + 1] if 0 <= place < len(topics) - 1 else None


def values_for(topics: list[Topic], values: Mapping[str, Any]) -> dict[str, Any]:
    """Of `values`, the answers to questions these topics ask."""
    keys = {question.path for topic in topics for question in topic.questions}
    return {key: value for key, value in values.items() if key in keys}
