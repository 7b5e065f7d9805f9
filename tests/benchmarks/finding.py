"""`finder.find` over the golden queries, in a process of its own. Prints JSON, times in milliseconds."""

from __future__ import annotations

import asyncio
import json
import sys
import time

from backend import db
from backend.catalogue import shelf
from tests.benchmarks import serving
from tests.catalogue.test_finding import AMONG_FIRST_THREE, FIRST

QUERIES = [*FIRST, *AMONG_FIRST_THREE]


async def main(rounds: int) -> dict[str, object]:
    """p50 and p99 over every query `rounds * 10` times, after a first round that is not counted."""
    async with db.pool(1):
        finder = (await shelf.refresh()).finder
    times: list[float] = []
    worked: list[float] = []
    for number in range(rounds * 10 + 1):
        for query in QUERIES:
            start, at_work = time.perf_counter(), time.thread_time()
            hits = finder.find(query).hits
            took, took_work = time.perf_counter() - start, time.thread_time() - at_work
            assert hits, query
            if number:
                times.append(took * 1000)
                worked.append(took_work * 1000)
    times.sort()
    worked.sort()
    p99 = int(len(times) * 0.99)
    return {"p50": times[len(times) // 2], "p99": times[p99], "worked_p99": worked[p99], "queries": QUERIES}


if __name__ == "__main__":
    serving.place(1)
    print(json.dumps(asyncio.run(main(int(sys.argv[1]))), ensure_ascii=False))
