"""Every night: the anchor of the day that is over."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from backend import clock
from backend.auditing.anchoring import anchor_due
from backend.beside import running

EVERY = 900.0  # seconds; a day that was missed is made up for

log = structlog.get_logger(__name__)


async def _keep_anchoring() -> None:
    while True:
        try:
            for anchor in await anchor_due(clock.now()):
                log.info("chains.anchored", day=anchor.day.isoformat(), leaves=anchor.leaves, hash=anchor.hash)
        except Exception as error:  # noqa: BLE001 - the database or the file may be away; the next round tries again
            log.warning("anchoring.round_failed", kind=type(error).__name__)
        await asyncio.sleep(EVERY)


@asynccontextmanager
async def watch(_app: object = None) -> AsyncIterator[None]:
    """Litestar lifespan."""
    async with running(_keep_anchoring()):
        yield
