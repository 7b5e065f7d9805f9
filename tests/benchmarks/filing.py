"""Filing: the whole of `POST /api/v1/cases` beside a bare handler, and the action alone beside its one statement."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack

from tests.benchmarks import load, rounds, serving
from tests.benchmarks.hall import Hall
from tests.benchmarks.load import Expected, Slice
from tests.benchmarks.report import Line

PORTS = {"ours": 8771, "floor": 8772}
AIM = 0.7


async def measure(hall: Hall, plan: rounds.Plan) -> list[Line]:
    """Over HTTP, then in process."""
    with ExitStack() as stack:
        (hall.folder / "page.br").touch()
        for name, port in PORTS.items():
            stack.enter_context(serving.running(name, port, hall.environment))
        came = await rounds.compare({name: _post(name, hall, plan) for name in PORTS}, plan)
    action = await _in_process(hall, plan)
    return [
        Line("filing over HTTP, ours / bare handler", f"{came.ratio('ours', 'floor'):.2f}", AIM, came.ratio("ours", "floor")),
        Line("filing over HTTP, cases", " · ".join(f"{name} {came.rate(name):,.0f}/s" for name in PORTS)),
        Line("filing, action / statement", f"{action.ratio('action', 'statement'):.2f}", AIM, action.ratio("action", "statement")),
        Line("filing in process, cases", " · ".join(f"{name} {action.rate(name):,.0f}/s" for name in action.slices)),
    ]  # fmt: skip


def _post(name: str, hall: Hall, plan: rounds.Plan) -> Callable[[float], Awaitable[Slice]]:
    requests = _filings(hall)
    expected = Expected(201, b'"case_no"')
    return lambda seconds: load.drive(PORTS[name], requests, expected, seconds=seconds, clients=plan.clients)


def _filings(hall: Hall) -> Iterator[bytes]:
    """The same filing under a key of its own each time."""
    run = os.urandom(6).hex()
    body = hall.world.filing.encode()
    for number in itertools.count():
        yield load.request(
            "POST", "/api/v1/cases", body, authorization=f"Bearer {hall.world.token}", content_type="application/json",
            idempotency_key=f"{run}-{number}",
        )  # fmt: skip


async def _in_process(hall: Hall, plan: rounds.Plan) -> rounds.Compared:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.benchmarks.acting", str(plan.rounds), str(plan.seconds), str(plan.clients),
        cwd=serving.ROOT, env={**os.environ, **hall.environment}, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, _ = await process.communicate()
    if process.returncode:
        raise load.Faulty("filing in process failed")
    return rounds.Compared({
        name: [Slice(int(rate), rate, []) for rate in rates] for name, rates in json.loads(out).items()
    })  # fmt: skip
