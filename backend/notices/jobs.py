"""Every other second: notices of what happened."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from backend import clock
from backend.beside import running
from backend.notices import telling

EVERY = 2.0  # seconds: 95 of 100 notices leave within ten

log = structlog.get_logger(__name__)


async def _keep_telling() -> None:
    while True:
        try:
            await telling.tell(clock.now())
        except Exception as error:  # noqa: BLE001 - the database may be away; the next round tries again
            log.warning("notices.round_failed", kind=type(error).__name__)
        await asyncio.sleep(EVERY)


@asynccontextmanager
async def watch(_app: object = None) -> AsyncIterator[None]:
    """Litestar lifespan."""
    async with running(_keep_telling()):
        yield
