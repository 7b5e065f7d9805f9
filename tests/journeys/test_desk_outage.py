"""A window's tablet while hall or network are away: what the clerk does waits, is done once, or is told why it was not."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest_asyncio
from playwright.async_api import expect

from tests.journeys.browser import TABLET, Visitor, look, until
from tests.journeys.conftest import Arrive, enter
from tests.journeys.outbox import items
from tests.journeys.proxy import Line
from tests.journeys.talking import People, Person
from tests.journeys.test_undo import FORM, SCHOOL

PAPERS = ["zxsqb", "jhrhkbhjzz", "zxlyzm"]
COLLEAGUE = "徐航"  # at window 8
_COPIED = """async (path) => { for (const name of await caches.keys()) if (/^(person|papers)-/.test(name))
  if (await (await caches.open(name)).match(path)) return true; return false; }"""

_KEPT = "async () => (await caches.keys()).filter((name) => /^(person|papers)-/.test(name))"

Tablet = Callable[[str], Awaitable[Visitor]]


@pytest_asyncio.fixture(loop_scope="session")
async def tablet(caller: Arrive) -> Tablet:
    """Call it for a tablet at the end of a bad line, its officer signed in and its worker at work."""

    async def arrive(persona: str) -> Visitor:
        visitor = await caller(TABLET)
        visitor.is_unplugged = True
        await enter(visitor, persona)
        await visitor.page.wait_for_function("() => navigator.serviceWorker.ready.then(() => true)")
        return visitor

    return arrive


async def filed(citizen: Person) -> str:
    """A case of hers with two photos and a paper that the hall fetches."""
    matter = await citizen.get(f"/matters/{SCHOOL}")
    return str((await citizen.file(matter, FORM))["case_no"])


async def copied(tablet: Visitor, *paths: str) -> None:
    """Those pages are on the tablet."""
    for path in paths:
        await until(lambda path=path: tablet.page.evaluate(_COPIED, path), seconds=45)


async def ticked(tablet: Visitor, case_no: str, key: str, verdict: str, note: str = "") -> None:
    """Without a network: open one paper from its copy and say what it is."""
    page = tablet.page
    await page.goto(f"{tablet.base_url}/desk/cases/{case_no}?material={key}")
    await tablet.quiet()
    if note:
        await page.locator("[name=note]").fill(note)
    await page.locator(f"[name=verdict][value={verdict}]").check(force=True)
    await expect(page.locator("deed-form[data-act=tick] .deed-waits")).to_contain_text("等连上大厅就发")


async def verbs(officer: Person, case_no: str) -> list[str]:
    return [event["verb"] for event in (await officer.get(f"/cases/{case_no}/events"))["items"]]


async def sent(tablet: Visitor) -> None:
    """Nothing waits on the tablet any more."""

    async def empty() -> bool:
        return all(item["state"] == "done" for item in await items(tablet.page))

    await until(empty, seconds=45)


async def test_ticks_and_acceptance_without_network_are_applied_once(
    tablet: Tablet, line: Line, people: People
) -> None:
    clerk = await people("clerk")
    case_no = await filed(await people("wangmin"))
    await clerk.verb(case_no, "handling")
    desk = await tablet("clerk")
    page, here = desk.page, f"/desk/cases/{case_no}"
    await desk.open(f"{here}?segment=hand")
    files = (await clerk.get(f"/cases/{case_no}"))["files"]
    await copied(desk, *(f"{here}?material={key}" for key in PAPERS), *(file["href"] for file in files))

    line.cut()
    await page.goto(f"{desk.base_url}/desk")
    await expect(page.locator("[data-bar=net]")).to_contain_text("大厅暂时连不上")
    await expect(page.locator(f"a.qi[href*='{case_no}']")).to_be_visible()
    for key in PAPERS:
        await ticked(desk, case_no, key, "fits")
    drawn = await page.locator("image-viewer img").first.evaluate("(image) => image.naturalWidth")
    assert drawn > 0
    await look(desk, "outage/01-ticked")
    accept = page.locator("deed-form[data-act=accept] button[type=submit]")
    await expect(accept).to_be_enabled()
    await accept.click()
    await expect(page.locator("deed-form[data-act=accept] .deed-waits")).to_contain_text("等连上大厅就发")
    await look(desk, "outage/02-accepted")
    assert [item["act"]["zh"] for item in await items(page)][-1] == "受理"
    assert "accept" not in await verbs(clerk, case_no)

    line.mend()
    await expect(page.locator(".deed-done")).to_contain_text("大厅收到了", timeout=60_000)
    await sent(desk)
    assert await verbs(clerk, case_no) == ["receive", "take", "accept"]
    assert {m["verdict"] for m in (await clerk.get(f"/cases/{case_no}"))["materials"]} == {"fits"}
    await look(desk, "outage/03-done")
    await page.locator(".deed-done a").click()
    await expect(page.locator(".vw-h")).to_contain_text("已受理")


async def test_a_case_that_a_colleague_took_meanwhile_is_left_alone_and_the_words_stay(
    tablet: Tablet, line: Line, people: People
) -> None:
    clerk, colleague = await people("clerk"), await people("clerk_8")
    case_no = await filed(await people("wangmin"))
    await clerk.verb(case_no, "handling")
    desk = await tablet("clerk")
    page, here = desk.page, f"/desk/cases/{case_no}"
    await desk.open(f"{here}?segment=hand")
    await copied(desk, f"{here}?material=zxsqb", f"{here}?material=zxlyzm")
    line.cut()
    await ticked(desk, case_no, "zxsqb", "fix", "第二页看不清，请重拍")
    await ticked(desk, case_no, "zxlyzm", "fits")
    await clerk.verb(case_no, "handing-back", expect=200)
    await colleague.verb(case_no, "handling")

    line.mend()
    refused = page.locator(".deed-refused")
    await expect(refused).to_have_count(1, timeout=60_000)
    await expect(refused).to_contain_text(COLLEAGUE)
    await expect(refused).to_contain_text("第二页看不清，请重拍")
    await look(desk, "outage/04-refused")
    materials = (await clerk.get(f"/cases/{case_no}"))["materials"]
    assert {m["verdict"] for m in materials} == {None}

    await page.goto(f"{desk.base_url}/outbox")
    await expect(page.locator("main")).to_contain_text(COLLEAGUE)
    await expect(page.locator("main")).to_contain_text("第二页看不清，请重拍")
    await look(desk, "outage/05-outbox")

    await page.goto(f"{desk.base_url}{here}?material=zxlyzm")
    await expect(refused).to_contain_text("后面这几步也停着")
    await page.get_by_role("button", name="知道了，都不办了").click()
    await expect(refused).to_have_count(0)
    assert await items(page) == []
    assert {m["verdict"] for m in (await clerk.get(f"/cases/{case_no}"))["materials"]} == {None}


async def test_a_correction_written_without_network_goes_out_with_its_ticks(
    tablet: Tablet, line: Line, people: People
) -> None:
    clerk = await people("clerk")
    case_no = await filed(await people("wangmin"))
    await clerk.verb(case_no, "handling")
    desk = await tablet("clerk")
    page, here = desk.page, f"/desk/cases/{case_no}"
    await desk.open(f"{here}?segment=hand")
    await copied(desk, f"{here}?material=zxsqb", f"{here}?open=correction")
    line.cut()
    await ticked(desk, case_no, "zxsqb", "fix", "公章看不清")
    await page.goto(f"{desk.base_url}{here}?open=correction")
    await expect(page.locator("[name='on-zxsqb']")).to_be_checked()
    await expect(page.locator("[name='problem-zxsqb']")).to_have_value("公章看不清")
    await page.locator("[name='on-zxsqb']").uncheck(force=True)
    await page.locator("deed-form[data-act=correction] button[type=submit]").click()
    await expect(page.locator(".deed-says")).to_contain_text("勾上要补的")
    await page.locator("[name='on-zxsqb']").check(force=True)
    await page.locator("[name='fix-zxsqb']").fill("盖清楚再拍一张")
    await page.locator("deed-form[data-act=correction] button[type=submit]").click()
    await expect(page.locator("deed-form[data-act=correction] .deed-waits")).to_contain_text("等连上大厅就发")
    await look(desk, "outage/06-correction")

    line.mend()
    await expect(page.locator(".deed-done")).to_contain_text("一次性告知", timeout=60_000)
    assert await verbs(clerk, case_no) == ["receive", "take", "ask_correction"]
    notice = await (await people("wangmin")).get(f"/cases/{case_no}/corrections/open")
    assert [(one["problem"], one["how_to_fix"]) for one in notice["items"]] == [("公章看不清", "盖清楚再拍一张")]

    await desk.open("/sign-out")
    await desk.go("退出", kind="button")
    await until(lambda: page.evaluate(f"async () => !(await ({_KEPT})()).length"))


async def test_who_takes_a_case_later_than_a_colleague_is_told(tablet: Tablet, line: Line, people: People) -> None:
    colleague = await people("clerk_8")
    case_no = await filed(await people("wangmin"))
    desk = await tablet("clerk")
    page = desk.page
    await desk.context.add_cookies([{"name": "lang", "value": "en", "url": desk.base_url}])
    await desk.open(f"/desk/cases/{case_no}")
    await copied(desk, f"/desk/cases/{case_no}")
    line.cut()
    await page.goto(f"{desk.base_url}/desk/cases/{case_no}")
    await page.locator("deed-form[data-act=take] button").click()
    await expect(page.locator("deed-form[data-act=take] .deed-waits")).to_contain_text("once the hall can be reached")
    await look(desk, "outage/07-english")
    await colleague.verb(case_no, "handling")
    line.mend()
    await expect(page.locator(".deed-refused")).to_contain_text(COLLEAGUE, timeout=60_000)
    desk.typed = COLLEAGUE
    await look(desk, "outage/08-english-refused")
    assert await verbs(colleague, case_no) == ["receive", "take"]


async def test_an_answer_that_was_lost_is_not_done_twice(tablet: Tablet, line: Line, people: People) -> None:
    clerk = await people("clerk")
    case_no = await filed(await people("wangmin"))
    desk = await tablet("clerk")
    page = desk.page
    await desk.open(f"/desk/cases/{case_no}")

    mishap = line.lose_answers("POST", rf"/api/v1/cases/{case_no}/handling")
    await page.locator("deed-form[data-act=take] button").click()
    await mishap.came()
    await expect(page.locator(".deed-done")).to_contain_text("接手", timeout=60_000)
    assert await verbs(clerk, case_no) == ["receive", "take"]


async def test_a_tablet_that_keeps_nothing_says_so_and_leaves_the_words_on_the_page(
    tablet: Tablet, line: Line, people: People
) -> None:
    clerk = await people("clerk")
    case_no = await filed(await people("wangmin"))
    await clerk.verb(case_no, "handling")
    desk = await tablet("clerk")
    page = desk.page
    chosen = {"device": "shared", "text": "elder"}
    await desk.context.add_cookies([{"name": n, "value": v, "url": desk.base_url} for n, v in chosen.items()])  # type: ignore[misc]
    await desk.open(f"/desk/cases/{case_no}?open=decline")
    await page.locator("[name=ground]").first.check(force=True)
    await page.locator("[name=reasons]").fill("不属于本厅")
    line.cut()
    await page.locator("deed-form[data-act=decline] button[type=submit]").click()
    await expect(page.locator(".deed-says")).to_contain_text("这台设备不留东西")
    await expect(page.locator("[name=reasons]")).to_have_value("不属于本厅")
    await look(desk, "outage/09-shared-elder")
    assert (
        await page.evaluate("async () => (await caches.keys()).filter((name) => /^(person|papers)-/.test(name))") == []
    )
    line.mend()
    await page.locator("deed-form[data-act=decline] button[type=submit]").click()
    await expect(page.locator(".vw-h")).to_contain_text("已办结")
