"""Without a finger and without a mouse: every control is reached, seen to be reached, and left again."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.journeys.browser import PHONE, Visitor
from tests.journeys.conftest import Arrive
from tests.journeys.talking import People

# Where the keyboard is: what it says, and whether somebody who looks can see it.
_HERE = """() => { const at = document.activeElement; if (!at || at === document.body) return null;
  at.dataset.reached = "";
  const ringed = [at, ...function* (e) { while ((e = e.parentElement)) yield e; }(at), at.nextElementSibling].filter(Boolean)
    .some((e) => { const s = getComputedStyle(e); return (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2) || (e === at && s.boxShadow !== "none"); });
  const label = at.getAttribute("aria-label") || (at.labels?.[0]?.textContent ?? "") || at.textContent;
  return {says: label.trim().replace(/\\s+/g, " "), name: at.name || "", ringed, html: at.outerHTML.slice(0, 120)}; }"""
_NOT_REACHED = """() => { const groups = new Set();
  return [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")].filter((e) => {
    if (e.tabIndex < 0 || e.disabled || e.type === "hidden" || !e.checkVisibility({visibilityProperty: true})) return false;
    if (e.type === "radio") { if (groups.has(e.name)) return false; groups.add(e.name);
      return ![...document.getElementsByName(e.name)].some((each) => "reached" in each.dataset); }
    return !("reached" in e.dataset); }).map((e) => e.outerHTML.slice(0, 140)); }"""
_STRUCTURE = """() => ({
  mains: document.querySelectorAll("main").length, h1: document.querySelectorAll("h1").length,
  levels: [...document.querySelectorAll("h1, h2, h3, h4, h5")].filter((e) => e.checkVisibility()).map((e) => Number(e.tagName[1])),
  unnamed: [...document.querySelectorAll("nav, section[aria-label], [role=region]")].filter((e) => e.tagName === "NAV" && !e.ariaLabel).length,
})"""


async def _walk(page: Page, most: int = 160) -> list[dict[str, Any]]:
    """Tab through the whole page, once round; every stop."""
    stops: list[dict[str, Any]] = []
    for _ in range(most):
        await page.keyboard.press("Tab")
        here = await page.evaluate(_HERE)
        if here is None and stops:
            return stops
        if here is not None:
            stops.append(here)
    raise AssertionError(f"the keyboard goes round in {page.url}: {[stop['says'][:20] for stop in stops[-6:]]}")


async def _to(page: Page, words: str, most: int = 90) -> None:
    """Tab until the control that says `words` has the keyboard, and is seen to have it."""
    for _ in range(most):
        await page.keyboard.press("Tab")
        here = await page.evaluate(_HERE)
        if here and words in (here["says"] or here["name"]):
            assert here["ringed"], here["html"]
            return
    raise AssertionError(f"“{words}” can't be reached on {page.url}")


async def _press(visitor: Visitor, key: str = "Enter") -> None:
    async with visitor.page.expect_navigation(wait_until="load"):
        await visitor.page.keyboard.press(key)
    await visitor.quiet()


async def test_from_home_to_a_draft_by_keyboard_alone(screen: Arrive) -> None:
    phone = await screen(PHONE, "wangmin")
    page = phone.page
    await phone.open("/")
    await page.keyboard.press("Tab")
    first = await page.evaluate(_HERE)
    assert first["says"] == "跳到正文"
    await page.keyboard.press("Enter")
    await expect(page.locator("main")).to_be_focused()
    await _to(page, "想办什么事")
    await page.keyboard.type("开饭店")
    await _press(phone)
    await expect(page.locator("#results")).to_contain_text("食品经营许可")
    await _to(page, "食品经营许可")
    await _press(phone)
    await expect(page.locator("h1")).to_contain_text("食品经营许可")
    await _to(page, "开始办")
    await _press(phone)
    await _to(page, "开始")
    await _press(phone)
    assert "/drafts/" in page.url
    await _to(page, "继续")
    await _press(phone)
    assert "/topics/" in page.url


@pytest.mark.parametrize("manner", ["zh", "elder"])
async def test_every_control_is_reached_and_left(screen: Arrive, people: People, manner: str) -> None:
    phone = await screen(PHONE, "wangmin")
    if manner == "elder":
        await phone.context.add_cookies([{"name": "text", "value": "elder", "url": phone.base_url}])
    wang = await people("wangmin")
    draft = (await wang.post("/drafts", {"matter": "scj-18"}))["id"]
    case_no = (await wang.get("/cases"))["items"][0]["case_no"]
    faults = []
    for path in (
        "/",
        "/matters/scj-18",
        f"/cases/{case_no}",
        f"/drafts/{draft}",
        f"/drafts/{draft}/topics/form-1",
        "/me",
        "/inbox",
        "/outbox",
    ):
        await phone.open(path)
        await phone.quiet()
        stops = await _walk(phone.page)
        faults += [f"{path}: no ring on {stop['html']}" for stop in stops if not stop["ringed"]]
        faults += [f"{path}: not reached {html}" for html in await phone.page.evaluate(_NOT_REACHED)]
        faults += [f"{path}: {fault}" for fault in _misshapen(await phone.page.evaluate(_STRUCTURE))]
    await wang.send("DELETE", f"/drafts/{draft}", expect=204)
    assert not faults, "\n".join(faults)


def _misshapen(found: dict[str, Any]) -> list[str]:
    """What a screen reader would stumble over: one main part, one first heading, no level left out."""
    faults = [f"{found[name]} × {name}" for name in ("mains", "h1") if found[name] != 1]
    if found["unnamed"]:
        faults.append("a nav without a name")
    levels = found["levels"]
    faults += [f"h{deeper} after h{level}" for level, deeper in itertools.pairwise(levels) if deeper > level + 1]
    return faults
