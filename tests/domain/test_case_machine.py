"""Whatever people do to a case, it stays inside the law."""

from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec.structs import replace

from backend.domain import approval, chain
from backend.domain.case import MOVES, next_step, replay, verbs_from
from backend.domain.refusal import Refusal
from shared_schemas.case import Event
from shared_schemas.vocabulary import ApprovalMode, Delivery, Step, Verb
from tests.domain import staff

CASE_NO = "3304020120261122000017"
# Which column of the case row a verb fills with the officer's id.
MARKS = {
    Verb.TAKE: ("handler",),
    Verb.ACCEPT: ("handler", "accepted_by"),
    Verb.REVIEW: ("reviewed_by",),
    Verb.CHECK: ("checked_by",),
    Verb.GRANT: ("decided_by",),
    Verb.REFUSE: ("decided_by",),
    Verb.ASK_CORRECTION: ("handler",),
    Verb.DECLINE: ("handler",),
}


class LifeOfACase(RuleBasedStateMachine):
    """Officers of all roles and the citizen try anything, in any order."""

    @initialize(mode=st.sampled_from(ApprovalMode), delivery=st.sampled_from(Delivery))
    def received(self, mode, delivery):
        self.case = staff.facts(None, mode, delivery=delivery)
        self.events: list[Event] = []
        self.who: list[int | None] = []
        self._do(Verb.RECEIVE, None)

    def _do(self, verb, officer):
        step = next_step(self.case.step, verb)
        at = staff.NOW + timedelta(minutes=len(self.events))
        previous = self.events[-1].hash if self.events else chain.START
        kind, number, name = ("officer", officer.id, officer.name) if officer else ("system", None, "system")
        digest = chain.event_hash(
            previous=previous,
            case_no=CASE_NO,
            seq=len(self.events) + 1,
            verb=verb,
            by=chain.signatory(kind, number, name),
            at=at,
            particulars={},
        )
        self.events.append(Event(len(self.events) + 1, verb, kind, number, name, at, {}, previous, digest))
        marks = dict.fromkeys(MARKS.get(verb, ()), officer.id) if officer else {}
        if verb is Verb.RATE:
            marks["is_rated"] = True
        self.case = replace(self.case, step=step, **marks)

    @rule(officer=st.sampled_from(staff.EVERYBODY), verb=st.sampled_from(Verb))
    def an_officer_tries(self, officer, verb):
        offered = verb in approval.open_verbs(self.case, officer, staff.NOW)
        try:
            approval.check(self.case, officer, verb, staff.NOW)
        except Refusal:
            assert not offered
        else:
            assert offered
            self._do(verb, officer)

    @rule(verb=st.sampled_from(Verb), is_owner=st.booleans())
    def a_citizen_tries(self, verb, is_owner):
        offered = verb in approval.citizen_verbs(self.case, is_owner=is_owner)
        try:
            approval.check_citizen(self.case, verb, is_owner=is_owner)
        except Refusal:
            assert not offered
        else:
            assert offered and is_owner
            self._do(verb, None)

    @precondition(lambda self: self.case.step in (Step.GRANTED, Step.COLLECTED, Step.REFUSED, Step.WITHDRAWN))
    @rule()
    def the_hall_goes_on(self):
        self._do(Verb.ISSUE if self.case.step is Step.GRANTED else Verb.CLOSE, None)

    @rule(data=st.data())
    def somebody_entitled_goes_on(self, data):
        """Random guesses alone rarely get past acceptance; this walks the whole path."""
        open_ = [
            (officer, verb)
            for officer in staff.EVERYBODY
            for verb in approval.open_verbs(self.case, officer, staff.NOW)
        ]
        if open_:
            officer, verb = data.draw(st.sampled_from(open_))
            self._do(verb, officer)

    @invariant()
    def the_step_is_the_replay_of_the_log(self):
        if hasattr(self, "case"):
            assert self.case.step == replay(event.verb for event in self.events)
            assert self.case.step in MOVES.values()

    @invariant()
    def the_chain_holds(self):
        if hasattr(self, "case"):
            assert chain.verify(CASE_NO, self.events)
            if len(self.events) > 1:
                assert not chain.verify(CASE_NO, self.events[1:])

    @invariant()
    def accepted_reviewed_checked_and_decided_by_different_people(self):
        if not hasattr(self, "case") or self.case.decided_by is None:
            return
        hands = [self.case.accepted_by, self.case.decided_by]
        if self.case.mode is not ApprovalMode.SOLE:
            hands.append(self.case.reviewed_by)
        if self.case.mode is ApprovalMode.SUBMIT:
            hands.append(self.case.checked_by)
        assert None not in hands and len(set(hands)) == len(hands)
        assert staff.RELATIVE.id not in {event.by_id for event in self.events}


LifeOfACase.TestCase.settings = settings(
    max_examples=60, stateful_step_count=25, deadline=None, suppress_health_check=settings().suppress_health_check
)
TestLifeOfACase = LifeOfACase.TestCase


def test_every_step_can_be_reached_and_only_steps_of_the_table():
    reached, waiting = set(), [None]
    while waiting:
        step = waiting.pop()
        for verb in verbs_from(step):
            after = next_step(step, verb)
            if after not in reached:
                reached.add(after)
                waiting.append(after)
    assert reached == set(Step)
