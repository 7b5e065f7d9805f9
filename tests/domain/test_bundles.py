"""一件事: nothing is asked twice, nothing is lost, and what waits comes after what it waits for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain import bundle_parts, bundling
from backend.domain.bundle_faults import faults_of
from backend.domain.bundle_parts import Outcome, Turn, Whole
from backend.domain.forms import open_questions, questions, read_form
from backend.domain.materials import is_needed
from shared_schemas.bundle import Bundle, BundlePart, Otherwise
from shared_schemas.filing import GivenMaterial
from shared_schemas.matter import Limit
from shared_schemas.vocabulary import GivenHow, Step, TimeUnit
from tests.law.drafts import filled
from tests.law.odd import broken

if TYPE_CHECKING:
    from backend.catalogue.shelf import Catalogue

TODAY = date(2026, 11, 28)
SEED = "一件事"
KEYS = ("alpha", "bravo", "delta", "echo", "golf", "hotel")


@pytest.fixture(scope="module")
def stock() -> Catalogue:
    from tests import starter

    return starter.built(starter.compiled())


@pytest.fixture(scope="module")
def wholes(stock: Catalogue) -> list[Whole]:
    found = [stock.whole(code) for code in stock.composed]
    return [whole for whole in found if whole is not None]


@st.composite
def parts(draw: st.DrawFn) -> list[BundlePart]:
    """Parts that wait for some written anywhere before them in a hidden order, then shuffled."""
    keys = draw(st.permutations(KEYS[: draw(st.integers(2, 6))]))
    made = []
    for place, key in enumerate(keys):
        after = draw(st.lists(st.sampled_from(keys[:place]), unique=True)) if place else []
        optional = draw(st.booleans())
        made.append(BundlePart(key, f"m-{key}", "短", "Short", is_optional=optional, after=tuple(after)))
    return list(draw(st.permutations(made)))


@given(parts())
def test_what_waits_comes_after_what_it_waits_for(written: list[BundlePart]) -> None:
    found = bundle_parts.ordered(written)
    places = {part.key: place for place, part in enumerate(found)}
    assert sorted(places) == sorted(part.key for part in written)
    assert all(places[key] < places[part.key] for part in found for key in part.after)


def test_parts_that_wait_for_each_other_are_named() -> None:
    circle = [
        BundlePart("alpha", "m", "a", "a", after=("bravo",)),
        BundlePart("bravo", "m", "b", "b", after=("alpha",)),
    ]
    with pytest.raises(ValueError, match="alpha, bravo"):
        bundle_parts.ordered(circle)


@given(parts())
def test_every_choice_of_parts_has_one_code(written: list[BundlePart]) -> None:
    bundle = Bundle("yjs-test", "测试", "Test", "stack", "给", "Gives", tuple(written))
    codes = bundle_parts.codes_of(bundle)
    assert codes[0] == bundle.code
    assert len(set(codes)) == len(codes) == 2 ** sum(part.is_optional for part in written)
    chosen = [{part.key for part in bundle_parts.chosen_by(bundle, code) or ()} for code in codes]
    assert len({frozenset(keys) for keys in chosen}) == len(codes)
    needed = {part.key for part in written if not part.is_optional}
    assert all(needed <= keys for keys in chosen)


@pytest.mark.parametrize(
    "code", ["yjs-test~", "yjs-test~9", "yjs-test~21", "yjs-test~x", "yjs-tes", "scj-18", "yjs-test~²"]
)
def test_other_words_are_no_code(code: str) -> None:
    optional = [BundlePart(key, "m", "a", "a", is_optional=True, when="w", when_en="w") for key in KEYS[:2]]
    bundle = Bundle("yjs-test", "测试", "Test", "stack", "给", "Gives", (BundlePart("echo", "m", "a", "a"), *optional))
    assert bundle_parts.chosen_by(bundle, code) is None


def test_six_bundles_of_the_catalogue_have_no_fault(stock: Catalogue) -> None:
    from backend.catalogue import bundles

    assert len(bundles.written()) == len(stock.bundles) == 6
    assert [faults_of(bundle, stock.matters) for bundle in bundles.written()] == [()] * 6
    assert all(part.matter in stock.matters for bundle in bundles.written() for part in bundle.parts)
    events = {event.code for event in stock.life_events}
    assert all(set(bundle.life_events) <= events and bundle.source for bundle in bundles.written())


def test_faults_of_the_data_are_found(stock: Catalogue) -> None:
    bundle = stock.bundles["yjs-newborn"]

    def with_part(place: int, **changes: Any) -> tuple[str, ...]:
        changed = msgspec.structs.replace(bundle.parts[place], **changes)
        written = (*bundle.parts[:place], changed, *bundle.parts[place + 1 :])
        return faults_of(msgspec.structs.replace(bundle, parts=written), stock.matters)

    assert "no matter nil-1 in force" in with_part(0, matter="nil-1")[0]
    assert "which is no part" in with_part(1, after=("nobody",), brought={})[0]
    assert "wait for each other" in with_part(0, after=("insure",))[-1]
    assert "may be left out" in with_part(2, after=("card",))[0]
    assert "it doesn't wait for" in with_part(1, brought={"birth_cert_no": "insure"})[0]
    assert "would be missing" in with_part(1, otherwise=Otherwise.CONTINUE)[0]
    assert "is no question" in with_part(1, brought={"shoe_size": "birth"})[0]
    assert "is answered nowhere" in with_part(1, takes={"child_name": "birth.nickname"})[0]
    assert "another kind of answer" in with_part(1, takes={"child_name": ".mobile"})[0]
    assert "says not who needs it" in with_part(3, when="")[0]
    assert "two parts have one key" in with_part(1, key="birth")[0]


def test_no_question_is_asked_twice(wholes: list[Whole]) -> None:
    """国务院令716 §16: one path, one question; and fewer questions than the matters ask apart."""
    for whole in wholes:
        made = bundling.compose(whole)
        asked = questions(made.form)
        assert len({q.path for q in asked}) == len(asked), whole.code
        names = [(q.topic, q.field.zh) for q in asked]
        assert len(set(names)) == len(names), whole.code
        apart = sum(len(questions(matter.form)) for _part, matter in whole.parts)
        assert len(asked) < apart, whole.code


def test_no_paper_is_asked_twice(wholes: list[Whole]) -> None:
    for whole in wholes:
        made = bundling.papers(whole)
        wanted = [(key, own) for paper in made for key, own in paper.keys.items()]
        apart = [(part.key, material.key) for part, matter in whole.parts for material in matter.materials]
        assert sorted(wanted) == sorted(apart), f"{whole.code}: every paper of every matter is served, once"
        assert len({paper.material.key for paper in made}) == len(made)
        assert all(len(paper.material.key) <= 40 for paper in made)


def _answered(whole: Whole, number: int) -> tuple[Random, dict[str, Any]]:
    chance = Random(f"{SEED}/{whole.code}/{number}")
    return chance, filled(chance, bundling.compose(whole).form, TODAY)


def _own_faults(whole: Whole, given_: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """(part, source in the composed form, fault) of every question of every matter that whoever files can answer."""
    where = bundling.asked(whole)
    for part, matter in whole.parts:
        read = read_form(matter.form, bundling.values_of(whole, part.key, given_), TODAY)
        sources = {each.question.path: each for each in where[part.key]}
        for path, fault in read.faults.items():
            if path in part.brought:
                assert fault.code == "field.missing"
            elif not sources[path].inner:
                yield part.key, sources[path].source, fault.code


@pytest.mark.parametrize("number", range(12))
def test_a_bundle_is_judged_as_its_matters_are(wholes: list[Whole], number: int) -> None:
    """What the composed form lets pass, every matter's own form lets pass, and it finds what they find."""
    for whole in wholes:
        chance, answers = _answered(whole, number)
        form = bundling.compose(whole).form
        asked = open_questions(form, answers, TODAY)
        for question in chance.sample(asked, k=min(len(asked), number % 5)):
            answers[question.path] = broken(chance, question, answers.get(question.path, ""), TODAY)
        together = {(path, fault.code) for path, fault in read_form(form, answers, TODAY).faults.items()}
        apart = {(source, code) for _part, source, code in _own_faults(whole, answers)}
        own = {each.source for rows in bundling.asked(whole).values() for each in rows if each.field is not None}
        groups = {q.path for q in questions(form) if q.path not in own}
        assert {fault for fault in together if fault[0] in own} == {f for f in apart if f[0] in own}, whole.code
        assert {f for f in apart if f[0] in groups} <= together, whole.code


