"""What the trunk holds about a citizen: for the export of one's data, and to keep an account open while a case is."""

from __future__ import annotations

from typing import Any

from backend import db
from backend.people.closing import HOLDINGS, Holding


async def _export(citizen: int) -> list[dict[str, Any]]:
    rows = await db.fetch(
        """SELECT case_no, matter, step, received_at, closed_at FROM case_file WHERE citizen = $1 ORDER BY id""",
        citizen,
    )
    return [dict(row) for row in rows]


async def _open_count(citizen: int) -> int:
    return await db.fetchval("SELECT count(*) FROM case_file WHERE citizen = $1 AND closed_at IS NULL", citizen)


HOLDINGS["cases"] = Holding(export=_export, open_count=_open_count)
