"""The whole catalogue with no network at all: home, search, guides, in both languages and in large type."""

from __future__ import annotations

import pytest

from tests.benchmarks.web import offline
from tests.journeys.browser import PHONE, look
from tests.journeys.conftest import Arrive

MANNERS = {"zh": {}, "en": {"lang": "en"}, "elder": {"text": "elder"}}


@pytest.mark.parametrize("manner", MANNERS)
async def test_home_search_and_guides_without_network(device: Arrive, manner: str) -> None:
    visitor = await device(PHONE)
    cookies = [{"name": name, "value": value, "url": visitor.base_url} for name, value in MANNERS[manner].items()]
    await visitor.context.add_cookies(cookies)  # type: ignore[arg-type]
    await offline.prepare(visitor.page, visitor.base_url)
    await visitor.context.set_offline(True)
    for name, path in {
        "home": "/",
        "matters": "/matters",
        "found": "/matters?q=kaifandian",
        "guide": "/matters/scj-18",
    }.items():
        await visitor.page.goto(visitor.base_url + path)
        await visitor.page.wait_for_selector(f"offline-app[data-stands='{path.split('?')[0]}']")
        visitor.complaints.clear()  # Chromium notes each request that found no network
        await look(visitor, f"offline/{name}.{manner}")
    visitor.complaints.clear()


async def test_typing_finds_without_network(device: Arrive) -> None:
    visitor = await device(PHONE)
    await offline.prepare(visitor.page, visitor.base_url)
    await visitor.context.set_offline(True)
    await visitor.page.goto(f"{visitor.base_url}/matters")
    await visitor.page.get_by_role("searchbox").fill("开奶茶店")
    await visitor.page.get_by_role("link", name="食品经营许可新办").first.click()
    await visitor.page.wait_for_url("**/matters/scj-18")
    await visitor.page.get_by_role("heading", name="食品经营许可新办").wait_for()
    assert "有网时看过的页面" not in await visitor.text()
