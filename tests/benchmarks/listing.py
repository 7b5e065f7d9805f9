"""`python -m tests.benchmarks.listing fill FIRST LAST` fills the database of `YIMABAN_DATABASE_URL` with cases of these
numbers; `… time TIMES check|-` says how long the lists take there.

What is open is the same at both sizes, as in a hall whose history grows: 4,000 cases in every step and department.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable
from statistics import median
from typing import Any

from shared_schemas.people import Authority, OfficerActor
from shared_schemas.vocabulary import ApprovalMode, Role, Tier

OPEN = 4_000
DEPARTMENTS = [f"d{number:02}" for number in range(28)]
CLERK, APPROVER = 900_001, 900_002
_BATCH = 100_000

# Rows like the one that was really filed; what differs is in the tables below.
_CASES = """
INSERT INTO case_file (COLUMNS)
SELECT VALUES FROM generate_series($1::bigint, $2::bigint) AS n, (SELECT * FROM case_file ORDER BY id LIMIT 1) AS t
"""
_EVENTS = """
INSERT INTO case_event (case_id, seq, verb, by_kind, by_id, at, particulars, previous_hash, hash)
SELECT c.id, c.seq, 'receive', 'citizen', 1, c.received_at, '{}', ''::bytea, ''::bytea FROM case_file c
WHERE c.id > $1 AND NOT EXISTS (SELECT FROM case_event e WHERE e.case_id = c.id)
"""
_OPEN = {
    "step": "(ARRAY['received','correcting','accepted','reviewed','checked','supplementing'])[n % 6 + 1]",
    "handler": f"CASE WHEN n % 6 = 0 AND n % 4 <> 0 THEN NULL WHEN n % 200 = 0 THEN {CLERK} ELSE 900100 + n % 40 END",
    "first_handler": f"CASE WHEN n % 200 = 0 THEN {CLERK} ELSE 900100 + n % 40 END",
    "accepted_at": "CASE WHEN n % 6 > 1 THEN now() - interval '3 days' END",
    "accepted_by": "CASE WHEN n % 6 > 1 THEN 900100 + n % 40 END",
    "promised_due_on": "CASE WHEN n % 6 > 1 THEN current_date + (n % 30)::integer END",
    "ended_as": "NULL",
    "closed_at": "NULL",
    "decided_at": "NULL",
}
_CLOSED = {
    "step": "'closed'",
    "handler": f"CASE WHEN n % 100 = 0 THEN {CLERK} ELSE 900100 + n % 40 END",
    "first_handler": f"CASE WHEN n % 100 = 0 THEN {CLERK} ELSE 900100 + n % 40 END",
    "accepted_at": "now() - interval '300 days'",
    "accepted_by": "900100 + n % 40",
    "promised_due_on": "current_date - 280",
    "ended_as": "'collected'",
    "closed_at": "now() - interval '280 days'",
    "decided_at": "now() - interval '281 days'",
}
_ALL = {
    "case_no": "'X' || n",
    "tracking_hash": "sha256(('t' || n)::bytea)",
    "department": "'d' || lpad((n % 28)::text, 2, '0')",
    "mode": "(ARRAY['sole','review_and_check','submit'])[n % 3 + 1]",
    "received_at": "now() - make_interval(hours => (n % 800)::integer)",
    "citizen": "NULL",
}


async def _fill(first: int, last: int, own: dict[str, str]) -> None:
    """Rows `first` to `last`, each with one event."""
    from backend import db

    rows = await db.fetch(
        "SELECT column_name FROM information_schema.columns WHERE table_name = 'case_file' AND column_name <> 'id' "
        "ORDER BY ordinal_position"
    )
    columns = [row[0] for row in rows]
    values = [({**_ALL, **own}).get(name, f"t.{name}") for name in columns]
    statement = _CASES.replace("COLUMNS", ", ".join(columns)).replace("VALUES", ", ".join(values))
    for start in range(first, last + 1, _BATCH):
        before = await db.fetchval("SELECT coalesce(max(id), 0) FROM case_file")
        await db.execute(statement, start, min(start + _BATCH - 1, last))
        await db.execute(_EVENTS, before)


async def _name_open_ones() -> None:
    """A list shows names: each is sealed for its own case."""
    from backend import db
    from backend.cases import sealing

    rows = await db.fetch("SELECT id, case_no FROM case_file WHERE case_no LIKE 'X%'")
    await db.executemany(
        "UPDATE case_file SET applicant_name_sealed = $2 WHERE id = $1",
        [(row["id"], sealing.seal(row["case_no"], "applicant_name", "王敏")) for row in rows],
    )


def _plan_of(node: dict[str, Any]) -> list[tuple[str, str]]:
    """(kind of node, table or index) of every node."""
    own = (node["Node Type"], node.get("Index Name") or node.get("Relation Name") or "")
    return [own, *(inner for child in node.get("Plans", ()) for inner in _plan_of(child))]


async def _check_plan() -> str:
    """The approver's list reads its index and no table from end to end. Raises RuntimeError."""
    from backend import db
    from backend.review import queries

    explained = await db.fetchval("EXPLAIN (FORMAT JSON) " + queries.TO_APPROVE["reviewed"], DEPARTMENTS, APPROVER)
    plan = explained if isinstance(explained, list) else json.loads(explained)
    nodes = _plan_of(plan[0]["Plan"])
    scanned = [name for kind, name in nodes if kind == "Seq Scan" and name in {"case_file", "case_event"}]
    if scanned or not any(name == "case_file_to_approve" for _, name in nodes):
        raise RuntimeError(f"read without its index: {nodes}")
    return "index scans only: " + ", ".join(sorted({name for _, name in nodes if name.startswith("case_")}))


