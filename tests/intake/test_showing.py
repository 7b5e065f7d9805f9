"""Answers in words, on the page that a passer-by may read over somebody's shoulder."""

from __future__ import annotations

import pytest

from backend.domain.forms import Question
from backend.intake import showing
from shared_schemas.form import FormField

PERSON = {"name": "张安全", "mobile": "13812341234", "id_no": "33040219900307124X"}


@pytest.mark.parametrize(
    ("kind", "answer"), [("person", PERSON), ("table", [PERSON, {**PERSON, "phone": "13812341234"}])]
)
def test_numbers_inside_a_person_or_a_table_are_masked(kind: str, answer: object) -> None:
    question = Question("safety_manager", "own", FormField("safety_manager", "食品安全管理员", "Safety manager", kind))
    said = showing.in_words(question, answer)
    assert "张安全" in said
    assert "138****1234" in said
    assert "13812341234" not in said
    assert "19900307" not in said
