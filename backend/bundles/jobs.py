"""Every half minute: parts whose turn has come begin, and who collects all at once is told when all is ready."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from backend import clock
from backend.beside import running
from backend.bundles import readiness, starting

EVERY = 30.0  # seconds

log = structlog.get_logger(__name__)


async def _keep_moving() -> None:
    while True:
        try:
            now = clock.now()
            await starting.move_all(now)
            await readiness.tell_ready(now)
        except Exception as error:  # noqa: BLE001 - the database may be away; the next round tries again
            log.warning("bundles.round_failed", kind=type(error).__name__)
        await asyncio.sleep(EVERY)


@asynccontextmanager
async def watch(_app: object = None) -> AsyncIterator[None]:
    """Litestar lifespan."""
    async with running(_keep_moving()):
        yield
