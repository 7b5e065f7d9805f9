"""The line between a phone and the hall, as bad as lines get: cut, slow, losing answers, breaking off in mid-sentence.

A proxy on a port of its own that understands just enough HTTP/1.1 to tell requests apart: every connection carries one.
What is to go wrong is said beforehand (`lose_answers("POST", "/api/v1/cases")`) and waited for (`await mishap.came()`), so
that no journey depends on how fast the machine is.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

from msgspec import Struct

from tests.journeys.mishaps import Mishap, Pace

_VERSION = re.compile(rb'self\.carried = \{"version":"[0-9a-f]{10}"')
_HEAD = 65_536
_DROPPED = re.compile(rb"\r\n(connection|keep-alive|proxy-connection):[^\r]*", re.IGNORECASE)
_CONDITIONS = re.compile(rb"\r\n(accept-encoding|if-none-match|if-modified-since):[^\r]*", re.IGNORECASE)
_LENGTH = re.compile(rb"\r\ncontent-length: *([0-9]+)", re.IGNORECASE)


class Seen(Struct):
    """A request that came along: `sent` bytes of its body went through, `is_answered` once its answer had passed whole."""

    method: str
    path: str
    sent: int = 0
    is_answered: bool = False


class Line:
    """Where the phone finds the hall; the port stays the same whatever happens, and with it the origin."""

    def __init__(self, hall: str) -> None:
        parts = urlsplit(hall)
        self._hall = "127.0.0.1" if parts.hostname == "localhost" else parts.hostname or "127.0.0.1", parts.port or 80
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._mishaps: list[Mishap] = []
        self._up, self._down = Pace(), Pace()
        self._delay = 0.0
        self.is_cut = False
        self.port = 0
        self.version = b""  # ten hex digits that every worker from now on calls its version
        self.seen: list[Seen] = []

    @property
    def base_url(self) -> str:
        """The origin of this phone."""
        return f"http://localhost:{self.port}"

    async def open(self) -> None:
        """Begin to carry."""
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", self.port, limit=_HEAD)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Take the line down."""
        self.cut()
        for mishap in self._mishaps:
            mishap.release()
        if self._server:
            self._server.close()

    def cut(self) -> None:
        """Break every connection that stands and each one that is tried."""
        self.is_cut = True
        for writer in list(self._open):
            writer.transport.abort()

    def mend(self) -> None:
        """Carry everything again, at full speed; mishaps not yet come stay announced."""
        self.is_cut = False
        self._up, self._down, self._delay = Pace(), Pace(), 0.0

    def slow(self, *, up: float = 6_250, down: float = 31_250, delay: float = 0.3) -> None:
        """Bytes a second each way for all connections together, and seconds until a request gets through (2G)."""
        self._up, self._down, self._delay = Pace(up), Pace(down), delay

    def lose_answers(self, method: str, path: str, *, times: int = 1) -> Mishap:
        """The hall does what is asked, the phone never hears of it."""
        return self._expect(Mishap(method, path, times, loses_answer=True))

    def break_bodies(self, method: str, path: str, *, after: int, times: int = 1, skips: int = 0) -> Mishap:
        """Break off once `after` bytes of the body went through; the first `skips` requests pass."""
        return self._expect(Mishap(method, path, times, skips=skips, breaks_after=after))

    def answer(self, method: str, path: str, status: int, *, times: int = 1) -> Mishap:
        """Somebody between answers, the hall hears nothing."""
        return self._expect(Mishap(method, path, times, answers=status))

    def hold(self, method: str, path: str, *, times: int = 1) -> Mishap:
        """Keep the request here, its body too, until `release()`."""
        return self._expect(Mishap(method, path, times, holds=True))

    def count(self, method: str, path: str) -> int:
        """How often a path (a pattern for the whole of it) was asked for."""
        return len(self.asked(method, path))

    def asked(self, method: str, path: str) -> list[Seen]:
        """Every request of that kind, in order."""
        return [seen for seen in self.seen if seen.method == method and re.fullmatch(path, seen.path)]

    def _expect(self, mishap: Mishap) -> Mishap:
        self._mishaps.append(mishap)
        return mishap

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            if not self.is_cut:
                await self._one(reader, writer)
        except (ConnectionError, OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            writer.transport.abort()
        finally:
            self._open.discard(writer)
            if self.is_cut:
                writer.transport.abort()
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        method, target, _rest = head.split(b" ", 2)
        seen = Seen(method.decode(), target.decode().partition("?")[0])
        self.seen.append(seen)
        mishap = next((each for each in self._mishaps if each.takes(seen.method, seen.path)), None)
        await asyncio.sleep(self._delay)
        if mishap:
            await mishap.held()
            if mishap.answers:
                await _answer(reader, writer, head, mishap)
                return
        up, down = await asyncio.open_connection(*self._hall)
        self._open.add(down)
        sending = asyncio.create_task(self._body(reader, down, writer, self._head(head, seen), seen, mishap))
        try:
            await self._answered(up, writer, seen, mishap)
        finally:
            sending.cancel()
            with suppress(asyncio.CancelledError, ConnectionError, OSError):
                await sending
            self._open.discard(down)
            down.close()

    def _head(self, head: bytes, seen: Seen) -> bytes:
        """One request a connection; the worker's own file whole and readable where it is to be renamed."""
        head = _DROPPED.sub(b"", head)
        if self.version and seen.path == "/sw.js":
            head = _CONDITIONS.sub(b"", head)
        return head[:-2] + b"connection: close\r\n\r\n"

    async def _body(
        self,
        reader: asyncio.StreamReader,
        down: asyncio.StreamWriter,
        phone: asyncio.StreamWriter,
        head: bytes,
        seen: Seen,
        mishap: Mishap | None,
    ) -> None:
        await self._up.take(len(head))
        down.write(head)
        found = _LENGTH.search(head)
        left = int(found[1]) if found else 0
        limit = mishap.breaks_after if mishap else None
        while left:
            most = min(left, self._up.piece, _HEAD if limit is None else limit - seen.sent)
            if not most:
                mishap.note()  # type: ignore[union-attr]  # only a mishap has a limit
                phone.transport.abort()
                down.transport.abort()
                return
            piece = await reader.read(most)
            if not piece:
                down.transport.abort()
                return
            await self._up.take(len(piece))
            down.write(piece)
            await down.drain()
            seen.sent += len(piece)
            left -= len(piece)
        if not await reader.read(1):  # the phone has hung up: so do we
            down.transport.abort()

    async def _answered(
        self, up: asyncio.StreamReader, writer: asyncio.StreamWriter, seen: Seen, mishap: Mishap | None
    ) -> None:
        is_lost = mishap is not None and mishap.loses_answer
        while piece := await up.read(self._down.piece):
            if is_lost:
                continue
            await self._down.take(len(piece))
            writer.write(self._renamed(piece))
            await writer.drain()
        if is_lost and mishap:
            writer.transport.abort()
            mishap.note()
            return
        seen.is_answered = True
        if mishap and mishap.breaks_after is None:
            mishap.note()

    def _renamed(self, piece: bytes) -> bytes:
        if not self.version:
            return piece
        return _VERSION.sub(b'self.carried = {"version":"' + self.version + b'"', piece)


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, head: bytes, mishap: Mishap) -> None:
    """What a proxy says that has no hall behind it, once the request was heard."""
    found = _LENGTH.search(head)
    await reader.readexactly(int(found[1]) if found else 0)
    writer.write(f"HTTP/1.1 {mishap.answers} Away\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".encode())
    await writer.drain()
    mishap.note()


@asynccontextmanager
async def line_to(hall: str) -> AsyncIterator[Line]:
    """A whole line to the hall at this address."""
    line = Line(hall)
    await line.open()
    try:
        yield line
    finally:
        await line.close()
