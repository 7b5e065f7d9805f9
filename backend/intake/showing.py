"""What the pages of a draft show: each question with its widget and hint, each answer in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from backend.domain import hints, masking
from backend.domain.forms import Question
from backend.domain.rules import rules_of
from backend.domain.tables import columns_of
from backend.domain.values import is_empty
from backend.formats import full_day
from backend.i18n import gettext as _
from backend.i18n import language
from backend.intake.columns import label_of
from shared_schemas.labelled import Labelled

RADIOS_AT_MOST = 6
_SUFFIX = {"percent": ("%", "%"), "money": ("元", "yuan")}
_SECRET = {"id_document", "id_card"}
_WIDTH = {"mobile": "11", "id_document": "18", "id_card": "18", "uscc": "18", "int": "6", "decimal": "6", "percent": "4"}


class Widget(Struct, frozen=True):
    """How one question is drawn. `kind` names a branch of the template; `attrs` are HTML attributes by name."""

    path: str
    kind: str
    label: str
    hint: str
    options: tuple[tuple[str, str], ...]
    attrs: dict[str, str]
    columns: tuple[tuple[str, str], ...] = ()
    suffix: str = ""
    width: str = ""
    is_optional: bool = False


def widget_of(question: Question, today: date, *, is_required: bool) -> Widget:
    """The widget for a question, in the reader's language."""
    field = question.field
    rules = {rule.name for rule in rules_of(field.rule, field.type)}
    html = hints.html_of(field, today)
    html.pop("required", None)  # the server says what is missing, in a sentence
    html.pop("pattern", None)
    return Widget(
        path=question.path, kind=_kind(question, rules), label=field.label(language()), hint=_hint(question, rules),
        options=tuple((option, _(option)) for option in field.options), attrs=html,
        columns=tuple((key, label_of(key, language())) for key in columns_of(field.rule) or ("name",)),
        suffix=_SUFFIX.get(field.type, ("", ""))[language() == "en"], width=_WIDTH.get(field.type, ""),
        is_optional=not is_required,
    )


def _kind(question: Question, rules: set[str]) -> str:
    field = question.field
    if field.type == "bool":
        return "tick" if "must_be_true" in rules else "yes_no"
    if field.type == "multi":
        return "checkboxes" if field.options else "lines"
    if field.options and field.type.startswith("enum"):
        return "radios" if len(field.options) <= RADIOS_AT_MOST else "select"
    if field.type in {"textarea", "date", "datetime", "daterange", "time_range", "table", "person", "file"}:
        return field.type
    return "input"


def _hint(question: Question, rules: set[str]) -> str:
    field = question.field
    match field.type:
        case "mobile":
            return _("11 位手机号，办理中的消息发到这里")
        case "uscc":
            return _("营业执照上的 18 位代码")
        case "geo":
            return _("经度,纬度，如 120.78,30.75；也可以写在地图上查到的数")
        case "table":
            return _("一行一个，可以再加行")
        case "multi" if not field.options:
            return _("一行写一项")
        case "region":
            return _("写到省、市、区县")
    if "in_district" in field.rule:
        return _("要在本区范围内，写到门牌号")
    return ""


def in_words(question: Question, value: Any) -> str:
    """An answer as the check page shows it; ID numbers masked. "" when there is none."""
    if is_empty(value):
        return ""
    field = question.field
    match field.type:
        case "bool":
            return _("是") if value in (True, "true", "True", "1", "on", "是") else _("否")
        case "date":
            return _day(value)
        case "daterange" | "time_range" if isinstance(value, Mapping):
            return f"{_day(value.get('start'))} – {_day(value.get('end'))}"
        case "person" if isinstance(value, Mapping):
            return " ".join(str(part) for key, part in value.items() if part and key != "id_no")
        case "table" if isinstance(value, list):
            return "\n".join(_row(row) for row in value)
        case "file":
            return _("{n} 个文件").format(n=len(value)) if isinstance(value, list) else ""
    if field.type in _SECRET:
        return masking.mask_id(str(value))
    if field.type == "mobile":
        return masking.mask_mobile(str(value))
    if isinstance(value, list):
        return ("、" if language() == "zh" else ", ").join(_(str(part)) for part in value)
    return f"{_(str(value)) if field.options else value}{_SUFFIX.get(field.type, ('', ''))[language() == 'en']}"


def _day(value: Any) -> str:
    try:
        return full_day(date.fromisoformat(str(value)))
    except ValueError:
        return str(value or "")


def _row(row: Mapping[str, Any]) -> str:
    cells = (masking.mask_id(str(cell)) if key == "id_no" else str(cell) for key, cell in row.items() if cell)
    return " · ".join(cells)


def label(word: Labelled) -> str:
    """A word of the vocabulary in the reader's language."""
    return word.label(language())
