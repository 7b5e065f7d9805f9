"""The starter catalogue, compiled once for the tests that only read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import starter as made

if TYPE_CHECKING:  # a conftest is read before the settings of the run are set
    import httpx

    from backend.catalogue.compiling import Compiled
    from backend.catalogue.finding import Finder
    from backend.catalogue.shelf import Catalogue


@pytest.fixture(scope="session")
def starter() -> Compiled:
    """The project's own catalogue, without a fault."""
    return made.compiled()


@pytest.fixture(scope="session")
def finder(starter: Compiled) -> Finder:
    """The search index of the starter catalogue, pinyin as an import stores it."""
    from backend.catalogue import phrases, sources
    from backend.catalogue.finding import Finder

    pinyin = {}
    for matter in starter.matters:
        pinyin |= phrases.spelled(matter)
    return Finder.of(starter.matters, pinyin, sources.synonyms())


@pytest.fixture(scope="session")
def built(starter: Compiled) -> Catalogue:
    """The starter catalogue as a worker holds it."""
    return made.built(starter)


@pytest.fixture
async def visitor(client: httpx.AsyncClient, built: Catalogue, monkeypatch: pytest.MonkeyPatch) -> httpx.AsyncClient:
    """A visitor of a hall that holds the starter catalogue; its tables are empty."""
    from backend.catalogue import shelf

    monkeypatch.setattr(shelf, "_current", built)
    return client
