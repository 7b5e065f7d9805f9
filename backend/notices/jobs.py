"""Every other second: notices of what happened, deliveries that are due; now and then: what time itself says."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

import structlog

from backend import channels, clock
from backend.beside import running
from backend.notices import reminding, sending, telling

EVERY = 2.0  # seconds: 95 of 100 notices leave within ten
REMIND_EVERY = 600.0  # seconds: what hangs on a day need not be asked more often

log = structlog.get_logger(__name__)


async def _keep(work: Callable[[], Awaitable[object]], every: float = EVERY) -> None:
    while True:
        try:
            await work()
        except Exception as error:  # noqa: BLE001 - the database may be away; the next round tries again
            log.warning("notices.round_failed", kind=type(error).__name__)
        await asyncio.sleep(every)


async def _tell() -> None:
    await telling.tell(clock.now())


async def _remind() -> None:
    await reminding.remind(clock.now())


@asynccontextmanager
async def watch(_app: object = None) -> AsyncIterator[None]:
    """Litestar lifespan."""
    async with AsyncExitStack() as works:
        await works.enter_async_context(running(_keep(_tell)))
        await works.enter_async_context(running(_keep(_remind, REMIND_EVERY)))
        for channel in channels.configured().values():
            await works.enter_async_context(running(_keep(partial(sending.send_due, channel))))
        yield
