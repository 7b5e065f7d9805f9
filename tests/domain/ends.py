"""Helpers of the machine: what the hall does by itself, one clock against the slow one, and the way to the end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from backend import calendars
from backend.domain import approval, authority, beside, clock, hearing, surveying
from backend.domain.case import UNDER_WAY, verbs_from
from backend.domain.refusal import Refusal
from backend.domain.surveying import Candidate
from shared_schemas.clock import ClockKind
from shared_schemas.matter import Limit
from shared_schemas.people import OfficerActor
from shared_schemas.side_ways import Hearing, Survey
from shared_schemas.vocabulary import Role, Step, Verb
from tests.domain import slow
from tests.domain.cast import CAST, fresh
from tests.domain.life import Life
from tests.domain.writes import Given, whose_recusal

if TYPE_CHECKING:
    from tests.domain.machine import LifeOfACase

_CLOSES = (Step.NOT_ACCEPTED, Step.REFUSED, Step.WITHDRAWN, Step.TERMINATED, Step.COLLECTED)


def passes(act: Callable[[], object]) -> bool:
    """Whether the law lets it pass."""
    try:
        act()
    except Refusal:
        return False
    return True


def by_itself(life: Life, *, is_deemed: bool) -> list[Verb]:
    """What the hall's jobs would do now."""
    facts = life.seen()
    if is_deemed:
        return [Verb.DEEM_ACCEPTED]
    if facts.step is Step.GRANTED:
        return [Verb.ISSUE]
    if facts.step in _CLOSES:
        return [Verb.CLOSE]
    if facts.hearing is Hearing.TOLD and Verb.WAIVE_HEARING in verbs_from(facts.step):
        assert life.told_on is not None
        return [Verb.WAIVE_HEARING] if life.today > slow.open_days(life.told_on, 5) else []
    due = life.supply_by
    is_broken = due is not None and facts.lacks_materials and facts.step in UNDER_WAY
    return [Verb.TERMINATE] if is_broken and due and life.today > due.day and not due.is_provisional else []


def is_possible(life: Life, verb: Verb, kind: str, given: Given) -> bool:
    """What the actions ask beside the law: a day that has come, a person who can do what he is named for."""
    facts, today = life.facts, life.today
    if verb in {Verb.FIX_HEARING, Verb.HOLD_HEARING}:
        has_come = life.held_on is None or today >= life.held_on
        return has_come if verb is Verb.HOLD_HEARING else can_preside(life, given.presider)
    if verb in beside.CITIZENS and kind == "citizen" and facts.hearing is Hearing.TOLD and life.told_on:
        return today <= hearing.choose_by(life.told_on, calendars.current())
    if verb in {Verb.ASK_EXTENSION, Verb.ACCEPT}:
        return life.span is not None if verb is Verb.ASK_EXTENSION else not facts.has_unsigned_promise
    if verb is Verb.DISPATCH_SURVEY:
        return can_survey(life, given.surveyors)
    if verb is Verb.ASK_OPINION:
        return given.department not in {facts.department, *facts.opinions_open}
    is_handed = verb is Verb.HAND_ON or (
        verb is Verb.ANSWER_RECUSAL and given.is_upheld and whose_recusal(facts) == facts.first_handler
    )
    return not is_handed or can_succeed(life, given.successor)


def can_survey(life: Life, named: frozenset[int]) -> bool:
    """As `surveying.team` says of these people."""
    people = [each for each in CAST if each.id in named]
    going = [
        Candidate(each.id, each.name, each.has(Role.SURVEYOR), each.department, each.kin, each.companies)
        for each in people
    ]
    return passes(lambda: surveying.team(life.facts, going))


def can_succeed(life: Life, number: int) -> bool:
    """A clerk who may work on this case."""
    found = next((each for each in (*CAST, *fresh(1000)) if each.id == number), None)
    facts = life.facts
    return (
        found is not None
        and found.has(Role.ACCEPTANCE_CLERK)
        and number != facts.first_handler
        and passes(lambda: authority.refuse_conflict(facts, found))
    )


