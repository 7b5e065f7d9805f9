"""The app on one phone: it opens cold, keeps two people apart, leaves no trace, updates under an open form."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest_asyncio
from playwright.async_api import async_playwright, expect

from tests.journeys.browser import PHONE, Visitor, keep, look, own_browser, until
from tests.journeys.conftest import enter
from tests.journeys.proxy import Line, line_to
from tests.journeys.server import Hall

_PATIENCE = 45  # seconds that a worker may take to stand, on a machine that does much else
_LOCALE = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai"}
_LEFT = """async () => ({
  caches: (await caches.keys()).filter((name) => !name.startsWith("assets-")),
  databases: (await indexedDB.databases()).map((each) => each.name).filter((name) => /-[0-9a-f]{16}$/.test(name)),
})"""
_COPIES = """async () => (await Promise.all((await caches.keys()).filter((name) => name.startsWith("person-"))
  .map(async (name) => (await (await caches.open(name)).keys()).map((each) => new URL(each.url).pathname)))).flat()"""
_UNSENT = """async () => { const person = document.querySelector("meta[name=person]").content;
  const database = await new Promise((done) => { const asked = indexedDB.open(`yimaban-${person}`);
    asked.onsuccess = () => done(asked.result); });
  const writing = database.transaction("outbox", "readwrite");
  writing.objectStore("outbox").put({id: "x", person, kind: "deed", state: "stuck", cause: "refused", title: {zh: "一张照片", en: "A photo"}}, "x");
  await new Promise((done) => (writing.oncomplete = done)); database.close(); }"""

patiently = partial(until, seconds=_PATIENCE)


@pytest_asyncio.fixture(loop_scope="session")
async def line(hall_: Hall) -> AsyncIterator[Line]:
    """A line of this story's own: also an origin of its own, so no worker of another story."""
    async with line_to(hall_.base_url) as whole:
        yield whole


@asynccontextmanager
async def opened(profile: Path, line: Line) -> AsyncIterator[Visitor]:
    """The browser on a phone whose storage is in `profile`: closed and opened again it is the same phone."""
    async with AsyncExitStack() as stack:
        playwright = await stack.enter_async_context(async_playwright())
        options: dict[str, Any] = {**PHONE, **_LOCALE}
        context = await playwright.chromium.launch_persistent_context(profile, **own_browser(), **options)
        stack.push_async_callback(context.close)
        context.set_default_timeout(1000 * _PATIENCE)
        visitor = Visitor(context, context.pages[0], line.base_url)
        visitor.is_unplugged = True
        yield visitor


async def controlled(phone: Visitor) -> None:
    """The worker stands, and the copies that are made first are there."""
    await phone.page.wait_for_function("() => navigator.serviceWorker.controller")
    await patiently(lambda: phone.page.evaluate(f"async () => (await ({_COPIES})()).includes('/cases')"))


async def test_the_app_opens_cold_with_the_hall_gone(tmp_path: Path, line: Line) -> None:
    async with opened(tmp_path, line) as phone:
        await enter(phone, "wangmin")
        await controlled(phone)
        await phone.open("/cases")
        case = await phone.page.locator('a[href^="/cases/"]').first.get_attribute("href")
        await patiently(lambda: phone.page.evaluate(f"async () => (await ({_COPIES})()).includes('{case}')"))
    line.cut()
    async with opened(tmp_path, line) as phone:
        await phone.open("/")
        await expect(phone.page.locator(".strip")).to_contain_text("大厅暂时连不上 ·")
        await phone.quiet()
        await look(phone, "offline/01-home-as-last-seen", full=False)
        await phone.open(str(case))
        await expect(phone.page.locator(".strip")).to_be_visible()
        for path in ("/outbox", "/nobody-was-here"):
            await phone.open(path)
            await expect(phone.page.locator("offline-app h1")).to_be_visible()
            await phone.quiet()
        await expect(phone.page.locator("h1")).to_have_text("这页还没存过")
        await look(phone, "offline/02-not-kept", full=False)
        line.mend()
        await phone.page.get_by_role("button", name="再试").click()
        await expect(phone.page.locator("h1")).to_have_text("这页没找到")
        await phone.open("/")
        await expect(phone.page.locator(".strip")).to_have_count(0)


