"""撤回来改: filed by mistake, taken back with one tap within ten minutes, changed and filed again."""

from __future__ import annotations

import re

from playwright.async_api import expect

from tests.journeys.browser import NARROW, PHONE, Visitor, look
from tests.journeys.conftest import Arrive
from tests.journeys.steps import case_number, sees, submit
from tests.journeys.talking import People, Person, photo

SCHOOL = "jwt-06"
FORM = {"mobile": "13805730001", "address": "中山东路 118 号", "delivery_mode": "窗口领取"}


async def _ready(citizen: Person) -> str:
    """A draft of hers that only needs to be filed."""
    draft = (await citizen.post("/drafts", {"matter": SCHOOL}))["id"]
    await citizen.send("PATCH", f"/drafts/{draft}", {"fields": FORM}, expect=200)
    for key in ("zxsqb", "zxlyzm"):
        await citizen.upload(photo(key), draft=draft, material=key)
    return draft


async def _takes_back(phone: Visitor, draft: str) -> None:
    left = phone.page.locator("countdown-timer")
    await expect(left).to_have_text(re.compile(r"还能撤回 [0-9] 分 [0-9]{1,2} 秒"))
    first = await left.inner_text()
    await expect(left).not_to_have_text(first)
    await phone.go("撤回来改", kind="button")
    assert f"/drafts/{draft}" in phone.page.url
    await sees(phone, "填的和传的都在")


async def test_filed_too_early_taken_back_changed_and_filed_again(device: Arrive, people: People) -> None:
    wang = await people("wangmin")
    draft = await _ready(wang)
    phone = await device(PHONE, "wangmin")
    await phone.open(f"/drafts/{draft}/check")
    first = await submit(phone)
    await look(phone, "undo/01-receipt")
    await _takes_back(phone, draft)
    await look(phone, "undo/02-draft-again")

    await phone.open(f"/drafts/{draft}/topics/applicant")
    await phone.page.locator("[name=address]").fill("勤俭路 218 号")
    await expect(phone.page.locator("auto-save output")).to_contain_text("已保存")
    await phone.open(f"/drafts/{draft}/check")
    second = await submit(phone)
    assert second != first
    assert (await wang.get(f"/cases/{first}"))["step"] == "closed"
    assert (await wang.get(f"/drafts/{draft}"))["values"]["address"] == "勤俭路 218 号"

    await phone.open(f"/cases/{second}")
    await look(phone, "undo/03-case")
    await _takes_back(phone, draft)
    await phone.open(f"/cases/{second}")
    await sees(phone, "申请人撤回去改")
    await look(phone, "undo/04-case-undone")


async def test_once_a_clerk_took_it_she_is_told_to_withdraw_instead(device: Arrive, people: People) -> None:
    wang, clerk = await people("wangmin"), await people("clerk")
    draft = await _ready(wang)
    phone = await device(NARROW, "wangmin")
    await phone.open(f"/drafts/{draft}/check")
    case_no = await submit(phone)
    await clerk.verb(case_no, "handling")
    await phone.go("撤回来改", kind="button")
    await sees(phone, "窗口已经开始看了")
    phone.complaints.clear()  # the refusal's status is noted by the browser
    await look(phone, "undo/05-too-late")
    await phone.go("去办件页", kind="link")
    assert await phone.page.get_by_role("button", name="撤回来改").count() == 0
    await phone.go("不办了，撤回申请", kind="link")
    assert phone.page.url.endswith(f"/cases/{case_no}/withdrawal")


async def test_in_english_the_receipt_counts_down_and_hides_the_offer_when_it_is_over(
    device: Arrive, people: People
) -> None:
    wang = await people("wangmin")
    draft = await _ready(wang)
    await wang.post("/cases", {"draft": draft}, idempotency_key=f"english-{draft}")
    phone = await device(PHONE, "wangmin")
    await phone.page.clock.install()
    await phone.context.add_cookies([{"name": "lang", "value": "en", "url": phone.base_url}])
    await phone.open(f"/drafts/{draft}/receipt")
    await expect(phone.page.locator("countdown-timer")).to_contain_text("left to undo")
    await look(phone, "undo/06-english")
    assert await case_number(phone)
    await phone.page.clock.fast_forward("10:00")
    await expect(phone.page.locator("#undo")).to_be_hidden()
