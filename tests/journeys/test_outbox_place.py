"""The outbox as a place: what its owner sees there, may do there, and what becomes of it when she leaves the phone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.journeys.browser import NARROW, PHONE, Visitor, look
from tests.journeys.conftest import Arrive, enter
from tests.journeys.outbox import Counter, Patient, awake, becomes, blobs, engine, items, put, put_with_file, refusing
from tests.journeys.steps import pdf

# What a browser without a body can't show: the tap in the hand, the number on the app's icon.
_FELT = """
window.taps = 0; window.badge = null;
navigator.vibrate = () => { window.taps += 1; return true; };
navigator.setAppBadge = async (n) => { window.badge = n; };
navigator.clearAppBadge = async () => { window.badge = 0; };
"""


async def _phone(device: Arrive, kind: dict[str, Any] = PHONE, **options: Any) -> tuple[Visitor, Page, Counter]:
    visitor = await device(kind, "wangmin", service_workers="block", **options)
    visitor.complaints = Patient()
    counter = Counter()
    await counter.stand(visitor)
    return visitor, visitor.page, counter


async def _elsewhere(visitor: Visitor) -> Page:
    """Another page of the same phone."""
    page = await visitor.context.new_page()
    await page.goto(f"{visitor.base_url}/scan")
    await items(page)
    return page


async def test_each_item_says_how_it_stands_and_follows_what_happens(device: Arrive) -> None:
    visitor, page, counter = await _phone(device)
    await visitor.context.add_init_script(_FELT)
    other = await _elsewhere(visitor)
    await visitor.open("/outbox")
    await page.get_by_role("heading", name="都发出去了").wait_for()
    counter.said["2"] = refusing(422, "rating.closed", "评价期已经过了，谢谢您")
    counter.is_cut = True
    await put(other, "1")
    await put(other, "2")
    await page.get_by_role("heading", name="2 件等着发出去").wait_for()
    await expect(page.locator(".tab-n")).to_have_text("2")
    await expect(page.get_by_role("link", name="我的 2 件没发出去")).to_be_visible()
    await look(visitor, "outbox/two-wait")
    counter.is_cut = False
    await page.get_by_role("button", name="全部现在发").click()
    await page.get_by_role("heading", name="1 件要您看一下").wait_for()
    await expect(page.locator("[data-item]").first).to_contain_text("大厅没答应")
    await expect(page.locator("[data-item]").first).to_contain_text("评价期已经过了，谢谢您")
    await expect(page.locator("[data-item]").last).to_contain_text("收到了")
    await expect(page.locator(".tab-n")).to_have_text("1")
    await look(visitor, "outbox/one-refused")
    del counter.said["2"]
    await page.get_by_role("button", name="再发一次").click()
    await page.get_by_role("heading", name="都发出去了").wait_for()
    await expect(page.locator(".tab-n")).to_have_count(0)
    assert len(counter.done) == 2
    await page.wait_for_function("() => window.taps === 2 && window.badge === 0")
    await put(other, "3", is_quiet=True)  # nobody waits for that, and nobody is told
    await becomes(page, [("done", None)] * 3)
    await expect(page.locator("[data-item]")).to_have_count(2)
    assert await page.evaluate("() => window.taps") == 2


async def test_cancelling_asks_once_and_takes_the_files_along(device: Arrive) -> None:
    visitor, page, counter = await _phone(device)
    await visitor.open("/outbox")
    await awake(page)
    await counter.cut(visitor)
    await put_with_file(page, "1", pdf())
    await becomes(page, [("waiting", "no_network")])
    row = page.locator("[data-item]").first
    await row.get_by_role("button", name="不发了").click()
    await expect(row).to_contain_text("1 个文件会从这台手机上删掉")
    await look(visitor, "outbox/asked")
    await row.get_by_role("button", name="留着").click()
    await expect(row).not_to_contain_text("删掉")
    assert await blobs(page) == 1
    await row.get_by_role("button", name="不发了").click()
    await row.get_by_role("button", name="删掉，不发了").click()
    await page.get_by_role("heading", name="都发出去了").wait_for()
    assert await items(page) == []
    assert await blobs(page) == 0
    await counter.cut(visitor, is_cut=False)
    assert counter.arrived == []


@pytest.mark.parametrize("large", [False, True], ids=["english", "english-elder"])
async def test_in_english_on_a_narrow_phone(device: Arrive, *, large: bool) -> None:
    visitor, page, counter = await _phone(device, NARROW, locale="en-GB", color_scheme="dark")
    chosen = [("lang", "en"), *([("text", "elder")] if large else [])]
    await visitor.context.add_cookies(
        [{"name": name, "value": value, "url": visitor.base_url} for name, value in chosen]
    )
    counter.said["1"] = refusing(422, "rating.closed", "Rating is over for this case")
    counter.said["2"] = refusing(401, "session.expired", "You were signed out")
    await visitor.open("/outbox")
    await put(page, "1", edit="/cases/1/rating")
    await becomes(page, [("stuck", "refused")])
    await put(page, "2")
    await becomes(page, [("stuck", "refused"), ("waiting", "signed_out")])
    await expect(page.get_by_role("link", name="Sign in")).to_have_attribute("href", "/sign-in?next=/outbox")
    await look(visitor, f"outbox/english{'-elder' if large else ''}")
    await visitor.open("/me")
    await expect(page.locator("[data-bar=outbox]")).to_contain_text("not sent")
    await look(visitor, f"outbox/english-strip{'-elder' if large else ''}")


async def test_leaving_says_what_is_unsent_and_keeps_or_erases_it(device: Arrive) -> None:
    visitor, page, counter = await _phone(device)
    await visitor.open("/scan")
    await items(page)
    counter.is_cut = True
    await put_with_file(page, "1", pdf())
    await becomes(page, [("waiting", "server")])
    await visitor.open("/sign-out")
    await expect(page.locator("[data-part=count]")).to_have_text("还有 1 项没发出去")
    await visitor.go("留在这台手机上，先退出", kind="button")
    await enter(visitor, "lijianguo")
    await visitor.open("/outbox")
    await page.get_by_role("heading", name="都发出去了").wait_for()
    counter.is_cut = False
    await enter(visitor, "wangmin")
    await visitor.open("/outbox")
    await becomes(page, [("done", None)])
    assert len(counter.done) == 1

    counter.is_cut = True
    await put_with_file(page, "2", pdf())
    await visitor.open("/sign-out")
    await visitor.go("不要了，删掉并退出", kind="button")
    await enter(visitor, "wangmin")
    await visitor.open("/outbox")
    await page.get_by_role("heading", name="都发出去了").wait_for()
    assert await items(page) == []
    assert await blobs(page) == 0


async def test_a_full_phone_says_so_and_keeps_nothing_by_half(device: Arrive) -> None:
    visitor = await device(PHONE, service_workers="block")
    devtools = await visitor.context.new_cdp_session(visitor.page)
    room = {"origin": visitor.base_url, "quotaSize": 12_000_000}
    await devtools.send(
        "Storage.overrideQuotaForOrigin", room
    )  # before its first page: the browser remembers how much there is
    await enter(visitor, "wangmin")
    attempt = """async (outbox) => {
      const blob = new Blob([new Uint8Array(16_000_000)]);
      const record = {id: crypto.randomUUID(), name: "a.pdf", type: "application/pdf", blob, size: blob.size, key: "deed:x/0", url: null, upload: null};
      const item = {kind: "deed", lane: "1", title: {zh: "甲"}, act: {zh: "评价"}, files: [{blob: record.id, into: "items.0.uploads"}]};
      return outbox.put(item, {blobs: [record]}).then(() => "kept", (error) => error.constructor.name);
    }"""
    assert await engine(visitor.page, attempt) == "NoRoom"
    assert await items(visitor.page) == []
    assert await blobs(visitor.page) == 0
