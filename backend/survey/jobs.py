"""Now and then: tasks for cases that should have one and have none."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from backend import clock
from backend.beside import running
from backend.survey.tasks import make_missing

EVERY = 900.0  # seconds; acceptance makes the task itself

log = structlog.get_logger(__name__)


async def _keep_making() -> None:
    while True:
        try:
            await make_missing(clock.now())
        except Exception as error:  # noqa: BLE001 - the database may be away; the next round tries again
            log.warning("survey.round_failed", kind=type(error).__name__)
        await asyncio.sleep(EVERY)


@asynccontextmanager
async def watch(_app: object = None) -> AsyncIterator[None]:
    """Litestar lifespan."""
    async with running(_keep_making()):
        yield
