"""Every half minute: make the certificates that a grant could not make at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from backend import clock
from backend.beside import running
from backend.issuance.issuing import issue_pending

EVERY = 30.0  # seconds

log = structlog.get_logger(__name__)


async def _keep_issuing() -> None:
    while True:
        try:
            await issue_pending(clock.now())
        except Exception as error:  # noqa: BLE001 - the database may be away; the next round tries again
            log.warning("certificate.round_failed", kind=type(error).__name__)
        await asyncio.sleep(EVERY)


@asynccontextmanager
async def watch(_app: object = None) -> AsyncIterator[None]:
    """Litestar lifespan."""
    async with running(_keep_issuing()):
        yield
