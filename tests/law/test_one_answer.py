"""One question at a time: every type and rule against every odd answer, posted forms and autosaved parts."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import msgspec
from multidict import MultiDict

from backend.catalogue.shelf import Catalogue
from backend.domain import forms
from backend.intake import posted
from shared_schemas.faults import Fault
from shared_schemas.form import FormDefinition, FormField
from shared_schemas.reasons import sentence
from tests.domain import test_form_rules, test_odd_answers
from tests.law import odd
from tests.law.hall import plain
from tests.law.phone import Phone

TODAY = date(2026, 11, 28)
_RULES = [
    (mark.args[0], mark.args[1])
    for mark in test_form_rules.test_a_rule_lets_the_good_through_and_names_the_bad.pytestmark
]
_GOOD = [value for _names, table in _RULES for row in table for value in row[2:4]]
_FIELDS = sorted(
    {(row[0], row[1]) for _names, table in _RULES for row in table}
    | {(kind, rule) for kind, rule, _value in test_odd_answers.ODD}
    | {(kind, "") for kind in ("enum", "multi", "slot", "region", "textarea", "file", "id_document", "enum_iso3166", "nobody_knows")}
)  # fmt: skip
_SHARES = (
    "1/3",
    "2/3",
    "33.3333",
    "33.33%",
    "0.5/1.5",
    "7/13",
    "1e-9",
    "50",
    "49.99995",
    "50.0001",
    "-1/3",
    "1/-3",
    "0/5",
    "99999999999999999999",
    "1E+2",
)


def _fields() -> list[FormField]:
    return [
        FormField("x", "题", "Question", kind, True, rule, ("甲", "乙") if kind in {"enum", "multi"} else ())
        for kind, rule in _FIELDS
    ]


def _strange_texts(chance: Random) -> list[str]:
    """Characters of every plane and numbers of every length."""
    texts = ["".join(chr(_point(chance)) for _ in range(chance.randint(1, 4))) for _ in range(150)]
    digits = "0123456789.eE-+_, "
    return texts + ["".join(chance.choice(digits) for _ in range(chance.randint(1, 40))) for _ in range(150)]


def _point(chance: Random) -> int:
    ends = chance.choice(
        [
            (1, 0x250),
            (0x2000, 0x2100),
            (0x3000, 0x3100),
            (0xFE00, 0xFFFE),
            (0x1D7C0, 0x1D800),
            (0x20000, 0x2A6E0),
            (1, 0xD800),
        ]
    )
    return chance.randrange(*ends)


def _tables(chance: Random) -> list[Any]:
    return [
        [
            {"name": "甲", "id_no": chance.choice(odd._IDS), "date": "2026-12-01", "share": chance.choice(_SHARES)}
            for _ in range(chance.randint(1, 4))
        ]
        for _ in range(120)
    ]


def _verdict(field: FormField, value: Any) -> dict[str, Any]:
    read = forms.read_form(FormDefinition(fields=(field,)), {"x": value}, TODAY)
    return {"values": read.values, "faults": {path: _said(fault) for path, fault in read.faults.items()}}


def _said(fault: Fault) -> list[Any]:
    return [fault.code, fault.facts, sentence(fault, "zh"), sentence(fault, "en")]


async def test_every_kind_of_question_takes_every_answer_the_same(phone_: Phone) -> None:
    chance = Random("一问一答")
    values = [*odd._ANY, *odd._NUMBERS, *odd._IDS, *odd._TIMES, *odd._NAMES, *_GOOD, *_strange_texts(chance)]
    asked = [
        (field, value)
        for field in _fields()
        for value in (*values, *(_tables(chance) if field.type == "table" else ()))
    ]
    assert len(asked) > 20_000
    theirs = await phone_.ask("one", [[msgspec.to_builtins(field), value, TODAY.isoformat()] for field, value in asked])
    ours = [plain(_verdict(field, value)) for field, value in asked]
    apart = [
        (f.type, f.rule, v, one, other) for (f, v), one, other in zip(asked, ours, theirs, strict=True) if one != other
    ]
    assert apart[:10] == []


async def test_a_posted_form_is_read_the_same(phone_: Phone, catalogue_: Catalogue) -> None:
    chance = Random("表")
    asked = [
        (matter, _pairs(chance, forms.questions(matter.form)))
        for matter in catalogue_.matters.values()
        if matter.form.fields
    ]
    theirs = await phone_.ask("posted", [[matter.code, pairs] for matter, pairs in asked])
    ours = [posted.answers_in(forms.questions(matter.form), MultiDict(pairs)) for matter, pairs in asked]
    apart = [
        (matter.code, pairs, one, other)
        for (matter, pairs), one, other in zip(asked, ours, theirs, strict=True)
        if one != other
    ]
    assert apart[:3] == []


def _pairs(chance: Random, questions: tuple[forms.Question, ...]) -> list[tuple[str, str]]:
    """What a browser might post for these questions."""
    texts = ["", " 甲 ", "true", "甲、乙；\n丙", "2026-11-28", "\u3000\x1f1", "b"]
    pairs = []
    for question in questions:
        path = question.path
        pairs += [("_shown", path)] if chance.random() < 0.8 else []
        below = ["", "", ".start", ".name", ".不", ".0.name", ".2.share", ".12.name", ".²", ".100.a", ".0"]
        for _ in range(chance.choice([0, 1, 1, 2, 3])):
            pairs.append((path + chance.choice(below), chance.choice(texts)))
    return pairs


async def test_parts_that_autosave_sends_are_merged_the_same(phone_: Phone) -> None:
    chance = Random("并")
    values: list[Any] = ["x", None, {"start": "1"}, [{"name": "甲"}], [{"name": "甲"}, {"b": "c"}], 5, []]
    names = [
        "a",
        "a.start",
        "a.0.name",
        "a.3.b",
        "a.99.z",
        "a.100.z",
        "a.²",
        "a.².b",
        "a.b.c.d",
        "b.1.x",
        "b.end",
        "b",
        ".",
    ]
    changes = [
        {name: chance.choice(values) for name in chance.sample(names, k=chance.randint(1, 5))} for _ in range(1500)
    ]
    asked = [({key: chance.choice(values) for key in "ab"}, each) for each in changes]
    theirs = await phone_.ask("merged", [list(each) for each in asked])
    ours = [plain(posted.merged(known, changes)) for known, changes in asked]
    assert [(each, one, other) for each, one, other in zip(asked, ours, theirs, strict=True) if one != other][:3] == []
