"""A hall whose days can be turned on: closed, and opened again some days later. What fell due meanwhile happens by itself."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from tests.journeys.browser import Visitor
from tests.journeys.server import Hall
from tests.journeys.talking import People


class Days:
    """The hall of one story and whatever day it is there."""

    people: People

    def __init__(
        self,
        hall: Hall,
        stack: AsyncExitStack,
        arrive: Callable[..., Awaitable[Visitor]],
        enter: Callable[[Visitor, str], Awaitable[None]],
    ) -> None:
        self.hall = hall
        self._stack = stack
        self._arrive = arrive
        self._enter = enter
        self._held: list[tuple[Visitor, str]] = []

    async def device(self, kind: dict[str, Any], persona: str) -> Visitor:
        """A new device in this person's hand."""
        visitor = await self._arrive(kind, persona)
        self._held.append((visitor, persona))
        return visitor

    async def turn_to(self, day: str) -> None:
        """It is `day` now. Sessions are over by then: everybody signs in again, on the device that he holds."""
        if self.hall.is_open:
            for visitor, _ in self._held:
                await visitor.page.goto("about:blank")  # nobody watches a page while the hall is closed
            self.hall.stop()
        self.hall.environment["YIMABAN_DEMO_DAY"] = day
        self.hall.start()
        self.people = await self._stack.enter_async_context(People(self.hall.base_url))
        for visitor, persona in self._held:
            await self._enter(visitor, persona)


@asynccontextmanager
async def days_in(
    hall: Hall, arrive: Callable[..., Awaitable[Visitor]], enter: Callable[[Visitor, str], Awaitable[None]]
) -> AsyncIterator[Days]:
    """For as long as the story lasts."""
    async with AsyncExitStack() as stack:
        yield Days(hall, stack, arrive, enter)
