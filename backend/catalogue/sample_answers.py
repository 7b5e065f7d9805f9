"""Plausible answers for any form of the catalogue, from its own questions: what people would really write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from backend.catalogue.sample_words import CHOICES, COLUMNS, DAYS, NUMBERS, TEXTS
from backend.domain import tables
from backend.domain.forms import Question, is_required, open_questions
from backend.domain.rules import rules_of, shifted
from backend.domain.values import is_empty
from shared_schemas.form import FormDefinition
from shared_schemas.numbers import credit_check_character, id_check_character

_ROUNDS = 4  # an answer may open further questions


class Teller:
    """Answers one applicant's form. `who` is their name, `day` the day of filing, `own` answers of this very case."""

    def __init__(self, who: str, mobile: str, address: str, day: date, own: Mapping[str, Any]) -> None:
        """Nothing is asked yet."""
        self.who, self.mobile, self.day, self.own = who, mobile, day, own
        self.address = address

    def fill(self, form: FormDefinition, known: Mapping[str, Any], paths: set[str] | None = None) -> dict[str, Any]:
        """Answers to every question that must be answered, `known` first; only `paths` when given. Files are left out."""
        answers: dict[str, Any] = dict(known)
        for _ in range(_ROUNDS):
            before = len(answers)
            for question in open_questions(form, answers, self.day):
                if paths is not None and question.path not in paths:
                    continue
                if question.field.type != "file" and is_empty(answers.get(question.path)):
                    value = self._answer(question, form, answers)
                    if value is not None:
                        answers[question.path] = value
            if len(answers) == before:
                break
        return answers

    def _answer(self, question: Question, form: FormDefinition, answers: Mapping[str, Any]) -> Any:
        for key in (question.path, question.field.key):
            if key in self.own:
                return self.own[key]
        if not is_required(question, form, answers, self.day) and question.field.key not in TEXTS:
            return None
        return _BY_TYPE.get(question.field.type, _text)(self, question)


def _text(teller: Teller, question: Question) -> str:
    key = question.field.key
    if key == "name":
        return teller.who
    if key in TEXTS:
        return TEXTS[key]
    return "登记信息见所附材料"


def _enum(_: Teller, question: Question) -> str:
    options = question.field.options
    chosen = CHOICES.get(question.field.key, ())
    return next((word for word in chosen if not options or word in options), options[0] if options else "以材料为准")


def _multi(_: Teller, question: Question) -> list[str]:
    options = question.field.options
    chosen = [word for word in CHOICES.get(question.field.key, ()) if word in options]
    return chosen or list(options[:2]) or ["日用百货销售", "食品销售（仅销售预包装食品）"]


def _bool(_: Teller, question: Question) -> bool:
    return question.field.key not in _NO


# Answered "no" by most people; everything else that is asked is a commitment or a consent.
_NO = frozenset(
    {
        "has_mortgage",
        "is_chain",
        "related_to_staff",
        "conditions_changed",
        "off_site",
        "central_ac",
        "has_agent",
        "small_enterprise",
        "home_assessment",
        "limitation_near",
        "spouse_withdraw",
    }
)


def _number(_: Teller, question: Question) -> str:
    key = question.field.key
    if key in NUMBERS:
        return NUMBERS[key]
    rules = rules_of(question.field.rule, question.field.type)
    least = [rule.args[1] for rule in rules if rule.name == "compare" and ">" in rule.args[0]]
    return str(int(float(least[0])) + 6) if least else "6"


def _date(teller: Teller, question: Question) -> str:
    return (teller.day + timedelta(days=DAYS.get(question.field.key, -20))).isoformat()


def _daterange(teller: Teller, _: Question) -> dict[str, str]:
    start = teller.day + timedelta(days=10)
    return {"start": start.isoformat(), "end": shifted(start, "1y").isoformat()}


def _person(teller: Teller, _: Question) -> dict[str, str]:
    return {"name": teller.who, "mobile": teller.mobile}


def _table(teller: Teller, question: Question) -> list[dict[str, str]]:
    rules = rules_of(question.field.rule, "table")
    columns = tables.columns_of(question.field.rule) or ("name", "position")
    count = max((int(r.args[0]) for r in rules if r.name == "rows"), default=1)
    return [{column: _cell(teller, column, row) for column in columns} for row in range(count)]


def _cell(teller: Teller, column: str, row: int) -> str:
    if column == "name":
        return (teller.who, "样本乙", "样本丙", "样本丁")[row % 4]
    if column == "id_no":
        body = f"3304991988010{row + 1}00{row + 1}"
        return body + id_check_character(body)
    if column == "due_date":
        return shifted(teller.day, "2y").isoformat()
    return COLUMNS.get(column, "见材料")


def company_code(body: str) -> str:
    """A credit code of nobody: 17 characters and the check character."""
    return body + credit_check_character(body)


def _identity(_: Teller, __: Question) -> str:
    body = "33049919900505011"
    return body + id_check_character(body)


_BY_TYPE: dict[str, Callable[[Teller, Question], Any]] = {
    "enum": _enum,
    "multi": _multi,
    "bool": _bool,
    "int": _number,
    "decimal": _number,
    "money": _number,
    "percent": _number,
    "date": _date,
    "daterange": _daterange,
    "person": _person,
    "table": _table,
    "enum_iso3166": lambda _t, _q: "德国",
    "enum_gb3304": lambda _t, _q: "汉族",
    "datetime": lambda t, _q: f"{t.day - timedelta(days=12)}T08:42",
    "time_range": lambda _t, _q: {"start": "18:00", "end": "22:00"},
    "address": lambda t, _q: t.address,
    "region": lambda _t, _q: "浙江省嘉兴市南湖区",
    "geo": lambda _t, _q: "120.7785,30.7541",
    "mobile": lambda t, _q: t.mobile,
    "uscc": lambda _t, _q: company_code("91330402MA2D0021J"),
    "id_card": _identity,
    "id_document": _identity,
    "url": lambda _t, _q: "https://shop.example.cn",
}
