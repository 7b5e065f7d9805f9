"""Two devices on one draft: nobody's words are overwritten unseen, and only the person decides."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from backend.domain.refusal import Refusal
from backend.domain.rivals import Kept, same, settle, write
from shared_schemas.draft import Writing

AT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


def by(mark: str, revision: int) -> Writing:
    return Writing(revision, AT, mark, mark)


def others(kept: Kept, path: str) -> list[Any]:
    return [rival.value for rival in kept.others.get(path, [])]


def test_what_was_written_unseen_stands_beside_it() -> None:
    kept = Kept()
    write(kept, {"area": "120"}, by("phone", 1), seen=0)
    conflicts = write(kept, {"area": "80"}, by("tablet", 2), seen=0)

    assert (conflicts["area"].kept, conflicts["area"].yours) == ("120", "80")
    assert (kept.values, others(kept, "area")) == ({"area": "120"}, ["80"])


def test_the_same_device_typing_on_is_one_rival_and_a_third_device_another() -> None:
    kept = Kept()
    write(kept, {"area": "120"}, by("phone", 1), seen=0)
    for revision, (mark, value) in enumerate([("tablet", "8"), ("tablet", "80"), ("home", "60")], start=2):
        write(kept, {"area": value}, by(mark, revision), seen=0)

    assert others(kept, "area") == ["80", "60"]


def test_who_saw_both_and_writes_anew_has_decided() -> None:
    kept = Kept()
    write(kept, {"area": "120"}, by("phone", 1), seen=0)
    write(kept, {"area": "80"}, by("tablet", 2), seen=0)
    write(kept, {"area": "100"}, by("phone", 3), seen=2)

    assert (kept.values["area"], others(kept, "area")) == ("100", [])


def test_who_had_not_seen_the_rival_does_not_decide_over_it() -> None:
    kept = Kept()
    write(kept, {"area": "120"}, by("phone", 1), seen=0)
    write(kept, {"area": "80"}, by("tablet", 2), seen=0)
    write(kept, {"area": "121"}, by("phone", 3), seen=1)

    assert (kept.values["area"], others(kept, "area")) == ("121", ["80"])


def test_a_page_brings_along_what_nobody_touched_on_it() -> None:
    kept = Kept(values={"area": "120", "name": "面馆"}, revisions={"area": 0, "name": 0})
    write(kept, {"area": "80"}, by("tablet", 1), seen=0)
    conflicts = write(kept, {"area": "120", "name": "新面馆"}, by("phone", 2), seen=0, is_page=True)

    assert (conflicts, kept.values) == ({}, {"area": "80", "name": "新面馆"})


def test_an_empty_page_does_not_empty_what_the_other_device_filled() -> None:
    kept = Kept()
    write(kept, {"area": "80"}, by("tablet", 1), seen=0)
    assert write(kept, {"area": ""}, by("phone", 2), seen=0, is_page=True) == {}
    assert kept.values == {"area": "80"}


def test_a_page_that_was_typed_on_is_a_rival() -> None:
    kept = Kept(values={"area": "120"}, revisions={"area": 0})
    write(kept, {"area": "80"}, by("tablet", 1), seen=0)
    conflicts = write(kept, {"area": "99"}, by("phone", 2), seen=0, is_page=True)

    assert (set(conflicts), kept.values["area"], others(kept, "area")) == ({"area"}, "80", ["99"])


def test_a_page_knows_what_its_own_device_saved_meanwhile() -> None:
    kept = Kept()
    write(kept, {"area": "1"}, by("phone", 1), seen=0)
    assert write(kept, {"area": "120"}, by("phone", 2), seen=0, is_page=True) == {}
    assert kept.values["area"] == "120"


def test_going_on_with_a_page_decides_nothing() -> None:
    kept = Kept()
    write(kept, {"area": "120"}, by("phone", 1), seen=0)
    write(kept, {"area": "80"}, by("tablet", 2), seen=0)
    write(kept, {"area": "120"}, by("phone", 3), seen=2, is_page=True)

    assert others(kept, "area") == ["80"]


@pytest.mark.parametrize(("revision", "stands"), [(1, "120"), (2, "80"), (3, "60")])
def test_the_person_takes_any_of_the_answers(revision: int, stands: str) -> None:
    kept = Kept()
    for number, (mark, value) in enumerate([("phone", "120"), ("tablet", "80"), ("home", "60")], start=1):
        write(kept, {"area": value}, by(mark, number), seen=0)
    settle(kept, {"area": revision}, by("phone", 4), seen=3)

    assert (kept.values["area"], kept.others) == (stands, {})


def test_an_answer_that_came_after_the_page_was_drawn_is_asked_again() -> None:
    kept = Kept()
    for number, (mark, value) in enumerate([("phone", "120"), ("tablet", "80"), ("home", "60")], start=1):
        write(kept, {"area": value}, by(mark, number), seen=0)
    settle(kept, {"area": 1}, by("phone", 4), seen=2)

    assert others(kept, "area") == ["60"]


def test_an_answer_that_is_gone_can_not_be_taken_and_a_settled_one_is_left_alone() -> None:
    kept = Kept()
    write(kept, {"area": "120"}, by("phone", 1), seen=0)
    write(kept, {"area": "80"}, by("tablet", 2), seen=0)
    with pytest.raises(Refusal) as refused:
        settle(kept, {"area": 7}, by("phone", 8), seen=2)
    settle(kept, {"area": 2}, by("phone", 3), seen=2)
    settle(kept, {"area": 1}, by("tablet", 4), seen=2)

    assert (refused.value.code, kept.values["area"]) == ("draft.rival_moved", "80")


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        (True, "true", True),
        (None, "", True),
        ([], [{}], False),
        ([{"name": "灶", "qty": ""}], [{"name": "灶"}], True),
        ({"name": " 李四"}, {"name": "李四", "mobile": ""}, True),
        (3, "3", True),
        ("120", "12", False),
    ],
)
def test_the_same_answer_however_it_is_spelled(one: Any, other: Any, equal: bool) -> None:
    assert same(one, other) is equal
