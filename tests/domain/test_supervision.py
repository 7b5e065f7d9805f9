"""When a rule speaks: amber exactly when the clock turns amber, once a round, never while the clock stands still."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from backend import calendars
from backend.domain import clock, handing_on, supervision
from backend.domain.approval import open_verbs
from backend.domain.refusal import Refusal
from backend.supervision.rules import defaults
from shared_schemas.case import Event
from shared_schemas.clock import Light, Standstill, StandstillKind
from shared_schemas.matter import Limit
from shared_schemas.supervision import Audience, Holder, Trigger, WatchRule
from shared_schemas.vocabulary import ApprovalMode, Role, Step, Tier, TimeUnit, Verb
from tests.domain import staff

CALENDAR = calendars.current()
DAYS = st.dates(date(2025, 1, 2), date(2026, 11, 30))
LIMITS = st.builds(
    Limit,
    st.integers(1, 30),
    st.sampled_from((TimeUnit.WORKING_DAY, TimeUnit.NATURAL_DAY)),
) | st.builds(Limit, st.integers(1, 3), st.just(TimeUnit.MONTH))


@given(start=DAYS, limit=LIMITS, stop=st.none() | st.tuples(st.integers(0, 20), st.integers(0, 15)))
def test_the_stored_day_is_the_day_the_clock_turns_amber(
    start: date, limit: Limit, stop: tuple[int, int] | None
) -> None:
    stops = ()
    if stop:
        begins = start + timedelta(days=stop[0])
        stops = (Standstill(StandstillKind.TESTING, begins, begins + timedelta(days=stop[1])),)
    amber = clock.amber_on(start, limit, stops, CALENDAR)
    last = clock.due(start, limit, stops, CALENDAR)
    assert amber is not None
    assert last is not None
    for day in (start + timedelta(days=n) for n in range((last.day - start).days + 3)):
        reading = clock.read(start, limit, stops, CALENDAR, day)
        assert reading is not None
        assert (reading.light is not Light.GREEN) == (day >= amber), day
        assert supervision.light_of(day, amber, last.day) is reading.light


def test_done_on_the_spot_is_due_and_amber_at_once_and_no_limit_is_never() -> None:
    day = date(2026, 11, 23)
    assert clock.amber_on(day, Limit(0, TimeUnit.ON_THE_SPOT), (), CALENDAR) == day
    assert clock.amber_on(day, Limit(0, TimeUnit.NONE), (), CALENDAR) is None


def times(**changes: object) -> supervision.Times:
    given = {"step": Step.ACCEPTED, "step_since": datetime(2026, 11, 2, 2, tzinfo=UTC)}
    return supervision.Times(**given | changes)  # type: ignore[arg-type]


def rule(trigger: Trigger, **changes: object) -> WatchRule:
    return WatchRule(key="x", trigger=trigger, audience=(Audience.HOLDER,), **changes)  # type: ignore[arg-type]


def test_red_speaks_from_the_day_after_and_amber_is_silent_then() -> None:
    due = date(2026, 11, 20)  # a Friday
    case = times(promised_amber_on=date(2026, 11, 18), promised_due_on=due)
    said = {
        day: (
            supervision.began(rule(Trigger.AMBER), case, CALENDAR, day) is not None,
            supervision.began(rule(Trigger.RED), case, CALENDAR, day) is not None,
        )
        for day in (date(2026, 11, 17), date(2026, 11, 18), due, date(2026, 11, 21))
    }
    assert list(said.values()) == [(False, False), (True, False), (True, False), (False, True)]
    red = supervision.began(rule(Trigger.RED), case, CALENDAR, date(2026, 11, 21))
    assert red == supervision.Began(date(2026, 11, 21), "2026-11-20")


def test_a_clock_that_stands_still_reminds_nobody() -> None:
    late = times(promised_amber_on=date(2026, 11, 3), promised_due_on=date(2026, 11, 5), is_stopped=True)
    for trigger in (Trigger.AMBER, Trigger.RED, Trigger.WAITING):
        assert supervision.began(rule(trigger, step=Step.ACCEPTED), late, CALENDAR, date(2026, 12, 1)) is None


def test_a_wait_counts_working_days_and_belongs_to_its_step() -> None:
    waits = rule(Trigger.WAITING, step=Step.ACCEPTED, days=3)
    case = times(step_since=datetime(2026, 11, 19, 2, tzinfo=UTC))  # Thursday; three working days end on Tuesday
    assert supervision.began(waits, case, CALENDAR, date(2026, 11, 24)) is None
    began = supervision.began(waits, case, CALENDAR, date(2026, 11, 25))
    assert began is not None
    assert began.since == date(2026, 11, 25)
    assert supervision.began(waits, replace(case, step=Step.REVIEWED), CALENDAR, date(2026, 12, 25)) is None


@given(every=st.integers(1, 10), days=st.integers(0, 60))
def test_rounds_only_grow_and_a_rule_without_repeats_has_one(every: int, days: int) -> None:
    begin = date(2026, 3, 2)
    today = begin + timedelta(days=days)
    again = rule(Trigger.RED, again_every=every)
    turns = [supervision.round_of(again, begin, CALENDAR, begin + timedelta(days=n)) for n in range(days + 1)]
    assert turns == sorted(turns)
    assert turns[-1] == CALENDAR.workdays_between(begin, today) // every
    assert supervision.round_of(rule(Trigger.RED), begin, CALENDAR, today) == 0


def event(seq: int, verb: Verb, hour: int, by: str = "") -> Event:
    at = datetime(2026, 11, 2, hour, tzinfo=UTC)
    return Event(seq, verb, "officer" if by else "system", 1 if by else None, by, at, {})


def test_stays_are_the_spans_between_the_verbs_that_lead_on() -> None:
    events = [
        event(1, Verb.RECEIVE, 1),
        event(2, Verb.TAKE, 2, "陈洁"),
        event(3, Verb.ACCEPT, 3, "陈洁"),
        event(4, Verb.HAND_ON, 4, "陈洁"),
        event(5, Verb.REVIEW, 5, "何晓东"),
    ]
    found = supervision.stays(events)
    assert [(stay.step, stay.since.hour, stay.until and stay.until.hour, stay.by_name) for stay in found] == [
        (Step.RECEIVED, 1, 3, ""),
        (Step.ACCEPTED, 3, 5, "陈洁"),
        (Step.REVIEWED, 5, None, "何晓东"),
    ]


def test_every_open_step_is_with_somebody_and_every_signature_has_a_tier() -> None:
    for step in supervision.IN_CARE:
        assert supervision.held_by(step, is_taken=True) is not Holder.NOBODY
    assert supervision.tier_of(staff.facts(Step.REVIEWED, ApprovalMode.SUBMIT)) is Tier.SECOND
    assert supervision.tier_of(staff.facts(Step.ACCEPTED, ApprovalMode.SOLE)) is Tier.THIRD
    assert supervision.tier_of(staff.facts(Step.RECEIVED, ApprovalMode.SOLE)) is None
    passed = staff.facts(Step.REVIEWED, accepted_by=1, reviewed_by=11)
    assert supervision.had_it(passed) == {1, 11, None}


def test_every_trigger_has_a_rule_and_every_rule_tells_somebody() -> None:
    assert {each.trigger for each in defaults()} == set(Trigger)
    assert len({each.key for each in defaults()}) == len(defaults())
    assert all(each.audience for each in defaults())
    assert all(each.step in supervision.IN_CARE for each in defaults() if each.trigger is Trigger.WAITING)


SUPERVISOR = next(one for one in staff.OTHERS if one.has(Role.SUPERVISOR))


@given(officer=st.sampled_from(staff.EVERYBODY), step=st.sampled_from(Step))
def test_only_the_first_handler_or_a_supervisor_hands_on(officer, step: Step) -> None:
    case = staff.facts(step, first_handler=staff.CLERK.id)
    offered = Verb.HAND_ON in open_verbs(case, officer, staff.NOW)
    assert offered == (officer in (staff.CLERK, SUPERVISOR) and step in supervision.IN_CARE)
    assert Verb.HAND_ON not in open_verbs(staff.facts(step), officer, staff.NOW)


def successor(**changes: object) -> handing_on.Successor:
    return handing_on.Successor(
        **{
            "id": 2,
            "name": "员2",
            "staff_no": "N2",
            "is_active": True,
            "roles": frozenset({Role.ACCEPTANCE_CLERK}),
            **changes,
        }
    )


@pytest.mark.parametrize(
    ("who", "code"),
    [
        (successor(is_active=False), "handing_on.not_a_clerk"),
        (successor(roles=frozenset({Role.APPROVER})), "handing_on.not_a_clerk"),
        (successor(id=staff.CLERK.id), "handing_on.same_person"),
        (successor(kin=frozenset({"ab12"})), "handing_on.related"),
    ],
)
def test_who_can_not_go_on_is_refused_by_name(who: handing_on.Successor, code: str) -> None:
    case = staff.facts(Step.ACCEPTED, first_handler=staff.CLERK.id)
    with pytest.raises(Refusal) as caught:
        handing_on.refuse_successor(case, who)
    assert caught.value.code == code
    handing_on.refuse_successor(case, successor())
