"""One PostgreSQL for the whole run, a database for each test process, an emptied one for each test that asks."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import httpx
import pytest
import pytest_asyncio

from tests import databases

_PURE = ("tests/domain", "tests/law", "tests/schemas")
_open = ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    """The server belongs to the controlling process; xdist's workers find it in their environment."""
    worker = getattr(config, "workerinput", None)
    if worker is not None:
        if "YIMABAN_TEST_SERVER" in os.environ:
            databases.make_own(worker["workerid"])
        return
    for name in [name for name in os.environ if name.startswith("YIMABAN_")]:
        del os.environ[name]
    folder = Path(tempfile.mkdtemp(prefix="yimaban-test-"))
    _open.callback(shutil.rmtree, folder, ignore_errors=True)
    os.environ.update(
        YIMABAN_DEMO="1",
        YIMABAN_DATA_DIR=str(folder),
        YIMABAN_ALLOWED_HOSTS="testserver.local",
        YIMABAN_LOG_LEVEL="warning",
    )
    if config.args and all(str(arg).startswith(_PURE) for arg in config.args):
        return
    from backend import embedded

    server = _open.enter_context(embedded.running(folder, unsafe_for_tests=True))
    os.environ["YIMABAN_TEST_SERVER"] = server.url.rsplit("/", 1)[0]
    databases.make_template()
    databases.make_own("main")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take the server down with the run."""
    if not hasattr(config, "workerinput"):
        _open.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def pool() -> AsyncIterator[ModuleType]:
    """`backend.db` with its pool running, for the life of this test process."""
    from backend import db

    async with db.pool(6):
        yield db


@pytest_asyncio.fixture(loop_scope="session")
async def db(pool: ModuleType) -> ModuleType:
    """`backend.db` on a database whose tables are all empty."""
    await databases.empty(pool.fetch)
    return pool


@pytest.fixture
def now() -> Iterator[datetime]:
    """Monday 2026-11-23, 09:30 in Asia/Shanghai; the clock stands still there (`clock.freeze` moves it)."""
    from backend import clock

    at = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
    clock.freeze(at)
    yield at
    clock.freeze(None)


@pytest_asyncio.fixture(loop_scope="session")
async def client(db: ModuleType, request: pytest.FixtureRequest) -> AsyncIterator[httpx.AsyncClient]:
    """A visitor without a session, talking to the whole application in this event loop."""
    del db
    if "now" in request.fixturenames:  # the clock stands before the application's own jobs look at it
        request.getfixturevalue("now")
    from backend.app import app

    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)  # type: ignore[arg-type]  # same protocol
    # Litestar's lifespan must end in the task that began it; a fixture's set-up and tear-down are two.
    began, over = asyncio.Event(), asyncio.Event()

    async def live() -> None:
        async with app.lifespan():
            began.set()
            await over.wait()

    life = asyncio.create_task(live())
    await asyncio.wait({life, asyncio.create_task(began.wait())}, return_when=asyncio.FIRST_COMPLETED)
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver.local") as visitor:
        yield visitor
    over.set()
    await life
