"""From nothing to a hall that answers, step by step and aloud."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec

from backend import embedded, settings

# granian stops silently at 1,024 connections unless told otherwise (live pages hold theirs open).
_BACKLOG, _BACKPRESSURE = 4096, 8000


@contextmanager
def database() -> Iterator[str]:
    """The database's address: YIMABAN_DATABASE_URL, else an embedded server for as long as the block runs.

    Put into the environment before anything reads the settings, so that workers find it too.
    """
    given = os.environ.get("YIMABAN_DATABASE_URL", "").strip()
    if given:
        yield given
        return
    with embedded.running(
        settings.load(os.environ | {"YIMABAN_DATABASE_URL": "postgresql://embedded"}).data_dir
    ) as server:
        os.environ["YIMABAN_DATABASE_URL"] = server.url
        try:
            yield server.url
        finally:
            del os.environ["YIMABAN_DATABASE_URL"]


def run() -> int:
    """Everything on this machine: database, migrations, catalogue, demo world, web server. Ends with Ctrl-C."""
    started = time.monotonic()
    with _step("PostgreSQL"):
        context = database()
        context.__enter__()
    try:
        with _step("数据库结构 migrations"):
            from backend import migrating

            asyncio.run(migrating.migrate())
        asyncio.run(_furnish())
        _say_welcome(time.monotonic() - started)
        _granian(workers=settings.settings.workers, log_level="warning")
    finally:
        context.__exit__(None, None, None)
        print("大厅已关 / The hall is closed.", flush=True)
    return 0


def serve() -> int:
    """Production. Refuses bad settings, an unsafe database and pending migrations before it takes a request."""
    found = settings.settings
    asyncio.run(_check_database(found.database_url))
    _granian(workers=found.workers, log_level="info")
    return 0


async def _check_database(url: str) -> None:
    import asyncpg

    from backend import db, migrating

    connection = await asyncpg.connect(url)
    try:
        await embedded.check_server(connection)
    finally:
        await connection.close()
    async with db.pool(1):
        if todo := await migrating.pending():
            raise embedded.EmbeddedError(f"{len(todo)} migrations are pending: run `yimaban migrate` first")


async def _furnish() -> None:
    """The catalogue when there is none, and in a demo its people and cases. Each slice says what it has."""
    from backend import clock, db
    from backend.catalogue import importing

    clock.turn_to(settings.settings.demo_day)
    async with db.pool(4):
        if not await db.fetchval("SELECT EXISTS (SELECT FROM catalogue_release)"):
            with _step("事项目录 catalogue"):
                await importing.load_if_absent()
        if settings.settings.demo and find_spec("backend.demo.world"):
            with _step("演示大厅 demo hall"):
                await import_module("backend.demo.world").load_world(clock.now())
        elif settings.settings.demo:
            with _step("演示人员 demo people"):
                await import_module("backend.demo.people").load_people(clock.now())


@contextmanager
def _step(name: str) -> Iterator[None]:
    """Say what is being done, and how long it took."""
    started = time.monotonic()
    print(f"  … {name}", end="", flush=True)
    try:
        yield
    except BaseException:
        print(flush=True)
        raise
    print(f"\r  ✓ {name}  {time.monotonic() - started:.1f} s", flush=True)


def _say_welcome(seconds: float) -> None:
    base = settings.settings.base_url
    lines = [f"\n一码办开门了（{seconds:.1f} 秒） / The hall is open.", f"  {base}"]
    if settings.settings.demo:
        lines.append(f"  {base}/demo   选一个人，点一下就登录 / pick somebody, one tap signs in")
    lines += [f"  {base}/schema  API", "Ctrl-C 关门 / closes the hall\n"]
    print("\n".join(lines), flush=True)


def _granian(*, workers: int, log_level: str) -> None:
    from granian.constants import Interfaces, Loops
    from granian.log import LogLevels
    from granian.server import Server

    from backend.metrics import share_between_workers

    found = settings.settings
    share_between_workers(found.data_dir)
    if "backend.app" in sys.modules:
        raise RuntimeError("the application belongs to the workers, not to their parent")
    # A forked worker would inherit the locks of the parent's threads (obstore's runtime, once the demo stored files)
    # without the threads: its first read of a file would wait for ever.
    multiprocessing.set_start_method("spawn", force=True)
    server = Server(
        "backend.app:create_app", address=found.host, port=found.port, interface=Interfaces.ASGI, factory=True,
        workers=workers, loop=Loops.asyncio, websockets=False, backlog=_BACKLOG, backpressure=_BACKPRESSURE,
        log_level=LogLevels(log_level), respawn_failed_workers=True, respawn_interval=1.0, workers_kill_timeout=10,
    )  # fmt: skip
    server.serve()
