"""A small HTTP/1.1 load generator: keep-alive connections, one request in flight on each, every answer checked.

It writes bytes made beforehand and reads just enough of an answer to know where it ends, so that it costs a fraction of
what it measures. An answer with another status, or without the marker where one is asked for, is a fault and stops the
run: errors must not count as speed.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from typing import NamedTuple, cast

_HEAD_END = b"\r\n\r\n"


class Faulty(Exception):
    """A server answered what it should not have."""


class Expected(NamedTuple):
    """What a right answer looks like; `marker` must occur in its head or body."""

    status: int
    marker: bytes = b""


class Slice(NamedTuple):
    """What came of one slice: answers, their rate a second, and how long each took in seconds, sorted."""

    count: int
    rate: float
    times: list[float]

    def percentile(self, share: float) -> float:
        """Seconds within which this share (0 to 1) of the answers came."""
        return self.times[min(int(len(self.times) * share), len(self.times) - 1)]


class _Connection(asyncio.Protocol):
    """Sends the next request as soon as the answer to the one before is whole."""

    def __init__(self, requests: Iterator[bytes], expected: Expected, until: float) -> None:
        self._requests = requests
        self._start = f"HTTP/1.1 {expected.status} ".encode()
        self._marker = expected.marker
        self._has_body = expected.status not in {204, 304}
        self._until = until
        self._received = b""
        self._sent_at = 0.0
        self._transport: asyncio.Transport | None = None
        self.times: list[float] = []
        self.over: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's own is no subclass
        self._next()

    def data_received(self, data: bytes) -> None:
        received = self._received = self._received + data if self._received else data
        end = received.find(_HEAD_END)
        if end < 0:
            return
        length = _content_length(received[:end]) if self._has_body else 0
        if len(received) < end + 4 + length:
            return
        if not received.startswith(self._start) or self._marker not in received:
            self._fail(Faulty(received[:600].decode("latin-1")))
            return
        now = time.perf_counter()
        self.times.append(now - self._sent_at)
        self._received = b""
        if now < self._until:
            self._next()
        else:
            self._close()

    def connection_lost(self, exc: Exception | None) -> None:
        self._fail(exc or Faulty("the server closed the connection"))

    def _next(self) -> None:
        self._sent_at = time.perf_counter()
        assert self._transport is not None
        self._transport.write(next(self._requests))

    def _close(self) -> None:
        if not self.over.done():
            self.over.set_result(None)
        assert self._transport is not None
        self._transport.close()

    def _fail(self, why: Exception) -> None:
        if not self.over.done():
            self.over.set_exception(why)
        if self._transport is not None:
            self._transport.abort()


def _content_length(head: bytes) -> int:
    for line in head.split(b"\r\n")[1:]:
        if line[:15].lower() == b"content-length:":
            return int(line[15:])
    raise Faulty("an answer without Content-Length: " + head[:300].decode("latin-1"))


async def drive(port: int, requests: Iterator[bytes], expected: Expected, *, seconds: float, clients: int) -> Slice:
    """Load 127.0.0.1:`port` with `clients` connections for `seconds`. Raises Faulty at the first wrong answer."""
    loop = asyncio.get_running_loop()
    began = time.perf_counter()
    protocols = [
        (await loop.create_connection(lambda: _Connection(requests, expected, began + seconds), "127.0.0.1", port))[1]
        for _ in range(clients)
    ]
    await asyncio.wait_for(asyncio.gather(*(each.over for each in protocols)), seconds + 10)
    took = time.perf_counter() - began
    times = sorted(moment for each in protocols for moment in each.times)
    return Slice(len(times), len(times) / took, times)


def request(method: str, path: str, body: bytes = b"", **headers: str) -> bytes:
    """The bytes of one request; underscores in header names become dashes."""
    fields = {"host": "localhost", **{name.replace("_", "-"): value for name, value in headers.items()}}
    if body:
        fields["content-length"] = str(len(body))
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items())]
    return "\r\n".join(lines).encode() + _HEAD_END + body
