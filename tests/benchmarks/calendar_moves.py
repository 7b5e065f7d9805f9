"""A new calendar over 100,000 open cases: reckoned and moved, beside the bare UPDATE of the same rows and one by one."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from datetime import UTC, date, datetime, timedelta

from tests.benchmarks import load, rounds, serving
from tests.benchmarks.hall import Hall
from tests.benchmarks.report import Line

MOST, FEW, ONE_BY_ONE = 100_000, 5_000, 500
AIM_SECONDS = 15.0
AT = datetime(2027, 1, 4, 2, tzinfo=UTC)


async def measure(hall: Hall, plan: rounds.Plan) -> list[Line]:
    """In a process of its own: it must not share a loop with what is measured over HTTP."""
    count = MOST if plan.seconds >= 1 else FEW
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.benchmarks.calendar_moves", str(count),
        cwd=serving.ROOT, env={**os.environ, **hall.environment}, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, _ = await process.communicate()
    if process.returncode:
        raise load.Faulty("moving open cases failed")
    took = json.loads(out)
    return [
        Line(f"new calendar, {count:,} open cases", f"{took['all']:.1f} s", AIM_SECONDS, took["all"], is_ceiling=True, unit=" s"),
        Line("new calendar, ours / bare UPDATE of the same rows, time", f"{took['all'] / took['bare']:.1f}"),
        Line("new calendar, a case: one by one / all at once, time", f"{took['each'] * count / took['all']:.0f}"),
    ]  # fmt: skip


async def main(count: int) -> dict[str, float]:
    """Seconds: `all` to move every open case, `bare` to write the same rows, `each` to reckon and write one alone."""
    from backend import calendars, db
    from backend.almanac import moving
    from backend.catalogue import shelf
    from backend.domain.calendar import Calendar, CalendarYear, YearStatus

    festival = frozenset(date(2027, 2, 1) + timedelta(days=place) for place in range(14))
    other = Calendar({**calendars.shipped().years, 2027: CalendarYear(YearStatus.OFFICIAL, festival)})
    async with db.pool():
        await shelf.refresh()
        await _open_cases(count)
        await moving.move_all(0, AT)
        calendars.use(other)
        began = time.perf_counter()
        moved = await moving.move_all(1, AT)
        every = time.perf_counter() - began
        assert moved > count * 0.9, moved
        began = time.perf_counter()
        await db.execute(
            "UPDATE case_file SET promised_due_on = promised_due_on + 1, statutory_due_on = statutory_due_on + 1, "
            "is_due_provisional = NOT is_due_provisional, is_stopped = is_stopped WHERE case_no LIKE 'M%'"
        )
        bare = time.perf_counter() - began
        began = time.perf_counter()
        for number in range(1, ONE_BY_ONE + 1):
            await _alone(f"M{number}")
        return {"all": every, "bare": bare, "each": (time.perf_counter() - began) / ONE_BY_ONE}


async def _open_cases(count: int) -> None:
    """Copies of a case that is there, accepted on one of sixty days."""
    from backend import db

    rows = await db.fetch(
        "SELECT column_name FROM information_schema.columns WHERE table_name = 'case_file' AND column_name NOT IN "
        "('id', 'case_no', 'tracking_hash', 'accepted_at', 'decided_at', 'step')"
    )
    names = ", ".join(row[0] for row in rows)
    await db.execute(
        f"INSERT INTO case_file (case_no, tracking_hash, accepted_at, decided_at, step, {names}) "
        f"SELECT 'M' || n, decode(md5('m' || n), 'hex'), $1::timestamptz + (n % 60) * interval '12 hours', NULL, 'accepted', {names} "
        "FROM (SELECT * FROM case_file ORDER BY id LIMIT 1) AS one, generate_series(1, $2) AS n",
        AT,
        count,
    )
    await db.execute("ANALYZE case_file")


async def _alone(case_no: str) -> None:
    from backend import catalogue, db
    from backend.cases import clocks, reading
    from backend.domain.calendar import day_of

    async with db.transaction():
        case = await reading.by_number(case_no)
        matter = await catalogue.version(case.matter, case.matter_version)
        due = clocks.of_case(case, matter, await clocks.standstills_of(case.id), day_of(AT)).columns
        await db.execute(
            "UPDATE case_file SET promised_due_on = $2, statutory_due_on = $3, is_due_provisional = $4, is_stopped = $5 "
            "WHERE id = $1",
            case.id,
            *due.values(),
        )


if __name__ == "__main__":
    serving.place(1)
    print(json.dumps(asyncio.run(main(int(sys.argv[1])))))
