"""Who is looking at which case right now, in this worker, and telling them that it moved.

One LISTEN connection a worker hears of every change; a watcher is a queue of one. Only "look again" goes to the
browser, never content: the page then asks for itself with its ETag and gets what its viewer may see.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from msgspec import Struct

from backend import db
from backend.cases.recording import CHANNEL
from backend.domain.refusal import Refusal

# granian refuses connections past its backlog without a word (STACK.md); refuse earlier and the page falls back to
# asking every few seconds.
MOST_WATCHERS = 600
HEARTBEAT = 25.0  # seconds; below the idle limit of common proxies

_watchers: dict[int, set[asyncio.Queue[int]]] = defaultdict(set)
_closing = asyncio.Event()


class Watch(Struct, frozen=True):
    """What an office's screen waits for: these acts, in these departments (None: in all)."""

    acts: frozenset[str]
    departments: frozenset[str] | None = None


_offices: dict[asyncio.Queue[str], Watch] = {}


def tell(payload: str) -> None:
    """A case changed; `payload` is "case id:seq:department:act" as `recording.announce` notifies it."""
    case_id, seq, department, act = payload.split(":", 3)
    for queue in _watchers.get(int(case_id), ()):
        _put(queue, int(seq))
    for queue, watch in _offices.items():
        if act in watch.acts and (watch.departments is None or department in watch.departments):
            _put(queue, act)


def _put(queue: asyncio.Queue[Any], news: Any) -> None:
    """The newest alone: who asks again sees all there is."""
    while not queue.empty():
        queue.get_nowait()
    queue.put_nowait(news)


def watching() -> int:
    """How many pages are open on a live case in this worker."""
    return sum(len(queues) for queues in _watchers.values()) + len(_offices)


async def changes(case_id: int, seq: int) -> AsyncIterator[int | None]:
    """The newest `seq` of the case each time it moves past `seq`; None as a heartbeat.

    Raises Refusal("live.full") when this worker has no room.
    """
    if watching() >= MOST_WATCHERS:
        raise Refusal("live.full")
    queue: asyncio.Queue[int] = asyncio.Queue()
    _watchers[case_id].add(queue)
    try:
        # What happened between the page's rendering and this subscription.
        now = await db.fetchval("SELECT seq FROM case_file WHERE id = $1", case_id)
        if now is not None and now > seq:
            yield now
        while not _closing.is_set():
            try:
                yield await asyncio.wait_for(queue.get(), HEARTBEAT)
            except TimeoutError:
                yield None
    finally:
        _watchers[case_id].discard(queue)
        if not _watchers[case_id]:
            del _watchers[case_id]


async def moves(cases: Sequence[int]) -> AsyncIterator[int | None]:
    """The `seq` of whichever of these cases moves, as it moves; None as a heartbeat. Raises Refusal("live.full")."""
    if watching() >= MOST_WATCHERS:
        raise Refusal("live.full")
    queue: asyncio.Queue[int] = asyncio.Queue()
    for case_id in cases:
        _watchers[case_id].add(queue)
    try:
        while not _closing.is_set():
            try:
                yield await asyncio.wait_for(queue.get(), HEARTBEAT)
            except TimeoutError:
                yield None
    finally:
        for case_id in cases:
            _watchers[case_id].discard(queue)
            if not _watchers[case_id]:
                del _watchers[case_id]


async def acts(watch: Watch) -> AsyncIterator[str | None]:
    """Each act that an office waits for, as it happens; None as a heartbeat. Raises Refusal("live.full")."""
    if watching() >= MOST_WATCHERS:
        raise Refusal("live.full")
    queue: asyncio.Queue[str] = asyncio.Queue()
    _offices[queue] = watch
    try:
        while not _closing.is_set():
            try:
                yield await asyncio.wait_for(queue.get(), HEARTBEAT)
            except TimeoutError:
                yield None
    finally:
        del _offices[queue]


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Listen for as long as the worker lives."""
    _closing.clear()
    async with db.listen(CHANNEL, tell):
        yield
    _closing.set()
