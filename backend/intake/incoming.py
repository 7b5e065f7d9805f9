"""Bytes on their way in: one growing file an upload, written by one request at a time, at constant memory.

The length of the file is the truth about how far an upload has come: it survives a killed worker.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import AsyncIterable, AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from litestar.exceptions import HTTPException

from backend.domain.refusal import Refusal
from backend.settings import settings

try:
    import fcntl
except ImportError:  # Windows: one worker, where two requests for one upload are told apart by their offsets only
    fcntl = None  # type: ignore[assignment]

_BATCH = 1 << 20


def path_of(upload: str) -> Path:
    """Where the bytes of this upload grow."""
    return settings.data_dir / "incoming" / upload


def length_of(upload: str) -> int:
    """How many bytes are here; 0 before the first."""
    try:
        return path_of(upload).stat().st_size
    except FileNotFoundError:
        return 0


def forget(upload: str) -> None:
    """Delete the bytes; none is fine."""
    path_of(upload).unlink(missing_ok=True)


@contextmanager
def alone(upload: str) -> Iterator[BinaryIO]:
    """The file, open for appending, for this request only; the lock dies with the process that holds it.

    Raises Refusal("upload.busy") while another request writes it.
    """
    path = path_of(upload)
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b", buffering=0) as file:
        if fcntl is not None:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Refusal("upload.busy") from None
        file.seek(0, os.SEEK_END)
        yield file


async def append(file: BinaryIO, stream: AsyncIterable[bytes], room: int, checksum: tuple[str, bytes] | None) -> int:
    """Write what `stream` brings to the end of `file`, at most `room` bytes; returns how many came.

    A connection that breaks off is no error: what came is kept. With `checksum` (algorithm, digest) it is all or
    nothing. Raises Refusal("upload.too_long"), Refusal("upload.checksum").
    """
    start = file.tell()
    digest = hashlib.new(checksum[0]) if checksum else None
    written = 0
    is_whole = True
    try:
        async for batch in _batched(stream):
            _check_room(written + len(batch), room)
            if digest:
                digest.update(batch)
            await asyncio.to_thread(_write, file, batch)
            written += len(batch)
    except Refusal:
        file.truncate(start)
        raise
    except (HTTPException, ConnectionError):
        is_whole = False
    if digest and checksum and (not is_whole or digest.digest() != checksum[1]):
        file.truncate(start)
        if is_whole:
            raise Refusal("upload.checksum")
        return 0
    return written


def _check_room(length: int, room: int) -> None:
    if length > room:
        raise Refusal("upload.too_long")


def _write(file: BinaryIO, batch: bytes) -> None:
    """All of `batch`: one call to an unbuffered file may take less."""
    rest = memoryview(batch)
    while rest:
        rest = rest[file.write(rest) :]


async def _batched(stream: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
    """Pieces of about a megabyte, so that a slow phone doesn't cost a thread hop for every packet.

    What came before a connection broke off is handed on before the break is.
    """
    pieces: list[bytes] = []
    size = 0
    broken: BaseException | None = None
    chunks = stream.__aiter__()
    while True:
        try:
            chunk = await anext(chunks)
        except StopAsyncIteration:
            break
        except (HTTPException, ConnectionError) as error:
            broken = error
            break
        pieces.append(chunk)
        size += len(chunk)
        if size >= _BATCH:
            yield b"".join(pieces)
            pieces, size = [], 0
    if size:
        yield b"".join(pieces)
    if broken:
        raise broken


async def pieces_of(path: Path) -> AsyncIterator[bytes]:
    """A file in pieces of a megabyte, read off the event loop."""
    with path.open("rb") as file:
        while piece := await asyncio.to_thread(file.read, _BATCH):
            yield piece


def names() -> list[str]:
    """Every growing file there is."""
    folder = settings.data_dir / "incoming"
    return [entry.name for entry in os.scandir(folder)] if folder.is_dir() else []
