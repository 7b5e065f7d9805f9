"""Drafts follow the person: two devices on one draft, a window, a kiosk."""

from __future__ import annotations

from playwright.async_api import expect

from backend import csrf
from tests.journeys import without_network as lift
from tests.journeys.browser import KIOSK, PHONE, TABLET, Visitor, look, until
from tests.journeys.conftest import Arrive
from tests.journeys.steps import saved, sees
from tests.journeys.talking import People, Person, answers, photo

FOOD, SCHOOL = "scj-18", "jwt-06"


async def in_all_looks(visitor: Visitor, path: str, name: str) -> None:
    """In Chinese, in English, and in elder mode."""
    for look_name, cookies in (("zh", {}), ("en", {"lang": "en"}), ("elder", {"text": "elder"})):
        plain = {"lang": "zh", "text": "normal"}
        await visitor.context.add_cookies(
            [{"name": key, "value": value, "url": visitor.base_url} for key, value in (plain | cookies).items()]
        )
        await visitor.open(path)
        await look(visitor, f"{name}-{look_name}")
    await visitor.context.add_cookies(
        [{"name": key, "value": value, "url": visitor.base_url} for key, value in plain.items()]
    )


async def type_into(visitor: Visitor, name: str, words: str) -> None:
    await visitor.page.locator(f"[name='{name}']").fill(words)
    await visitor.page.locator(f"[name='{name}']").press("Tab")


async def fillable(person: Person, code: str = SCHOOL) -> str:
    """A draft with every answer and every paper, ready to be filed."""
    draft = await person.post("/drafts", {"matter": code})
    await answers(person, await person.get(f"/matters/{code}"), draft=draft)
    for material in (await person.get(f"/drafts/{draft['id']}"))["materials"]:
        if material["how"] is None and not material["is_optional"]:
            await person.upload(photo(material["key"]), draft=draft["id"], material=material["key"])
    checked = await person.post(f"/drafts/{draft['id']}/check", expect=200)
    assert checked["is_complete"], checked["errors"]
    return str(draft["id"])


async def test_two_devices_on_one_draft_and_the_person_chooses(device: Arrive, people: People) -> None:
    person = await people("shenmei")
    draft = (await person.post("/drafts", {"matter": FOOD}))["id"]
    topic = f"/drafts/{draft}/topics/form-1"
    phone, other = await device(PHONE, "shenmei"), await device(PHONE, "shenmei", user_agent=_IPHONE)
    for visitor in (phone, other):
        await visitor.open(topic)
    await type_into(phone, "area", "120")
    await saved(phone)
    await type_into(phone, "premises", "勤俭路 218 号")
    await expect(phone.page.locator("auto-save output")).to_contain_text("已保存")

    await type_into(other, "area", "80")
    await expect(other.page.locator("auto-save a[data-differs]")).to_be_visible()
    await look(other, "follow/rivals-1-told")
    async with other.page.expect_navigation():  # a page that is posted late overwrites nothing either
        await other.page.get_by_role("button", name="下一步").click()
    seen = await person.get(f"/drafts/{draft}")
    assert (seen["values"]["area"], seen["values"]["premises"], seen["rivals"]) == (
        "120",
        "勤俭路 218 号",
        {"area": "80"},
    )

    await phone.open(f"/drafts/{draft}")
    await sees(phone, "要您定一下")
    await in_all_looks(phone, f"/drafts/{draft}", "follow/rivals-2-list")
    await in_all_looks(phone, f"/drafts/{draft}/rivals", "follow/rivals-3-choose")
    await sees(phone, "这台")
    await phone.open(f"/drafts/{draft}/rivals")
    await phone.page.locator("input[type=radio]").nth(1).check(force=True)
    await phone.go("就用选好的", kind="button")
    assert phone.page.url.endswith(f"/drafts/{draft}")
    seen = await person.get(f"/drafts/{draft}")
    assert (seen["values"]["area"], seen["rivals"]) == ("80", {})


_IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 "
    "Mobile/15E148 Safari/604.1"
)


async def code_on(phone: Visitor, draft: str) -> str:
    """The six digits on the phone's screen."""
    await phone.open(f"/drafts/{draft}")
    await phone.go("换个地方接着办", kind="link")
    await phone.go("出一个码", kind="button")
    digits = await phone.page.locator(".relay-code .code").get_attribute("aria-label")
    return (digits or "").replace(" ", "")


