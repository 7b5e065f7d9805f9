"""How much room a question gets on paper, and what stands in it on a sample."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from backend.documents.application import Entry, Option, Part, Room
from backend.domain.forms import Question
from backend.domain.headings import label_of
from backend.domain.hints import file_types
from backend.domain.rules import rules_of
from backend.domain.tables import columns_of
from backend.i18n import gettext as _
from backend.i18n import language
from shared_schemas.form import FormField

ROWS = 4  # empty rows of a table
LINES = 3  # of a long text
_UNITS = {"money": "元", "percent": "%"}
_SHORT = {"text", "int", "decimal", "money", "percent", "date", "slot", "enum", "enum_iso3166", "enum_gb3304", "bool"}
# Numbers that are read by their digits: GB 11643 and GB 32100 have 18, a mobile number 11.
_DIGITS = {"id_card": 18, "id_document": 18, "uscc": 18, "mobile": 11}
# Columns of a table that need more than the usual 5 parts of its width.
_WEIGHTS = {
    "id_no": 10, "facts": 12, "legal_basis": 9, "reason": 10, "cert_no": 8, "qualification_no": 8, "approval_no": 8,
    "before": 9, "after": 9, "employer": 9, "id_type": 7, "phone": 7, "date": 7, "due_date": 7, "position": 7,
}  # fmt: skip
_LONG_LABEL = 14  # a longer label takes the whole row


def entry_of(question: Question, every: Sequence[Question], value: Any, lang: str) -> Entry:
    """The entry of one question; `value` is its answer on a sample, None on a blank form."""
    field = question.field
    room: dict[str, Any] = {"room": Room.LINE} | _ROOMS.get(field.type, _line)(question, value)
    return Entry(
        label=field.zh, label_en=field.en if lang == "en" else "", hint=_hint(question, every), is_required=field.is_required,
        is_wide=_is_wide(field, room),
        **room,
    )  # fmt: skip


def _is_wide(field: FormField, room: Mapping[str, Any]) -> bool:
    if len(field.zh) > _LONG_LABEL or field.type not in _SHORT:
        return True
    return room["room"] is Room.OPTIONS and field.type != "bool"


def _line(question: Question, value: Any) -> dict[str, Any]:
    unit = _UNITS.get(question.field.type, "")
    return {"value": _said(value), "unit": "" if unit in question.field.zh else unit}


def _boxes(question: Question, value: Any) -> dict[str, Any]:
    return {"room": Room.BOXES, "count": _DIGITS[question.field.type], "value": _said(value)}


def _area(_question: Question, value: Any) -> dict[str, Any]:
    return {"room": Room.AREA, "count": LINES, "value": _said(value)}


def _choice(question: Question, value: Any) -> dict[str, Any]:
    if not question.field.options:
        return _line(question, value) if question.field.type != "multi" else _area(question, value)
    chosen = value if isinstance(value, list) else [value]
    return _options([(option, option in chosen) for option in question.field.options])


def _yes_no(question: Question, value: Any) -> dict[str, Any]:
    if _is_tick(question):
        return _options([("是，我承诺", value is True)])
    return _options([("是", value is True), ("否", value is False)])


def _file(_question: Question, value: Any) -> dict[str, Any]:
    return _options([("已附在后面", bool(value))])


def _options(words: list[tuple[str, bool]]) -> dict[str, Any]:
    made = []
    for word, is_chosen in words:
        other = _(word)
        made.append(Option(word if other == word else f"{word} {other}", is_chosen))
    return {"room": Room.OPTIONS, "options": tuple(made)}


def _day(_question: Question, value: Any) -> dict[str, Any]:
    return {"room": Room.PARTS, "parts": _day_parts(_said(value))}


def _day_parts(iso: str) -> tuple[Part, ...]:
    year, month, day = iso[:10].split("-") if len(iso) >= 10 else ("", "", "")
    return Part(12, "年", year), Part(8, "月", month.lstrip("0")), Part(8, "日", day.lstrip("0"))


def _moment(_question: Question, value: Any) -> dict[str, Any]:
    hour, _colon, minute = _said(value)[11:16].partition(":")
    return {"room": Room.PARTS, "parts": (*_day_parts(_said(value)), Part(8, "时", hour), Part(8, "分", minute))}


def _span(_question: Question, value: Any) -> dict[str, Any]:
    ends = value if isinstance(value, Mapping) else {}
    year, month, day = _day_parts(str(ends.get("start", "")))
    until = _day_parts(str(ends.get("end", "")))
    return {"room": Room.PARTS, "parts": (year, month, Part(day.width, "日　至　", day.value), *until)}


def _hours(_question: Question, value: Any) -> dict[str, Any]:
    ends = value if isinstance(value, Mapping) else {}
    start, end = str(ends.get("start", "")), str(ends.get("end", ""))
    return {"room": Room.PARTS, "parts": (Part(20, "　至　", start), Part(20, "", end))}


def _person(_question: Question, value: Any) -> dict[str, Any]:
    given = value if isinstance(value, Mapping) else {}
    name, mobile = str(given.get("name", "")), str(given.get("mobile", ""))
    return {"room": Room.PARTS, "parts": (Part(34, "　", name, _("姓名")), Part(40, "", mobile, _("手机号")))}


def _place(_question: Question, value: Any) -> dict[str, Any]:
    east, _comma, north = _said(value).partition(",")
    return {"room": Room.PARTS, "parts": (Part(34, "　", east, _("经度")), Part(34, "", north, _("纬度")))}


def _table(question: Question, value: Any) -> dict[str, Any]:
    keys = columns_of(question.field.rule) or ("name", "position")
    rows = value if isinstance(value, list) else []
    zh = tuple(label_of(key, "zh") for key in keys)
    headings = (
        zh if language() == "zh" else tuple(f"{word} {label_of(key, 'en')}" for word, key in zip(zh, keys, strict=True))
    )
    return {
        "room": Room.TABLE, "columns": headings, "weights": tuple(_WEIGHTS.get(key, 5) for key in keys),
        "rows": tuple(tuple(str(row.get(key, "")) for key in keys) for row in rows), "count": ROWS,
    }  # fmt: skip


def _said(value: Any) -> str:
    if value is None:
        return ""
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value)


def _is_tick(question: Question) -> bool:
    return any(rule.name == "must_be_true" for rule in rules_of(question.field.rule, question.field.type))


def _hint(question: Question, every: Sequence[Question]) -> str:
    rules = rules_of(question.field.rule, question.field.type)
    said = [_when(rule.args[0], every) for rule in rules if rule.name == "required_if"]
    if "in_district" in question.field.rule and question.field.type != "geo":
        said.append(_("要在本区范围内，写到门牌号"))
    elif question.field.type == "region":
        said.append(_("写到省、市、区县"))
    elif question.field.type == "multi":
        said.append(_("可以选几项") if question.field.options else _("一行写一项"))
    elif question.field.type == "file" and (types := file_types(question.field)):
        said.append(_("网上交的话传 {types}").format(types=" / ".join(types).upper()))
    return _("；").join(word for word in said if word)


def _when(condition: str, every: Sequence[Question]) -> str:
    """`required_if` in words: by the label of the question it looks at, or by the option it names."""
    key, _equals, wanted = condition.partition("=")
    asked = next((q.field for q in every if q.field.key == key), None)
    if asked is not None and wanted:
        return _("“{label}”选“{option}”的填").format(label=asked.label(language()), option=wanted)
    if asked is not None:
        return _("“{label}”选“是”的填").format(label=asked.label(language()))
    if condition.startswith("age<"):
        return _("不满 {n} 岁的填").format(n=condition.removeprefix("age<"))
    if condition.isascii():
        return ""
    words = condition.split("/")
    named = [option for q in every for option in q.field.options if any(word in option for word in words)]
    if named:
        return _("选“{option}”的填").format(option=_("、").join(_(option) for option in named))
    return _("属于“{option}”的填").format(option=_("、").join(words))


_ROOMS: dict[str, Callable[[Question, Any], dict[str, Any]]] = {
    **dict.fromkeys(_DIGITS, _boxes),
    "textarea": _area, "enum": _choice, "enum_iso3166": _choice, "enum_gb3304": _choice, "multi": _choice, "bool": _yes_no,
    "file": _file, "date": _day, "datetime": _moment, "daterange": _span, "time_range": _hours, "person": _person,
    "geo": _place, "table": _table,
}  # fmt: skip
