"""What every journey starts from: an open hall, people who talk to it, devices to hold."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Error, async_playwright

from tests.journeys import browser
from tests.journeys.browser import PHONE, TABLET, NoBrowser, Visitor
from tests.journeys.profiles import Engine, Pocket
from tests.journeys.proxy import Line, line_to
from tests.journeys.server import Hall, open_hall
from tests.journeys.talking import People
from tests.journeys.turning import Days, days_in


@pytest.fixture(scope="session")
def hall_(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Hall]:
    """The hall of this test process, open."""
    own = tmp_path_factory.getbasetemp()
    shared: Path = own if worker_id == "master" else own.parent
    with open_hall(shared, worker_id) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="session")
async def days(
    chromium_: Browser, tmp_path_factory: pytest.TempPathFactory, worker_id: str, request: pytest.FixtureRequest
) -> AsyncIterator[Days]:
    """A hall of its own for a story that takes weeks; it opens on the 14th of September 2026."""
    if "HALL_URL" in os.environ:
        pytest.skip("nobody turns the days of a hall that others use")
    own = tmp_path_factory.getbasetemp()
    shared: Path = own if worker_id == "master" else own.parent
    with open_hall(shared, f"{worker_id}_days", "2026-09-14") as opened:
        async with _devices(chromium_, opened.base_url, request) as arrive, days_in(opened, arrive, enter) as held:
            await held.turn_to("2026-09-14")
            yield held


@pytest.fixture
def mortal(hall_: Hall) -> Iterator[Hall]:
    """The hall, for a story that kills it: whatever comes of the story, it stands again afterwards."""
    yield hall_
    if not hall_.is_open:
        hall_.start()


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
        _without(error)


def _without(error: NoBrowser) -> NoReturn:
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
    async with _devices(chromium_, hall_.base_url, request) as arrive:
        yield arrive


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def light_() -> AsyncIterator[Browser]:
    """The same engine without a browser's own windows around it: a third less work a page. Else the machine's Chromium."""
    with suppress(NoBrowser):
        async with browser.chromium(path=Engine.SHELL.path) as running:
            yield running
        return
    try:
        async with browser.chromium() as running:
            yield running
    except NoBrowser as error:
        _without(error)


@pytest_asyncio.fixture(loop_scope="session")
async def screen(light_: Browser, hall_: Hall, request: pytest.FixtureRequest) -> AsyncIterator[Arrive]:
    """As `device`, for whoever only reads and types: sweeps of many pages."""
    async with _devices(light_, hall_.base_url, request) as arrive:
        yield arrive


@asynccontextmanager
async def _devices(running: Browser, base_url: str, request: pytest.FixtureRequest) -> AsyncIterator[Arrive]:
    opened: list[Visitor] = []

    async def arrive(kind: dict[str, Any], persona: str | None = None, **options: Any) -> Visitor:
        visitor = await browser.arrive(running, base_url, kind, **options)
        opened.append(visitor)
        if persona:
            await enter(visitor, persona)
        return visitor

    yield arrive
    for number, visitor in enumerate(opened, start=1):
        if request.node.stash.get(_FAILED, False):
            with suppress(Error):  # a page that is still on its way shows nothing
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


@pytest_asyncio.fixture(loop_scope="session")
async def line(hall_: Hall) -> AsyncIterator[Line]:
    """A line to the hall that can be cut and slowed."""
    async with line_to(hall_.base_url) as opened:
        yield opened


@pytest_asyncio.fixture(scope="session", loop_scope="session", params=list(Engine), ids=lambda each: each.name.lower())
async def either_(request: pytest.FixtureRequest) -> AsyncIterator[Browser]:
    """Each browser in turn: Chromium, and the one without Background Sync."""
    try:
        async with browser.chromium(path=request.param.path) as running:
            yield running
    except NoBrowser as error:
        _without(error)


@pytest_asyncio.fixture(loop_scope="session")
async def caller(either_: Browser, line: Line, request: pytest.FixtureRequest) -> AsyncIterator[Arrive]:
    """As `device`, at the end of the bad line, in each browser."""
    async with _devices(either_, line.base_url, request) as arrive:
        yield arrive


@pytest_asyncio.fixture(loop_scope="session", params=list(Engine), ids=lambda each: each.name.lower())
async def pocket(request: pytest.FixtureRequest, line: Line, tmp_path: Path) -> AsyncIterator[Pocket]:
    """A phone at the end of the bad line whose browser can be killed and opened again."""
    try:
        request.param.path  # noqa: B018 - says so when there is none
    except NoBrowser as error:
        _without(error)
    async with async_playwright() as playwright:
        held = Pocket(playwright, request.param, tmp_path / "profile", line.base_url)
        yield held
        await held.kill()