async def test_the_second_person_on_a_phone_sees_nothing_of_the_first(tmp_path: Path, line: Line) -> None:
    async with opened(tmp_path, line) as phone:
        await enter(phone, "wangmin")
        await controlled(phone)
        first = await phone.page.locator("meta[name=person]").get_attribute("content")
        await phone.open("/cases")
        case = await phone.page.locator('a[href^="/cases/"]').first.get_attribute("href")
        await phone.context.clear_cookies()  # the session is over, nobody signed out
        await enter(phone, "lijianguo")
        await controlled(phone)
        second = await phone.page.locator("meta[name=person]").get_attribute("content")
        assert first != second
        answer = await phone.page.evaluate(
            """async (person) => { const answer = await fetch("/api/v1/session", {headers: {"x-yimaban-person": person}});
                 return [answer.status, (await answer.json()).code]; }""",
            first,
        )
        assert answer == [409, "session.other_person"]
        line.cut()
        await phone.open(str(case))
        await expect(phone.page.locator("h1")).to_have_text("这页还没存过")
        await phone.open("/cases")
        assert str(case) not in await phone.page.content()
        await phone.quiet()


async def test_signing_out_leaves_nothing_behind(tmp_path: Path, line: Line) -> None:
    async with opened(tmp_path, line) as phone:
        await enter(phone, "wangmin")
        await controlled(phone)
        assert (await phone.page.evaluate(_LEFT))["caches"]
        await phone.open("/me")
        await phone.go("退出登录", kind="button")
        await patiently(lambda: phone.page.evaluate(f"async () => !Object.values(await ({_LEFT})()).flat().length"))
        line.cut()
        await phone.open("/cases")
        await expect(phone.page.locator("offline-app h1")).to_be_visible()
        assert not (await phone.page.evaluate(_LEFT))["caches"]
        await phone.quiet()


async def test_signing_out_asks_while_something_is_not_sent(tmp_path: Path, line: Line) -> None:
    async with opened(tmp_path, line) as phone:
        await enter(phone, "wangmin")
        await controlled(phone)
        await phone.page.evaluate(_UNSENT)
        await phone.open("/me")
        await phone.go("退出登录", kind="button")
        await expect(phone.page.locator("[data-part=count]")).to_have_text("还有 1 项没发出去")
        await look(phone, "offline/03-unsent")
        await phone.go("留在这台手机上，先退出", kind="button")
        await patiently(lambda: phone.page.evaluate(f"async () => !(await ({_LEFT})()).caches.length"))
        assert len((await phone.page.evaluate(_LEFT))["databases"]) == 1
        await enter(phone, "wangmin")
        await phone.open("/sign-out")
        await phone.go("不要了，删掉并退出", kind="button")
        await patiently(lambda: phone.page.evaluate(f"async () => !(await ({_LEFT})()).databases.length"))


async def test_signing_out_without_network_clears_the_phone_at_once(tmp_path: Path, hall_: Hall, line: Line) -> None:
    async with opened(tmp_path, line) as phone:
        await enter(phone, "wangmin")
        await controlled(phone)
        first = await phone.page.locator("meta[name=person]").get_attribute("content")
        cookies = await phone.context.cookies()
        await phone.open("/me")
        line.cut()
        await phone.go("退出登录", kind="button")
        await expect(phone.page.locator("h1")).to_have_text("退出了")
        await expect(phone.page.locator("main [role=status]")).to_contain_text("还没结束")
        assert not [each for each in (await phone.page.evaluate(_LEFT)).values() if each]
        await look(phone, "offline/09-signed-out-without-network", full=False)
        await phone.open("/cases")  # still without network: nobody's page
        await expect(phone.page.locator("offline-app h1")).to_have_text("还没有办过的事")
        line.mend()
        await phone.open("/")
        await expect(phone.page.locator("meta[name=person]")).to_have_attribute("content", "")
        assert first
        assert first not in await phone.page.content()
        jar = {str(each.get("name")): str(each.get("value")) for each in cookies}
        async with httpx.AsyncClient(base_url=hall_.base_url, cookies=jar) as elsewhere:  # the cookie of before
            assert (await elsewhere.get("/api/v1/session")).status_code == 401


async def test_a_form_that_nobody_answers_is_kept(tmp_path: Path, line: Line) -> None:
    async with opened(tmp_path, line) as phone:
        await enter(phone, "wangmin")
        await controlled(phone)
        await phone.open("/me")
        line.cut()
        await phone.go("深色", kind="button")
        await expect(phone.page.locator("h1")).to_have_text("没发出去")
        await phone.quiet()
        await look(phone, "offline/04-not-sent", full=False)
        line.mend()
        await phone.go("再发一次", kind="button")
        await phone.open("/me")
        assert await phone.page.locator("html").get_attribute("data-theme") == "dark"


