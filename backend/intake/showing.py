"""What the pages of a draft show: each question with its widget and hint, each answer in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from backend.domain import hints, masking, values
from backend.domain.forms import Question
from backend.domain.headings import label_of
from backend.domain.rules import rules_of
from backend.domain.tables import columns_of
from backend.domain.values import is_empty
from backend.formats import full_day
from backend.i18n import gettext as _
from backend.i18n import language
from shared_schemas.faults import Fault
from shared_schemas.labelled import Labelled
from shared_schemas.shapes import is_list, is_mapping

RADIOS_AT_MOST = 6
SUFFIX = {"percent": ("%", "%"), "money": ("元", "yuan")}
WIDTH = {
    "mobile": "11",
    "id_document": "18",
    "id_card": "18",
    "uscc": "18",
    "int": "6",
    "decimal": "6",
    "percent": "4",
}


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
        path=question.path,
        kind=_kind(question, rules),
        label=field.label(language()),
        hint=_hint(question),
        options=tuple((option, _(option)) for option in field.options),
        attrs=html,
        columns=tuple((key, label_of(key, language())) for key in columns_of(field.rule) or ("name",)),
        suffix=SUFFIX.get(field.type, ("", ""))[language() == "en"],
        width=WIDTH.get(field.type, ""),
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


IN_DISTRICT = "要在本区范围内，写到门牌号"
ONE_A_LINE = "一行写一项"
HINTS = {
    "mobile": "11 位手机号，办理中的消息发到这里",
    "uscc": "营业执照上的 18 位代码",
    "geo": "经度,纬度，如 120.78,30.75；也可以写在地图上查到的数",
    "table": "一行一个，可以再加行；不要的行清空就行",
    "region": "写到省、市、区县",
}


def _hint(question: Question) -> str:
    field = question.field
    if "in_district" in field.rule and field.type != "geo":
        return _(IN_DISTRICT)
    if field.type == "multi" and not field.options:
        return _(ONE_A_LINE)
    return _(HINTS[field.type]) if field.type in HINTS else ""


def place_of(question: Question, fault: Fault | None) -> str:
    """The id of the control that a fault is about: where a link from the summary leads, and what is marked as wrong."""
    path, kind = question.path, question.field.type
    code = fault.code if fault else ""
    match kind:
        case "daterange" | "time_range":
            return f"{path}.{'end' if code in _AT_THE_END else 'start'}"
        case "person":
            return f"{path}.{'mobile' if code.startswith('mobile.') else 'name'}"
        case "table":
            facts = fault.facts if fault else {}
            first = (columns_of(question.field.rule) or ("name",))[0]
            return f"{path}.{int(facts.get('row', 1)) - 1}.{facts.get('column', first)}"
        case _:
            return path


# Of a span: said of how it ends.
_AT_THE_END = frozenset({"date.order", "date.range_long"})


def in_words(question: Question, value: Any) -> str:
    """An answer as the check page shows it; ID and mobile numbers masked. "" when there is none."""
    if is_empty(value):
        return ""
    kind = question.field.type
    if kind in _WORDS:
        return _WORDS[kind](value)
    if is_list(value):
        return ("、" if language() == "zh" else ", ").join(_word(question, part) for part in value)
    word = _word(question, value)
    return f"{word}{SUFFIX.get(kind, ('', ''))[language() == 'en']}"


def _word(question: Question, value: Any) -> str:
    """An option in the reader's language; somebody's own words as they are."""
    text = _text(value)
    return _(text) if text in question.field.options else text


def _text(value: Any) -> str:
    """What was typed; nothing for a list or an object where a line of text was asked for."""
    return "" if value is None or is_list(value) or is_mapping(value) else str(value)


def _yes_no(value: Any) -> str:
    return _("是") if value in (True, "true", "True", "1", "on", "是") else _("否")


def _span(value: Any) -> str:
    return f"{_day(value.get('start'))} – {_day(value.get('end'))}" if is_mapping(value) else _text(value)


def _person(value: Any) -> str:
    if not is_mapping(value):
        return _text(value)
    return " ".join(_part(key, part) for key, part in value.items() if key != "id_no" and not is_empty(part))


def _table(value: Any) -> str:
    return "\n".join(_row(row) for row in value if is_mapping(row)) if is_list(value) else ""


def _files(value: Any) -> str:
    return _("{n} 个文件").format(n=len(value)) if is_list(value) else ""


def _masked_id(value: Any) -> str:
    return masking.mask_id(_text(value))


def _masked_mobile(value: Any) -> str:
    return masking.mask_mobile(_text(value))


def _day(value: Any) -> str:
    day = values.read("date", value)
    return _text(value) if isinstance(day, Fault) else full_day(date.fromisoformat(day))


def _row(row: Mapping[str, Any]) -> str:
    return " · ".join(_part(key, cell) for key, cell in row.items() if not is_empty(cell))


def _part(key: str, value: Any) -> str:
    """One part of a person or a table's row."""
    return _MASKED_PARTS[key](_text(value)) if key in _MASKED_PARTS else _text(value)


_MASKED_PARTS = {"id_no": masking.mask_id, "mobile": masking.mask_mobile, "phone": masking.mask_mobile}


def label(word: Labelled) -> str:
    """A word of the vocabulary in the reader's language."""
    return word.label(language())


_WORDS: dict[str, Callable[[Any], str]] = {
    "bool": _yes_no,
    "date": _day,
    "daterange": _span,
    "time_range": _span,
    "person": _person,
    "table": _table,
    "file": _files,
    "id_document": _masked_id,
    "id_card": _masked_id,
    "mobile": _masked_mobile,
}
