"""Forms without a mouse and without eyes: every control by Tab in the order of the page, faults led to and spoken."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import expect

from tests.journeys.browser import PHONE, TABLET, Visitor, look
from tests.journeys.conftest import Arrive
from tests.journeys.talking import People

# What has the focus: where it is, what it is called, what describes it, whether anything lies over it.
_STOP = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const shown = at.closest("label") ?? (at.matches("input[type=radio], input[type=checkbox]") ? at.labels[0] : null) ?? at;
  const box = shown.getBoundingClientRect();
  const over = document.elementFromPoint(box.left + Math.min(box.width / 2, 40), box.top + Math.min(box.height, innerHeight) / 2);
  const texts = (names) => (names ?? "").split(" ").filter(Boolean).map((id) => document.getElementById(id)?.innerText ?? `no #${id}`);
  return {
    id: at.id, name: at.name ?? "", tag: at.tagName, top: Math.round(box.top + scrollY), place: document.querySelector("main").contains(at) ? "main" : "bars",
    words: (at.labels?.[0] ?? at).innerText ?? "", described: texts(at.getAttribute("aria-describedby")), invalid: at.getAttribute("aria-invalid"),
    group: texts(at.closest("fieldset")?.getAttribute("aria-describedby")), hidden: !(shown.contains(over) || over?.contains(shown)),
  };
}"""
_CONTROLS = """() => [...document.querySelectorAll("main :is(a[href], button, input:not([type=hidden]), select, textarea)")]
  .filter((each) => each.tabIndex >= 0 && !each.disabled && (each.checkVisibility() || each.type === "radio") && each.closest("footer") === null).map((each) => each.name && each.type === "radio" ? each.name : each.id || each.innerText)"""


async def _stop(visitor: Visitor) -> dict[str, Any]:
    found = await visitor.page.evaluate(_STOP)
    assert found, "nothing has the focus"
    return found


async def _walk(visitor: Visitor) -> list[dict[str, Any]]:
    """Every stop of Tab from the top of the page."""
    stops: list[dict[str, Any]] = []
    await visitor.page.evaluate("() => { document.activeElement?.blur(); scrollTo(0, 0) }")
    for _ in range(150):
        await visitor.page.keyboard.press("Tab")
        found = await visitor.page.evaluate(_STOP)
        if found is None or (stops and found == stops[0]):
            break
        stops.append(found)
    return stops


async def _to(visitor: Visitor, id_: str) -> dict[str, Any]:
    """Press Tab until the control with that id has the focus."""
    for _ in range(150):
        await visitor.page.keyboard.press("Tab")
        found = await visitor.page.evaluate(_STOP)
        if found and found["id"] == id_:
            return found
    raise AssertionError(f"Tab never comes to {id_}")


async def _draft(people: People, matter: str) -> str:
    wang = await people("wangmin")
    return str((await wang.post("/drafts", {"matter": matter}))["id"])


@pytest.mark.parametrize("kind", ["phone", "elder"])
async def test_tab_comes_to_everything_in_the_order_of_the_page(screen: Arrive, people: People, kind: str) -> None:
    visitor = await screen(PHONE, "wangmin")
    if kind == "elder":
        await visitor.context.add_cookies([{"name": "text", "value": "elder", "url": visitor.base_url}])  # type: ignore[list-item]
    draft = await _draft(people, "scj-18")
    for slug in ("form-1", "form-2", "delivery", "m-spjyxksqs"):
        await visitor.open(f"/drafts/{draft}/topics/{slug}")
        await visitor.quiet()
        stops = await _walk(visitor)
        assert [stop for stop in stops if stop["hidden"]] == [], slug
        inside = [stop for stop in stops if stop["place"] == "main"]
        assert [stop["top"] for stop in inside] == sorted(stop["top"] for stop in inside), slug
        reached = {stop["name"] or stop["id"] for stop in inside} | {stop["id"] or stop["words"] for stop in inside}
        wanted = await visitor.page.evaluate(_CONTROLS)
        assert [each for each in wanted if each not in reached] == [], slug


async def test_faults_are_led_to_and_spoken(screen: Arrive, people: People) -> None:
    visitor = await screen(PHONE, "wangmin")
    draft = await _draft(people, "scj-18")
    for slug in ("form-1", "form-2", "delivery"):
        await visitor.open(f"/drafts/{draft}/topics/{slug}")
        await visitor.quiet()
        async with visitor.page.expect_navigation():
            await visitor.page.evaluate("document.querySelector('#topic').requestSubmit()")
        await visitor.quiet()
        await every_fault(visitor)
        await look(visitor, f"keyboard/{slug}")


