"""要您定一下: what two devices wrote differently, in words, and the person's choice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct

from backend import db
from backend.domain import rivals as law
from backend.domain.forms import Question
from backend.domain.headings import label_of
from backend.domain.refusal import Refusal
from backend.domain.values import is_empty
from backend.i18n import gettext as _
from backend.i18n import language
from backend.intake import actions, devices
from backend.intake.devices import Device
from backend.intake.showing import in_words
from shared_schemas.draft import Draft, Writing


class Side(Struct, frozen=True):
    """One of the answers. `revision` names it when choosing; `is_here`: written on the device that asks."""

    revision: int
    value: Any
    words: str
    device: str
    at: datetime | None
    is_here: bool = False


class Undecided(Struct, frozen=True):
    """A question with more than one answer: the one that stands first, then the others as they came."""

    path: str
    label: str
    sides: list[Side]


def undecided(draft: Draft, asked: Iterable[Question], mark: str = "") -> list[Undecided]:
    """What is still to be decided among the questions that stand open. `mark` is the asking device's."""
    return [
        Undecided(q.path, q.field.label(language()), _sides(draft, q, mark)) for q in asked if draft.others.get(q.path)
    ]


def _sides(draft: Draft, question: Question, mark: str) -> list[Side]:
    path = question.path
    stands = draft.written.get(path) or Writing(draft.revisions.get(path, 0), draft.created_at)
    every = [(draft.values.get(path), stands), *((rival.value, rival.by) for rival in draft.others[path])]
    return [
        Side(
            by.revision,
            value,
            in_full(question, value),
            devices.in_words(by.device),
            by.at if by.revision else None,
            bool(mark) and by.mark == mark,
        )
        for value, by in every
    ]


def in_full(question: Question, value: Any) -> str:
    """An answer as its owner compares it with another: nothing masked, every part named, a row a line."""
    if is_empty(value):
        return _("空着")
    if isinstance(value, list) and question.field.type == "table":
        return "\n".join(_parts(row, {}) for row in value)
    if isinstance(value, Mapping) and question.field.type == "person":
        return _parts(value, {"name": _("姓名")})
    words = in_words(question, value)
    return str(value) if "*" in words and isinstance(value, str) else words


def _parts(parts: Any, names: dict[str, str]) -> str:
    """`names` are words of this kind of answer; a table's columns have those of the catalogue."""
    if not isinstance(parts, Mapping):
        return str(parts)
    between, colon = ("，", "：") if language() == "zh" else (", ", ": ")
    said = {key: part for key, part in parts.items() if not is_empty(part)}
    return between.join(f"{names.get(key) or label_of(key, language())}{colon}{part}" for key, part in said.items())


async def settle(
    draft_id: str, owner: str, chosen: Mapping[str, int], *, seen: int, device: Device, now: datetime
) -> None:
    """Take, of each question, the answer that was written at the chosen revision. What came since is asked again.

    Raises Refusal("draft.not_found"), "draft.submitted", "draft.rival_moved", "draft.locked_field".
    """
    async with db.transaction():
        draft = await actions.open_draft(draft_id, owner)
        if locked := [key for key in chosen if key in draft.locked]:
            raise Refusal("input.invalid", status=400, errors=dict.fromkeys(locked, "draft.locked_field"))
        answers, revision = actions.answers_of(draft), draft.revision + 1
        law.settle(answers, chosen, Writing(revision, now, device.name, device.mark), seen=seen)
        done = list(draft.topics_done)
        await actions.store(draft.id, answers, now, revision=revision, delivery=draft.delivery, done=done)
