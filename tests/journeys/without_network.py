"""Steps of filing without network: the phone is made ready, loses its network, and fills in what it draws itself."""

from __future__ import annotations

import base64
import re
from typing import Any

from playwright.async_api import expect

from tests.benchmarks.web import offline
from tests.journeys import browser
from tests.journeys.browser import Visitor, until

_PERSON = """() => new Promise((done) => {
  const asked = indexedDB.open("yimaban-device");
  asked.onsuccess = () => { const reading = asked.result.transaction("device").objectStore("device").get("person");
    reading.onsuccess = () => { asked.result.close(); done(reading.result ?? null); }; }; })"""
_HAS = """async ([person, table, key]) => {
  const opened = await new Promise((done) => (indexedDB.open(`yimaban-${person}`).onsuccess = (e) => done(e.target.result)));
  if (!opened.objectStoreNames.contains(table)) return opened.close(), null;
  const found = opened.transaction(table).objectStore(table);
  const reading = key ? found.get(key) : found.getAll();
  const value = await new Promise((done) => (reading.onsuccess = () => done(reading.result ?? null)));
  opened.close();
  return JSON.parse(JSON.stringify(value, (name, part) => (part instanceof Blob ? part.size : part)));
}"""


async def in_store(visitor: Visitor, table: str, key: str | None = None) -> Any:
    """What the phone keeps for whoever uses it: one value, or all of a table. Blobs are their sizes."""
    person = await visitor.page.evaluate(_PERSON)
    return person and await visitor.page.evaluate(_HAS, [person, table, key])


async def ready(visitor: Visitor) -> None:
    """The worker stands, the catalogue is here, and the phone knows whom its owner may file for."""
    await offline.prepare(visitor.page, visitor.base_url)
    await visitor.open("/cases")
    await until(lambda: in_store(visitor, "kept", "applicants"), seconds=30)


async def no_network(visitor: Visitor) -> None:
    """A lift: nothing comes in or goes out."""
    visitor.is_unplugged = True
    await visitor.context.set_offline(True)


async def network(visitor: Visitor) -> None:
    """Out of the lift."""
    await visitor.context.set_offline(False)


async def look(visitor: Visitor, name: str, *, full: bool = True) -> None:
    """A picture among those of filing, and a hard look."""
    await browser.look(visitor, f"filing/{name}", full=full)


async def stands(visitor: Visitor, path: str) -> None:
    """The page of this path is drawn by the phone."""
    await visitor.page.wait_for_selector(f"offline-app[data-stands='{path}']")
    await visitor.quiet()


async def go(visitor: Visitor, path: str) -> None:
    """Open an address that the phone draws."""
    await visitor.page.goto(visitor.base_url + path)
    await stands(visitor, path.split("?", maxsplit=1)[0])


async def killed(visitor: Visitor) -> None:
    """The page is gone at once, as when the phone needs its memory; a new one stands in its place."""
    old = visitor.page
    visitor.page = await visitor.context.new_page()
    await old.close(run_before_unload=False)


_SHARE = """([name, data]) => {
  const bytes = Uint8Array.from(atob(data), (each) => each.charCodeAt(0)), files = new DataTransfer();
  files.items.add(new File([bytes], name, { type: "image/jpeg" }));
  const form = Object.assign(document.createElement("form"), { method: "post", action: "/share", enctype: "multipart/form-data" });
  const input = Object.assign(document.createElement("input"), { type: "file", name: "photos" });
  input.files = files.files;
  form.append(input);
  document.body.append(form);
  form.submit();
}"""


async def share(visitor: Visitor, name: str, photo: bytes) -> None:
    """Another app hands a photo over."""
    await visitor.page.evaluate(_SHARE, [name, base64.b64encode(photo).decode()])
    await visitor.page.wait_for_url("**/share?id=*")
    await stands(visitor, "/share")


async def fill(visitor: Visitor, values: dict[str, Any]) -> None:
    """Answer whatever of `values` is asked on this page."""
    for name, value in values.items():
        field = visitor.page.locator(f'main [name="{name}"]:not([type=hidden])')
        if not await field.count():
            continue
        kind = await field.first.get_attribute("type")
        if kind in {"radio", "checkbox"}:
            for each in value if isinstance(value, list) else [value]:
                await visitor.page.locator(f'main [name="{name}"][value="{each}"]').check(force=True)
        elif await field.first.evaluate("e => e.tagName") == "SELECT":
            await field.first.select_option(value)
        else:
            await field.first.fill(value)


