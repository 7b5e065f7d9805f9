"""An exported trail is whole only as it was: every single change of it is found, with nothing but the file."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from backend.domain import chain
from backend.domain.trail import findings
from shared_schemas.trail import FORMAT, Exporter, Trail, TrailAnchor, TrailEvent, Verdict
from shared_schemas.vocabulary import Verb

CASE_NO = "3304020120261122000017"
VERBS = (Verb.RECEIVE, Verb.TAKE, Verb.ACCEPT, Verb.REVIEW, Verb.GRANT)
HEADS = [bytes([n]) * 32 for n in range(7)]


def events() -> tuple[TrailEvent, ...]:
    made: list[TrailEvent] = []
    previous = b""
    for seq, verb in enumerate(VERBS, start=1):
        at = datetime(2026, 11, 22, 2, tzinfo=UTC) + timedelta(minutes=seq)
        particulars = {"seq": seq, "word": "好"}
        digest = chain.event_hash(
            previous=previous, case_no=CASE_NO, seq=seq, verb=verb, by="officer:7:陈洁", at=at, particulars=particulars
        )
        made.append(
            TrailEvent(
                seq=seq, verb=verb, verb_zh=verb.zh, by_kind="officer", by_id=7, by_name="陈洁", at=at,
                particulars=particulars, previous_hash=previous.hex(), hash=digest.hex(),
            )
        )  # fmt: skip
        previous = digest
    return tuple(made)


def trail() -> Trail:
    found = events()
    leaves = [*HEADS, bytes.fromhex(found[3].hash)]
    root = chain.merkle_root(leaves)
    day = date(2026, 11, 22)
    digest = chain.anchor_hash(previous=b"", day=day, leaves=len(leaves), root=root)
    proof = tuple(each.hex() for each in chain.inclusion_proof(leaves, 7))
    return Trail(
        format=FORMAT, hall="大厅", case_no=CASE_NO, matter="事项", department="部门",
        exported_at=datetime(2026, 11, 23, tzinfo=UTC), exported_by=Exporter("高远", "NH0501"), events=found, looks=(),
        papers=(), verdict=Verdict(True, None, found[-1].hash),
        anchor=TrailAnchor(day, 4, 7, len(leaves), proof, root.hex(), "", digest.hex()),
    )  # fmt: skip


def test_what_was_not_touched_is_whole() -> None:
    assert findings(trail()) == ()
    assert findings(replace(trail(), anchor=None)) == ()


_LATER = timedelta(seconds=1)
CHANGES = {
    "verb": lambda e: replace(e, verb=Verb.REFUSE),
    "who": lambda e: replace(e, by_name="别人"),
    "account": lambda e: replace(e, by_id=8),
    "when": lambda e: replace(e, at=e.at + _LATER),
    "particulars": lambda e: replace(e, particulars={**e.particulars, "word": "不好"}),
    "hash": lambda e: replace(e, hash="0" * 64),
    "previous": lambda e: replace(e, previous_hash="0" * 64),
}


@pytest.mark.parametrize("what", CHANGES)
@pytest.mark.parametrize("place", range(len(VERBS)))
def test_every_change_of_an_event_is_found(what: str, place: int) -> None:
    whole = trail()
    lines = list(whole.events)
    lines[place] = CHANGES[what](lines[place])
    assert "chain" in {found.code for found in findings(replace(whole, events=tuple(lines)))}


@pytest.mark.parametrize("place", range(len(VERBS)))
def test_every_event_that_was_taken_out_is_found(place: int) -> None:
    whole = trail()
    lines = whole.events[:place] + whole.events[place + 1 :]
    assert findings(replace(whole, events=lines)) != ()


def test_a_chain_cut_at_its_end_with_a_new_verdict_is_found_by_the_anchor() -> None:
    whole = trail()
    short = whole.events[:3]
    cut = replace(whole, events=short, verdict=Verdict(True, None, short[-1].hash))
    assert {found.code for found in findings(cut)} == {"anchor_event"}


def test_another_case_number_another_anchor_and_a_bad_verdict_are_found() -> None:
    whole = trail()
    assert whole.anchor
    assert findings(replace(whole, case_no=CASE_NO[:-1] + "8"))[0].code == "chain"
    forged = replace(whole.anchor, root="1" * 64)
    assert {found.code for found in findings(replace(whole, anchor=forged))} == {"anchor_root", "anchor_hash"}
    assert (
        findings(replace(whole, verdict=Verdict(False, 2, whole.verdict.head)))[0]
        .label("en")
        .endswith("at event 2 when it exported")
    )
    assert findings(replace(whole, events=(), verdict=Verdict(True, None, ""), anchor=None)) != ()


@given(count=st.integers(1, 40), data=st.data())
def test_a_head_leads_to_the_root_from_its_own_place_only(count: int, data: st.DataObject) -> None:
    leaves = [bytes([n]) * 32 for n in range(count)]
    place = data.draw(st.integers(0, count - 1))
    proof = chain.inclusion_proof(leaves, place)
    root = chain.merkle_root(leaves)
    assert chain.root_from(leaves[place], place, count, proof) == root
    other = data.draw(st.integers(0, count - 1).filter(lambda n: n != place)) if count > 1 else None
    if other is not None:
        assert chain.root_from(leaves[other], place, count, proof) != root
    assert chain.root_from(leaves[place], count, count, proof) is None
    assert chain.root_from(leaves[place], place, count, (*proof, b"\x00" * 32)) != root
