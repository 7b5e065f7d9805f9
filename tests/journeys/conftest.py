"""What every journey starts from: an open hall, people who talk to it, devices to hold."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.journeys import browser
from tests.journeys.browser import PHONE, TABLET, NoBrowser, Visitor
from tests.journeys.server import Hall, open_hall
from tests.journeys.talking import People


@pytest.fixture(scope="session")
def hall_(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Hall]:
    """The hall of this test process, open."""
    own = tmp_path_factory.getbasetemp()
    shared: Path = own if worker_id == "master" else own.parent
    with open_hall(shared, worker_id) as opened:
        yield opened


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def people(hall_: Hall) -> AsyncIterator[People]:
    """Everybody of the demo, by key, each with an API session of their own."""
    async with People(hall_.base_url) as everybody:
        yield everybody


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium_() -> AsyncIterator[Browser]:
    """One Chromium for this test process. Without one the journeys are skipped, but never where CI=true."""
    try:
        async with browser.chromium() as running:
            yield running
    except NoBrowser as error:
        if browser.must_have_browser():
            pytest.fail(str(error))
        pytest.skip(str(error))


_FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember that a story failed, for its devices to tell."""
    report = yield
    if report.when == "call" and report.failed:
        item.stash[_FAILED] = True
    return report


Arrive = Callable[..., Awaitable[Visitor]]


@pytest_asyncio.fixture(loop_scope="session")
async def device(chromium_: Browser, hall_: Hall, request: pytest.FixtureRequest) -> AsyncIterator[Arrive]:
    """Call it for a new device: `await device(PHONE)`; `persona=` signs in from the demo page.

    When the story fails, what each device showed last is kept beside the other pictures.
    """
    opened: list[Visitor] = []

    async def arrive(kind: dict[str, Any], persona: str | None = None, **options: Any) -> Visitor:
        visitor = await browser.arrive(chromium_, hall_.base_url, kind, **options)
        opened.append(visitor)
        if persona:
            await enter(visitor, persona)
        return visitor

    yield arrive
    for number, visitor in enumerate(opened, start=1):
        if request.node.stash.get(_FAILED, False):
            await browser.keep(visitor, f"failed/{request.node.name}-{number}")
        await visitor.context.close()


async def enter(visitor: Visitor, persona: str) -> None:
    """One tap on the demo page."""
    await visitor.open("/demo")
    await visitor.page.locator(f'button[name=persona][value="{persona}"]').first.click()
    await visitor.page.wait_for_url(lambda url: not url.endswith("/demo"))
    await visitor.quiet()


@pytest_asyncio.fixture(loop_scope="session")
async def phone(device: Arrive) -> Visitor:
    """A phone (390×844, touch), nobody signed in."""
    return await device(PHONE)


@pytest_asyncio.fixture(loop_scope="session")
async def tablet(device: Arrive) -> Visitor:
    """A window's tablet (1024×768, touch), nobody signed in."""
    return await device(TABLET)
