"""The confirmed calendar in every process: loaded at start, looked for every few seconds, reckoned with at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from backend import calendars, clock, db
from backend.almanac import moving
from backend.beside import running
from backend.domain.calendar import calendar_of

LOOK_EVERY = 3.0  # seconds between two looks for a new version

log = structlog.get_logger(__name__)
_held: int | None = None


async def refresh() -> None:
    """Take the calendar in force unless this process has it already."""
    global _held  # noqa: PLW0603 - a process reckons with one calendar
    newest = await db.fetchval(
        "SELECT id FROM calendar_release WHERE confirmed_at IS NOT NULL ORDER BY confirmed_at DESC, id DESC LIMIT 1"
    )
    if newest == _held:
        return
    if newest is None:
        calendars.use(None)
    else:
        calendars.use(calendar_of(await db.fetchval("SELECT years FROM calendar_release WHERE id = $1", newest)))
    _held = newest


def forget() -> None:
    """Back to the calendar that came along: the database was put back to an earlier state."""
    global _held  # noqa: PLW0603 - a process reckons with one calendar
    _held = None
    calendars.use(None)


async def _keep_fresh() -> None:
    while True:
        await asyncio.sleep(LOOK_EVERY)
        try:
            await refresh()
            await moving.settle(clock.now())
        except Exception as error:  # noqa: BLE001 - the old calendar goes on serving while the database is away
            log.warning("calendar.refresh_failed", kind=type(error).__name__)


@asynccontextmanager
async def watch(_app: object = None) -> AsyncIterator[None]:
    """Litestar lifespan: load the calendar, then follow new versions until the worker stops."""
    await refresh()
    async with running(_keep_fresh()):
        yield