async def test_a_draft_goes_to_a_window_and_comes_back_and_goes_again(device: Arrive, people: People) -> None:
    person = await people("linzhiyuan")
    draft = await fillable(person)
    phone, tablet = await device(PHONE, "linzhiyuan"), await device(TABLET, "clerk")
    await in_all_looks(phone, f"/drafts/{draft}/relay", "follow/window-1-before")
    code = await code_on(phone, draft)
    await look(phone, "follow/window-2-code")

    await tablet.open("/desk/intake")
    await tablet.page.locator("#relay-code").fill("000000" if code != "000000" else "000001")
    await tablet.go("接过来", kind="button")
    await sees(tablet, "没有这个码")
    await look(tablet, "follow/window-3-wrong-code")
    await tablet.page.locator("#relay-code").fill(code)
    await tablet.go("接过来", kind="button")
    assert tablet.page.url.endswith(f"/drafts/{draft}")
    await look(tablet, "follow/window-4-at-the-desk")

    await phone.page.wait_for_url(f"**/drafts/{draft}/relay")
    await sees(phone, "号窗口了")
    await in_all_looks(phone, f"/drafts/{draft}/relay", "follow/window-5-handed-over")
    await phone.open("/cases")
    await sees(phone, "可以收回")
    await look(phone, "follow/window-6-progress")
    await phone.open(f"/drafts/{draft}")
    await phone.go("收回，我自己填", kind="button")
    assert phone.page.url.endswith(f"/drafts/{draft}")
    await tablet.page.reload()
    await sees(tablet, "办事人收回了")
    await look(tablet, "follow/window-7-taken-back")

    await tablet.open("/desk/intake")
    await tablet.page.locator("#relay-code").fill(await code_on(phone, draft))
    await tablet.go("接过来", kind="button")
    await tablet.open(f"/drafts/{draft}/check")
    await tablet.page.locator("[name=declared]").check(force=True)
    await tablet.go("提交", kind="button")
    await sees(tablet, "收到了")
    await phone.page.wait_for_url("**/cases/*")
    mine = (await person.get("/cases"))["items"]
    assert phone.page.url.rsplit("/", 1)[1] in {case["case_no"] for case in mine}


async def test_a_draft_goes_to_a_kiosk_which_reaches_nothing_else_and_is_wiped(device: Arrive, people: People) -> None:
    person = await people("xuting")
    draft = await fillable(person)
    phone, kiosk = await device(PHONE, "xuting"), await device(KIOSK)
    await kiosk.open("/demo")
    await kiosk.go("大厅自助机", kind="button")
    await in_all_looks(kiosk, "/kiosk", "follow/kiosk-1-start")
    await in_all_looks(kiosk, "/kiosk/drafts", "follow/kiosk-1-code")
    await kiosk.page.clock.install()
    await kiosk.open("/kiosk")
    await kiosk.go("接着手机上的办", kind="link")
    for digit in await code_on(phone, draft):  # there are no other keys on a kiosk
        await kiosk.page.locator("key-pad").get_by_role("button", name=digit, exact=True).click()
    await _large_enough(kiosk)
    await kiosk.go("打开我的草稿", kind="button")
    assert kiosk.page.url.endswith(f"/drafts/{draft}")
    await look(kiosk, "follow/kiosk-2-draft")
    for path in ("/me", "/cases", "/api/v1/me", f"/drafts/{draft}/relay"):
        answer = await kiosk.page.request.get(kiosk.base_url + path, max_redirects=0)
        assert answer.status == 403, path

    await kiosk.open(f"/drafts/{draft}/topics/applicant")
    await type_into(kiosk, "address", "自助机上填的地址 8 号")
    await saved(kiosk)
    await kiosk.page.clock.fast_forward(61_000)
    await expect(kiosk.page.locator("kiosk-idle dialog")).to_be_visible()
    await look(kiosk, "follow/kiosk-3-still-there", full=False)
    await kiosk.tap("我还在", kind="button")
    await expect(kiosk.page.locator("kiosk-idle dialog")).to_be_hidden()
    async with kiosk.page.expect_navigation():
        await kiosk.page.clock.fast_forward(91_000)
    await sees(kiosk, "清空了")
    await look(kiosk, "follow/kiosk-4-wiped")
    await _nothing_is_left(kiosk, draft)
    seen = await person.get(f"/drafts/{draft}")
    assert seen["values"]["address"] == "自助机上填的地址 8 号"


async def test_a_kiosk_alone_goes_back_to_its_start(device: Arrive) -> None:
    """Nobody signed in: what was looked up is nobody's business who comes next."""
    kiosk = await device(KIOSK)
    await kiosk.open("/demo")
    await kiosk.go("大厅自助机", kind="button")
    await kiosk.tap("画面放低", kind="button")
    await look(kiosk, "follow/kiosk-5-low")
    tiles = await kiosk.page.locator(".kt a").first.bounding_box()
    assert tiles
    assert tiles["y"] > 700  # within reach of somebody who sits
    await kiosk.tap("画面放高", kind="button")
    await kiosk.page.clock.install()
    await kiosk.open("/matters?q=开饭店")
    await look(kiosk, "follow/kiosk-6-search", full=False)
    await _large_enough(kiosk)
    async with kiosk.page.expect_navigation():
        await kiosk.page.clock.fast_forward(91_000)
    await sees(kiosk, "清空了")
    await kiosk.open("/demo")
    await kiosk.go("不当自助机了", kind="button")
    await kiosk.open("/kiosk")
    await sees(kiosk, "这台机器还不是自助机")


