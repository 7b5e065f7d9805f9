"""Officers' to-do lists: as fast with 1,000,000 cases in the database as with 10,000? Goes last: it fills the database."""

from __future__ import annotations

import asyncio
import json
import os
import sys

from tests.benchmarks import load, rounds, serving
from tests.benchmarks.hall import Hall
from tests.benchmarks.report import Line

FEW, MANY = 10_000, 1_000_000
QUICK = 100_000
AIM = 1.5  # an index gets a level deeper, and no more


async def measure(hall: Hall, plan: rounds.Plan) -> list[Line]:
    """The clerk's and the approver's list, whole: queries, law, names unsealed. The plan is checked, not believed."""
    del hall
    many = MANY if plan.rounds > 2 else QUICK
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.benchmarks.listing", str(FEW), str(many), str(plan.rounds * 5), cwd=serving.ROOT,
        env=os.environ.copy(), stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, _ = await process.communicate()
    if process.returncode:
        raise load.Faulty("the to-do lists failed, or were read without an index")
    found = json.loads(out)
    lines: list[Line] = []
    for name, word in (("approver", "approver's"), ("clerk", "clerk's")):
        few, lots = found[name]
        lines += [
            Line(f"{word} to-do list, {FEW:,} and {many:,} cases", f"{few:.1f} ms and {lots:.1f} ms"),
            Line("  the longer as a share of the shorter", f"{lots / few:.2f}", AIM, lots / few, is_ceiling=True),
        ]
    return [*lines, Line("  its plan", found["plan"])]
