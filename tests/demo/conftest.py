"""The demo hall, told once for all the tests that only look at it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from tests import databases
from tests.desk import starter  # noqa: F401 - a fixture

if TYPE_CHECKING:
    from backend.catalogue.shelf import Catalogue

# A Monday afternoon with two weeks of ordinary working days before it.
TOLD_AT = datetime(2026, 11, 23, 7, 40, tzinfo=UTC)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def world(pool: ModuleType, starter: Catalogue) -> AsyncIterator[ModuleType]:  # noqa: F811 - the fixture
    """`backend.db` on a database with the whole demo hall in it."""
    from backend.catalogue import shelf
    from backend.demo.world import load_world

    await databases.empty(pool.fetch)
    patch = pytest.MonkeyPatch()
    patch.setattr(shelf, "_current", starter)
    await load_world(TOLD_AT)
    yield pool
    patch.undo()
    await databases.empty(pool.fetch)