async def _large_enough(kiosk: Visitor) -> None:
    """60 px for every control that stands on its own; a link in a sentence is as high as its line."""
    small = await kiosk.page.evaluate(
        """() => [...document.querySelectorAll("button, .govuk-button, .li, .tap, .chip, .tab, input:not([type=hidden]), select, textarea, .kt a, .kq a")]
             .filter((each) => each.checkVisibility({visibilityProperty: true}) && !each.closest(".govuk-visually-hidden, dialog"))
             .map((each) => [each, each.closest(".govuk-radios__item, .govuk-checkboxes__item, label") ?? each])
             .filter(([, place]) => place.getBoundingClientRect().height < 59.5 && place.getBoundingClientRect().height > 1)
             .map(([each]) => `${each.tagName}.${each.className} ${each.textContent.trim().slice(0, 20)} ${each.getBoundingClientRect().height}`)"""
    )
    assert small == []


async def _nothing_is_left(kiosk: Visitor, draft: str) -> None:
    """Back, reload, caches, databases, cookies: nobody who comes next sees anything."""
    await kiosk.page.go_back()
    await kiosk.quiet()
    assert "自助机上填的地址" not in await kiosk.page.content()
    await kiosk.open(f"/drafts/{draft}")
    assert "/sign-in" in kiosk.page.url
    left = await kiosk.page.evaluate(
        """async () => ({caches: await caches.keys(), workers: (await navigator.serviceWorker.getRegistrations()).length,
             databases: (await indexedDB.databases()).map((each) => each.name).filter((name) => /^yimaban-[0-9a-f]{16}$/.test(name)),
             local: localStorage.length + sessionStorage.length})"""
    )
    assert left == {"caches": [], "databases": [], "workers": 0, "local": 0}
    assert "yimaban" not in {cookie["name"] for cookie in await kiosk.context.cookies()}


async def test_the_person_chooses_without_network(device: Arrive, people: People) -> None:
    """What the phone knows of two answers is decided in a lift, and stands in the hall afterwards."""
    person, phone = await people("chenjiaming"), await device(PHONE, "chenjiaming")
    draft = (await person.post("/drafts", {"matter": FOOD}))["id"]
    table = [{"name": "六眼灶", "qty": "1", "position": "后厨"}]
    further = [{**table[0], "qty": "2"}]
    for area, equipment, browser in (("120", table, "one"), ("80", further, "two"), ("95", further, "three")):
        said = {"fields": {"area": area, "equipment": equipment}, "revision": 0}
        marked = f"{csrf.cookie_name()}={browser}"
        await person.send("PATCH", f"/drafts/{draft}", said, expect=200, cookie=marked)
    await lift.ready(phone)
    await phone.open(f"/drafts/{draft}")
    await until(lambda: _knows_of(phone, draft, 2), seconds=30)

    await lift.no_network(phone)
    await lift.go(phone, f"/drafts/{draft}")
    await sees(phone, "有 2 处两台设备填得不一样")
    await look(phone, "follow/lift-1-list")
    await lift.go(phone, f"/drafts/{draft}/rivals")
    await look(phone, "follow/lift-2-choose")
    await expect(phone.page.locator("[name=area]")).to_have_count(3)  # all of them, not only the newest
    await expect(phone.page.locator("label[for=area-1]")).to_have_text("80")
    await expect(phone.page.locator("#area-1-hint")).to_contain_text("填的")
    await phone.page.locator("#area-1").check(force=True)
    await phone.page.locator(".act button").click()
    await expect(phone.page.locator("h1")).to_contain_text("有 1 处")
    await phone.page.locator(".act button").click()
    await sees(phone, "每一项选一个再点")
    await phone.page.locator("#equipment-0").check(force=True)
    await phone.page.locator(".act button").click()
    await lift.stands(phone, f"/drafts/{draft}")

    await lift.network(phone)

    async def decided() -> bool:
        seen = await person.get(f"/drafts/{draft}")
        return bool(seen["rivals"] == {} and seen["values"]["area"] == "80" and seen["values"]["equipment"] == table)

    await until(decided, seconds=60)


async def _knows_of(phone: Visitor, draft: str, count: int) -> bool:
    kept = await lift.in_store(phone, "filings", draft)
    return bool(kept and len(kept["rivals"]) == len(kept["sides"]) == count)
