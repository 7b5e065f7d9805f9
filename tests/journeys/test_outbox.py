"""What could not be sent stands in the outbox, and goes from there."""

from __future__ import annotations

from tests.journeys.browser import PHONE, look
from tests.journeys.conftest import Arrive
from tests.journeys.outbox import Patient


async def test_an_address_saved_without_network_waits_and_is_sent_again(device: Arrive) -> None:
    visitor = await device(PHONE, "wangmin")
    page = visitor.page
    visitor.complaints = Patient()
    await page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    await visitor.open("/outbox")
    await page.get_by_role("heading", name="都发出去了").wait_for()
    await look(visitor, "outbox/empty")
    await visitor.open("/me/address")
    await page.locator("input[type=text], textarea").first.fill("浙江省嘉兴市南湖区中山东路 2 号")
    await visitor.context.set_offline(True)
    await page.locator("main form button[type=submit]").first.click()
    await page.get_by_role("heading", name="没发出去").wait_for()
    await page.goto(f"{visitor.base_url}/outbox")
    await page.get_by_role("link", name="填好的一页").wait_for()
    await look(visitor, "outbox/waiting")
    await page.get_by_role("link", name="填好的一页").click()
    await visitor.context.set_offline(False)
    await page.get_by_role("button", name="再发一次").click()
    await page.wait_for_url(lambda url: url.endswith("/me"))
    await visitor.open("/outbox")
    await page.get_by_role("heading", name="都发出去了").wait_for()