def can_preside(life: Life, number: int) -> bool:
    """As the action asks: an approver of the department who is not related and had no part in it."""
    facts = life.facts
    officer = next((each for each in (*CAST, *fresh(1000), *fresh(1100)) if each.id == number), None)
    return (
        officer is not None
        and officer.has(Role.APPROVER)
        and any(letter.department == facts.department for letter in officer.authorities)
        and not (facts.applicants & officer.kin or facts.companies & officer.companies)
        and beside.may_preside(facts, number)
    )


def compare_clock(life: Life, kind: ClockKind, rules: clock.ClockRules) -> None:
    """Due day, days used, light: the law's answer beside the slow one."""
    calendar, today, start = calendars.current(), life.today, life.accepted_on
    assert start is not None
    limit = life.promised if kind is ClockKind.PROMISED else life.statutory
    if life.extended_by and (by := clock.extension_of(limit, Limit(life.extended_by, limit.unit))):
        limit = clock.extended(limit, by)
    mine = clock.of_clock(life.standstills, kind, rules)
    spans = [span for span in life.spans() if slow.stops(span, str(kind), life.hall)]
    wanted = slow.due(start, limit.n, str(limit.unit), spans, today)
    found = clock.read(start, limit, mine, calendar, today)
    if wanted is None:
        assert found is None
        return
    assert found is not None
    assert (found.due.day, found.due.is_provisional) == wanted, f"{kind}: {found.due} is not {wanted}"
    # What is due on the spot has no days that could stand still.
    assert found.due.is_stopped == (str(limit.unit) != "on_the_spot" and any(span.ends is None for span in spans))
    assert found.used == slow.used(start, today, str(limit.unit), spans)
    assert str(found.light) == slow.light(start, today, wanted.day, limit.n, str(limit.unit), spans)


# What brings any case nearer to its end, most urgent first; nothing in here can be repeated for ever.
_TOWARDS_THE_END = (
    Verb.ANSWER_RECUSAL, Verb.ANSWER_CORRECTION, Verb.ANSWER_SUPPLEMENT, Verb.PROMISE, Verb.SUPPLY, Verb.END_PROCEDURE, Verb.HOLD_HEARING,
    Verb.FIX_HEARING, Verb.WAIVE_HEARING, Verb.CONCLUDE_SURVEY, Verb.DISPATCH_SURVEY, Verb.GIVE_OPINION,
    Verb.GRANT, Verb.TERMINATE, Verb.RECORD_MINUTES, Verb.CHECK, Verb.REVIEW, Verb.ACCEPT, Verb.TAKE, Verb.DOWNLOAD, Verb.HAND_OVER,
)  # fmt: skip


def bring_to_its_end(machine: LifeOfACase) -> None:
    """Fresh colleagues and a willing applicant lead the case to its close, whatever was done to it before."""
    life, people = machine.life, (*fresh(1000), *fresh(1100))
    for _ in range(60):
        if life.facts.step in (Step.CLOSED, Step.ARCHIVED):
            return
        if life.facts.hearing is Hearing.FIXED and life.held_on and life.today < life.held_on:
            life.now += life.held_on - life.today
        before = len(life.deeds)
        in_table = verbs_from(life.facts.step)
        for verb in (each for each in _TOWARDS_THE_END if each in in_table):
            _try(machine, verb, people)
            if len(life.deeds) > before:
                break
        else:
            machine.a_job_runs(None)
        if len(life.deeds) == before:
            life.now += timedelta(days=15)  # a hearing's day, the applicant's five days
    raise AssertionError(f"nobody can end it: {life.seen()}")


def _try(machine: LifeOfACase, verb: Verb, people: tuple[OfficerActor, ...]) -> None:
    life, facts = machine.life, machine.life.seen()
    if verb is Verb.DISPATCH_SURVEY and facts.survey is Survey.CONCLUDED:
        return  # one may always go out again, but that leads nowhere
    if verb in approval.citizen_verbs(facts, is_owner=True):
        machine.do(verb, "citizen", None)
        return
    # The second chief presides, so that the first may still decide.
    given = Given(
        successor=people[0].id, presider=people[-6].id, surveyors=frozenset({71, 72}), is_conflict=facts.survey_conflict
    )
    for officer in (*people, *CAST):
        if approval.is_open(facts, officer, verb, life.now):
            machine.do(verb, "officer", officer, given)
            return
