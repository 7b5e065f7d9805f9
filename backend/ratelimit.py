"""How often is too often, counted in PostgreSQL: in memory, every worker would allow the limit once more."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from msgspec import Struct

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


_SEEN = """
SELECT COALESCE((SELECT hits FROM rate_count WHERE key = $1 AND starts_at = $2), 0) AS hits,
       COALESCE((SELECT hits FROM rate_count WHERE key = $1 AND starts_at = $3), 0) AS before
"""


async def hit(key: str, limit: int, window_s: int, now: datetime) -> None:
    """Count one more for `key`. Raises Refusal("rate.limited", retry_after=seconds) beyond `limit` in `window_s`.

    The key is hashed: addresses and mobile numbers never reach the table.
    """
    window = _Window.at(key, window_s, now)
    if await window.counted(_HIT) > limit:
        raise Refusal("rate.limited", retry_after=max(1, round(window_s - window.passed)))


async def is_spent(key: str, limit: int, window_s: int, now: datetime) -> bool:
    """Whether `key` has used up its limit, without counting this look."""
    return await _Window.at(key, window_s, now).counted(_SEEN) >= limit


class _Window(Struct, frozen=True):
    """The window that `now` stands in, for one key; `passed` is how many of its seconds are over."""

    name: str
    starts_at: datetime
    seconds: int
    passed: float

    @classmethod
    def at(cls, key: str, seconds: int, now: datetime) -> _Window:
        passed = now.timestamp() % seconds
        starts_at = (now - timedelta(seconds=passed)).replace(microsecond=0)
        return cls(hashlib.sha256(key.encode()).hexdigest()[:32], starts_at, seconds, passed)

    async def counted(self, statement: str) -> float:
        """What `statement` (`_HIT` or `_SEEN`) finds, the window before weighed by what still reaches into this one."""
        row = await db.fetchrow(statement, self.name, self.starts_at, self.starts_at - timedelta(seconds=self.seconds))
        if row is None:
            raise LookupError("a statement that returns one row returned none")
        return row["hits"] + row["before"] * (1 - self.passed / self.seconds)


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
