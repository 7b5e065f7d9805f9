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
    """The stored drawings by key. Each is made in the background when it is first wanted; `give` waits for it."""

    def __init__(self) -> None:
        """Empty."""
        self._made: dict[str, asyncio.Task[Kept]] = {}
        # Drawing and inspection share two hands, so that the machine stays free for the story.
        self._hands = asyncio.Semaphore(2)

    def prepare(self, keys: Iterable[str]) -> None:
        """Begin to draw, inspect as any citizen's upload, and store what is not there yet."""
        for key in keys:
            if key not in self._made:
                self._made[key] = asyncio.create_task(_keep(key, self._hands))

    async def close(self) -> None:
        """Let what was begun come to an end."""
        await asyncio.gather(*self._made.values(), return_exceptions=True)

    async def give(
        self, owner: str, key: str, material: str, now: datetime, *, draft: str | None = None, position: int = 0
    ) -> str:
        """The drawing as a stored upload of `owner` ("citizen:7"); its id. `draft` puts it there, else it lies loose."""
        self.prepare([key])
        kept, upload = await self._made[key], uuid4()
        await db.execute(
            _STORED,
            upload,
            owner,
            UUID(draft) if draft else None,
            material[:40],
            position,
            seal_name(str(upload), kept.name),
            kept.media_type,
            kept.length,
            bytes.fromhex(kept.stored.sha256),
            kept.stored.path,
            kept.stored.size,
            kept.pages,
            now,
        )
        return str(upload)


async def _keep(key: str, hands: asyncio.Semaphore) -> Kept:
    drawing = DRAWINGS[key]
    async with hands:
        with TemporaryDirectory(prefix="yimaban-demo-") as folder:
            source, clean = Path(folder) / key, Path(folder) / f"{key}.clean"
            source.write_bytes(await asyncio.to_thread(drawing.make))
            found = await inspect(source, clean)
            stored = await storage.put(clean.read_bytes())
            return Kept(drawing.name, source.stat().st_size, found.media_type, found.pages, stored)
