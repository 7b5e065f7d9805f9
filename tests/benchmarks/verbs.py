"""Verbs a second through the whole stack, beside a bare handler that writes the same rows in one statement.

Two approvers, 初审 and 退回 in turn over many cases: session, guard, lock, facts, law, event with its hash, row, sealed
opinion, notification, and the answer with what is open next.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial

import msgspec

from tests.benchmarks import load, rounds, serving, signing
from tests.benchmarks.hall import Hall
from tests.benchmarks.load import Expected
from tests.benchmarks.report import Line
from tests.benchmarks.signing import Signed

PORTS = {"ours": 8781, "floor": 8782}
_REVIEW = msgspec.json.encode({"proposal": "grant", "opinion": "材料齐全，符合法定条件，建议准予"})
_RETURN = msgspec.json.encode({"reason": "经营场所的门牌号请再核对一次"})


async def measure(hall: Hall, plan: rounds.Plan) -> list[Line]:
    """Both in turn. Raises load.Faulty at the first verb that is not done."""
    signed = await _signed(hall)
    requests = {"ours": _requests(signed, signed.ours), "floor": _requests(signed, signed.floor)}
    drive = partial(load.drive, expected=Expected(201, b'"case_no"'), clients=plan.clients)
    with ExitStack() as stack:
        (hall.folder / "page.br").touch()  # the floor wants one at its start
        for name, port in PORTS.items():
            stack.enter_context(serving.running(name, port, hall.environment))
        came = await rounds.compare(
            {name: lambda seconds, name=name: drive(PORTS[name], requests[name], seconds=seconds) for name in PORTS},
            plan,
        )
    slow = sorted(moment for each in came.slices["ours"] for moment in each.times)
    at = [slow[int(len(slow) * share)] * 1000 for share in (0.5, 0.99)]
    return [
        Line("verbs over HTTP, ours / bare handler", f"{came.ratio('ours', 'floor'):.2f}"),
        Line("verbs over HTTP", " · ".join(f"{name} {came.rate(name):,.0f}/s" for name in PORTS)),
        Line("one verb of 16 at once", f"p50 {at[0]:.1f} ms · p99 {at[1]:.1f} ms"),
    ]


async def _signed(hall: Hall) -> Signed:
    target = hall.folder / "signed.json"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.benchmarks.signing", str(target), cwd=serving.ROOT,
        env={**os.environ, **hall.environment},
    )  # fmt: skip
    if await process.wait():
        raise load.Faulty("the cases to sign could not be made")
    return signing.read(target)


def _requests(signed: Signed, numbers: list[str]) -> Iterator[bytes]:
    """Every case reviewed, then every case sent back, and so on."""
    steps = [("reviews", _REVIEW, signed.third), ("returns", _RETURN, signed.second)]
    for resource, body, token in itertools.cycle(steps):
        for case_no in numbers:
            yield load.request(
                "POST", f"/api/v1/cases/{case_no}/{resource}", body, authorization=f"Bearer {token}",
                content_type="application/json",
            )  # fmt: skip
