"""Whatever people do to a case, and however much time goes by, it stays inside the law."""

from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from backend.domain.case import next_step, verbs_from
from shared_schemas.vocabulary import Step, Verb
from tests.domain.machine import LifeOfACase

# Each round lives other lives, and every run the same ones: what is red stays red.
LIVES = settings(
    max_examples=60, stateful_step_count=40, deadline=None, database=None, derandomize=False,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
ROUNDS = 12


def test_whatever_people_do_it_stays_inside_the_law_and_every_verb_is_reached():
    """Sixty lives, and more until everything that can be done was done in one of them."""
    LifeOfACase.reached.clear()
    for number in range(ROUNDS):
        run_state_machine_as_test(seed(number)(LifeOfACase), settings=LIVES)
        if set(Verb) <= LifeOfACase.reached:
            break
    assert set(Verb) - LifeOfACase.reached == set()


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
