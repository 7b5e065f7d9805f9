"""Touches: a code over the whole screen, the page read aloud, what a thumb feels, everything by keyboard alone."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.benchmarks.web import offline
from tests.journeys.browser import PHONE, Visitor, keep, look
from tests.journeys.conftest import Arrive
from tests.journeys.talking import People

# A screen that can be kept awake, and a phone that ticks: what they were asked for is noted.
_DEVICE = """
  window.awake = 0; window.ticks = [];
  Object.defineProperty(navigator, "wakeLock", {value: {request: async () => { awake += 1; return {release: () => (awake -= 1)}; }}});
  Object.defineProperty(navigator, "vibrate", {value: (pattern) => { ticks.push(pattern); return true; }});
"""
# A voice that says each piece at once and notes it, until it is told to hold on.
_VOICE = """
  window.heard = []; window.held = null;
  class Voice extends EventTarget {
    paused = false;
    getVoices() { return [{lang: "zh_CN", name: "x", localService: true}, {lang: "en-US", name: "y", localService: true}]; }
    speak(said) { heard.push([said.lang, said.text]); if (heard.length === window.stopAt) held = said; else setTimeout(() => said.onend?.()); }
    pause() { this.paused = true; } resume() { this.paused = false; held?.onend?.(); held = null; } cancel() { this.paused = false; }
  }
  Object.defineProperty(window, "speechSynthesis", {value: new Voice()});
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


async def _case(people: People) -> str:
    return str((await (await people("wangmin")).get("/cases"))["items"][0]["case_no"])


async def test_a_code_fills_the_screen_and_keeps_it_awake(device: Arrive, people: People) -> None:
    phone = await device(PHONE, color_scheme="dark")
    await phone.context.add_init_script(_DEVICE)
    await _enter(phone)
    await phone.open(f"/cases/{await _case(people)}")
    page = phone.page
    opener = page.get_by_role("button", name="放大给人扫")
    await opener.focus()
    await page.keyboard.press("Enter")
    shown = page.get_by_role("dialog")
    await expect(shown).to_be_visible()
    await page.wait_for_function("() => awake === 1")
    paint = "(e) => [getComputedStyle(e).backgroundColor, e.getBoundingClientRect().width, e.querySelector(':scope > svg').clientWidth]"
    background, wide, code = await shown.evaluate(paint)
    assert background == "rgb(255, 255, 255)"
    assert wide == 390
    assert code > 300
    await look(phone, "feel/01-code", full=False)
    await page.keyboard.press("Tab")  # nothing behind it can be reached
    assert await page.evaluate(
        "() => document.activeElement === document.body || Boolean(document.activeElement.closest('dialog'))"
    )
    await page.keyboard.press("Escape")
    await expect(shown).to_have_count(0)
    await expect(opener).to_be_focused()
    assert await page.evaluate("() => awake") == 0


@pytest.mark.parametrize("back", ["watched", "popped"])
async def test_the_back_button_closes_a_code(device: Arrive, people: People, back: str) -> None:
    phone = await device(PHONE, "wangmin")
    if back == "popped":
        await phone.context.add_init_script("delete window.CloseWatcher")
    await phone.open(f"/cases/{await _case(people)}")
    address = phone.page.url
    await phone.page.get_by_role("button", name="放大给人扫").click()
    shown = phone.page.get_by_role("dialog")
    await expect(shown).to_be_visible()
    if back == "popped":
        await phone.page.evaluate("() => history.back()")
    else:
        await phone.page.get_by_role("button", name="收起").click()
    await expect(shown).to_have_count(0)
    assert phone.page.url == address
    await expect(phone.page.locator("h1")).to_be_visible()


