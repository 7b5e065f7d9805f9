"""Doors of the app on a phone: its icon's shortcuts, photos from other apps, the home screen of an iPhone, phones that keep nothing."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from playwright.async_api import expect

from tests.journeys.browser import PHONE, Visitor, look, until
from tests.journeys.conftest import Arrive, enter
from tests.journeys.steps import photo_with_place
from tests.journeys.talking import People

_IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.1 Mobile/15E148 Safari/604.1"
)
_KEPT = """async () => ({workers: (await navigator.serviceWorker.getRegistrations()).length, caches: await caches.keys(),
  databases: (await indexedDB.databases()).map((each) => each.name).filter((name) => name !== "yimaban-device" && name !== "yimaban")})"""
# What the system's share sheet does: a form of its own, sent by navigation.
_SHARE = """(photo) => { const form = document.createElement("form");
  Object.assign(form, {method: "post", action: "/share", enctype: "multipart/form-data"});
  const input = Object.assign(document.createElement("input"), {type: "file", name: "photos"});
  const bytes = Uint8Array.from(atob(photo), (each) => each.charCodeAt(0));
  const files = new DataTransfer(); files.items.add(new File([bytes], "photo.jpg", {type: "image/jpeg"}));
  input.files = files.files; form.append(input); document.body.append(form); form.submit(); }"""


async def _manifest(phone: Visitor) -> dict[str, Any]:
    await phone.open("/")
    address = await phone.page.locator("link[rel=manifest]").get_attribute("href")
    return dict(await (await phone.page.request.get(phone.base_url + str(address))).json())


async def test_every_shortcut_leads_somewhere(device: Arrive) -> None:
    phone = await device(PHONE, "wangmin")
    shortcuts = (await _manifest(phone))["shortcuts"]
    assert len(shortcuts) >= 3
    for each in shortcuts:
        await phone.open(each["url"])
        assert phone.page.url == phone.base_url + each["url"]
        await phone.quiet()
        await expect(phone.page.locator("h1").first).not_to_be_empty()
        icon = await phone.page.request.get(
            phone.base_url + "/static/" + each["icons"][0]["src"].removeprefix("/static/")
        )
        assert icon.ok, each
    phone.complaints.clear()


async def test_a_photo_from_another_app_goes_into_a_draft(device: Arrive, people: People) -> None:
    wang = await people("wangmin")
    draft = (await wang.post("/drafts", {"matter": "gaj-06"}))["id"]
    phone = await device(PHONE, "wangmin")
    await phone.page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    await phone.page.wait_for_function("() => navigator.serviceWorker.controller")
    async with phone.page.expect_navigation(url="**/share?id=*"):
        await phone.page.evaluate(_SHARE, base64.b64encode(photo_with_place()).decode())
    await expect(phone.page.locator("main")).to_contain_text("1 个文件")
    await look(phone, "doors/share")
    await phone.open(f"/drafts/{draft}/topics/m-xp")
    await phone.page.get_by_role("button", name="放进分享来的照片（1）").click()
    await expect(phone.page.locator("upload-list .file").last).to_contain_text("收到了")
    await phone.open("/share")
    await expect(phone.page.locator("h1")).to_have_text("分享来的照片")  # none waits any more
    await expect(phone.page.locator("main")).to_contain_text("没有等着放的照片")
    await wang.send("DELETE", f"/drafts/{draft}", expect=204)
    phone.complaints.clear()


@pytest.mark.parametrize(("agent", "is_told"), [(_IPHONE, True), (_IPHONE + " MicroMessenger/8.0", False)])
async def test_an_iphone_is_told_how_to_put_it_on_the_home_screen(device: Arrive, agent: str, *, is_told: bool) -> None:
    phone = await device(PHONE, user_agent=agent)
    await phone.open("/")
    hint = phone.page.locator(".install")
    if not is_told:
        await phone.page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
        return await expect(hint).to_have_count(0)
    await expect(hint).to_contain_text("添加到主屏幕")
    await look(phone, "doors/iphone", full=False)
    await hint.get_by_role("button").click()
    await phone.open("/")
    await phone.page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    await expect(hint).to_have_count(0)
    return None


@pytest.mark.parametrize("kind", ["shared", "kiosk"])
async def test_a_device_of_many_keeps_nothing(device: Arrive, kind: str) -> None:
    phone = await device(PHONE)
    await phone.context.add_cookies([{"name": "device", "value": kind, "url": phone.base_url}])
    await enter(phone, "wangmin")
    for path in ("/", "/cases", "/matters", "/matters/scj-18", "/me", "/outbox", "/scan", "/sign-in"):
        answer = await phone.page.goto(phone.base_url + path)
        assert answer
        assert answer.headers["cache-control"] == "no-store", path
        await phone.quiet()

    async def nothing() -> bool:
        kept = await phone.page.evaluate(_KEPT)
        return not (kept["workers"] or kept["caches"] or kept["databases"])

    await until(nothing, seconds=45)
    phone.complaints.clear()