async def attach(visitor: Visitor, name: str, data: bytes, kind: str) -> None:
    """Choose a file; it stands in the list as kept on this phone."""
    row = visitor.page.locator("upload-list .file")
    before = await row.count()
    await visitor.page.locator("upload-list input[type=file]").last.set_input_files(
        {"name": name, "mimeType": kind, "buffer": data}
    )
    await expect(row).to_have_count(before + 1)
    await expect(row.last).to_contain_text(re.compile("先留在这台手机上|Kept on this phone"))


async def next_page(visitor: Visitor) -> None:
    """Press the act bar's button and wait for the page that it leads to."""
    before = visitor.page.url
    await visitor.page.locator(".act button.wide").click()
    await visitor.page.wait_for_function("before => location.href !== before", arg=before)
    await stands(visitor, await visitor.page.evaluate("location.pathname"))


async def whole_draft(
    visitor: Visitor, values: dict[str, Any], file: bytes, *, name: str = "照片.jpg", kind: str = "image/jpeg"
) -> None:
    """From the task list to the page that shows everything once more; the same file for every paper."""
    given = (name, file, kind)
    page = visitor.page
    for _ in range(20):
        going_on = page.locator(".act a.govuk-button")
        href = await going_on.get_attribute("href") or ""
        await going_on.click()
        await stands(visitor, href)
        if href.endswith("/check"):
            return
        await one_page(visitor, values, given)
        while "/topics/" in page.url:
            await one_page(visitor, values, given)
    raise AssertionError("the topics never end")


async def one_page(visitor: Visitor, values: dict[str, Any], given: tuple[str, bytes, str]) -> None:
    """Fill this page, once more if an answer opened a question, and go on."""
    page = visitor.page
    before = page.url
    await fill(visitor, values)
    if await page.locator("upload-list").count() and not await page.locator("upload-list .file").count():
        await attach(visitor, *given)
    await page.locator(".act button.wide").click()
    summary = page.locator(".govuk-error-summary")
    await page.wait_for_function(
        "before => location.href !== before || document.querySelector('.govuk-error-summary')", arg=before
    )
    if page.url == before:
        assert await fill_again(visitor, values), await summary.inner_text()
    await stands(visitor, await page.evaluate("location.pathname"))


async def fill_again(visitor: Visitor, values: dict[str, Any]) -> bool:
    """An answer has opened a further question: answer that too."""
    before = visitor.page.url
    await fill(visitor, values)
    await visitor.page.locator(".act button.wide").click()
    await visitor.quiet()

    async def elsewhere() -> bool:
        return bool(await visitor.page.evaluate("before => location.href !== before", before))

    try:
        return bool(await until(elsewhere, seconds=5))
    except TimeoutError:
        return False


async def submit(visitor: Visitor) -> None:
    """Declare, press submit twice as impatient people do, and see that it waits."""
    await visitor.page.locator("[name=declared]").check(force=True)
    await visitor.page.locator(".act button.wide").dblclick(no_wait_after=True)
    await visitor.page.wait_for_url(re.compile("/drafts/[^/]+/sent$"))
    await visitor.quiet()


_HASHES = """async (person) => {
  const opened = await new Promise((done) => (indexedDB.open(`yimaban-${person}`).onsuccess = (e) => done(e.target.result)));
  const reading = opened.transaction("blobs").objectStore("blobs").getAll();
  const kept = await new Promise((done) => (reading.onsuccess = () => done(reading.result)));
  opened.close();
  const hash = async ({ blob }) => [...new Uint8Array(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()))];
  return (await Promise.all(kept.map(hash))).map((bytes) => bytes.map((each) => each.toString(16).padStart(2, "0")).join("")).sort();
}"""


async def hashes(visitor: Visitor) -> list[str]:
    """SHA-256 of every file that waits on this phone, sorted."""
    person = await visitor.page.evaluate(_PERSON)
    return list(await visitor.page.evaluate(_HASHES, person))
