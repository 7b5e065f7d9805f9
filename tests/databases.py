"""Databases for tests: one embedded server, a migrated template, a clone for each test process."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path

import asyncpg

TEMPLATE = "yimaban_template"


def address(name: str) -> str:
    """The URL of database `name` on the test server."""
    return os.environ["YIMABAN_TEST_SERVER"] + "/" + name


def on_server(work: Callable[[asyncpg.Connection], Awaitable[None]]) -> None:
    """Run `work` on the server's maintenance database, outside any event loop."""

    async def run() -> None:
        connection = await asyncpg.connect(address("postgres"))
        try:
            await work(connection)
        finally:
            await connection.close()

    asyncio.run(run())


async def clone(connection: asyncpg.Connection, name: str, template: str = TEMPLATE) -> None:
    """`name` becomes a copy of `template`, whatever it was before (about 50 ms)."""
    await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    await connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


async def recreate(template: str = TEMPLATE) -> None:
    """This process's own database anew from `template`; the pool must be closed."""
    name = os.environ["YIMABAN_DATABASE_URL"].rsplit("/", 1)[1]
    connection = await asyncpg.connect(address("postgres"))
    try:
        await clone(connection, name, template)
    finally:
        await connection.close()


def make_template() -> None:
    """An empty, migrated database that nobody uses but to copy it."""

    async def create(connection: asyncpg.Connection) -> None:
        await connection.execute(f'CREATE DATABASE "{TEMPLATE}"')

    on_server(create)
    os.environ["YIMABAN_DATABASE_URL"] = address(TEMPLATE)
    # In a process of its own: this one must first see the settings with its own database.
    import subprocess
    import sys

    command = [sys.executable, "-c", "import asyncio; from backend import migrating; asyncio.run(migrating.migrate())"]
    subprocess.run(command, check=True, cwd=Path(__file__).parent.parent)


def make_own(worker: str) -> None:
    """The database of this test process; the settings will see it."""
    name = f"yimaban_{worker}"

    async def create(connection: asyncpg.Connection) -> None:
        await clone(connection, name)

    on_server(create)
    os.environ["YIMABAN_DATABASE_URL"] = address(name)


# Piccolo's own list of taken steps stays.
_USED = """
SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
WHERE schemaname = 'public' AND tablename <> 'migration'
"""


async def empty(fetch: Callable[..., Awaitable[list[asyncpg.Record]]]) -> None:
    """Take every row out of every table that has one (3 ms when there is little)."""
    names = [row["name"] for row in await fetch(_USED)]
    parts = [f"SELECT '{name}' AS name WHERE EXISTS (SELECT FROM {name})" for name in names]
    used = [row["name"] for row in await fetch(" UNION ALL ".join(parts))]
    if used:
        await fetch(f"TRUNCATE {', '.join(used)} RESTART IDENTITY CASCADE")
