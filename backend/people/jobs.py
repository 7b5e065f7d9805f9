"""Beside the requests: text messages on their way, and what is over swept out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import asyncpg
import structlog
from litestar import Litestar

from backend import clock, db, ratelimit
from backend.beside import running
from backend.people import messages

_EVERY_S = 2.0
_SWEEP = timedelta(hours=1)
_KEEP_SESSIONS = timedelta(days=180)  # who was signed in from where: six months, as the audit trail (GB/T 22239)
_KEEP_MESSAGES = timedelta(days=30)  # long enough to answer "I never got a code"

log = structlog.get_logger("yimaban.people")


@asynccontextmanager
async def watch(_app: Litestar) -> AsyncIterator[None]:
    """Send queued messages for as long as the application lives; every worker may, rows are taken one by one."""
    async with running(_keep_sending()):
        yield


async def sweep(now: datetime) -> None:
    """Forget spent codes and challenges, old counters of tries and text messages, and sessions that ended long ago."""
    await db.execute("DELETE FROM one_time_code WHERE expires_at < $1", now)
    await db.execute("DELETE FROM challenge WHERE expires_at < $1", now)
    await db.execute("DELETE FROM session WHERE greatest(expires_at, last_seen_at) < $1", now - _KEEP_SESSIONS)
    await db.execute("DELETE FROM outgoing_message WHERE state <> 'queued' AND created_at < $1", now - _KEEP_MESSAGES)
    await ratelimit.sweep(now)


async def _keep_sending() -> None:
    swept_at: datetime | None = None
    while True:
        now = clock.now()
        try:
            await messages.run(now)
            if swept_at is None or now - swept_at > _SWEEP:
                await sweep(now)
                swept_at = now
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            log.warning("messages", kind=type(error).__name__)
        await asyncio.sleep(_EVERY_S)
