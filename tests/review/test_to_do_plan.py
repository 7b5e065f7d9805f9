"""An approver's list is read in the order of its index, whatever else there is in the database."""

from __future__ import annotations

import json
from typing import Any

import pytest

from backend import db
from backend.review import queries
from tests.desk import Desk


def nodes(plan: dict[str, Any]) -> list[tuple[str, str]]:
    own = (plan["Node Type"], plan.get("Index Name") or plan.get("Relation Name") or "")
    return [own, *(inner for child in plan.get("Plans", ()) for inner in nodes(child))]


@pytest.mark.parametrize("step", queries.TO_APPROVE)
async def test_the_list_can_be_read_by_its_index_alone(desk: Desk, step: str) -> None:
    """Tables of a test are too small for the planner to bother; told to, it finds a way without reading one whole."""
    del desk
    async with db.transaction():
        await db.execute("SET LOCAL enable_seqscan = off")
        await db.execute("SET LOCAL enable_bitmapscan = off")
        explained = await db.fetchval("EXPLAIN (FORMAT JSON) " + queries.TO_APPROVE[step], ["scj", "jwt"], 1)
    plan = explained if isinstance(explained, list) else json.loads(explained)
    found = nodes(plan[0]["Plan"])
    assert ("Seq Scan", "case_file") not in found
    assert any(name == "case_file_to_approve" for _, name in found), found
