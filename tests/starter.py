"""The starter catalogue as a worker holds it, made without a database."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # read by a conftest, before the settings of the run are set
    from backend.catalogue.compiling import Compiled
    from backend.catalogue.shelf import Catalogue


def compiled() -> Compiled:
    """The project's own catalogue, without a fault."""
    from backend.catalogue import compiling, sources

    faults: list = []
    found = compiling.compiled(sources.read(sources.STARTER), compiling.Known(), faults)
    assert faults == []
    return found


def built(starter: Compiled) -> Catalogue:
    """It, in force (release 0)."""
    from msgspec.structs import replace

    from backend.catalogue import bundles, phrases, queries, shelf, sources

    pinyin = {}
    for matter in starter.matters:
        pinyin |= phrases.spelled(matter)
    matters = tuple(replace(matter, version=1) for matter in starter.matters)
    stock = shelf.build(
        queries.Stock(0, "", None, starter.meta, starter.departments, matters, pinyin, sources.synonyms())
    )
    return replace(
        stock, composed={code: replace(m, version=1) for code, m in bundles.made(stock.bundles, stock.matters).items()}
    )