def test_answers_reach_every_matter(stock: Catalogue) -> None:
    whole = stock.whole("yjs-catering")
    assert whole is not None
    chief = {"name": "王敏", "mobile": "13812341234", "id_no": "330402199003071245"}
    given_ = {
        "licence_name": "南湖面馆有限公司",
        "domicile": "勤俭路 1 号",
        "legal_rep": chief,
        "name": "王敏",
        "mobile": "13812341234",
        "delivery_mode": "电子证照",
    }
    food = bundling.values_of(whole, "food", given_)
    assert food["org_name"] == "南湖面馆有限公司"
    assert food["premises"] == food["registered_address"] == "勤俭路 1 号"
    assert (food["legal_rep_name"], food["legal_rep_id"]) == ("王敏", chief["id_no"])
    assert food["applicant_kind"] == bundling.COMPANY_OPTION
    assert "uscc" not in food, "the licence brings it"
    licence = bundling.values_of(whole, "licence", given_)
    assert licence["own_name" if "own_name" in licence else "name"] == "南湖面馆有限公司"
    assert bundling.values_of(whole, "sign", given_)["applicant_kind"] == bundling.PERSON_OPTION


def test_a_paper_given_once_is_given_to_all(wholes: list[Whole]) -> None:
    for whole in wholes:
        made = bundling.papers(whole)
        all_given = [GivenMaterial(p.material.key, GivenHow.UPLOAD, (f"file-{p.material.key}",)) for p in made]
        for part, matter in whole.parts:
            got = {each.key: each for each in bundling.given_of(whole, part.key, all_given)}
            assert got.keys() == {material.key for material in matter.materials}
        strict = {p.material.key for p in made if is_needed(p.material)}
        needed = {
            p.material.key
            for p in made
            for part, matter in whole.parts
            if part.key in p.keys and is_needed(matter.material(p.keys[part.key]) or p.material)
        }
        assert strict == needed, "a paper that one matter needs is needed"


