"""Every few minutes: what the applicant's silence decides, and what never followed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from backend import clock
from backend.beside import running
from backend.procedures import hearings, terminating

EVERY = 300.0  # seconds; the law counts days

log = structlog.get_logger(__name__)


async def _keep_counting() -> None:
    while True:
        try:
            await hearings.lapse(clock.now())
            if ended := await terminating.lapse(clock.now()):
                log.info("case.terminated", count=ended)
        except Exception as error:  # noqa: BLE001 - the database may be away; the next round tries again
            log.warning("procedures.round_failed", kind=type(error).__name__)
        await asyncio.sleep(EVERY)


@asynccontextmanager
async def watch(_app: object = None) -> AsyncIterator[None]:
    """Litestar lifespan."""
    async with running(_keep_counting()):
        yield
