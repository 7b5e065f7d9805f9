"""Every few minutes: opinions that are due tomorrow are put on top, those whose day is over lapse."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from backend import clock
from backend.authority import opinions
from backend.beside import running

EVERY = 300.0  # seconds; opinions are asked for until a day

log = structlog.get_logger(__name__)


async def _keep_reminding() -> None:
    while True:
        try:
            reminded, lapsed = await opinions.remind_due(clock.now()), await opinions.lapse_due(clock.now())
            if reminded or lapsed:
                log.info("opinions.reminded", reminded=reminded, lapsed=lapsed)
        except Exception as error:  # noqa: BLE001 - the database may be away; the next round tries again
            log.warning("opinions.round_failed", kind=type(error).__name__)
        await asyncio.sleep(EVERY)


@asynccontextmanager
async def watch(_app: object = None) -> AsyncIterator[None]:
    """Litestar lifespan."""
    async with running(_keep_reminding()):
        yield
