"""`yimaban serve`: production, as an operator starts it, on a database of its own."""

from __future__ import annotations

import asyncio
import base64
import os
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import httpx
import pytest

from backend import embedded
from tests import databases

YIMABAN = str(Path(sys.executable).with_name("yimaban"))


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _production(folder: Path, database: str) -> dict[str, str]:
    """The environment of a well set up hall."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("YIMABAN_")}
    return kept | {
        "YIMABAN_BASE_URL": "https://hall.example",
        "YIMABAN_PORT": str(_free_port()),
        "YIMABAN_DATA_DIR": str(folder),
        "YIMABAN_DATABASE_URL": database,
        "YIMABAN_SECRET_KEY": secrets.token_urlsafe(48),
        "YIMABAN_PERSONAL_DATA_KEYS": f"k1:{_key()}",
        "YIMABAN_BLIND_INDEX_KEY": _key(),
        "YIMABAN_WORKERS": "2",
        "YIMABAN_LOG_LEVEL": "warning",
    }


@pytest.fixture(scope="module")
def durable_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of our own that keeps what it acknowledges; the one of the other tests may not."""
    with embedded.running(tmp_path_factory.mktemp("serving")) as server:
        yield server.url


@pytest.fixture
def production(tmp_path: Path, durable_server: str) -> dict[str, str]:
    """Settings of production, the database migrated by the operator's own command."""
    env = _production(tmp_path, durable_server)
    subprocess.run([YIMABAN, "migrate"], env=env, check=True, capture_output=True)
    return env


async def _until_ready(visitor: httpx.AsyncClient, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert process.poll() is None, "the server ended"
        try:
            if (await visitor.get("/readyz")).status_code == 200:
                return
        except httpx.TransportError:
            pass
        await asyncio.sleep(0.1)
    raise AssertionError("the server was not ready in 30 s")


async def test_production_serves_and_has_no_demo(production: dict[str, str]) -> None:
    process = subprocess.Popen([YIMABAN, "serve"], env=production)  # noqa: ASYNC220 - starting takes no time
    try:
        async with httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{production['YIMABAN_PORT']}", headers={"host": "hall.example"}
        ) as visitor:
            await _until_ready(visitor, process)
            assert (await visitor.get("/")).status_code == 200
            for gone in ("/demo", "/demo/outbox", "/look", "/api/v1/demo/personas"):
                assert (await visitor.get(gone)).status_code == 404
            assert (await visitor.post("/api/v1/demo/sessions", json={"persona": "wangmin"})).status_code in (404, 405)
            form = await visitor.get("/sign-in")
            assert form.headers["set-cookie"].startswith("__Host-")
            assert "Secure" in form.headers["set-cookie"]
            assert "max-age" in form.headers["strict-transport-security"]
            other = await visitor.get("/", headers={"host": "evil.example"})
            assert other.status_code == 421
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0


def test_production_refuses_a_database_that_may_lose_cases(production: dict[str, str]) -> None:
    production["YIMABAN_DATABASE_URL"] = databases.address("postgres")
    done = subprocess.run([YIMABAN, "serve"], env=production, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode != 0
    assert "fsync" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["YIMABAN_SECRET_KEY", "YIMABAN_PERSONAL_DATA_KEYS", "YIMABAN_BLIND_INDEX_KEY"])
def test_production_names_the_missing_secret(production: dict[str, str], name: str) -> None:
    del production[name]
    done = subprocess.run([YIMABAN, "serve"], env=production, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode != 0
    assert name in done.stderr
    assert "Traceback" not in done.stderr


async def test_a_database_of_another_version_is_refused_in_a_sentence(
    production: dict[str, str], durable_server: str
) -> None:
    """Not one traceback: what is missing, and what to do."""
    connection = await asyncpg.connect(production["YIMABAN_DATABASE_URL"])
    await connection.execute("ALTER TABLE deed RENAME COLUMN at TO since")
    try:
        done = await asyncio.to_thread(
            subprocess.run, [YIMABAN, "migrate"], env=production, capture_output=True, text=True, check=False
        )
    finally:
        await connection.execute("ALTER TABLE deed RENAME COLUMN since TO at")
        await connection.close()
    assert done.returncode == 2
    assert "deed.at" in done.stderr
    assert "别的版本" in done.stderr
    assert "Traceback" not in done.stderr
