"""One interleaved run: short slices in turn, A B C A B C …, so that a neighbour's noise falls on everybody alike."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from statistics import median
from typing import NamedTuple

from tests.benchmarks.load import Slice


class Plan(NamedTuple):
    """How long: `rounds` times a slice of `seconds` for each, after a warm-up slice."""

    rounds: int
    seconds: float
    clients: int = 16


class Compared(NamedTuple):
    """What came of it: name -> slices, one a round."""

    slices: dict[str, list[Slice]]

    def rate(self, name: str) -> float:
        """Median answers a second."""
        return median(each.rate for each in self.slices[name])

    def ratio(self, name: str, other: str) -> float:
        """Median over the rounds of `name`'s rate as a share of `other`'s in the same round."""
        return median(a.rate / b.rate for a, b in zip(self.slices[name], self.slices[other], strict=True))


async def compare(runners: Mapping[str, Callable[[float], Awaitable[Slice]]], plan: Plan) -> Compared:
    """Let each runner run for a slice in turn. The first turn warms up and is not counted."""
    slices: dict[str, list[Slice]] = {name: [] for name in runners}
    for number in range(plan.rounds + 1):
        for name, run in runners.items():
            came = await run(plan.seconds)
            if number:
                slices[name].append(came)
    return Compared(slices)
