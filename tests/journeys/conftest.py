"""What every journey starts from: an open hall, and people who talk to it."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.journeys.server import Hall, open_hall
from tests.journeys.talking import People


@pytest.fixture(scope="session")
def hall_(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Hall]:
    """The hall of this test process, open."""
    own = tmp_path_factory.getbasetemp()
    shared: Path = own if worker_id == "master" else own.parent
    with open_hall(shared, worker_id) as opened:
        yield opened


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def people(hall_: Hall) -> AsyncIterator[People]:
    """Everybody of the demo, by key, each with an API session of their own."""
    async with People(hall_.base_url) as everybody:
        yield everybody
