"""Every few minutes: who must be told that a case stalls."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from backend import clock
from backend.beside import running
from backend.supervision.watching import look_round

EVERY = 300.0  # seconds; limits count days

log = structlog.get_logger(__name__)


async def _keep_watching() -> None:
    while True:
        try:
            if made := await look_round(clock.now()):
                log.info("supervision.reminded", count=made)
        except Exception as error:  # noqa: BLE001 - the database may be away; the next round tries again
            log.warning("supervision.round_failed", kind=type(error).__name__)
        await asyncio.sleep(EVERY)


@asynccontextmanager
async def watch(_app: object = None) -> AsyncIterator[None]:
    """Litestar lifespan."""
    async with running(_keep_watching()):
        yield
