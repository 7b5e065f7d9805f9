"""Hourly: old drafts, files nobody filed, and bytes without a row are cleared away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import structlog

from backend import clock, db, storage
from backend.beside import running
from backend.intake import incoming, queries
from backend.intake.tus import UNFINISHED_FOR

# A file that was taken out, refused or never used stays this long, in case somebody asks.
REMOVED_FOR = timedelta(days=1)
LOOSE_FOR = timedelta(days=7)
_BATCH = 500
EVERY = 3600.0  # seconds

log = structlog.get_logger(__name__)


async def sweep(now: datetime) -> dict[str, int]:
    """Clear away what nobody needs any more; safe to run twice, or on two servers at once. Returns counts by kind."""
    await db.execute("DELETE FROM draft_relay WHERE used_at IS NULL AND made_at < $1", now - REMOVED_FOR)
    kept_posts = await db.fetch("DELETE FROM kept_post WHERE expires_at < $1 RETURNING 1", now)
    drafts = await _old_drafts(now)
    uploads = await _unused_uploads(now)
    return {"kept_posts": len(kept_posts), "drafts": drafts, "uploads": uploads, "bytes": await _strays()}


async def _old_drafts(now: datetime) -> int:
    async with db.transaction():
        rows = await db.fetch(
            "DELETE FROM draft WHERE submitted_case_id IS NULL AND updated_at < $1 RETURNING id", now - queries.KEPT_FOR
        )
        ids = [row["id"] for row in rows]
        await db.execute("DELETE FROM kept_post WHERE draft = ANY($1)", ids)
        await db.execute("DELETE FROM draft_relay WHERE draft = ANY($1)", ids)
        await db.execute(
            "UPDATE upload SET removed_at = $2, updated_at = $2 "
            "WHERE draft = ANY($1) AND case_id IS NULL AND removed_at IS NULL",
            ids,
            now,
        )
    return len(ids)


async def _unused_uploads(now: datetime) -> int:
    rows = await db.fetch(
        "SELECT id, path FROM upload WHERE case_id IS NULL AND (removed_at < $1 OR (state = 'refused' AND updated_at < $2) "
        "OR (state = 'receiving' AND updated_at < $3) OR (draft IS NULL AND updated_at < $2)) LIMIT $4",
        now - REMOVED_FOR,
        now - LOOSE_FOR,
        now - UNFINISHED_FOR,
        _BATCH,
    )
    for row in rows:
        await _forget(row["id"], row["path"])
    return len(rows)


async def _forget(upload: object, path: str) -> None:
    """Delete one upload; its object only when no other row holds the same bytes."""
    async with db.transaction():
        if path:
            await db.execute("SELECT pg_advisory_xact_lock(hashtext($1))", path)
        gone = await db.fetchval("DELETE FROM upload WHERE id = $1 AND case_id IS NULL RETURNING id", upload)
        if gone and path and not await db.fetchval("SELECT EXISTS (SELECT FROM upload WHERE path = $1)", path):
            await storage.delete(path)
    if gone:
        incoming.forget(str(upload))


async def _strays() -> int:
    """Growing files whose row is gone, as after a crash between the two."""
    names = await asyncio.to_thread(incoming.names)
    ids = [key for name in names if (key := queries.as_uuid(name.removesuffix(".clean")))]
    known = {
        str(row["id"])
        for row in await db.fetch("SELECT id FROM upload WHERE id = ANY($1) AND state = 'receiving'", ids)
    }
    strays = [name for name in names if name.removesuffix(".clean") not in known]
    for name in strays:
        incoming.forget(name)
    return len(strays)


async def _keep_sweeping() -> None:
    while True:
        await asyncio.sleep(EVERY)
        try:
            await sweep(clock.now())
        except Exception as error:  # noqa: BLE001 - database or store may be away; the next round tries again
            log.warning("intake.sweep_failed", kind=type(error).__name__)


@asynccontextmanager
async def watch(_app: object = None) -> AsyncIterator[None]:
    """Litestar lifespan."""
    async with running(_keep_sweeping()):
        yield