@pytest.mark.parametrize("manner", ["zh", "en", "elder"])
async def test_a_guide_is_read_aloud_in_order(device: Arrive, manner: str) -> None:
    phone = await device(PHONE)
    chosen = {"zh": {}, "en": {"lang": "en"}, "elder": {"text": "elder"}}[manner]
    await phone.context.add_cookies([{"name": n, "value": v, "url": phone.base_url} for n, v in chosen.items()])  # type: ignore[misc]
    await phone.context.add_init_script(_VOICE)
    await phone.context.add_init_script("window.stopAt = 4")
    await phone.open("/matters/scj-18")
    page, bar = phone.page, phone.page.locator("read-aloud")
    await expect(bar).to_be_visible()
    if manner == "elder":  # first of all that follows the heading
        assert await page.evaluate(
            "() => document.querySelector('read-aloud').getBoundingClientRect().top < innerHeight / 2"
        )
    await bar.get_by_role("button").first.click()
    await page.wait_for_function("() => heard.length === 4")
    await expect(page.locator(".is-read")).to_be_visible()
    await bar.locator("[data-do=pause]").click()
    await keep(phone, f"feel/02-read.{manner}", full=False)
    await bar.locator("[data-do=play]:visible").click()
    await expect(bar.locator("[data-when=still]")).to_be_visible(timeout=30_000)  # it came to the end
    heard = await page.evaluate("() => heard")
    title = await page.locator("h1").inner_text()
    assert heard[0] == ["en" if manner == "en" else "zh-CN", title]
    said = [text for _lang, text in heard]
    places = [said.index(text) for text in await page.locator("main h2:visible").all_inner_texts() if text in said]
    assert len(places) > 3
    assert places == sorted(places)
    assert not [text for text in said if len(text) > 320]
    if manner == "en":
        assert {lang for lang, _text in heard} == {"en", "zh-CN"}  # laws and conditions are Chinese


@pytest.mark.parametrize("manner", ["zh", "elder"])
async def test_a_guide_in_a_lift_and_a_certificate_are_read_aloud_too(
    device: Arrive, people: People, manner: str
) -> None:
    phone = await device(PHONE, "wangmin")
    await phone.context.add_init_script(_VOICE)
    text = {"name": "text", "value": "elder" if manner == "elder" else "normal", "url": phone.base_url}
    await phone.context.add_cookies([text])  # type: ignore[list-item]
    closed = next(case for case in (await (await people("wangmin")).get("/cases"))["items"] if case["step"] == "closed")
    await phone.open(f"/cases/{closed['case_no']}/certificate")
    await _read_out(phone, f"feel/03-certificate.{manner}")
    phone.is_unplugged = True
    await offline.prepare(phone.page, phone.base_url)
    await phone.context.set_offline(True)
    await phone.page.goto(f"{phone.base_url}/matters/scj-18")
    await phone.page.wait_for_selector("offline-app[data-stands='/matters/scj-18']")
    await _read_out(phone, f"feel/04-guide-in-a-lift.{manner}")


async def _read_out(phone: Visitor, name: str) -> None:
    """From its heading to its end."""
    page, bar = phone.page, phone.page.locator("read-aloud")
    await expect(bar).to_be_visible()
    await look(phone, name)
    await bar.get_by_role("button").first.click()
    await page.wait_for_function("() => heard.length > 5")
    await expect(bar.locator("[data-when=still]")).to_be_visible(timeout=30_000)
    heard = [text for _lang, text in await page.evaluate("() => heard")]
    assert heard[0] == await page.locator("h1").inner_text()


async def test_no_voice_no_button(device: Arrive) -> None:
    phone = await device(PHONE)
    await phone.context.add_init_script(_VOICE.replace("return [", "return []; [", 1))
    await phone.open("/matters/scj-18")
    await phone.quiet()
    await expect(phone.page.locator("read-aloud")).to_be_hidden()


async def test_a_thumb_feels_what_is_wrong_unless_it_wants_rest(device: Arrive) -> None:
    for motion, felt in (("no-preference", [[40, 80, 40]]), ("reduce", [])):
        phone = await device(PHONE, reduced_motion=motion)
        await phone.context.add_init_script(_DEVICE)
        await phone.open("/scan")
        await phone.page.locator("h1, main").first.click()
        await phone.page.evaluate(_FOREIGN)
        await expect(phone.page.locator("qr-scan [role=status]")).to_contain_text("不是大厅的码")
        assert await phone.page.evaluate("() => ticks") == felt


_FOREIGN = """() => customElements.whenDefined("qr-scan")
  .then(() => { document.querySelector("qr-scan").follow("https://example.com/t/01KAR5Z7W3C8Q2N9V4T6H0MXBE"); })"""


async def _enter(phone: Visitor) -> None:
    from tests.journeys.conftest import enter

    await enter(phone, "wangmin")
