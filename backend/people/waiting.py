"""What waits for a citizen in slices above, counted on their own page. A slice says so by adding to `COUNTS`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

COUNTS: dict[str, Callable[[int], Awaitable[int]]] = {}


async def counts(citizen: int) -> dict[str, int]:
    """How many of each."""
    return {name: await count(citizen) for name, count in COUNTS.items()}
