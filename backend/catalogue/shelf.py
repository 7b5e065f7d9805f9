"""The catalogue in force, held in memory by every worker, and old versions on demand.

`watch` loads it at start and looks every few seconds whether an import made a new release.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from types import MappingProxyType
from typing import Any

import asyncpg
import msgspec
import structlog
from msgspec import Struct

import backend.catalogue.refusals  # noqa: F401 - who refuses brings the sentences along
from backend.beside import running
from backend.catalogue import bundles, life, queries
from backend.catalogue.facets import Facets
from backend.catalogue.finding import Finder
from backend.domain.bundle_parts import Whole
from backend.domain.refusal import Refusal
from shared_schemas.bundle import Bundle
from shared_schemas.life_event import LifeEvent
from shared_schemas.matter import Department, Matter

LOOK_EVERY = 3.0  # seconds between two looks for a new release

log = structlog.get_logger(__name__)


class Catalogue(Struct, frozen=True):
    """Every matter in force. `release` is 0 while nothing was ever imported.

    `bundles` (一件事) are made of them; `composed` is every choice of a bundle's parts as a matter of its own, in no list.
    """

    release: int
    digest: str
    imported_at: datetime | None
    meta: Mapping[str, Any]
    departments: Mapping[str, Department]
    matters: Mapping[str, Matter]
    life_events: tuple[LifeEvent, ...]
    facets: Facets
    synonyms: Mapping[str, str]
    finder: Finder
    bundles: Mapping[str, Bundle] = MappingProxyType({})
    composed: Mapping[str, Matter] = MappingProxyType({})
    guides: dict[str, bytes] = {}  # JSON of guides, each made when first asked for

    @property
    def etag(self) -> str:
        """What changes with every release: the ETag of everything that is made from the catalogue alone."""
        made = sum(matter.version for matter in self.composed.values())
        return f'"c{self.release}-{self.digest[:12]}{f"-{made}" if made else ""}"'

    def matter(self, code: str) -> Matter:
        """The matter in force, or a bundle as one. Raises Refusal("matter.unknown")."""
        found = self.known(code)
        if found is None:
            raise Refusal("matter.unknown", code=code[:50])
        return found

    def known(self, code: str) -> Matter | None:
        """As `matter`, None for a code that is not in force."""
        return self.matters.get(code) or self.composed.get(code)

    def whole(self, code: str) -> Whole | None:
        """The parts that a bundle's code stands for, with their matters; None for any other code."""
        return bundles.whole_of(code, self.bundles, self.matters) if bundles.is_bundle(code) else None

    def department(self, code: str) -> Department:
        """The department; one that the catalogue doesn't know is called by its code."""
        return self.departments.get(code) or Department(code=code, name=code, name_en=code)


def build(stock: queries.Stock) -> Catalogue:
    """Everything that is derived from the rows: life events, facets, the search index."""
    matters = MappingProxyType({matter.code: matter for matter in stock.matters})
    events = life.sort_out(stock.matters)
    facets = Facets.of(stock.matters, events)
    counted = tuple(LifeEvent(e.code, e.zh, e.en, e.icon, len(facets.life_event.get(e.code, ()))) for e in life.EVENTS)
    departments = MappingProxyType({d.code: d for d in stock.departments})
    return Catalogue(
        release=stock.release,
        digest=stock.digest,
        imported_at=stock.imported_at,
        meta=MappingProxyType(stock.meta),
        departments=departments,
        matters=matters,
        life_events=counted,
        facets=facets,
        synonyms=MappingProxyType(stock.synonyms),
        finder=Finder.of(stock.matters, stock.pinyin, stock.synonyms),
        bundles=MappingProxyType(bundles.in_force(matters) if matters else {}),
    )


_current: Catalogue = build(queries.EMPTY)
_versions: dict[tuple[str, int], Matter] = {}


def current() -> Catalogue:
    """The catalogue in force in this worker; empty before the first import."""
    return _current


async def version(code: str, number: int) -> Matter:
    """A matter as it was in version `number`. Raises Refusal("matter.unknown_version").

    Versions never change, so each is read once.
    """
    in_force = _current.known(code)
    if in_force is not None and in_force.version == number:
        return in_force
    if (code, number) not in _versions:
        found = await queries.matter_version(code, number)
        if found is None:
            raise Refusal("matter.unknown_version", code=code[:50], version=number)
        if len(_versions) > 2000:
            _versions.clear()
        _versions[code, number] = found
    return _versions[code, number]


async def refresh() -> Catalogue:
    """Load the newest release unless this worker has it already."""
    global _current  # noqa: PLW0603 - a worker has one catalogue
    if await queries.newest_release() != (_current.release, _current.digest):
        stock = await queries.stock()
        fresh = await asyncio.to_thread(build, stock)
        made = await bundles.composed(fresh.bundles, fresh.matters)
        _current = msgspec.structs.replace(fresh, composed=MappingProxyType(made))
        _versions.clear()
    return _current


async def _keep_fresh() -> None:
    while True:
        await asyncio.sleep(LOOK_EVERY)
        try:
            await refresh()
        # The old catalogue goes on serving while the database is away.
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            log.warning("catalogue.refresh_failed", error=type(error).__name__)


@asynccontextmanager
async def watch(_app: object = None) -> AsyncIterator[None]:
    """Litestar lifespan: load the catalogue, then follow new releases until the worker stops."""
    await refresh()
    async with running(_keep_fresh()):
        yield
