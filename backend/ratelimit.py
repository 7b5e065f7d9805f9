"""How often is too often, counted in PostgreSQL: in memory, every worker would allow the limit once more."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from backend import db
from backend.domain.refusal import Refusal

# Two adjoining windows, weighed by how far the present one has come: a burst across the border counts (no free double).
_HIT = """
WITH counted AS (
    INSERT INTO rate_count AS c (key, starts_at, hits) VALUES ($1, $2, 1)
    ON CONFLICT (key, starts_at) DO UPDATE SET hits = c.hits + 1 RETURNING hits
)
SELECT counted.hits, COALESCE((SELECT hits FROM rate_count WHERE key = $1 AND starts_at = $3), 0) AS before FROM counted
"""


async def hit(key: str, limit: int, window_s: int, now: datetime) -> None:
    """Count one more for `key`. Raises Refusal("rate.limited", retry_after=seconds) beyond `limit` in `window_s`.

    The key is hashed: addresses and mobile numbers never reach the table.
    """
    name = hashlib.sha256(key.encode()).hexdigest()[:32]
    passed = now.timestamp() % window_s
    starts_at = now - timedelta(seconds=passed)
    starts_at = starts_at.replace(microsecond=0)
    row = await db.fetchrow(_HIT, name, starts_at, starts_at - timedelta(seconds=window_s))
    if row is None:
        raise LookupError("an insert that returns its row returned none")
    weighed = row["hits"] + row["before"] * (1 - passed / window_s)
    if weighed > limit:
        raise Refusal("rate.limited", retry_after=max(1, round(window_s - passed)))


async def is_spent(key: str, limit: int, window_s: int, now: datetime) -> bool:
    """Whether `key` has used up its limit, without counting this look."""
    name = hashlib.sha256(key.encode()).hexdigest()[:32]
    starts_at = (now - timedelta(seconds=now.timestamp() % window_s)).replace(microsecond=0)
    hits = await db.fetchval("SELECT hits FROM rate_count WHERE key = $1 AND starts_at = $2", name, starts_at)
    return (hits or 0) >= limit


@asynccontextmanager
async def misses(key: str, limit: int, window_s: int, now: datetime) -> AsyncIterator[None]:
    """Count what is refused inside; after `limit` of them in `window_s` nothing is tried. Refusal("rate.limited")."""
    if await is_spent(key, limit, window_s, now):
        raise Refusal("rate.limited", retry_after=window_s)
    try:
        yield
    except Refusal:
        await hit(key, limit, window_s, now)
        raise


async def sweep(now: datetime) -> None:
    """Forget windows that ended a day ago."""
    await db.execute("DELETE FROM rate_count WHERE starts_at < $1", now - timedelta(days=1))
