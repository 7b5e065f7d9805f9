"""Search: how long one query takes in process, and over HTTP by a single client."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import sys
from urllib.parse import quote

from tests.benchmarks import load, rounds, serving
from tests.benchmarks.hall import Hall
from tests.benchmarks.load import Expected
from tests.benchmarks.report import Line

PORT = 8781
AIM_MS = 2.0


async def measure(hall: Hall, plan: rounds.Plan) -> list[Line]:
    """The golden everyday queries of tests/catalogue."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.benchmarks.finding", str(plan.rounds), cwd=serving.ROOT, env=os.environ.copy(),
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, _ = await process.communicate()
    if process.returncode:
        raise load.Faulty("searching in process failed")
    found = json.loads(out)
    with serving.running("ours", PORT, hall.environment):
        requests = itertools.cycle(
            [load.request("GET", f"/api/v1/matters?q={quote(query)}&limit=10") for query in found["queries"]]
        )
        came = [
            await load.drive(PORT, requests, Expected(200, b'"items"'), seconds=plan.seconds, clients=1)
            for _ in range(plan.rounds + 1)
        ][1:]
    times = sorted(moment for each in came for moment in each.times)
    return [
        Line("search, p99 of one query", f"{found['p99']:.2f} ms", AIM_MS, found["p99"], is_ceiling=True, unit=" ms"),
        Line("search, p50; p99 in processor time", f"{found['p50']:.2f} ms; {found['worked_p99']:.2f} ms"),
        Line(
            "search over HTTP, one client",
            f"p50 {times[len(times) // 2] * 1000:.2f} ms · p99 {times[int(len(times) * 0.99)] * 1000:.2f} ms",
        ),
    ]  # fmt: skip
