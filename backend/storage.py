"""Documents by what they hold: an object's name is the SHA-256 of its bytes, so it can't be overwritten or mistaken.

One interface for a local folder and for S3-compatible stores (`YIMABAN_STORAGE_URL`), by obstore.
"""

from __future__ import annotations

import asyncio
import hashlib
import uuid
from collections.abc import AsyncIterable, AsyncIterator
from functools import cache
from typing import Any

import obstore
from msgspec import Struct
from obstore.store import LocalStore, from_url

from backend.settings import settings

_CHUNK = 1 << 20


class Stored(Struct, frozen=True):
    """An object that is safely there: its path, its SHA-256 (hex) and its size in bytes."""

    path: str
    sha256: str
    size: int


@cache
def store() -> Any:
    """The store the settings name; a folder under DATA_DIR by default."""
    if settings.storage_url:
        return from_url(settings.storage_url)
    return LocalStore(settings.data_dir / "objects", mkdir=True)


def path_of(sha256: str) -> str:
    """Where the object of this hash lies."""
    return f"sha256/{sha256[:2]}/{sha256[2:4]}/{sha256}"


async def put(stream: AsyncIterable[bytes] | bytes) -> Stored:
    """Store the bytes of `stream`, at constant memory, and return what can be written into a row.

    The object is written under a draft name first and moved when its hash is known: a broken stream leaves a draft
    (swept later), never half an object under a final name.
    """
    digest = hashlib.sha256()
    size = 0
    if isinstance(stream, bytes):
        digest.update(stream)
        stored = Stored(path_of(digest.hexdigest()), digest.hexdigest(), len(stream))
        await obstore.put_async(store(), stored.path, stream)
        return stored
    draft = f"draft/{uuid.uuid4().hex}"
    async with obstore.open_writer_async(store(), draft) as writer:
        async for chunk in stream:
            digest.update(chunk)
            size += len(chunk)
            await writer.write(chunk)
    stored = Stored(path_of(digest.hexdigest()), digest.hexdigest(), size)
    await obstore.rename_async(store(), draft, stored.path)
    return stored


async def get(path: str) -> bytes:
    """The whole object. Raises FileNotFoundError."""
    answer = await obstore.get_async(store(), path)
    return bytes(await answer.bytes_async())


async def stream(path: str) -> AsyncIterator[bytes]:
    """The object in pieces of about a megabyte. Raises FileNotFoundError."""
    answer = await obstore.get_async(store(), path)
    async for chunk in answer.stream(min_chunk_size=_CHUNK):
        yield bytes(chunk)


async def size(path: str) -> int:
    """Bytes of the object. Raises FileNotFoundError."""
    found = await obstore.head_async(store(), path)
    return int(found["size"])


async def delete(path: str) -> None:
    """Remove the object; one that is gone already is fine."""
    try:
        await obstore.delete_async(store(), path)
    except FileNotFoundError:
        return


async def check() -> None:
    """Write, read and delete a small object: what readiness asks. Raises whatever the store raises."""
    path = f"draft/check-{uuid.uuid4().hex}"
    await asyncio.wait_for(obstore.put_async(store(), path, b"ok"), 5)
    try:
        if await get(path) != b"ok":
            raise OSError("the object store returned something else than was written")
    finally:
        await delete(path)
