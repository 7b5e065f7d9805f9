"""From the flat names of an HTML form to the answers of a matter's form.

Compound answers have dotted names: `period.start`, `manager.name`, `shareholders.0.name`. A multiple choice repeats its
name; `_shown` lists the questions on the page, which tells "nothing ticked" from "not asked".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from backend.domain.forms import Question

ROWS_AT_MOST = 100
SHOWN = "_shown"


def answers_in(questions: Iterable[Question], form: Any) -> dict[str, Any]:
    """The answers to `questions` in a posted form (a multi-dict), as far as they were on the page."""
    names = list(form.keys())
    shown = set(form.getall(SHOWN, []))
    found: dict[str, Any] = {}
    for question in questions:
        value = _answer(question, form, names)
        # A browser says nothing of boxes that are not ticked.
        if value is _ABSENT and question.path in shown and question.field.type in {"multi", "bool"}:
            value = [] if question.field.type == "multi" else ""
        if value is not _ABSENT:
            found[question.path] = value
    return found


_ABSENT = object()


def _answer(question: Question, form: Any, names: list[str]) -> Any:
    key, kind = question.path, question.field.type
    if kind == "table":
        rows = _rows(key, form, names)
        return rows if any(name.startswith(f"{key}.") for name in names) else _ABSENT
    if any(name.startswith(f"{key}.") for name in names):
        parts = {name[len(key) + 1 :]: _text(form[name]) for name in names if name.startswith(f"{key}.")}
        return {part: value for part, value in parts.items() if part.isascii() and part.isidentifier()}
    if key not in names:
        return _ABSENT
    if kind == "multi" and not question.field.options:  # a list in somebody's own words, one a line
        return [part for part in map(str.strip, re.split(r"[\n、；;]", _text(form.getall(key)[-1]))) if part]
    if kind in {"multi", "file"}:
        return [value for value in map(_text, form.getall(key)) if value]
    return _text(form.getall(key)[-1])


def _rows(key: str, form: Any, names: list[str]) -> list[dict[str, str]]:
    rows: dict[int, dict[str, str]] = {}
    for name in names:
        if not name.startswith(f"{key}."):
            continue
        number, _, column = name[len(key) + 1 :].partition(".")
        if number.isascii() and number.isdigit() and int(number) < ROWS_AT_MOST and column:
            rows.setdefault(int(number), {})[column] = _text(form[name])
    return [row for _, row in sorted(rows.items()) if any(row.values())]


def _text(value: Any) -> str:
    """A posted value; a file in a text field is nothing."""
    return value.strip() if isinstance(value, str) else ""


def merged(values: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """`changes` with dotted names (as the autosave element sends them) as whole answers, put into `values`' ones."""
    whole: dict[str, Any] = {}
    for name, value in changes.items():
        key, *path = name.split(".")
        if not path:
            whole[key] = value
        elif len(path) == 1:
            base = whole.get(key, values.get(key))
            whole[key] = {**(base if isinstance(base, Mapping) else {}), path[0]: value}
        elif len(path) == 2 and path[0].isascii() and path[0].isdigit() and int(path[0]) < ROWS_AT_MOST:
            base = whole.get(key, values.get(key))
            rows = [dict(row) for row in base] if isinstance(base, list) else []
            rows += [{} for _ in range(int(path[0]) + 1 - len(rows))]
            rows[int(path[0])][path[1]] = value
            whole[key] = rows
        else:
            whole[name] = value
    return whole
