"""Whatever people do to a case, and however much time goes by, it stays inside the law."""

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from backend.domain import beside
from backend.domain.case import next_step, verbs_from
from shared_schemas.vocabulary import Step, Verb
from tests.domain.machine import LifeOfACase

# Verbs of the table that nobody may take yet, because their action is not there.
NOT_YET = {
    Verb.HAND_ON,
}

LIVES = settings(max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck))
ROUNDS = 8


def test_whatever_people_do_it_stays_inside_the_law_and_every_verb_is_reached():
    """Sixty lives, and more until everything that can be done was done in one of them."""
    LifeOfACase.reached.clear()
    for _ in range(ROUNDS):
        run_state_machine_as_test(LifeOfACase, settings=LIVES)
        if set(Verb) - LifeOfACase.reached <= NOT_YET - set(beside.CHECKS):
            break
    assert set(Verb) - LifeOfACase.reached == NOT_YET - set(beside.CHECKS)


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
