"""The action `cases.receiving.receive` beside its own statement, in one process on the product's pool. Prints JSON."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import msgspec

from backend import db
from backend.cases import receiving
from backend.catalogue import shelf
from tests.benchmarks import one_statement, rounds, serving
from tests.benchmarks.load import Slice


async def main(plan: rounds.Plan) -> dict[str, list[float]]:
    """Cases a second, one figure a round, of each."""
    kept = one_statement.kept(Path(os.environ["BENCH_FILING"]))
    numbers = itertools.count(10**12)

    async def act() -> None:
        new = msgspec.structs.replace(kept.new, idempotency_key=f"act-{next(numbers)}")
        receipt = await receiving.receive(new, by=kept.by, now=kept.at)
        assert receipt.is_new

    async def state() -> None:
        assert await db.execute(one_statement.SQL, *one_statement.unique(kept.values, next(numbers))) == "INSERT 0 1"

    async with db.pool():
        await shelf.refresh()
        came = await rounds.compare({"action": _loaded(act, plan), "statement": _loaded(state, plan)}, plan)
    return {name: [each.rate for each in slices] for name, slices in came.slices.items()}


def _loaded(once: Callable[[], Awaitable[None]], plan: rounds.Plan) -> Callable[[float], Awaitable[Slice]]:
    """`once` again and again by `plan.clients` at the same time."""

    async def run(seconds: float) -> Slice:
        began = time.perf_counter()
        times: list[float] = []

        async def client() -> None:
            while (start := time.perf_counter()) < began + seconds:
                await once()
                times.append(time.perf_counter() - start)

        await asyncio.gather(*(client() for _ in range(plan.clients)))
        return Slice(len(times), len(times) / (time.perf_counter() - began), sorted(times))

    return run


if __name__ == "__main__":
    serving.place(1)
    rounds_, seconds, clients = sys.argv[1:]
    print(json.dumps(asyncio.run(main(rounds.Plan(int(rounds_), float(seconds), int(clients))))))
