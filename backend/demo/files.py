"""The demo's files in the object store: drawn, inspected and stored once each, then given to as many cases as wanted."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID, uuid4

from msgspec import Struct

from backend import db, storage
from backend.demo.drawings import DRAWINGS
from backend.documents.inspecting import inspect
from backend.intake.sealing import seal_name

# The size of the file as it came over the line; what is kept was drawn anew by the inspection.
_STORED = (
    "INSERT INTO upload (id, owner, draft, material, position, name_sealed, declared_type, length, received, state, "
    "media_type, sha256, path, stored_length, pages, created_at, updated_at) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, 'stored', $7, $9, $10, $11, $12, $13, $13)"
)


class Kept(Struct, frozen=True):
    """A drawing in the store: what an `upload` row says of it."""

    name: str
    length: int
    media_type: str
    pages: int
    stored: storage.Stored


class Cabinet:
    """The stored drawings by key. `fill` first, then `give`."""

    def __init__(self) -> None:
        """Empty."""
        self._kept: dict[str, Kept] = {}

    async def fill(self, keys: Iterable[str]) -> None:
        """Draw, inspect as any citizen's upload, and store what is not there yet. Two at a time: inspection has two hands."""
        hands = asyncio.Semaphore(2)

        async def keep(key: str, folder: Path) -> None:
            async with hands:
                self._kept[key] = await _keep(key, folder)

        with TemporaryDirectory(prefix="yimaban-demo-") as folder:
            wanted = sorted(set(keys) - self._kept.keys())
            await asyncio.gather(*(keep(key, Path(folder)) for key in wanted))

    async def give(
        self, owner: str, key: str, material: str, now: datetime, *, draft: str | None = None, position: int = 0
    ) -> str:
        """The drawing as a stored upload of `owner` ("citizen:7"); its id. `draft` puts it there, else it lies loose."""
        if key not in self._kept:
            await self.fill([key])
        kept, upload = self._kept[key], uuid4()
        await db.execute(
            _STORED, upload, owner, UUID(draft) if draft else None, material[:40], position,
            seal_name(str(upload), kept.name), kept.media_type, kept.length, bytes.fromhex(kept.stored.sha256),
            kept.stored.path, kept.stored.size, kept.pages, now,
        )
        return str(upload)


async def _keep(key: str, folder: Path) -> Kept:
    drawing = DRAWINGS[key]
    body = await asyncio.to_thread(drawing.make)
    source, clean = folder / key, folder / f"{key}.clean"
    source.write_bytes(body)
    found = await inspect(source, clean)
    stored = await storage.put(clean.read_bytes())
    return Kept(drawing.name, len(body), found.media_type, found.pages, stored)
