"""The machine is worth something: each small mistake in the law (mistakes.toml) is found by it.

A mistake takes the machine some seconds to find, so every run tries a few that are found at once; `just mistakes` all.
"""

import os
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.domain import mutation
from tests.domain.mutation import Mistake

_FILE = Path(__file__).with_name("mistakes.toml")
MISTAKES = {
    each["what"]: Mistake(each["module"], each["right"], each["wrong"])
    for each in tomllib.loads(_FILE.read_text(encoding="utf-8"))["mistakes"]
}
HARD = settings(
    max_examples=400, stateful_step_count=40, deadline=None, derandomize=True, database=None, phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck), print_blob=False, report_multiple_bugs=False,
)  # fmt: skip
# Some of the modules of the law, always the same: those that are found within a few lives.
ALWAYS = (
    "a reviewer may check",
    "relatives act",
    "a stranger withdraws",
)
TRIED = tuple(MISTAKES) if os.environ.get("ALL_MISTAKES") else ALWAYS


@pytest.mark.parametrize("what", TRIED)
def test_the_machine_finds_it(what: str) -> None:
    with mutation.made(MISTAKES[what]) as machine, pytest.raises(AssertionError):
        run_state_machine_as_test(machine.LifeOfACase, settings=HARD)


@pytest.mark.parametrize("what", MISTAKES)
def test_it_is_a_mistake_in_the_law_as_it_stands(what: str) -> None:
    """The right words stand in the law exactly once, and what the slip makes of them can still be imported."""
    with mutation.made(MISTAKES[what]) as machine:
        assert machine.LifeOfACase
