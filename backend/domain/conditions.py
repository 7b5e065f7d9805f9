"""required_if: when a question is asked. True, False, or None when the answers can't tell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from backend.domain.rules import rules_of
from shared_schemas.form import FormField
from shared_schemas.identity import birth_date_of
from shared_schemas.numbers import plain_number
from shared_schemas.shapes import is_list

_ADULT = 18


class Asked(Protocol):
    """A question, as far as conditions need it."""

    @property
    def path(self) -> str:
        """Where its answer stands in the form."""
        ...

    @property
    def field(self) -> FormField:
        """What the catalogue says of it."""
        ...


def is_met(question: Asked, every: Sequence[Asked], given: Mapping[str, Any], today: date) -> bool | None:
    """Whether the question's condition holds; None without one, or when nothing in the form can answer it."""
    rules = rules_of(question.field.rule, question.field.type)
    condition = next((rule.args[0] for rule in rules if rule.name == "required_if"), None)
    return None if condition is None else _holds(condition, every, given, today)


def can_tell(condition: str, every: Sequence[Asked]) -> bool:
    """Whether the form itself holds what the condition asks about."""
    if re.fullmatch(r"age<\d+", condition):
        return any(question.path == "id_no" for question in every)
    key = condition.partition("=")[0]
    return any(question.field.key == key for question in every) or bool(_options_with(condition, every))


def _holds(condition: str, every: Sequence[Asked], given: Mapping[str, Any], today: date) -> bool | None:
    if under := re.fullmatch(r"age<(\d+)", condition):
        return _is_younger(given, int(under[1]), today)
    key, _, wanted = condition.partition("=")
    for question in every:
        if question.field.key == key:
            answer = given.get(question.path)
            return str(answer) == wanted if wanted else answer in (True, "true", "True", "1", "on", "是")
    offered = _options_with(condition, every)
    if not offered:
        return None
    if any(option in _chosen(given.get(question.path)) for question, option in offered):
        return True
    return "未成年" in condition and _is_younger(given, _ADULT, today) is True


def _options_with(condition: str, every: Sequence[Asked]) -> list[tuple[Asked, str]]:
    """Options that name one of the condition's words: "餐饮" is meant by "餐饮服务经营者"."""
    words = condition.split("/")
    return [
        (question, option)
        for question in every
        for option in question.field.options
        if any(word in option for word in words)
    ]


def _chosen(answer: Any) -> Sequence[Any]:
    return answer if is_list(answer) else (answer,)


def age_on(today: date, born: date) -> int:
    """Whole years. Somebody born on 29 February is a year older on 1 March of a common year."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _is_younger(given: Mapping[str, Any], age: int, today: date) -> bool | None:
    number = plain_number(str(given.get("id_no") or ""))
    if not re.fullmatch("[0-9]{17}[0-9X]", number):
        return None
    born = birth_date_of(number)
    return None if born is None else age_on(today, born) < age
