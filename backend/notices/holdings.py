"""What the inbox holds about a citizen: what they were told, how they want to be, and where they can be reached."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from backend import db
from backend.notices import queries, wording
from backend.people.closing import HOLDINGS, Holding
from backend.people.waiting import COUNTS
from shared_schemas.notice import NoticeKind


async def _told(citizen: int) -> list[dict[str, Any]]:
    rows = await db.fetch(
        "SELECT n.kind, n.facts, n.at, n.read_at, c.case_no FROM notice n JOIN case_file c ON c.id = n.case_id "
        "WHERE n.citizen = $1 ORDER BY n.id",
        citizen,
    )
    return [
        {
            "case_no": row["case_no"],
            "kind": row["kind"],
            "title": wording.said(NoticeKind(row["kind"]), row["facts"]).title,
            "at": row["at"],
            "read_at": row["read_at"],
        }
        for row in rows
    ]


async def _reached(citizen: int) -> dict[str, Any]:
    choices = await db.fetch("SELECT topic, channel, is_on FROM notice_choice WHERE citizen = $1 ORDER BY id", citizen)
    devices = await db.fetch(
        "SELECT name, made_at, last_ok_at FROM push_device WHERE citizen = $1 ORDER BY id", citizen
    )
    bound = await db.fetch("SELECT channel, made_at FROM channel_binding WHERE citizen = $1 ORDER BY id", citizen)
    return {
        "choices": [dict(row) for row in choices],
        "devices": [dict(row) for row in devices],
        "bound": [dict(row) for row in bound],
    }


async def _erase(citizen: int, now: datetime) -> None:
    """Nobody is left to read or to ring: addresses go, what still waited is not sent."""
    await db.execute("DELETE FROM push_device WHERE citizen = $1", citizen)
    await db.execute("DELETE FROM channel_binding WHERE citizen = $1", citizen)
    await db.execute("DELETE FROM notice_choice WHERE citizen = $1", citizen)
    await db.execute("DELETE FROM notice_manner WHERE citizen = $1", citizen)
    await db.execute(
        "UPDATE notice_delivery SET state = 'given_up', reason = 'account_closed', ended_at = $2 "
        "WHERE state = 'queued' AND notice IN (SELECT id FROM notice WHERE citizen = $1)",
        citizen,
        now,
    )


COUNTS["notices"] = queries.unread
HOLDINGS["notices"] = Holding(export=_told)
HOLDINGS["reached_by"] = Holding(export=_reached, erase=_erase)
