"""Coming in, staying in, being thrown out: codes, passkeys, sessions that end in the middle of a word."""

from __future__ import annotations

import re
from typing import Any

from playwright.async_api import expect

from tests.journeys.browser import PHONE, TABLET, Visitor, look
from tests.journeys.conftest import Arrive, enter
from tests.journeys.steps import saved, sees
from tests.journeys.talking import People, Person, answers


async def test_a_newcomer_signs_in_by_a_text_message(device: Arrive) -> None:
    """The first time: mobile, code (from the demo's outbox), no passkey yet, real name before the first filing."""
    phone = await device(PHONE)
    page = phone.page
    await phone.open("/sign-in/mobile")
    await page.locator("[name=mobile]").fill("1380573009")
    await page.locator("main form button[type=submit]").first.click()
    await sees(phone, "少了 1 位")
    await look(phone, "sign-in/01-one-digit-short")
    await page.locator("[name=mobile]").fill("13805730099")
    await page.locator("main form [type=checkbox]").check(force=True)
    async with page.expect_navigation():
        await page.locator("main form button[type=submit]").first.click()
    await look(phone, "sign-in/02-code")
    outbox = await device(PHONE)
    await outbox.open("/demo/outbox")
    code = re.search(r"\b(\d{6})\b", await outbox.text())
    assert code
    await look(outbox, "sign-in/03-outbox")
    await page.locator("[name=code]").fill(code[1])
    async with page.expect_navigation():
        await page.locator("main form button[type=submit]").first.click()
    await look(phone, "sign-in/04-passkey-offered")
    await phone.go("以后再说", kind="button")
    await phone.open("/matters/scj-18/start")
    assert "/me/identity" in page.url
    await look(phone, "sign-in/05-real-name")


async def test_wang_min_uses_her_finger_from_now_on(device: Arrive) -> None:
    """A passkey is registered, and signs her in on the next visit without any code."""
    phone = await device(PHONE, "xuting")
    await _authenticator(phone)
    await phone.open("/me/security")
    register = phone.page.locator("passkey-button[data-kind=register] button")
    if not await register.count():
        await phone.open("/step-up?next=/me/security")
        async with phone.page.expect_navigation():
            await phone.page.locator('form[action="/demo/step-up"] button').click()
    await register.click()
    await expect(phone.page.locator("form[action$='/removal']")).to_have_count(1)
    await look(phone, "passkey/01-registered")
    await phone.go("退出登录", kind="button")
    await phone.open("/sign-in?next=/me")
    await phone.page.locator("passkey-button[data-kind=sign-in] button").click()
    await phone.page.wait_for_url("**/me")
    await sees(phone, "许婷")
    await look(phone, "passkey/02-signed-in")


async def test_an_approver_signs_with_a_real_passkey(device: Arrive, people: People) -> None:
    """The step-up before a decision, by a key in the tablet; what was written is still there."""
    emma = await people("emma")
    matter = await emma.get("/matters/gaj-06")
    case_no = (await emma.file(matter, await answers(emma, matter)))["case_no"]
    await (await people.take_and_tick(case_no)).verb(case_no, "acceptance")

    tablet = await device(TABLET, "approver_second_b" if matter["department"] == "scj" else "approver_second")
    page = tablet.page
    await _authenticator(tablet)
    await tablet.open("/me/security")
    await page.locator("passkey-button[data-kind=register] button").click()
    await expect(page.locator("form[action$='/removal']")).to_have_count(1)
    await tablet.open(f"/approvals/{case_no}")
    await page.locator("[name=choice][value=grant]").check(force=True)
    await page.locator("textarea[name=opinion]").fill("同意")
    sign = page.locator("form[action$='/decision'] button.wide[type=submit]")
    async with page.expect_navigation():
        await sign.click()
    if "/step-up" in page.url:
        await look(tablet, "passkey/03-step-up")
        await page.locator("passkey-button button").click()
        await page.wait_for_url(f"**/approvals/{case_no}*")
        await expect(page.locator("textarea[name=opinion]")).to_have_value("同意")
        async with page.expect_navigation():
            await sign.click()
    assert (await emma.get(f"/cases/{case_no}"))["step"] == "issued"


async def test_a_session_that_ends_in_mid_form_loses_nothing(device: Arrive, people: People) -> None:
    phone = await device(PHONE, "linzhiyuan")
    page = phone.page
    draft = (await (await people("linzhiyuan")).post("/drafts", {"matter": "scj-18"}))["id"]
    topic = f"/drafts/{draft}/topics/form-1"
    await phone.open(topic)
    await page.locator("[name=premises]").fill("嘉兴市南湖区余北大街 88 号")
    await saved(phone)

    await _end_session(phone)
    await page.locator("[name=area]").fill("120")
    await page.locator("[name=area]").press("Tab")
    await sees(phone, "登录到期了")
    await look(phone, "expired/01-signed-out")
    await page.locator("[name=kitchen_area], [name=premises]").first.focus()
    async with page.expect_navigation():
        await page.get_by_role("button", name="下一步").click()
    assert "/sign-in" in page.url
    await look(phone, "expired/02-sign-in")
    back = re.search(r"next=([^&]+)", page.url)
    assert back
    assert draft in back[1]
    await enter(phone, "linzhiyuan")
    await phone.open(topic)
    await expect(page.locator("[name=area]")).to_have_value("120")
    await expect(page.locator("[name=premises]")).to_have_value("嘉兴市南湖区余北大街 88 号")
    await look(phone, "expired/03-all-there")


async def _end_session(phone: Visitor) -> None:
    """Signed out from elsewhere: this device's session dies, its cookie stays."""
    cookies = await phone.context.cookies()
    token = next(cookie["value"] for cookie in cookies if cookie["name"] == "yimaban")
    import httpx

    async with httpx.AsyncClient(base_url=phone.base_url, trust_env=False) as client:
        client.headers["authorization"] = f"Bearer {token}"
        await Person(client).send("DELETE", "/session", expect=204)


async def _authenticator(visitor: Visitor) -> Any:
    """A platform authenticator that always verifies its user (CDP WebAuthn)."""
    session = await visitor.context.new_cdp_session(visitor.page)
    await session.send("WebAuthn.enable")
    return await session.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
            "isUserVerified": True, "automaticPresenceSimulation": True,
        }},
    )  # fmt: skip