def test_the_longest_path_says_how_long_it_takes(stock: Catalogue) -> None:
    whole = stock.whole("yjs-disabled")
    assert whole is not None
    assert bundle_parts.promised(whole) == Limit(35, TimeUnit.WORKING_DAY), "15 for the certificate, then 20"
    shorter = stock.whole("yjs-newborn~0")
    assert shorter is not None
    assert bundle_parts.promised(shorter).unit is TimeUnit.ON_THE_SPOT


@given(st.lists(st.sampled_from(Outcome), max_size=4), st.sampled_from(Otherwise))
def test_a_part_begins_only_when_all_it_waits_for_is_there(outcomes: list[Outcome], otherwise: Otherwise) -> None:
    turn = bundle_parts.turn_of(outcomes, otherwise)
    if turn is Turn.START:
        assert Outcome.OPEN not in outcomes
        assert otherwise is Otherwise.CONTINUE or set(outcomes) <= {Outcome.DONE}
    elif turn is Turn.END:
        assert otherwise is Otherwise.END
        assert Outcome.FAILED in outcomes
    else:
        assert Outcome.OPEN in outcomes


@pytest.mark.parametrize(
    ("step", "ended_as", "has_certificate", "is_ended", "outcome"),
    [
        (None, None, False, False, Outcome.OPEN),
        (None, None, False, True, Outcome.FAILED),
        (Step.ACCEPTED, None, False, False, Outcome.OPEN),
        (Step.GRANTED, None, False, False, Outcome.OPEN),
        (Step.ISSUED, None, True, False, Outcome.DONE),
        (Step.CLOSED, Step.COLLECTED, True, False, Outcome.DONE),
        (Step.CLOSED, Step.REFUSED, False, False, Outcome.FAILED),
        (Step.NOT_ACCEPTED, None, False, False, Outcome.FAILED),
        (Step.CLOSED, Step.WITHDRAWN, False, False, Outcome.FAILED),
        (Step.TERMINATED, None, False, False, Outcome.FAILED),
    ],
)
def test_what_becomes_of_a_part(
    step: Step | None, ended_as: Step | None, has_certificate: bool, is_ended: bool, outcome: Outcome
) -> None:
    found = bundle_parts.outcome_of(step, ended_as, has_certificate=has_certificate, is_ended=is_ended)
    assert found is outcome
