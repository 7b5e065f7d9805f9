"""What can befall one request on its way, and how slow a line may be."""

from __future__ import annotations

import asyncio
import re

_PATIENCE = 30  # seconds until somebody who waits for a mishap gives up


class Mishap:
    """Something that will go wrong with requests of a kind, after the first `skips`; `path` is a pattern for the whole of it."""

    def __init__(
        self,
        method: str,
        path: str,
        times: int,
        *,
        skips: int = 0,
        loses_answer: bool = False,
        breaks_after: int | None = None,
        answers: int = 0,
        holds: bool = False,
    ) -> None:
        self._method, self._path, self._left = method, re.compile(path), times
        self._came, self._let_go, self._held = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._holds, self._skips = holds, skips
        self.loses_answer, self.breaks_after, self.answers = loses_answer, breaks_after, answers
        self.happened = 0

    def takes(self, method: str, path: str) -> bool:
        """Whether it befalls this request; then once less is left of it."""
        if not self._left or method != self._method or not self._path.fullmatch(path):
            return False
        if self._skips:
            self._skips -= 1
            return False
        self._left -= 1
        return True

    async def held(self) -> None:
        """Where requests are held: until they are let go."""
        if self._holds:
            self._held.set()
            await self._let_go.wait()

    def note(self) -> None:
        """It happened (once more)."""
        self.happened += 1
        self._came.set()

    def release(self) -> None:
        """Let go what is held, and whatever would have been."""
        self._let_go.set()

    def over(self) -> None:
        """Befall nothing any more."""
        self._left = 0
        self.release()

    async def came(self) -> None:
        """Wait until it happened. Raises TimeoutError."""
        await asyncio.wait_for(self._came.wait(), _PATIENCE)

    async def holding(self) -> None:
        """Wait until a request is held. Raises TimeoutError."""
        await asyncio.wait_for(self._held.wait(), _PATIENCE)


class Pace:
    """So many bytes a second, for everybody who takes them together; without a rate as fast as it goes."""

    def __init__(self, rate: float = 0) -> None:
        self._rate = rate
        self._free_at = 0.0
        self.piece = min(65_536, max(1_024, int(rate / 50))) if rate else 65_536

    async def take(self, size: int) -> None:
        """Wait until these bytes have their turn."""
        if not self._rate:
            return
        now = asyncio.get_running_loop().time()
        self._free_at = max(now, self._free_at) + size / self._rate
        await asyncio.sleep(self._free_at - now)