async def _timed(act: Callable[[], Awaitable[object]], times: int) -> float:
    """Median milliseconds, after two to warm up."""
    took: list[float] = []
    for number in range(times + 2):
        began = time.perf_counter()
        await act()
        if number > 1:
            took.append((time.perf_counter() - began) * 1000)
    return median(took)


def _people() -> tuple[OfficerActor, OfficerActor]:
    letters = tuple(Authority(Tier.SECOND, department, frozenset(ApprovalMode)) for department in DEPARTMENTS)
    return (
        OfficerActor(CLERK, "陈洁", "B1", frozenset({Role.ACCEPTANCE_CLERK})),
        OfficerActor(APPROVER, "冯玉", "B2", frozenset({Role.APPROVER}), authorities=letters),
    )


async def fill(first: int, last: int) -> None:
    """Cases `first` to `last`: the lowest numbers are the open ones."""
    from backend import catalogue, db

    async with db.pool(4):
        await catalogue.refresh()
        if first == 1:
            await _fill(1, OPEN, _OPEN)
            await _name_open_ones()
        await _fill(max(first, OPEN + 1), last, _CLOSED)
        await db.execute("VACUUM (ANALYZE) case_file, case_event")
        assert await db.fetchval("SELECT count(*) FROM case_file") >= last


async def timed(times: int, *, is_checked: bool) -> dict[str, Any]:
    """Median milliseconds of each list, and the plan of the approver's: of a small table the planner rightly reads all."""
    from backend import catalogue, clock, db
    from backend.review import queries

    clerk, approver = _people()
    async with db.pool(4):
        await catalogue.refresh()
        now = clock.now()
        found: dict[str, Any] = {
            "approver": await _timed(lambda: queries.approvals(approver, "mine", now), times),
            "clerk": await _timed(lambda: queries.desk(clerk, "hand", now), times),
            "plan": await _check_plan() if is_checked else "",
        }
        assert (await queries.approvals(approver, "mine", now)).items, "the approver's list is empty"
        assert (await queries.desk(clerk, "hand", now)).items, "the clerk's list is empty"
    return found


if __name__ == "__main__":
    if sys.argv[1] == "fill":
        asyncio.run(fill(int(sys.argv[2]), int(sys.argv[3])))
    else:
        print(json.dumps(asyncio.run(timed(int(sys.argv[2]), is_checked=sys.argv[3] == "check"))))
