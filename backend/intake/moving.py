"""A draft goes on under the version of its matter that is in force; what has no place any more is kept aside."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from backend import catalogue, db
from backend.domain import versions
from backend.domain.forms import questions
from backend.domain.values import is_empty
from backend.i18n import language
from backend.intake import actions, queries
from backend.intake.rivals import in_full
from backend.intake.sealing import Answers, seal_answers
from shared_schemas.draft import Choice, Draft, Former, UploadView
from shared_schemas.form import FormField
from shared_schemas.matter import Matter
from shared_schemas.vocabulary import GivenHow


class Aside(Struct, frozen=True):
    """An answer or a paper that was kept aside. `files` counts what was sent for it; `is_asked` when a like question stands."""

    path: str
    label: str
    words: str
    value: Any = None
    files: int = 0
    is_asked: bool = False


def aside(draft: Draft, asked: Iterable[str], files: Iterable[UploadView]) -> list[Aside]:
    """What was typed and sent for a version before, in words. `asked` are the paths that are asked now."""
    sent: dict[str, int] = {}
    for file in files:
        sent[file.material] = sent.get(file.material, 0) + 1
    open_now, found = set(asked), list[Aside]()
    for path, former in draft.former.items():
        count = sent.get(path.removeprefix("materials.") if versions.is_paper(path) else f"form.{path}"[:40], 0)
        if is_empty(former.value) and not count:
            continue
        words = "" if former.field.type == "file" else in_full(versions.as_question(path, former), former.value)
        found.append(Aside(path, former.field.label(language()), words, former.value, count, path in open_now))
    return found


async def move_to_current(draft_id: str, owner: str, now: datetime, code: str | None = None) -> Draft:
    """Go on under the matter's version in force: the person has seen what changed.

    `code`: from now on a draft of other parts of its bundle (一件事). Answers to questions that are no longer asked stay in
    the draft, unused, and so do files of papers that are no longer needed; an answer that its question can't hold any more
    is kept aside and asked again.
    """
    async with db.transaction():
        draft = await actions.open_draft(draft_id, owner)
        matter = catalogue.current().matter(code or draft.matter)
        before = await catalogue.version(draft.matter, draft.matter_version)
        keys = _same_papers(before, matter)
        fetched = {m.key: Choice(how=GivenHow.FETCH) for m in matter.materials if m.is_shareable}
        materials = fetched | {keys.get(key, key): choice for key, choice in draft.materials.items()}
        for old, new in keys.items():
            await db.execute(
                "UPDATE upload SET material = $3 WHERE draft = $1 AND material = $2", UUID(draft.id), old, new
            )
        answers = actions.answers_of(draft)
        answers.former = versions.former_answers(before.form, matter.form, draft.values, draft.former)
        answers.former |= _former_papers(before, matter, keys)
        _know(answers, matter)
        row = await db.fetchrow(
            "UPDATE draft SET matter_version = $2, materials = $3, revision = revision + 1, updated_at = $4, "
            f"values_sealed = $5, matter = $6 WHERE id = $1 RETURNING {queries.DRAFT_COLUMNS}",
            UUID(draft.id),
            matter.version,
            materials,
            now,
            seal_answers(draft.id, answers),
            matter.code,
        )
    return queries.draft_of(row)


def _know(answers: Answers, matter: Matter) -> None:
    """What the hall knows of whoever applies, where a question that asks it stands now for the first time."""
    asked = {question.path for question in questions(matter.form)}
    fresh = {k: v for k, v in answers.known.items() if k in asked and k not in answers.values and not is_empty(v)}
    answers.values.update(fresh)


def _same_papers(before: Matter, after: Matter) -> dict[str, str]:
    """Old key -> new key of materials that only changed their key: the name is what people know them by."""
    names = {m.name: m.key for m in after.materials}
    kept = {m.key for m in after.materials}
    return {m.key: names[m.name] for m in before.materials if m.key not in kept and m.name in names}


def _former_papers(before: Matter, after: Matter, keys: dict[str, str]) -> dict[str, Former]:
    """Papers that are no longer asked for, so that their files keep a name, and late ones a place."""
    kept = {m.key for m in after.materials}
    return {
        versions.paper_path(m.key): Former(FormField(m.key, m.name, m.label("en"), "file"))
        for m in before.materials
        if m.key not in kept and m.key not in keys
    }
