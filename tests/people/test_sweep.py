"""The hourly sweep: what is over goes, what is still good or still evidence stays."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import ModuleType

import httpx

from backend import ratelimit
from backend.people import challenges, codes, jobs, messages
from tests.people.steps import sign_in

MOBILE = "13912345678"


async def rows(db: ModuleType) -> dict[str, int]:
    tables = ("one_time_code", "challenge", "session", "rate_count", "outgoing_message")
    return {table: await db.fetchval(f"SELECT count(*) FROM {table}") for table in tables}


async def test_what_is_over_is_swept_and_nothing_else(db: ModuleType, client: httpx.AsyncClient, now: datetime) -> None:
    await sign_in(client)
    await codes.send(MOBILE, "confirm", ip="10.0.0.1", now=now)
    await challenges.hand_out("token", "step_up", now=now, lasting=timedelta(minutes=5))
    await ratelimit.hit("anything", 10, 60, now)
    queued = await messages.write(MOBILE, "one_time_code", "还没发出去", now)
    await db.execute("UPDATE outgoing_message SET state = 'sent' WHERE id <> $1", queued)

    before = await rows(db)
    assert min(before.values()) > 0
    await jobs.sweep(now)
    assert await rows(db) == before

    await jobs.sweep(now + timedelta(hours=1))
    soon = await rows(db)
    assert (soon["one_time_code"], soon["challenge"]) == (0, 0)
    assert {name: soon[name] for name in ("session", "rate_count", "outgoing_message")} == {
        name: before[name] for name in ("session", "rate_count", "outgoing_message")
    }

    await jobs.sweep(now + timedelta(days=31))
    later = await rows(db)
    assert (later["rate_count"], later["outgoing_message"]) == (0, 1)  # one was never sent
    assert later["session"] == before["session"]

    await jobs.sweep(now + timedelta(days=190))
    assert (await rows(db))["session"] == 0
    await jobs.sweep(now + timedelta(days=190))  # safe to run again


async def test_the_sweep_runs_by_itself(db: ModuleType, now: datetime) -> None:
    """`watch` sweeps when the application starts and then every hour."""
    import asyncio

    await challenges.hand_out("token", "step_up", now=now - timedelta(hours=1), lasting=timedelta(minutes=5))
    async with jobs.watch(None):  # type: ignore[arg-type]  # the application is not asked for anything
        for _ in range(100):
            if not await db.fetchval("SELECT count(*) FROM challenge"):
                break
            await asyncio.sleep(0.02)
    assert await db.fetchval("SELECT count(*) FROM challenge") == 0