async def test_a_new_version_waits_for_the_reader_and_what_is_typed_stays(tmp_path: Path, line: Line) -> None:
    async with opened(tmp_path, line) as phone:
        await enter(phone, "wangmin")
        await controlled(phone)
        await phone.open("/me/address")
        field = phone.page.locator("main form textarea").first
        await field.fill("嘉兴市南湖区勤俭路 2 号")
        line.version = b"0123456789"
        await phone.page.evaluate("navigator.serviceWorker.getRegistration().then((each) => each.update())")
        offer = phone.page.locator("[data-bar=update]")
        await expect(offer).to_contain_text("有新版本")
        await keep(phone, "offline/05-new-version", full=False)
        await offer.get_by_role("button").click()
        await expect(offer).to_contain_text("填的还没发出")
        await expect(field).to_have_value("嘉兴市南湖区勤俭路 2 号")
        assert len(await _versions(phone)) == 2  # the open page may still want a module of its own time
        async with phone.page.expect_navigation():
            await phone.page.locator("main form button[type=submit]").first.click()
        await phone.open("/me")
        async with phone.page.expect_navigation():  # the one reload
            await offer.get_by_role("button").click()
        await phone.quiet()
        await expect(offer).to_have_count(0)
        await phone.open("/me")
        await patiently(lambda: phone.page.evaluate("async () => (await caches.keys()).includes('assets-0123456789')"))
        await patiently(lambda: _one_version(phone))


async def test_the_app_can_be_put_on_the_home_screen(tmp_path: Path, line: Line) -> None:
    async with opened(tmp_path, line) as phone:
        await phone.open("/")
        await phone.page.wait_for_function("() => navigator.serviceWorker.controller")
        browser = await phone.context.new_cdp_session(phone.page)
        assert (await browser.send("Page.getInstallabilityErrors"))["installabilityErrors"] == []
        manifest = await browser.send("Page.getAppManifest")
        assert manifest["errors"] == []
        await expect(phone.page.locator(".install")).to_be_visible()  # Chromium would ask by itself; we ask once
        await look(phone, "offline/06-install")
        await phone.page.locator(".install .tap").click()
        await phone.open("/")
        await expect(phone.page.locator(".install")).to_have_count(0)


async def test_a_shared_phone_keeps_nothing_at_all(tmp_path: Path, line: Line) -> None:
    async with opened(tmp_path, line) as phone:
        await enter(phone, "wangmin")
        await controlled(phone)
        await phone.context.clear_cookies()
        await phone.open("/sign-in")
        await phone.go("这是公用手机", kind="button")
        await look(phone, "offline/07-shared-phone")
        await enter(phone, "wangmin")
        await patiently(lambda: phone.page.evaluate(f"async () => !Object.values(await ({_LEFT})()).flat().length"))
        assert await phone.page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0
        answer = await phone.page.goto(line.base_url + "/cases")
        assert answer
        assert answer.headers["cache-control"] == "no-store"


async def test_a_photo_shared_into_the_app_waits_for_its_place(tmp_path: Path, line: Line) -> None:
    async with opened(tmp_path, line) as phone:
        await enter(phone, "wangmin")
        await controlled(phone)
        async with phone.page.expect_navigation(url="**/share?id=*"):
            await phone.page.evaluate(_SHARE)
        await expect(phone.page.locator("main")).to_contain_text("1 个文件")
        await look(phone, "offline/08-shared-photo")


# What the system's share sheet does: a form of its own, sent by navigation.
_SHARE = """() => { const form = document.createElement("form");
  Object.assign(form, {method: "post", action: "/share", enctype: "multipart/form-data"});
  const input = Object.assign(document.createElement("input"), {type: "file", name: "photos"});
  const files = new DataTransfer(); files.items.add(new File(["photo"], "photo.jpg", {type: "image/jpeg"}));
  input.files = files.files; form.append(input); document.body.append(form); form.submit(); }"""


async def _versions(phone: Visitor) -> list[str]:
    return [name for name in await phone.page.evaluate("caches.keys()") if name.startswith("assets-")]


async def _one_version(phone: Visitor) -> bool:
    await phone.open("/me")
    return len(await _versions(phone)) == 1
