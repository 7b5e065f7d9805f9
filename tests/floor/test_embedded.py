"""The embedded server: comes back after kill -9 with every acknowledged row, and is alone on its directory."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import asyncpg
import pytest

from backend import embedded
from backend.embedded_host import is_postgres


async def _insert(url: str, count: int) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("CREATE TABLE IF NOT EXISTS kept (n int)")
        for number in range(count):
            await connection.execute("INSERT INTO kept VALUES ($1)", number)
    finally:
        await connection.close()


async def _count(url: str) -> int:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval("SELECT count(*) FROM kept")
    finally:
        await connection.close()


def test_it_survives_kill_9_refuses_a_second_and_starts_from_a_stale_lock(tmp_path: Path) -> None:
    with embedded.running(tmp_path) as first:
        asyncio.run(_insert(first.url, 50))
        with pytest.raises(embedded.EmbeddedError, match="YIMABAN_DATA_DIR"), embedded.running(tmp_path):
            pass
        os.kill(first.pid, signal.SIGKILL)
        deadline = time.monotonic() + 10
        while first.is_running and time.monotonic() < deadline:
            time.sleep(0.01)
        assert not first.is_running
    assert (tmp_path / "postgres" / "postmaster.pid").exists()
    # In a container the dead server's number is soon somebody else's.
    path = tmp_path / "postgres" / "postmaster.pid"
    path.write_text("\n".join([str(os.getpid()), *path.read_text().split("\n")[1:]]))
    with embedded.running(tmp_path) as second:
        assert asyncio.run(_count(second.url)) == 50


def test_it_dies_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    program = textwrap.dedent(f"""
        import time, pathlib
        from backend import embedded
        with embedded.running(pathlib.Path({str(tmp_path)!r}), unsafe_for_tests=True) as server:
            print(server.pid, flush=True)
            time.sleep(60)
    """)
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, cwd=Path.cwd()) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert is_postgres(pid)
        parent.kill()
    deadline = time.monotonic() + 15
    while is_postgres(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_postgres(pid)
    with embedded.running(tmp_path, unsafe_for_tests=True) as server:
        assert server.is_running


async def test_a_server_that_could_lose_rows_is_refused(db: object) -> None:
    del db  # the test server itself runs with fsync=off
    connection = await asyncpg.connect(os.environ["YIMABAN_DATABASE_URL"])
    try:
        with pytest.raises(embedded.EmbeddedError, match="fsync"):
            await embedded.check_server(connection)
    finally:
        await connection.close()
