"""Officers' to-do lists: as fast with 1,000,000 cases in the database as with 10,000? Goes last: it fills the database."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from statistics import median
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from tests.benchmarks import load, rounds, serving
from tests.benchmarks.hall import Hall
from tests.benchmarks.report import Line

FEW, MANY = 10_000, 1_000_000
QUICK = 100_000
AIM = 1.25  # an index gets a level deeper, and no more
_TIMES = 10
_COPY = "bench_few"


async def measure(hall: Hall, plan: rounds.Plan) -> list[Line]:
    """The clerk's and the approver's list, whole: queries, law, names unsealed; both sizes in turn, as two databases.

    The plan is checked, not believed.
    """
    del hall
    many = MANY if plan.rounds > 2 else QUICK
    url = os.environ["YIMABAN_DATABASE_URL"]
    await _run(url, "fill", "1", str(FEW))
    small = await _copied(url)
    await _run(url, "fill", str(FEW + 1), str(many))
    few, lots = [], []
    for _ in range(plan.rounds):
        few.append(await _timed(small, "-"))
        lots.append(await _timed(url, "check"))
    lines: list[Line] = []
    for name in ("approver", "clerk"):
        share = median(large[name] / little[name] for little, large in zip(few, lots, strict=True))
        times = [median(each[name] for each in of) for of in (few, lots)]
        lines += [
            Line(f"{name}'s to-do list, {FEW:,} and {many:,} cases", f"{times[0]:.1f} ms and {times[1]:.1f} ms"),
            Line("  the longer as a share of the shorter", f"{share:.2f}", AIM, share, is_ceiling=True),
        ]
    return [*lines, Line("  its plan", lots[-1]["plan"])]


async def _copied(url: str) -> str:
    """A copy of the database as it is now; its address."""
    import asyncpg

    parts = urlsplit(url)
    server = await asyncpg.connect(urlunsplit(parts._replace(path="/postgres")))
    try:
        await server.execute(f'CREATE DATABASE {_COPY} TEMPLATE "{parts.path.strip("/")}"')
    finally:
        await server.close()
    return urlunsplit(parts._replace(path=f"/{_COPY}"))


async def _timed(url: str, check: str) -> dict[str, Any]:
    return json.loads(await _run(url, "time", str(_TIMES), check))


async def _run(url: str, *words: str) -> bytes:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.benchmarks.listing", *words, cwd=serving.ROOT,
        env={**os.environ, "YIMABAN_DATABASE_URL": url}, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, _ = await process.communicate()
    if process.returncode:
        raise load.Faulty("the to-do lists failed, or were read without an index")
    return out
