"""A matter changed under a filing in the making: what was typed for the form before, and no longer has a place in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from backend.domain.forms import Question, questions
from backend.domain.tables import columns_of
from backend.domain.values import is_empty
from shared_schemas.draft import Former
from shared_schemas.form import FormDefinition, FormField
from shared_schemas.shapes import is_list, is_mapping


def former_answers(
    before: FormDefinition, after: FormDefinition, values: Mapping[str, Any], kept: Mapping[str, Former]
) -> dict[str, Former]:
    """What is kept aside when a draft moves on: by question, how it was asked and what was answered.

    Questions that went away (answered or not: another device may still bring words for them), and answers that the new
    question can't hold. `kept` is what was set aside before; a question that is asked again as it was leaves it.
    """
    now_asked = {question.path: question for question in questions(after)}
    found = {path: former for path, former in kept.items() if path not in now_asked or is_paper(path)}
    for question in questions(before):
        path, value = question.path, values.get(question.path)
        if path not in now_asked or _is_lost(question.field, now_asked[path].field, value):
            found[path] = Former(question.field, value)
        elif path in kept and kept[path].field != now_asked[path].field:
            found[path] = kept[path]
    return found


def is_paper(path: str) -> bool:
    """Whether a key of what was set aside is a material's."""
    return path.startswith("materials.")


def paper_path(key: str) -> str:
    """The key of a material among what was set aside."""
    return f"materials.{key}"


def _is_lost(old: FormField, new: FormField, value: Any) -> bool:
    if is_empty(value):
        return False
    if old.type != new.type or (bool(old.options) != bool(new.options)):
        return True
    if new.options:
        chosen = value if is_list(value) else [value]
        return any(each in old.options and each not in new.options for each in chosen)
    return old.type == "table" and _has_cells(value, set(columns_of(old.rule)) - set(columns_of(new.rule)))


def _has_cells(rows: Any, columns: set[str]) -> bool:
    return is_list(rows) and any(not is_empty(row.get(column)) for row in rows if is_mapping(row) for column in columns)


def as_question(path: str, former: Former) -> Question:
    """How it was asked, to show its answer in words."""
    return Question(path, "", former.field)
