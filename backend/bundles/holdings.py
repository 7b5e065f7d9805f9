"""What a filing that waits holds about a citizen: for the export of one's data, and to keep an account open meanwhile."""

from __future__ import annotations

from typing import Any

from backend import db
from backend.bundles.sealing import open_part
from backend.people.closing import HOLDINGS, Holding
from shared_schemas.bundle import PartState

_WAITING = "FROM bundle_part p JOIN bundle_filing f ON f.id = p.filing WHERE f.citizen = $1 AND p.state = $2"


async def _export(citizen: int) -> list[dict[str, Any]]:
    """Parts that are no case yet, with what will be received of them."""
    rows = await db.fetch(
        f"SELECT p.filing, p.position, p.matter, p.content_sealed, f.bundle, f.received_at {_WAITING} "
        "ORDER BY p.filing, p.position",
        citizen,
        PartState.WAITING,
    )
    return [
        {
            "bundle": row["bundle"],
            "matter": row["matter"],
            "filed_at": row["received_at"],
            "form": open_part(row["filing"], row["position"], row["content_sealed"]).form,
        }
        for row in rows
    ]


async def _open_count(citizen: int) -> int:
    return await db.fetchval(f"SELECT count(*) {_WAITING}", citizen, PartState.WAITING)


HOLDINGS["bundles"] = Holding(export=_export, open_count=_open_count)
