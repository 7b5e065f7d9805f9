"""The starter catalogue, compiled once for the tests that only read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # a conftest is read before the settings of the run are set
    from backend.catalogue.compiling import Compiled
    from backend.catalogue.finding import Finder


@pytest.fixture(scope="session")
def starter() -> Compiled:
    """The project's own catalogue, without a fault."""
    from backend.catalogue import compiling, sources

    faults: list = []
    compiled = compiling.compiled(sources.read(sources.STARTER), compiling.Known(), faults)
    assert faults == []
    return compiled


@pytest.fixture(scope="session")
def finder(starter: Compiled) -> Finder:
    """The search index of the starter catalogue, pinyin as an import stores it."""
    from backend.catalogue import phrases, sources
    from backend.catalogue.finding import Finder

    pinyin = {}
    for matter in starter.matters:
        pinyin |= phrases.spelled(matter)
    return Finder.of(starter.matters, pinyin, sources.synonyms())
