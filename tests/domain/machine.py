"""A case in the hands of everybody at once, while time passes: whatever they try, it stays inside the law.

Hypothesis draws who tries what and how many days go by. What is offered must be what is allowed; what is done must stand
before `judge.faults`, which knows DOMAIN.md and not the code; both clocks must be those of `slow`, which counts days.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from msgspec.structs import replace

from backend import calendars, rulebooks
from backend.domain import approval, chain, clock, hearing, silence
from backend.domain.calendar import SHANGHAI
from backend.domain.case import MOVES, replay
from backend.domain.refusal import Refusal
from backend.domain.rulebook import DECIDING, Need
from shared_schemas.clock import ClockKind
from shared_schemas.matter import Limit
from shared_schemas.people import OfficerActor
from shared_schemas.side_ways import Hearing
from shared_schemas.vocabulary import ApprovalMode, Delivery, Step, TimeUnit, Verb
from tests.domain import ends, judge, slow, staff
from tests.domain.cast import APPLICANTS, CAST, COMPANIES, DEPARTMENTS
from tests.domain.life import CASE_NO, Life
from tests.domain.writes import NOTHING, Given

WORKING, NATURAL, MONTH = TimeUnit.WORKING_DAY, TimeUnit.NATURAL_DAY, TimeUnit.MONTH
# (promised, statutory, the matter's own extension): §42's twenty, joint handling's forty-five and fifteen, and others.
LIMITS = (
    (Limit(5, WORKING), Limit(20, WORKING), Limit()),
    (Limit(20, WORKING), Limit(45, WORKING), Limit(15, WORKING)),
    (Limit(15, NATURAL), Limit(30, NATURAL), Limit(10, NATURAL)),
    (Limit(1, MONTH), Limit(2, MONTH), Limit(1, MONTH)),
    (Limit(0, TimeUnit.ON_THE_SPOT), Limit(20, WORKING), Limit()),
    (Limit(), Limit(), Limit()),
)
# Before Spring Festival, Labour Day, National Day with their make-up days, and before the year that is not published.
STARTS = st.one_of(
    st.sampled_from([date(2026, 2, 5), date(2025, 1, 17), date(2025, 9, 22), date(2026, 9, 14), date(2026, 4, 24)]),
    st.dates(date(2025, 1, 2), date(2026, 12, 20)),
)
CHOSEN = st.builds(
    Given,
    kind=st.sampled_from(sorted(clock.STOPS_BY_LAW - {"hearing"})),
    is_served=st.booleans(),
    answer_within=st.integers(1, 10),
    successor=st.sampled_from([1, 2, 3]),
    presider=st.sampled_from([each.id for each in CAST]),
    surveyors=st.sampled_from([frozenset({71, 72}), frozenset({72, 73}), frozenset({71, 74})]),
    is_conflict=st.booleans(),
    is_upheld=st.booleans(),
    department=st.sampled_from(DEPARTMENTS),
)
FORWARD = (
    Verb.TAKE, Verb.PROMISE, Verb.ACCEPT, Verb.REVIEW, Verb.CHECK, Verb.GRANT, Verb.REFUSE, Verb.MAIL, Verb.HAND_OVER, Verb.DOWNLOAD,
)  # fmt: skip
# A rule of the hall: what is submitted is decided on minutes of a collective decision.
WITH_MINUTES = MappingProxyType(
    {
        move: Need(need.tier, needs_minutes=move[0] is ApprovalMode.SUBMIT and move[2] in DECIDING)
        for move, need in rulebooks.standard().items()
    }
)
HEARING = (Verb.TELL_HEARING, Verb.ASK_HEARING, Verb.FIX_HEARING, Verb.HOLD_HEARING)
WAYS = (
    (Verb.TAKE, Verb.ASK_CORRECTION, Verb.ANSWER_CORRECTION),
    (Verb.ASK_SUPPLEMENT, Verb.ANSWER_SUPPLEMENT, Verb.PROMISE, Verb.SUPPLY),
    (Verb.START_PROCEDURE, Verb.END_PROCEDURE),
    (Verb.ASK_EXTENSION, Verb.EXTEND, Verb.DENY_EXTENSION),
    HEARING,
    (Verb.DISPATCH_SURVEY, Verb.CONCLUDE_SURVEY),
    (Verb.ASK_OPINION, Verb.GIVE_OPINION, Verb.RECORD_MINUTES),
    (Verb.HAND_ON, Verb.SEND_BACK),
    (Verb.RECUSE, Verb.ANSWER_RECUSAL),
    (Verb.RATE, Verb.ARCHIVE, Verb.REOPEN),
)
MOMENTS = [
    *["a_side_way_is_walked"] * 6, *["an_officer_tries"] * 4, *["days_go_by"] * 4, *["somebody_does_something"] * 3,
    *["the_case_goes_on"] * 3, *["a_citizen_tries"] * 2, *["a_job_runs"] * 2, "a_notice_arrives", "somebody_ends_it",
]  # fmt: skip
ENDING = {Verb.WITHDRAW, Verb.DECLINE, Verb.TERMINATE}


class LifeOfACase(RuleBasedStateMachine):
    """Officers of all roles, the applicant, other citizens and the hall's jobs, on one case, for months."""

    reached: ClassVar[set[Verb]] = set()

    @initialize(
        start=STARTS,
        mode=st.sampled_from(ApprovalMode),
        delivery=st.sampled_from(Delivery),
        limits=st.sampled_from(LIMITS),
        hall=st.builds(slow.Hall, st.booleans(), st.booleans()),
        needs=st.tuples(st.booleans(), st.booleans(), st.booleans(), st.booleans()),
        area=st.sampled_from([50, 500]),
        steps=st.integers(0, 4),
        data=st.data(),
    )
    def received(self, start, mode, delivery, limits, hall, needs, area, steps, data):
        promised, statutory, own = limits
        hears, surveys, records, follows = needs
        facts = staff.facts(
            None, mode, delivery=delivery, applicants=APPLICANTS, companies=COMPANIES, needs_hearing=hears,
            needs_survey=surveys,
            needs=WITH_MINUTES if records else rulebooks.standard(), is_raised=area > 100,
            measures={"area": Decimal(area)},
            lacks_materials=follows, has_unsigned_promise=follows,
        )  # fmt: skip
        span = clock.extension_of(promised or statutory, own)
        self.rules = clock.ClockRules(hall.supplement_stops_promised, hall.survey_stops_clock)
        self.life = Life(facts, datetime.combine(start, time(9, 30), SHANGHAI), promised, statutory, span, hall)
        self.do(Verb.RECEIVE, "citizen", None)
        for _ in range(steps):
            self.the_case_goes_on(data)

    # What is done, and what is held against it.

    def do(self, verb: Verb, kind: str, by: OfficerActor | None, given: Given = NOTHING) -> None:
        """The verb's action, as far as it has rules of its own; then the judgement."""
        life = self.life
        if not ends.is_possible(life, verb, kind, given):
            return
        if verb is Verb.FIX_HEARING:
            asked = life.asked_on or life.today
            days = hearing.may_be_held(asked, life.today, calendars.current())
            assert days == slow.hearing_days(asked, life.today)
            life.held_on = days[0]
        life.do(verb, kind, by, given)
        type(self).reached.add(verb)
        wrong = judge.faults(life)
        assert not wrong, "; ".join(wrong)

    def choose(self, data, among: list[tuple[str, OfficerActor | None, Verb]]) -> None:
        """One of them: first the verb, so that what only one person may do is not drowned by what everybody may."""
        verb = data.draw(st.sampled_from(sorted({each[2] for each in among})))
        kind, by, _ = data.draw(st.sampled_from([each for each in among if each[2] is verb]))
        self.do(verb, kind, by, data.draw(CHOSEN))

    def open(self) -> list[tuple[str, OfficerActor | None, Verb]]:
        """Everything that anybody may do now."""
        facts, now = self.life.seen(), self.life.now
        officers = [("officer", each, verb) for each in CAST for verb in approval.open_verbs(facts, each, now)]
        return [*officers, *(("citizen", None, verb) for verb in approval.citizen_verbs(facts, is_owner=True))]

    @rule(what=st.sampled_from(MOMENTS), data=st.data())
    def something_happens(self, what, data):
        """One rule for all: Hypothesis would switch whole rules off for a life, and few would get far."""
        getattr(self, what)(data)

    def an_officer_tries(self, data):
        """Anybody tries anything: what is done must have been offered, what is refused must not."""
        facts, now = self.life.seen(), self.life.now
        officer, verb = data.draw(st.sampled_from(CAST)), data.draw(st.sampled_from(Verb))
        offered = verb in approval.open_verbs(facts, officer, now)
        try:
            approval.check(facts, officer, verb, now)
        except Refusal:
            assert not offered, f"{verb} is offered to {officer.id} and refused"
        else:
            assert offered, f"{verb} is open to {officer.id} and not offered"
            self.do(verb, "officer", officer, data.draw(CHOSEN))

    def a_citizen_tries(self, data):
        """The applicant, or somebody else altogether."""
        facts = self.life.seen()
        verb, is_owner = data.draw(st.sampled_from(Verb)), data.draw(st.booleans())
        offered = verb in approval.citizen_verbs(facts, is_owner=is_owner)
        try:
            approval.check_citizen(facts, verb, is_owner=is_owner)
        except Refusal:
            assert not offered, f"{verb} is offered to the citizen and refused"
        else:
            assert offered and is_owner
            if verb not in ENDING or not data.draw(st.integers(0, 3)):
                self.do(verb, "citizen", None)

    def the_case_goes_on(self, data):
        """Random guesses alone rarely get past acceptance; this walks the path."""
        if among := [each for each in self.open() if each[2] in FORWARD]:
            self.choose(data, among)
        else:
            self.a_job_runs(data)

    def somebody_does_something(self, data):
        """Any of what is open, but an early end."""
        if among := [each for each in self.open() if each[2] not in ENDING]:
            self.choose(data, among)

    def a_side_way_is_walked(self, data):
        """Some steps of one of them in a row, what was not done yet first: else hardly any is walked to its end."""
        now_open = {each[2] for each in self.open()}
        ways = [way for way in WAYS if now_open & set(way)]
        if not ways:
            return
        way = data.draw(st.sampled_from(ways))
        for _ in range(data.draw(st.integers(1, len(way)))):
            if self.life.facts.hearing is Hearing.FIXED and self.life.held_on and way is HEARING:
                self.life.now += max(self.life.held_on - self.life.today, timedelta())
            done = {deed.verb for deed in self.life.deeds}
            among = [each for each in self.open() if each[2] in way]
            if among := [each for each in among if each[2] not in done] or among:
                self.choose(data, among)

    def somebody_ends_it(self, data):
        """Declined, withdrawn, terminated."""
        if among := [each for each in self.open() if each[2] in ENDING]:
            self.choose(data, among)

    # Time, and what the hall does by itself when it comes.

    def days_go_by(self, data):
        """A few, or weeks."""
        self.life.now += timedelta(days=data.draw(st.one_of(st.integers(1, 3), st.integers(4, 40))))

    def a_notice_arrives(self, data):
        """Handed over in person; never before it was written."""
        life = self.life
        waiting = [each.starts_on for each in life.standstills if not each.was_told_in_writing and each.ends_on is None]
        if waiting:
            life.serve(max(*waiting, life.today - timedelta(days=data.draw(st.integers(0, 3)))))

    def the_rules_change(self, data):
        """Administrators set another mode; who has been checked stays under 报批 (rulebook.read)."""
        if self.life.facts.step is not Step.CHECKED:
            self.life.facts = replace(self.life.facts, mode=data.draw(st.sampled_from(ApprovalMode)))

    def a_job_runs(self, _data):
        """What the hall does of its own: after a decision, and when time has decided."""
        life = self.life
        at = silence.deemed_accepted_at(life.facts.step, life.events, life.today, calendars.current())
        is_silent = life.facts.step is Step.RECEIVED and slow.is_deemed(life.came_in, life.today)
        assert (at is not None) == is_silent
        for verb in ends.by_itself(life, is_deemed=at is not None):
            self.do(verb, "law", None)

    # What must hold at every moment.

    @invariant()
    def the_step_is_the_replay_of_the_log(self):
        if hasattr(self, "life"):
            assert self.life.facts.step == replay(event.verb for event in self.life.events)
            assert self.life.facts.step in MOVES.values()

    @invariant()
    def both_clocks_are_those_of_the_slow_reckoning(self):
        if not hasattr(self, "life") or self.life.accepted_on is None or self.life.decided_on is not None:
            return
        for kind in ClockKind:
            ends.compare_clock(self.life, kind, self.rules)

    @invariant()
    def nothing_is_offered_that_is_refused_nor_the_other_way(self):
        """For one of the cast in turn, and every verb there is."""
        if not hasattr(self, "life"):
            return
        facts, now = self.life.seen(), self.life.now
        officer = CAST[len(self.life.deeds) % len(CAST)]
        offered = set(approval.open_verbs(facts, officer, now))
        assert offered == {verb for verb in Verb if ends.passes(lambda v=verb: approval.check(facts, officer, v, now))}
        mine = set(approval.citizen_verbs(facts, is_owner=True))
        assert mine == {verb for verb in Verb if ends.passes(lambda v=verb: approval.check_citizen(facts, v))}
        assert approval.citizen_verbs(facts, is_owner=False) == ()

    def teardown(self):
        """The chain holds, and the case can still be brought to its end by colleagues who have nothing to do with it."""
        if not hasattr(self, "life"):
            return
        assert chain.verify(CASE_NO, self.life.events)
        if len(self.life.events) > 1:
            assert not chain.verify(CASE_NO, self.life.events[1:])
        ends.bring_to_its_end(self)
