"""What a person does with notices: opens one, or says that all are read."""

from __future__ import annotations

from datetime import datetime

from backend import db
from backend.domain.refusal import Refusal
from backend.notices.queries import as_key


async def read(key: str, citizen: int, now: datetime) -> None:
    """Mark one as read; again changes nothing. Raises Refusal("notice.not_found") for another's as for a missing one."""
    found = await db.fetchval(
        "UPDATE notice SET read_at = coalesce(read_at, $3) WHERE key = $1 AND citizen = $2 RETURNING id",
        as_key(key),
        citizen,
        now,
    )
    if found is None:
        raise Refusal("notice.not_found")


async def read_all(citizen: int, now: datetime, *, until: datetime | None = None) -> int:
    """Mark everything as read that was there at `until` (now, if None); returns how many were not."""
    rows = await db.fetch(
        "UPDATE notice SET read_at = $2 WHERE citizen = $1 AND read_at IS NULL AND made_at <= $3 RETURNING id",
        citizen,
        now,
        until or now,
    )
    return len(rows)
