"""The chain of a case's events: whole when untouched, and every tampering is found."""

from datetime import UTC, datetime, timedelta, timezone

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain import chain
from shared_schemas.case import Event
from shared_schemas.vocabulary import Verb

CASE = "3304020120261122000017"
JSON = st.dictionaries(st.text(max_size=6), st.text(max_size=6) | st.integers(-99, 99) | st.none(), max_size=3)


@st.composite
def logs(draw) -> list[Event]:
    """A log of one to six events, rightly chained."""
    previous, events = chain.START, []
    for seq in range(1, draw(st.integers(1, 6)) + 1):
        kind, by_id, name = draw(
            st.sampled_from([("citizen", 7, ""), ("officer", 3, "王敏"), ("system", None, "system")])
        )
        verb = draw(st.sampled_from(list(Verb)))
        at = draw(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)))
        particulars = draw(JSON)
        digest = chain.event_hash(
            previous=previous,
            case_no=CASE,
            seq=seq,
            verb=verb,
            by=chain.signatory(kind, by_id, name),
            at=at,
            particulars=particulars,
        )
        events.append(Event(seq, verb, kind, by_id, name, at, particulars, previous, digest))
        previous = digest
    return events


@given(logs())
def test_an_untouched_log_verifies(events):
    assert chain.verify(CASE, events)
    assert chain.verify(CASE, [])
    assert not chain.verify("3304020120261122000025", events)


@given(logs(), st.data())
def test_any_change_is_found_at_its_place(events, data):
    place = data.draw(st.integers(0, len(events) - 1))
    event = events[place]
    changed = data.draw(
        st.sampled_from(
            [
                {"verb": Verb.GRANT if event.verb is not Verb.GRANT else Verb.REFUSE},
                {"at": event.at + timedelta(microseconds=1)},
                {"by_id": 99},
                {"by_kind": "other"},
                {"particulars": {**event.particulars, "added": 1}},
                {"hash": bytes(32)},
                {"previous_hash": bytes(32)},
                {"seq": event.seq + 1},
            ]
        )
    )
    events[place] = msgspec.structs.replace(event, **changed)
    assert chain.first_fault(CASE, events) == place + 1


@given(logs(), st.data())
def test_leaving_out_or_swapping_events_is_found(events, data):
    place = data.draw(st.integers(0, len(events) - 1))
    rest = events[:place] + events[place + 1 :]
    if place < len(events) - 1:
        assert chain.first_fault(CASE, rest) == place + 1
        swapped = [*events]
        swapped[place], swapped[place + 1] = swapped[place + 1], swapped[place]
        assert chain.first_fault(CASE, swapped) == place + 1


def test_the_hash_does_not_depend_on_key_order_or_time_zone():
    at = datetime(2026, 11, 22, 1, tzinfo=UTC)
    common = {"previous": b"", "case_no": CASE, "seq": 1, "verb": Verb.RECEIVE, "by": "citizen:7"}
    one = chain.event_hash(**common, at=at, particulars={"a": 1, "b": 2})
    shanghai = at.astimezone(timezone(timedelta(hours=8)))
    assert one == chain.event_hash(**common, at=shanghai, particulars={"b": 2, "a": 1})
    with pytest.raises(ValueError, match="aware"):
        chain.event_hash(**common, at=datetime(2026, 1, 1), particulars={})


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=9, unique=True), st.data())
def test_the_daily_head_covers_every_case(heads, data):
    root = chain.merkle_root(heads)
    assert len(root) == 32
    if heads:
        place = data.draw(st.integers(0, len(heads) - 1))
        assert chain.merkle_root([*heads[:place], *heads[place + 1 :]]) != root
        assert chain.merkle_root([*heads[:place], bytes(31) + b"\1", *heads[place + 1 :]]) != root
