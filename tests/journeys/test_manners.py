"""However somebody likes to read: English, large type, the dark, a narrow phone, more contrast; and back again."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.journeys.browser import NARROW, PHONE, look
from tests.journeys.conftest import Arrive, enter
from tests.journeys.steps import attach, fill, photo_with_place, sees
from tests.journeys.talking import People, answers


async def test_emma_reads_everything_in_english(screen: Arrive, people: People) -> None:
    """From the switch on the first page to the receipt of her filing."""
    phone = await screen(PHONE)
    await phone.open("/")
    await phone.go("English", kind="button")
    await expect(phone.page.locator("html")).to_have_attribute("lang", "en")
    await phone.open("/matters?q=residence permit")
    await sees(phone, "Residence permit")
    await look(phone, "english/00-search")
    await enter(phone, "emma")
    await phone.open("/matters/gaj-06/start")
    async with phone.page.expect_navigation():
        await phone.page.locator(".act button[type=submit]").click()
    await look(phone, "english/01-tasks")
    draft = phone.page.url
    await phone.page.goto(f"{draft}/topics/m-xp")
    await attach(phone, "photo.jpg", photo_with_place(), "image/jpeg")
    await look(phone, "english/02-photo")
    await phone.page.goto(f"{draft}/topics/form-1")
    await fill(phone, {"current_address": "2006 Linggongtang Road, Nanhu", "residence_since": "2024-03-01"})
    await look(phone, "english/03-form")
    await phone.page.goto(f"{draft}/check")
    await look(phone, "english/04-check")

    emma = await people("emma")
    matter = await emma.get("/matters/gaj-06")
    case_no = (await emma.file(matter, await answers(emma, matter)))["case_no"]
    await phone.open(f"/cases/{case_no}")
    await sees(phone, "ID card")
    await look(phone, "english/05-case")


async def test_large_type_is_one_tap_away(screen: Arrive) -> None:
    phone = await screen(PHONE)
    await phone.open("/")
    await phone.go("大字", kind="button")
    await expect(phone.page.locator("html")).to_have_attribute("data-text", "elder")
    size = await phone.page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    assert size >= 22
    await look(phone, "elder/home")
    await phone.open("/matters/scj-18")
    await look(phone, "elder/guide")


_HARD_TO_FIT = ["/", "/matters?q=开饭店", "/matters/scj-18", "/cases", "/cases/{case}", "/me", "/me/security", "/drafts/{draft}",
                "/drafts/{draft}/topics/form-1", "/drafts/{draft}/topics/m-spjyxksqs", "/drafts/{draft}/check", "/t/{code}"]  # fmt: skip


@pytest.mark.parametrize("manner", ["dark", "contrast", "narrow", "narrow-elder-en"])
async def test_the_same_pages_in_other_manners(screen: Arrive, people: People, manner: str) -> None:
    phone = await screen(
        NARROW if "narrow" in manner else PHONE, "wangmin", color_scheme="dark" if manner == "dark" else "light"
    )
    chosen = {"contrast": {"theme": "contrast"}, "narrow-elder-en": {"text": "elder", "lang": "en"}}.get(manner, {})
    await phone.context.add_cookies([{"name": n, "value": v, "url": phone.base_url} for n, v in chosen.items()])  # type: ignore[misc]
    wang = await people("wangmin")
    draft = (await wang.post("/drafts", {"matter": "scj-18"}))["id"]
    case_no = (await wang.get("/cases"))["items"][0]["case_no"]
    code = (await wang.get(f"/cases/{case_no}"))["tracking_code"]
    faults = []
    for path in _HARD_TO_FIT:
        await phone.open(path.format(draft=draft, case=case_no, code=code))
        name = path.strip("/").replace("/", "-").replace("?", "-").replace("{", "").replace("}", "") or "home"
        try:
            await look(phone, f"{manner}/{name}")
        except AssertionError as error:
            faults.append(str(error))
    await wang.send("DELETE", f"/drafts/{draft}", expect=204)
    assert not faults, "\n".join(faults)
