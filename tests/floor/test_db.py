"""transaction(): what Piccolo's own gets wrong, and ours must not."""

from __future__ import annotations

import asyncio
from types import ModuleType

import asyncpg
import pytest

from backend.domain.refusal import Refusal
from backend.ratelimit import hit, is_spent


async def _keys(db: ModuleType) -> list[str]:
    return [row["key"] for row in await db.fetch("SELECT key FROM rate_count ORDER BY key")]


async def _add(db: ModuleType, key: str) -> None:
    await db.execute("INSERT INTO rate_count (key, starts_at, hits) VALUES ($1, now(), 1)", key)


async def test_an_error_takes_everything_back(db: ModuleType) -> None:
    with pytest.raises(ZeroDivisionError):
        async with db.transaction():
            await _add(db, "a")
            raise ZeroDivisionError
    assert await _keys(db) == []


async def test_a_nested_failure_leaves_the_outer_work(db: ModuleType) -> None:
    async with db.transaction():
        await _add(db, "outer")
        with pytest.raises(asyncpg.UndefinedTableError):
            async with db.transaction():
                await _add(db, "inner")
                await db.execute("SELECT * FROM no_such_table")
        await _add(db, "after")
    assert await _keys(db) == ["after", "outer"]


async def test_a_failing_commit_leaks_neither_connection_nor_context(db: ModuleType) -> None:
    await db.execute(
        "CREATE TABLE IF NOT EXISTS late_check (a int, CONSTRAINT late UNIQUE (a) DEFERRABLE INITIALLY DEFERRED)"
    )
    try:
        for _ in range(db.engine.pool.get_max_size() + 2):
            with pytest.raises(asyncpg.UniqueViolationError):
                async with db.transaction():
                    await db.execute("INSERT INTO late_check VALUES (1), (1)")
            assert db.engine.current_transaction.get() is None
        assert await db.fetchval("SELECT count(*) FROM late_check") == 0
        assert db.engine.pool.get_idle_size() == db.engine.pool.get_size()
    finally:
        await db.execute("DROP TABLE late_check")


async def test_a_second_task_may_not_write_into_the_transaction(db: ModuleType) -> None:
    async with db.transaction():
        with pytest.raises(RuntimeError, match="one task"):
            await asyncio.gather(_add(db, "child"))
    assert await _keys(db) == []


async def test_a_task_that_outlives_the_transaction_uses_the_pool(db: ModuleType) -> None:
    go = asyncio.Event()

    async def later() -> None:
        await go.wait()
        await _add(db, "later")

    async with db.transaction():
        task = asyncio.create_task(later())
    go.set()
    await task
    assert await _keys(db) == ["later"]


async def test_isolation_is_asked_of_the_outermost_only(db: ModuleType) -> None:
    async with db.transaction(isolation="serializable"):
        assert await db.fetchval("SHOW transaction_isolation") == "serializable"
        with pytest.raises(RuntimeError):
            async with db.transaction(isolation="serializable"):
                pass
    assert await db.fetchval("SHOW transaction_isolation") == "read committed"


async def test_piccolo_shares_our_transaction(db: ModuleType) -> None:
    from backend.catalogue.tables import Synonym

    with pytest.raises(ZeroDivisionError):
        async with db.transaction():
            await db.execute("CREATE TABLE seen (a int)")
            assert await Synonym.raw("SELECT count(*) FROM seen").run() == [{"count": 0}]
            raise ZeroDivisionError
    assert await db.fetchval("SELECT to_regclass('seen')") is None


async def test_json_goes_in_as_text_or_object_and_comes_out_as_object(db: ModuleType) -> None:
    assert await db.fetchval("SELECT $1::jsonb", {"名": [1, None]}) == {"名": [1, None]}
    assert await db.fetchval("SELECT $1::jsonb", '{"a": 1}') == {"a": 1}
    assert await db.fetchval("SELECT ($1::jsonb)::text", [1]) == "[1]"


async def test_notifications_are_heard(db: ModuleType) -> None:
    heard: asyncio.Queue[str] = asyncio.Queue()
    async with db.listen("floor_test", heard.put_nowait):
        await db.execute("SELECT pg_notify('floor_test', '好')")
        assert await asyncio.wait_for(heard.get(), 5) == "好"


async def test_the_limit_holds_across_callers_and_ends_with_the_window(db: ModuleType, now) -> None:
    del db
    from datetime import timedelta

    await asyncio.gather(*(hit("ip|1", 5, 60, now) for _ in range(5)))
    with pytest.raises(Refusal) as caught:
        await hit("ip|1", 5, 60, now)
    assert caught.value.code == "rate.limited"
    await hit("ip|2", 5, 60, now)
    await hit("ip|1", 5, 60, now + timedelta(minutes=2))


async def test_a_look_at_the_limit_counts_the_window_before_as_a_hit_does(db: ModuleType, now) -> None:
    """Wrong codes just before the border would else be forgotten just after it: twice the limit in a few seconds."""
    del db
    from datetime import timedelta

    window = 300
    border = now + timedelta(seconds=window - now.timestamp() % window)
    for _ in range(10):
        await hit("wrong|ip", 10, window, border - timedelta(seconds=2))
    assert await is_spent("wrong|ip", 9, window, border + timedelta(seconds=2))
    assert not await is_spent("wrong|ip", 9, window, border + timedelta(seconds=window // 2))
    assert not await is_spent("wrong|ip", 9, window, border + timedelta(seconds=window))
    await hit("wrong|ip", 30, window, border + timedelta(seconds=window))  # looking counted nothing
    assert not await is_spent("wrong|ip", 2, window, border + timedelta(seconds=window))
