"""The line between a phone and the hall: it can be cut, mended, and carry another version of the worker."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

_VERSION = re.compile(rb'self\.carried = \{"version":"[0-9a-f]{10}"')


class Line:
    """A TCP proxy on a port of its own; to a browser a cut line looks like a server that was killed."""

    def __init__(self, hall: str) -> None:
        parts = urlsplit(hall)
        self._hall = parts.hostname or "localhost", parts.port or 80
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self.port = 0
        self.version = b""  # ten hex digits that every worker from now on calls its version

    @property
    def base_url(self) -> str:
        """Where the phone finds the hall."""
        return f"http://localhost:{self.port}"

    async def mend(self) -> None:
        """Carry everything (again), always on the same port."""
        self._server = await asyncio.start_server(self._carry, "localhost", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        """Refuse connections and drop those that stand."""
        if self._server is None:
            return
        self._server.close()
        for writer in list(self._open):
            writer.transport.abort()
        self._server = None

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        up, down = await asyncio.open_connection(*self._hall)
        self._open |= {writer, down}
        try:
            await asyncio.gather(_pour(reader, down, lambda piece: piece), _pour(up, writer, self._renamed))
        finally:
            for each in (writer, down):
                each.close()
                self._open.discard(each)

    def _renamed(self, piece: bytes) -> bytes:
        if not self.version:
            return piece
        return _VERSION.sub(b'self.carried = {"version":"' + self.version + b'"', piece)


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, change: object) -> None:
    with suppress(ConnectionError, OSError):
        while piece := await reader.read(65536):
            writer.write(change(piece))  # type: ignore[operator]
            await writer.drain()
    with suppress(ConnectionError, OSError, RuntimeError):
        writer.write_eof()


@asynccontextmanager
async def line_to(hall: str) -> AsyncIterator[Line]:
    """A whole line to the hall at this address."""
    line = Line(hall)
    await line.mend()
    try:
        yield line
    finally:
        await line.cut()
