"""容缺 from the phone: signed, accepted, and what followed sent from a lift; late at the hall it would have ended."""

from __future__ import annotations

from playwright.async_api import expect

from tests.journeys.browser import PHONE, look
from tests.journeys.conftest import Arrive
from tests.journeys.outbox import Patient
from tests.journeys.steps import photo_with_place
from tests.journeys.talking import People

HARDSHIP = "突发困难情况证明"


async def test_a_paper_that_follows_is_sent_without_network_and_handed_in_once(device: Arrive, people: People) -> None:
    phone = await device(PHONE, "lijianguo")
    phone.complaints = Patient()
    page = phone.page
    await page.wait_for_function("() => navigator.serviceWorker.controller")
    li = await people("lijianguo")
    mine = (await li.get("/cases"))["items"]
    case_no = next(case["case_no"] for case in mine if case["matter"] == "mzj-16")
    await phone.open(f"/cases/{case_no}")
    await expect(page.locator("#supply")).to_contain_text(HARDSHIP)
    await page.locator("#supply").get_by_role("link", name="去补").click()
    await page.get_by_role("heading", name="还差 1 份").wait_for()
    await phone.context.set_offline(True)
    photo = {"name": "证明.jpg", "mimeType": "image/jpeg", "buffer": photo_with_place()}
    await page.locator("upload-list input[type=file]").last.set_input_files(photo)
    await expect(page.locator("upload-list .file")).to_contain_text("先留在这台手机上")
    await page.get_by_role("button", name="交给窗口").click()
    await page.get_by_role("heading", name="1 件等着发出去").wait_for()
    await expect(page.locator("[data-item]")).to_contain_text("补交容缺的材料")
    await look(phone, "outbox/supply")
    await phone.context.set_offline(False)
    await page.get_by_role("heading", name="都发出去了").wait_for()
    promise = await li.get(f"/cases/{case_no}/promise")
    assert promise["papers"] == []
    await phone.open(f"/cases/{case_no}")
    await expect(page.get_by_role("heading", name="走到哪了")).to_be_visible()
    await expect(page.locator(".tl")).to_contain_text("容缺的材料补来了")
    await expect(page.locator("#supply")).to_have_count(0)


async def test_the_promise_is_signed_by_ones_own_name(device: Arrive, people: People) -> None:
    phone = await device(PHONE, "chenjiaming")
    page = phone.page
    chen = await people("chenjiaming")
    mine = (await chen.get("/cases"))["items"]
    case_no = next(case["case_no"] for case in mine if case["matter"] == "gjj-04")
    await phone.open(f"/cases/{case_no}/promise")
    await page.locator("#signature").fill("王敏")
    await page.get_by_role("button", name="我清楚了，签").click()
    await expect(page.locator(".govuk-error-message")).to_contain_text("签名跟实名对不上")
    await look(phone, "promise/wrong-name")
    phone.complaints.clear()
    await page.locator("#signature").fill((await chen.get("/me"))["name"])
    await page.get_by_role("button", name="我清楚了，签").click()
    await expect(page.locator(".tl")).to_contain_text("签了承诺书")
    await expect(page.locator("#promise")).to_have_count(0)
