"""Judging one answer, already in its normal form, by its field's rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from backend.domain import conditions, propositions, tables
from backend.domain.conditions import Asked, age_on
from backend.domain.rules import Rule, rules_of, shifted, words_of
from shared_schemas import identity
from shared_schemas.faults import Fault
from shared_schemas.id_kind import IdKind
from shared_schemas.shapes import is_mapping

# Longest plain answer without a rule of its own: keeps a page printable and a row small.
MOST_CHARACTERS = {"text": 200, "address": 200, "textarea": 4000, "region": 100, "url": 500, "slot": 100}
_BEYOND = {
    "<=": ("field.most", "most"),
    ">=": ("field.least", "least"),
    "<": ("field.below", "below"),
    ">": ("field.above", "above"),
}
_HOLDS: dict[str, Callable[[Any, Any], bool]] = {
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
}

_Judge = Callable[[Rule, Any, "Context"], Fault | None]


class Context:
    """What a rule may look at beside the answer: the question, the other answers, the day."""

    def __init__(self, question: Asked, answers: Mapping[str, Any], asked: Sequence[Asked], today: date) -> None:
        self.question, self.answers, self.asked, self.today = question, answers, asked, today

    def other(self, key: str) -> tuple[Asked, Any] | None:
        """The question with that key and its answer, when it was answered."""
        for question in self.asked:
            if question.field.key == key and question.path in self.answers:
                return question, self.answers[question.path]
        return None


def fault_in(question: Asked, answers: Mapping[str, Any], asked: Sequence[Asked], today: date) -> Fault | None:
    """The first fault of the answer at `question.path`: by its type, then by its rules in order."""
    return next(_faults(question, answers, asked, today), None)


def fault_beside(
    question: Asked, answers: Mapping[str, Any], asked: Sequence[Asked], today: date, *, waived: frozenset[str]
) -> Fault | None:
    """As `fault_in`, without the codes in `waived`: what staff have checked against the original."""
    return next((fault for fault in _faults(question, answers, asked, today) if fault.code not in waived), None)


def _faults(question: Asked, answers: Mapping[str, Any], asked: Sequence[Asked], today: date) -> Iterator[Fault]:
    value, context = answers[question.path], Context(question, answers, asked, today)
    if fault := _by_type(question.field.type, value, context):
        yield fault
    for rule in rules_of(question.field.rule, question.field.type):
        judge = _JUDGES.get(rule.name)
        if judge and (fault := judge(rule, value, context)):
            yield fault


def can_judge(rule: Rule, question: Asked, every: Sequence[Asked]) -> bool:
    """Whether this rule is enforced (or steers which questions are asked)."""
    match rule.name:
        case "required_if":
            return conditions.can_tell(rule.args[0], every)
        case "at_most_other":
            return any(each.field.key == rule.args[0] for each in every)
        case "proposition":
            return propositions.names_resolve(rule.args[0], [each.field.key for each in every])
        case "column_day" | "column_above":
            columns = tables.columns_of(question.field.rule)
            return tables.column_named(rule.args[0], columns) is not None
        case "switch" | "ours" | "fetched":
            return True
        case name:
            return name in _JUDGES


def _by_type(kind: str, value: Any, context: Context) -> Fault | None:
    if isinstance(value, str) and kind in MOST_CHARACTERS and len(value) > MOST_CHARACTERS[kind]:
        return Fault("field.long", {"length": len(value), "most": MOST_CHARACTERS[kind]})
    judge = _TYPES.get(kind)
    return judge(value, context) if judge else None


def _option(value: str, context: Context) -> Fault | None:
    options = context.question.field.options
    return Fault("field.option") if options and value not in options else None


def _options(value: Sequence[str], context: Context) -> Fault | None:
    options = context.question.field.options
    strange = next((each for each in value if options and each not in options), None)
    return None if strange is None else Fault("field.options", {"value": strange[:40]})


def _percent(value: str, _: Context) -> Fault | None:
    if Decimal(value) > 100:
        return Fault("field.most", {"most": 100})
    return Fault("field.least", {"least": 0}) if Decimal(value) < 0 else None


def _order(value: Mapping[str, str], _: Context) -> Fault | None:
    return Fault("date.order") if value["end"] < value["start"] else None


def _id_document(value: str, context: Context) -> Fault | None:
    """By the kind chosen on the same form where it is asked for this person; else any document's number will do."""
    chosen = context.answers.get("id_type") if context.question.field.key == "id_no" else None
    kind = next((each for each in IdKind if each.zh == chosen), None)
    if kind is not None:
        return identity.fault_in_id_document(kind, value, context.today)
    if re.fullmatch(r"[0-9]{10,17}[0-9X]", value) and len(value) != 10:
        return (
            identity.fault_in_foreign_resident_id(value, context.today)
            if value[0] == "9"
            else (identity.fault_in_citizen_id(value, context.today))
        )
    return identity.fault_in_id_document(IdKind.PASSPORT, value)