async def every_fault(visitor: Visitor) -> None:
    """The summary has the focus; each of its lines leads into the field, which says what is wrong with it."""
    page = visitor.page
    await expect(page.locator(".govuk-error-summary")).to_be_focused()
    if not await page.locator("offline-app").count():
        assert (await page.title()).startswith(("填错", "Error"))
    lines = page.locator(".govuk-error-summary__list a")
    for number in range(await lines.count()):
        line = lines.nth(number)
        sentence = (await line.inner_text()).split("：")[-1]
        await line.focus()
        await page.keyboard.press("Enter")
        stop = await _stop(visitor)
        assert stop["tag"] in {"INPUT", "SELECT", "TEXTAREA", "FIELDSET"}, (sentence, stop)
        assert any(sentence in text for text in [*stop["described"], *stop["group"]]), (sentence, stop)
        assert not stop["hidden"], stop


async def test_a_single_fault_is_where_the_reader_is_put(screen: Arrive) -> None:
    visitor = await screen(PHONE, "wangmin")
    await visitor.open("/me/mobile")
    await visitor.page.locator("#mobile").fill("1381234")
    async with visitor.page.expect_navigation():
        await visitor.page.locator("#mobile").press("Enter")
    await visitor.quiet()
    await expect(visitor.page.locator("#mobile")).to_be_focused()
    stop = await _stop(visitor)
    assert stop["invalid"] == "true"
    assert any("少了 4 位" in text for text in stop["described"])


async def test_a_span_and_a_table_say_which_part_is_wrong(screen: Arrive, people: People) -> None:
    visitor = await screen(PHONE, "wangmin")
    draft = await _draft(people, "rsj-26")
    slug = await _page_with(visitor, draft, "period")
    await visitor.page.locator("[name='period.start']").fill("2026-03-02")
    await visitor.page.locator("[name='period.end']").fill("2026-03-01")
    async with visitor.page.expect_navigation():
        await visitor.page.locator("[name='period.end']").press("Enter")
    await visitor.quiet()
    await every_fault(visitor)
    end = visitor.page.locator("[name='period.end']")
    assert await end.get_attribute("aria-invalid") == "true", slug
    assert await visitor.page.locator("[name='period.start']").get_attribute("aria-invalid") is None


async def _page_with(visitor: Visitor, draft: str, path: str) -> str:
    """Open the page of a draft that asks this question."""
    for number in range(1, 6):
        await visitor.open(f"/drafts/{draft}/topics/form-{number}")
        if await visitor.page.locator(f"[id='{path}']").count():
            await visitor.quiet()
            return f"form-{number}"
    raise AssertionError(f"no page asks {path}")


async def test_another_row_and_another_choice_by_keyboard(screen: Arrive, people: People) -> None:
    visitor = await screen(PHONE, "wangmin")
    draft = await _draft(people, "scj-18")
    await _page_with(visitor, draft, "equipment")
    page = visitor.page
    await page.locator("[id='equipment.0.name']").focus()
    await page.keyboard.type("六眼灶")
    more = page.get_by_role("button", name="再加一行")
    for _ in range(10):
        await page.keyboard.press("Tab")
        if await more.evaluate("each => each === document.activeElement"):
            break
    async with page.expect_navigation():
        await page.keyboard.press("Enter")
    await visitor.quiet()
    await expect(page.locator("[id='equipment.1.name']")).to_be_focused()
    await expect(page.locator("[id='equipment.0.name']")).to_have_value("六眼灶")
    await page.keyboard.type("蒸箱")
    async with page.expect_navigation():
        await page.keyboard.press("Enter")
    await visitor.open(f"/drafts/{draft}/topics/form-1")
    await visitor.quiet()
    first = page.locator("[name=business_form]").first
    await first.focus()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    assert await page.locator("[name=business_form]:checked").count() == 1
    assert (await _stop(visitor))["name"] == "business_form"


async def test_a_paper_is_given_by_keyboard(screen: Arrive, people: People) -> None:
    visitor = await screen(TABLET, "wangmin")
    draft = await _draft(people, "scj-18")
    await visitor.open(f"/drafts/{draft}/topics/m-spjyxksqs")
    await visitor.quiet()
    picker = visitor.page.locator("upload-list input[type=file]").last
    for _ in range(40):
        await visitor.page.keyboard.press("Tab")
        if await picker.evaluate("each => each === document.activeElement"):
            break
    else:
        raise AssertionError("Tab never comes to the files")
    await picker.evaluate("""each => each.addEventListener("click", (event) => {
      event.preventDefault(); // the system's own window is not the page's
      each.dataset.opens = "yes";
    })""")
    await visitor.page.keyboard.press("Enter")
    await expect(picker).to_have_attribute("data-opens", "yes")
