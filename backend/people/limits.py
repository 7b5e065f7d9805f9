"""Rate limits counted in PostgreSQL, so that they hold over all workers (in-memory ones multiply)."""

from __future__ import annotations

from datetime import datetime, timedelta

from backend import db
from backend.domain.refusal import Refusal


async def count(key: str, *, at_most: int, within: timedelta, now: datetime) -> None:
    """Count one attempt under `key`; raises Refusal("rate.limited") from the attempt after `at_most`.

    Call it outside any transaction: the count must survive the refusal that follows.
    """
    row = await db.fetchrow(
        """INSERT INTO attempt AS a (key, count, resets_at) VALUES ($1, 1, $3)
           ON CONFLICT (key) DO UPDATE SET
             count = CASE WHEN a.resets_at <= $2 THEN 1 ELSE a.count + 1 END,
             resets_at = CASE WHEN a.resets_at <= $2 THEN $3 ELSE a.resets_at END
           RETURNING count, resets_at""",
        key, now, now + within,
    )
    if row["count"] > at_most:
        wait = max(1, int((row["resets_at"] - now).total_seconds()))
        raise Refusal("rate.limited", retry_after=wait)


async def forget(now: datetime) -> int:
    """Delete counters whose span is over; returns how many."""
    return len(await db.fetch("DELETE FROM attempt WHERE resets_at < $1 RETURNING key", now))