def _person(value: Mapping[str, str], context: Context) -> Fault | None:
    for key in ("mobile", "phone"):
        if value.get(key) and (fault := identity.fault_in_mobile(value[key])):
            return fault
    if value.get("id_no"):
        return _id_document(value["id_no"], context)
    return None


_TYPES: MappingProxyType[str, Callable[[Any, Context], Fault | None]] = MappingProxyType(
    {
        "enum": _option,
        "multi": _options,
        "mobile": lambda value, _: identity.fault_in_mobile(value),
        "uscc": lambda value, _: identity.fault_in_credit_code(value),
        "id_card": lambda value, context: identity.fault_in_citizen_id(value, context.today),
        "id_document": _id_document,
        "percent": _percent,
        "daterange": _order,
        "person": _person,
    }
)


def _length(rule: Rule, value: Any, _: Context) -> Fault | None:
    least, most = int(rule.args[0]), int(rule.args[1] or rule.args[0])
    if len(value) < least:
        return Fault("field.short", {"length": len(value), "least": least})
    return Fault("field.long", {"length": len(value), "most": most}) if len(value) > most else None


def _regex(rule: Rule, value: Any, _: Context) -> Fault | None:
    # fullmatch and ASCII: `$` would let a newline through, and backslash-d other scripts' digits.
    return None if re.fullmatch(rule.args[0], value, re.ASCII) else Fault("field.format")


def _bound(sign: str, bound: str, value: Any) -> Fault | None:
    if _HOLDS[sign](Decimal(str(value)), Decimal(bound)):
        return None
    code, fact = _BEYOND[sign]
    return Fault(code, {fact: bound})


def _compare_if(rule: Rule, value: Any, context: Context) -> Fault | None:
    """Of ">=200 for 歌舞娱乐": binds only where an answer chose that word."""
    words = rule.args[2]
    chosen = (context.answers.get(each.path) for each in context.asked if each.field.options)
    applies = any(words in (answer if isinstance(answer, list) else [answer]) for answer in chosen)
    return _bound(rule.args[0], rule.args[1], value) if applies else None


def _day(rule: Rule, value: Any, context: Context) -> Fault | None:
    """A day against today. Of a moment only the day is judged: "now" at midnight is nobody's fault."""
    sign, limit = rule.args[0], shifted(context.today, rule.args[1])
    day = date.fromisoformat(value["start"] if is_mapping(value) else value[:10])
    if _HOLDS[sign](day, limit):
        return None
    code = {"<=": "date.latest", "<": "date.latest", ">=": "date.earliest", ">": "date.after"}[sign]
    return Fault(code, {"day": limit.isoformat()})


def _starts(rule: Rule, value: Any, context: Context) -> Fault | None:
    limit = shifted(context.today, rule.args[0])
    return None if value["start"] >= limit.isoformat() else Fault("date.earliest", {"day": limit.isoformat()})


def _longest(rule: Rule, value: Any, _: Context) -> Fault | None:
    limit = shifted(date.fromisoformat(value["start"]), rule.args[0])
    if value["end"] <= limit.isoformat():
        return None
    zh, en = words_of(rule.args[0])
    return Fault("date.range_long", {"most": zh, "most_en": en, "day": limit.isoformat()})


