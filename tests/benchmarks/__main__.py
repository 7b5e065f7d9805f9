"""`just bench [--quick] [--write] [--only scan,filing,verbs]`: one interleaved run, then a table against the aims; parts as in PARTS.

Exit code 1 only when something failed or answered wrongly; a missed aim is a figure, not a fault.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import Callable

from tests.benchmarks import report, rounds, serving

PARTS = ("scan", "filing", "verbs", "search", "visit", "lists", "calendar")


def main() -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(prog="just bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="half a minute instead of minutes: to see that it runs")
    parser.add_argument("--write", action="store_true", help="keep the result in backend/docs/benchmarks.md")
    parser.add_argument("--only", default=",".join(PARTS), help="parts to run, comma separated")
    asked = parser.parse_args()
    serving.place(0)
    began = time.monotonic()
    plan = rounds.Plan(2, 0.4) if asked.quick else rounds.Plan(6, 1.2)
    lines = _run(asked.only.split(","), plan)
    text = f"{report.table(lines)}\n\n{report.machine()}. {plan.rounds} rounds of {plan.seconds:g} s each, {plan.clients} clients."
    print(text)
    print(f"{time.monotonic() - began:.0f} s", file=sys.stderr)
    if asked.write:
        report.write(text)
    return 0


def _run(parts: list[str], plan: rounds.Plan) -> list[report.Line]:
    from tests.benchmarks import calendar_moves, filing, hall, lists, scanning, searching, verbs, visiting

    measures = {
        "scan": scanning.measure,
        "filing": filing.measure,
        "verbs": verbs.measure,
        "search": searching.measure,
        "visit": visiting.measure,
        "lists": lists.measure,
        "calendar": calendar_moves.measure,
    }
    lines: list[report.Line] = []
    with hall.opened() as opened, asyncio.Runner(loop_factory=_fast_loop()) as runner:
        for part in parts:
            print(f"… {part}", file=sys.stderr, flush=True)
            lines += runner.run(measures[part](opened, plan))
    return lines


def _fast_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop for the generator alone, where there is one: it must cost less than what it measures."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


if __name__ == "__main__":
    sys.exit(main())
