"""Every fault of an input is told at once, in words."""

from datetime import date
from typing import Annotated

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Meta, Struct

from shared_schemas import fields, reasons
from shared_schemas.checking import every_error, every_fault, told
from shared_schemas.numbers import id_check_character
from shared_schemas.reasons import sentence


class Row(Struct):
    count: int


class Form(Struct, forbid_unknown_fields=True):
    mobile: fields.Mobile
    name: fields.PersonName
    citizen_id: fields.CitizenId
    rows: list[Row] = []
    age: int | None = None
    company: fields.CreditCode | None = None
    text: fields.ShortText = "-"


GOOD = {"mobile": "13812346021", "name": "𠮷·阿里", "citizen_id": "11010519491231002X"}


def test_a_good_form_has_no_error():
    assert every_error(Form, {**GOOD, "company": "91330106673959654P", "age": 3, "rows": [{"count": 1}]}) == {}


def test_every_fault_is_told_at_once():
    raw = {
        "mobile": "1381234602",
        "name": "张三\n",
        "rows": [{"count": "q"}, {}],
        "more": 1,
        "age": "z",
        "company": "91330402MA2B8C4D5I",
        "text": "",
    }
    faults = {path: fault.code for path, fault in every_fault(Form, raw).items()}
    assert faults == {
        "mobile": "mobile.short",
        "name": "name.character",
        "citizen_id": "field.missing",
        "rows.0.count": "field.whole_number",
        "rows.1.count": "field.missing",
        "more": "field.unknown",
        "age": "field.whole_number",
        "company": "credit_code.character",
        "text": "field.missing",
    }
    assert every_error(Form, raw)["mobile"] == "少了 1 位，手机号是 11 位"
    assert every_error(Form, raw, lang="en")["mobile"] == "1 digit(s) short: a mobile number has 11"


def test_a_form_from_html_is_read_leniently():
    assert every_error(Form, {**GOOD, "age": "3"}, strict=False) == {}
    assert every_error(Form, {**GOOD, "age": "3"}) != {}


def test_what_is_no_object_is_one_fault():
    assert list(every_fault(Form, [1])) == [""]
    assert list(every_fault(Form, {**GOOD, "rows": "x"})) == ["rows"]


def test_birth_in_the_future_is_refused_given_today():
    body = "33040220300101001"
    raw = {**GOOD, "citizen_id": body + id_check_character(body)}
    assert every_fault(Form, raw, today=date(2026, 11, 22))["citizen_id"].code == "id.born_later"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["mobile", "name", "citizen_id", "rows", "age", "company", "x"]), JSON))
def test_no_input_breaks_the_check_and_every_fault_has_sentences(raw):
    for lang in ("zh", "en"):
        assert all(every_error(Form, raw, lang=lang).values()) or every_error(Form, raw) == {}


def test_every_sentence_is_in_both_languages_with_the_same_facts():
    import string

    for code, (zh, en) in reasons.SENTENCES.items():
        names = [
            {name.removesuffix("_zh").removesuffix("_en") for _, name, _, _ in string.Formatter().parse(text) if name}
            for text in (zh, en)
        ]
        assert zh and en and names[1] <= names[0], code


def test_what_msgspec_says_alone_is_told_in_words_too():
    """A body over the API is refused by the framework, which keeps msgspec's path and sentence and nothing else."""

    class Line(Struct, forbid_unknown_fields=True):
        problem: Annotated[str, Meta(min_length=1, max_length=9, pattern=r"\S")]

    class Notice(Struct, forbid_unknown_fields=True):
        items: Annotated[list[Line], Meta(min_length=1)]
        due_on: date | None = None

    said = {
        "items.0.problem": ({"items": [{"problem": "  "}]}, "field.missing"),
        "items.1.problem": ({"items": [{"problem": "a"}, {}]}, "field.missing"),
        "items.0.problem ": ({"items": [{"problem": "a" * 10}]}, "field.too_long"),
        "items": ({"items": []}, "field.few"),
        "more": ({"items": [{"problem": "a"}], "more": 1}, "field.unknown"),
        "due_on": ({"items": [{"problem": "a"}], "due_on": "2026-02-30"}, "field.date"),
    }
    for place, (raw, code) in said.items():
        with pytest.raises(msgspec.ValidationError) as caught:
            msgspec.convert(raw, Notice)
        message, _, key = str(caught.value).partition(" - at ")
        found, fault = told(key.strip("`"), message)
        assert (found, fault.code) == (place.strip(), code)
        assert sentence(fault, "zh") != sentence(fault, "en")


def test_a_day_that_does_not_exist_is_told_apart_from_one_that_is_badly_written():
    class Plan(Struct):
        on: date

    assert [every_fault(Plan, {"on": text})["on"].code for text in ("2026-02-30", "30.2.2026")] == [
        "field.no_such_day",
        "field.date",
    ]