def _shortest_if(rule: Rule, value: Any, context: Context) -> Fault | None:
    """Of "长期>=6m": binds where a chosen option speaks of a long stay."""
    chosen = (context.answers.get(each.path) for each in context.asked if each.field.type == "enum")
    limit = shifted(date.fromisoformat(value["start"]), rule.args[1])
    is_short = any(rule.args[0] in str(answer) for answer in chosen) and value["end"] < limit.isoformat()
    return Fault("date.earliest", {"day": limit.isoformat()}) if is_short else None


def _at_most_other(rule: Rule, value: Any, context: Context) -> Fault | None:
    other = context.other(rule.args[0])
    if other is None or Decimal(str(value)) <= Decimal(str(other[1])):
        return None
    field = other[0].field
    return Fault("field.more_than_other", {"other_zh": field.zh, "other_en": field.en})


def _age(rule: Rule, value: Any, context: Context) -> Fault | None:
    born = identity.birth_date_of(value)
    is_old_enough = born is not None and age_on(context.today, born) >= int(rule.args[0])
    return None if is_old_enough else Fault("id.too_young", {"age": int(rule.args[0])})


def _hours(rule: Rule, value: Any, _: Context) -> Fault | None:
    """Both ends inside the span, which may run over midnight, and in its order."""

    def after(text: str) -> int:
        minutes = int(text[:2]) * 60 + int(text[3:])
        return (minutes - first) % 1440

    first = 0
    first = after(rule.args[0])
    is_inside = after(value["start"]) <= after(value["end"]) <= after(rule.args[1])
    return None if is_inside else Fault("time.outside", {"start": rule.args[0], "end": rule.args[1]})


def _parts_of_total(_: Rule, value: Any, context: Context) -> Fault | None:
    """Of "sum=total": this field and those before it, back to the one called total…, add up to that one."""
    fields = list(context.asked)
    here = next(place for place, each in enumerate(fields) if each.path == context.question.path)
    start = next((p for p in range(here, -1, -1) if fields[p].field.key.startswith("total")), None)
    if start is None or any(each.path not in context.answers for each in fields[start:here]):
        return None
    total = Decimal(str(context.answers[fields[start].path]))
    parts = sum((Decimal(str(context.answers[each.path])) for each in fields[start + 1 : here]), Decimal(str(value)))
    return None if parts == total else Fault("field.sum", {"total": str(total), "sum": str(parts)})


def _proposition(rule: Rule, _value: Any, context: Context) -> Fault | None:
    numbers = {
        each.field.key: Decimal(str(context.answers[each.path]))
        for each in context.asked
        if each.path in context.answers and each.field.type in {"int", "decimal", "money"}
    }
    return None if propositions.holds(rule.args[0], numbers) is not False else Fault("field.proposition")


def _table(rule: Rule, value: Any, context: Context) -> Fault | None:
    company_type = context.other("company_type")
    return tables.fault_in(
        rule, value, context.question.field.rule, context.today, str(company_type[1]) if company_type else ""
    )


_JUDGES: MappingProxyType[str, _Judge] = MappingProxyType(
    {
        "length": _length,
        "regex": _regex,
        "between": lambda rule, value, _: _bound(">=", rule.args[0], value) or _bound("<=", rule.args[1], value),
        "compare": lambda rule, value, _: _bound(rule.args[0], rule.args[1], value),
        "compare_if": _compare_if,
        "day": _day,
        "starts": _starts,
        "ordered": lambda _rule, value, context: _order(value, context),
        "longest": _longest,
        "shortest_if": _shortest_if,
        "at_most_other": _at_most_other,
        "must_be_true": lambda _rule, value, _: None if value is True else Fault("field.must_be_true"),
        "age": _age,
        "hours": _hours,
        "parts_of_total": _parts_of_total,
        "proposition": _proposition,
        "bank_card": lambda _rule, value, _: identity.fault_in_bank_card(value.replace(" ", "")),
        # The field's type has judged these already.
        "citizen_id": lambda _rule, value, context: identity.fault_in_citizen_id(value, context.today),
        "credit_code": lambda _rule, value, _: identity.fault_in_credit_code(value),
        "mobile": lambda _rule, _value, _: None,
        "by_id_type": lambda _rule, _value, _: None,
        "file_types": lambda _rule, _value, _: None,
        **dict.fromkeys(("columns", "rows", "column_total", "column_day", "column_above", "rows_if_kind"), _table),
    }
)
