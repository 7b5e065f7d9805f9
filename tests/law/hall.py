"""What the hall says of a draft, as plain data to lay beside what the phone says."""

from __future__ import annotations

from typing import Any

import msgspec

from backend.domain import forms, materials
from backend.i18n import speaking
from backend.intake import dossier, material_pages, refusals, showing, topics  # noqa: F401 - refusals: registers
from shared_schemas.faults import Fault
from shared_schemas.form import FormField
from shared_schemas.matter import Matter
from shared_schemas.reasons import sentence
from shared_schemas.vocabulary import FiledFor
from tests.law.drafts import Case

LANGUAGES = ("zh", "en")


def judged(case: Case) -> dict[str, Any]:
    """Everything that depends on the answers and files of one draft."""
    matter, draft, files, today = case.matter, case.draft, case.files, case.today
    whole = dossier.put_together(draft, matter, files)
    asked = forms.open_questions(matter.form, whole.values, today)
    checked = {lang: _checked(case, whole, lang) for lang in LANGUAGES}
    pages = topics.topics_of(matter, draft.filed_for, for_staff=case.is_staff)
    standing = materials.standing(matter.materials, whole.given)
    zh = checked["zh"]
    return {
        "open": [question.path for question in asked],
        "required": [q.path for q in asked if forms.is_required(q, matter.form, whole.values, today)],
        "values": zh.values,
        "faults": {path: _said(fault) for path, fault in zh.faults.items()},
        "errors": {lang: list(each.errors.items()) for lang, each in checked.items()},
        "places": [showing.place_of(question, zh.faults.get(question.path)) for question in asked],
        "overridden": zh.overridden,
        "undecided": zh.undecided,
        "overridable": forms.overridable(matter.form, whole.values),
        "tasks": [
            [t.topic.slug, t.progress, t.is_optional, t.done, t.wrong]
            for t in topics.tasks_of(pages, draft, files, zh.faults)
        ],
        "standing": [standing.faults, standing.following],
        "words": {lang: _words(asked, whole.values, lang) for lang in LANGUAGES},
        "read": {lang: _words(asked, zh.values, lang) for lang in LANGUAGES},
    }  # fmt: skip


def _checked(case: Case, whole: dossier.Dossier, lang: str) -> dossier.Checked:
    with speaking(lang):
        return dossier.judge(whole, case.today)


def _said(fault: Fault) -> list[Any]:
    return [fault.code, fault.facts, *(sentence(fault, lang) for lang in LANGUAGES)]


def _words(asked: tuple[forms.Question, ...], values: dict[str, Any], lang: str) -> list[str]:
    with speaking(lang):
        return [showing.in_words(question, values.get(question.path)) for question in asked]


def drawn(matter: Matter, case: Case) -> dict[str, Any]:
    """What depends on the matter alone: its pages for everybody, its widgets, the ways to give its papers."""
    every = forms.questions(matter.form) if matter.form.fields else ()  # the shared groups stand in these too
    return {
        "pages": [
            [filed_for, staff, [_page(topic) for topic in topics.topics_of(matter, filed_for, for_staff=staff)]]
            for filed_for in FiledFor
            for staff in (False, True)
        ],
        "names": forms.topics(matter.form),
        "widgets": {lang: [_widget(question, case, lang) for question in every] for lang in LANGUAGES},
        "ways": [
            [desk, earlier, [material_pages.ways(m, is_desk=desk, has_earlier=earlier) for m in matter.materials]]
            for desk in (False, True)
            for earlier in (False, True)
        ],
        "needs": [[materials.is_needed(m), materials.may_follow(m)] for m in matter.materials],
    }


def _page(topic: topics.Topic) -> list[Any]:
    return [
        topic.slug,
        topic.part,
        topic.zh,
        topic.en,
        [q.path for q in topic.questions],
        topic.material and topic.material.key,
    ]


def _widget(question: forms.Question, case: Case, lang: str) -> dict[str, Any]:
    with speaking(lang):
        widget = msgspec.to_builtins(showing.widget_of(question, case.today, is_required=question.field.is_required))
    return {"isOptional" if key == "is_optional" else key: value for key, value in widget.items()}


def sent(case: Case) -> dict[str, Any]:
    """The draft as the phone has it."""
    draft = msgspec.to_builtins(case.draft)
    kept = ("values", "topics_done", "overrides", "materials", "filed_for")
    return {
        "matter": case.matter.code,
        "draft": {**{name: draft[name] for name in kept}, "rivals": case.draft.rivals, "staff": case.is_staff},
        "files": [{"id": file.id, "material": file.material, "state": file.state} for file in case.files],
        "today": case.today.isoformat(),
    }


def plain(value: Any) -> Any:
    """As JSON has it."""
    return msgspec.json.decode(msgspec.json.encode(value))


def one_question(kind: str, rule: str, options: tuple[str, ...] = ()) -> FormField:
    """A field by itself."""
    return FormField("x", "题", "Question", kind, True, rule, options)
