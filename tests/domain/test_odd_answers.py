"""Answers that no form expects: each is refused by name, none raises, none grows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.forms import read_form
from shared_schemas.form import FormDefinition, FormField

TODAY = date(2026, 11, 23)
SHARES = "cols:name,share;sum(share)=100%"
ODD: list[tuple[str, str, Any]] = [
    ("geo", "", "NaN,1"),
    ("geo", "", "sNaN,1"),
    ("geo", "", "Infinity,1"),
    ("time_range", "08:00-22:00", {"start": "09:00Z", "end": "17:00"}),
    ("table", SHARES, [{"name": "a", "share": "NaN"}]),
    ("table", SHARES, [{"name": "a", "share": "Infinity"}]),
    ("table", SHARES, [{"name": "a", "share": "1e999999"}]),
    ("table", "cols:name,share;share>0", [{"name": "a", "share": "NaN"}]),
    ("decimal", ">=0", "1E-999999"),
]


def _read(kind: str, rule: str, value: Any) -> Any:
    return read_form(FormDefinition(fields=(FormField("x", "x", "x", kind, True, rule),)), {"x": value}, TODAY)


@pytest.mark.parametrize(("kind", "rule", "value"), ODD)
def test_an_odd_answer_is_refused_and_stays_small(kind: str, rule: str, value: Any) -> None:
    read = _read(kind, rule, value)
    assert "x" in read.faults
    assert len(str(read)) < 1000


@pytest.mark.parametrize("rule", ["start<=end;<=6m", "<=20d", "<=30y"])
def test_a_span_may_end_where_the_calendar_does(rule: str) -> None:
    _read("daterange", rule, {"start": "9999-12-25", "end": "9999-12-31"})


_TEXT = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["NaN", "-Infinity", "1e999999", "1E-999999", "0/0", "1/0", "24:00", "9999-12-31"]),
)


@given(_TEXT, _TEXT)
def test_nothing_typed_raises(one: str, other: str) -> None:
    span, cells = {"start": one, "end": other}, [{"name": one, "share": other}]
    for kind, rule, value in (
        ("geo", "", f"{one},{other}"), ("decimal", ">=0", one), ("money", "", one), ("int", "", one),
        ("time_range", "08:00-22:00", span), ("daterange", "start<=end;<=6m", span),
        ("table", SHARES, cells), ("table", "cols:name,share;share>0", cells),
    ):  # fmt: skip
        assert len(str(_read(kind, rule, value))) < 2000
