"""A session that ends in the middle of a form: back to the very page, by passkey or by message, and for nobody else."""

from __future__ import annotations

import re

from playwright.async_api import expect

from tests.journeys.browser import PHONE
from tests.journeys.conftest import Arrive, enter
from tests.journeys.steps import sees
from tests.journeys.talking import People
from tests.journeys.test_sign_in import _authenticator, _end_session

FOOD = "scj-18"


async def test_a_session_over_in_mid_form_and_somebody_else_signs_in_between(device: Arrive, people: People) -> None:
    phone = await device(PHONE, "chenjiaming")
    draft = (await (await people("chenjiaming")).post("/drafts", {"matter": FOOD}))["id"]
    topic = f"/drafts/{draft}/topics/form-1"
    await phone.open(topic)
    await _end_session(phone)
    await phone.page.locator("[name=premises]").fill("嘉兴市南湖区余北大街 88 号")
    async with phone.page.expect_navigation():
        await phone.page.get_by_role("button", name="下一步").click()
    assert "/sign-in" in phone.page.url

    await enter(phone, "xuting")
    await phone.page.goto(phone.base_url + topic)
    assert "余北大街" not in await phone.page.content()
    await phone.page.goto(f"{phone.base_url}/drafts/{draft}")
    assert "余北大街" not in await phone.page.content()
    phone.complaints.clear()

    await enter(phone, "chenjiaming")
    await phone.open(f"/drafts/{draft}")
    await sees(phone, "您填的都还在")
    await expect(phone.page.locator("[name=premises]")).to_have_value("嘉兴市南湖区余北大街 88 号")
    assert topic in phone.page.url


async def test_a_passkey_leads_back_to_the_very_page(device: Arrive, people: People) -> None:
    phone = await device(PHONE, "shenmei")
    draft = (await (await people("shenmei")).post("/drafts", {"matter": FOOD}))["id"]
    await _authenticator(phone)
    await phone.open("/step-up?next=/me/security")
    async with phone.page.expect_navigation():
        await phone.page.locator('form[action="/demo/step-up"] button').click()
    await phone.quiet()
    await phone.page.locator("passkey-button[data-kind=register] button").click()
    await expect(phone.page.locator("form[action$='/removal']")).to_have_count(1)
    await phone.open(f"/drafts/{draft}/topics/form-1")
    await _end_session(phone)
    await phone.page.locator("[name=premises]").fill("嘉兴市南湖区余北大街 66 号")
    async with phone.page.expect_navigation():
        await phone.page.get_by_role("button", name="下一步").click()
    await phone.quiet()
    await phone.page.locator("passkey-button[data-kind=sign-in] button").click()
    await phone.page.wait_for_url(re.compile(f"/drafts/{draft}/topics/form-1"))
    await expect(phone.page.locator("[name=premises]")).to_have_value("嘉兴市南湖区余北大街 66 号")


async def test_a_text_message_leads_back_to_the_very_page(device: Arrive, people: People) -> None:
    phone, outbox = await device(PHONE, "linzhiyuan"), await device(PHONE)
    draft = (await (await people("linzhiyuan")).post("/drafts", {"matter": FOOD}))["id"]
    await phone.open(f"/drafts/{draft}/topics/form-1")
    await _end_session(phone)
    await phone.page.locator("[name=premises]").fill("嘉兴市南湖区余北大街 77 号")
    async with phone.page.expect_navigation():
        await phone.page.get_by_role("button", name="下一步").click()
    await phone.go("短信", kind="link")
    await phone.page.locator("[name=mobile]").fill("13805730007")
    await phone.page.locator("main form [type=checkbox]").check(force=True)
    async with phone.page.expect_navigation():
        await phone.page.locator("main form button[type=submit]").first.click()
    await outbox.open("/demo/outbox")
    code = re.search(r"\b(\d{6})\b", await outbox.text())
    assert code
    await phone.page.locator("[name=code]").fill(code[1])
    async with phone.page.expect_navigation():
        await phone.page.locator("main form button[type=submit]").first.click()
    if "/sign-in/passkey" in phone.page.url:
        await phone.go("以后再说", kind="button")
    assert f"/drafts/{draft}/topics/form-1" in phone.page.url
    await sees(phone, "您填的都还在")
    await expect(phone.page.locator("[name=premises]")).to_have_value("嘉兴市南湖区余北大街 77 号")
