"""A joint survey of three departments: arranged by phone, written on a tablet without network, sent later exactly once, seen at
once by the approval office, and in conflict, so that the tier above decides."""

from __future__ import annotations

from datetime import datetime, timedelta

from playwright.async_api import Locator, expect

from backend import clock
from tests.journeys.browser import PHONE, TABLET, Visitor, look, until
from tests.journeys.conftest import Arrive, enter
from tests.journeys.outbox import items
from tests.journeys.proxy import Line
from tests.journeys.talking import People, answers, photo

MATTERS = ("scj-18", "wjj-01", "zfj-01")  # food, hygiene, sign: one shop, three departments
SIGN = {"position": "120.78,30.75", "size": "4.00×1.20", "period": {"start": "2027-01-01", "end": "2027-12-31"}}
LAST = 2  # the sign does not hang where the picture shows it


def here(at: datetime) -> str:
    """As a field of day and hour holds it."""
    return (at + timedelta(hours=8)).strftime("%Y-%m-%dT%H:%M")


async def accepted(people: People) -> list[str]:
    """Three cases of Xu Ting's shop, each accepted at window 5."""
    xu, numbers = await people("xuting"), []
    for code in MATTERS:
        matter = await xu.get(f"/matters/{code}")
        own = SIGN if code == MATTERS[LAST] else {}
        case_no = (await xu.file(matter, await answers(xu, matter, **own)))["case_no"]
        await (await people.take_and_tick(case_no)).verb(case_no, "acceptance")
        numbers.append(case_no)
    return numbers


async def verbs(people: People, case_no: str) -> list[str]:
    clerk = await people("clerk")
    return [event["verb"] for event in (await clerk.get(f"/cases/{case_no}/events"))["items"]]


async def sign(pad: Locator) -> None:
    """A stroke of a pen."""
    await pad.scroll_into_view_if_needed()
    box = await pad.locator("canvas").bounding_box()
    assert box
    mouse = pad.page.mouse
    await mouse.move(box["x"] + 30, box["y"] + 30)
    await mouse.down()
    for step in range(1, 9):
        await mouse.move(box["x"] + 30 + 20 * step, box["y"] + 30 + (20 if step % 2 else 0))
    await mouse.up()
    await expect(pad).to_have_attribute("data-signed", "")


async def fill(tablet: Visitor, *, fails: bool, refuses: bool) -> None:
    """The whole record of the case on screen, but the signatures."""
    page = tablet.page
    for group in await page.locator("fieldset.check").all():
        await group.locator('input[type=radio][value="ok"]').check(force=True)
    if fails:
        first = page.locator("fieldset.check").first
        await first.locator('input[type=radio][value="not_ok"]').check(force=True)
        await first.locator("input[name^=note-]").fill("与图纸不一致")
    for value in await page.locator("input[name^=value-]").all():
        await value.fill("4.5")
    await page.locator("[name=findings]").fill("图纸与现场不一致" if fails else "现场与申请材料一致")
    await page.locator(f"[name=conclusion][value={'fail' if fails else 'pass'}]").check(force=True)
    if refuses:
        await page.locator("[name=refused_because]").fill("不同意结论")
        await page.locator("[name=disagreement]").fill("图纸是旧的，希望再看一次")
    else:
        await page.locator("[name=applicant_name]").fill("许婷")
        await sign(page.locator("sign-pad:has([name=sign-applicant])"))


async def shoot(tablet: Visitor, count: int) -> None:
    """Photos, one by one."""
    shots = tablet.page.locator("[data-photos] .shot")
    for number in range(count):
        await tablet.page.locator("survey-record input[type=file]").set_input_files(
            {"name": f"现场{number}.jpg", "mimeType": "image/jpeg", "buffer": photo("site" * (number + 1), (640, 480))}
        )
        await expect(shots).to_have_count(number + 1)


async def handed_in(tablet: Visitor) -> None:
    await tablet.page.locator("survey-record button[type=submit]").click()


async def arranged(device: Arrive, caller: Visitor, people: People, cases: list[str]) -> None:
    """Sent out from the approver's desk; the applicant asks for another time; the surveyor calls her."""
    third = await device(TABLET, "approver_third")
    await third.open(f"/surveys/{cases[0]}/dispatch")
    page = third.page
    assert await page.locator("[name=along]:checked").count() == 2
    await page.locator("[name=who]").first.check(force=True)
    await page.locator("[name=time-1]").fill(here(clock.now() + timedelta(days=1)))
    await third.go("派出勘查", kind="button")
    await expect(page.locator("[role=alert]").first).to_contain_text("至少派两个人")
    await look(third, "survey/01-too-few")
    for box in await page.locator("[name=who]").all():
        await box.check(force=True)
    await third.go("派出勘查", kind="button")
    await expect(page.locator("#survey")).to_contain_text("等申请人选时间")
    await look(third, "survey/02-sent-out")

    phone = await device(PHONE, "xuting")
    await phone.open(f"/cases/{cases[0]}")
    await phone.go("选时间", kind="link")
    await look(phone, "survey/03-which-day")
    await phone.page.locator("[name=at][value=other]").check(force=True)
    await phone.page.locator("[name=wish]").fill("今天就可以")
    await phone.go("定了", kind="button")
    await expect(phone.page.locator("h1")).to_contain_text("等我们再约")
    await look(phone, "survey/04-another-time")

    await expect(caller.page.locator("visit-pack")).to_contain_text("今天就可以")  # nobody touched the tablet
    await caller.open(f"/surveys/{cases[0]}/times")
    await caller.page.locator("summary", has_text="电话里已经约好").click()
    await caller.page.locator("[name=agreed_at]").fill(here(clock.now() + timedelta(minutes=1)))
    await caller.go("就这样定", kind="button")
    today = caller.page.locator("section:has(> #today) .visit")
    await expect(today.filter(has_text="勤俭路").filter(has_text="许*")).to_have_count(1)
    await phone.open(f"/cases/{cases[1]}/survey")
    await expect(phone.page.locator("h1")).to_contain_text("说好了")
    await expect(phone.page.locator("main")).to_contain_text("NH0202")
    await look(phone, "survey/05-who-comes")


async def recorded(tablet: Visitor, number: str, place: int) -> None:
    """From the copy of the day to a record that waits in the outbox; one signature is forgotten at first."""
    page, is_last = tablet.page, place == LAST
    await page.goto(f"{tablet.base_url}/surveys")
    await expect(page.locator("[data-bar=net]")).to_contain_text("大厅暂时连不上")
    await page.locator(f"a[href='/surveys/{number}']").first.click()
    await tablet.quiet()
    await fill(tablet, fails=is_last, refuses=is_last)
    await shoot(tablet, 2)
    await sign(page.locator("sign-pad:has([name=sign-NH0201])"))
    await handed_in(tablet)
    await expect(page.locator(".deed-says")).to_contain_text("至少两名勘查人员签名")
    await sign(page.locator("sign-pad:has([name=sign-NH0202])"))
    await until(lambda: page.evaluate(_KEPT, number))
    if place == 0:  # the tablet fell asleep
        await page.reload()
        await tablet.quiet()
        await expect(page.locator("[data-photos] .shot")).to_have_count(2)
        await expect(page.locator("sign-pad[data-signed]")).to_have_count(3)
        await expect(page.locator("[name=findings]")).to_have_value("现场与申请材料一致")
    await look(tablet, f"survey/07-record-{place}")
    await handed_in(tablet)
    await expect(page.locator(".deed-waits")).to_contain_text("等连上大厅就发")


async def decided(people: People, sheet: Visitor, number: str) -> None:
    """The second tier may not grant any more and is not offered it; the chief may."""
    third, second, chief = [await people.confirmed(f"approver_{tier}") for tier in ("third", "second", "chief")]
    await third.verb(number, "reviews", proposal="grant", opinion="材料齐全")
    assert (await second.verb(number, "grant", 403, opinion="同意"))["code"] == "approval.tier_too_low"
    await sheet.open(f"/approvals/{number}")
    assert await sheet.page.locator("[name=choice][value=grant]").count() == 0
    assert (await chief.verb(number, "grant", opinion="同意"))["step"] == "issued"


async def test_three_departments_one_visit_no_network_and_a_conflict(
    device: Arrive, caller: Arrive, line: Line, people: People
) -> None:
    numbers = await accepted(people)
    tablet = await caller(TABLET)
    tablet.is_unplugged = True
    await enter(tablet, "surveyor")
    page = tablet.page
    await page.wait_for_function("() => navigator.serviceWorker.ready.then(() => true)")
    await tablet.open("/surveys")
    await arranged(device, tablet, people, numbers)
    await tablet.open("/surveys")
    await look(tablet, "survey/06-the-day")
    await page.locator("[data-do=pack]").click()
    await expect(page.locator("visit-pack [data-says]")).to_contain_text("都在平板上了", timeout=60_000)

    line.cut()
    for place, number in enumerate(numbers):
        await recorded(tablet, number, place)
    assert [await verbs(people, number) for number in numbers] == [["receive", "take", "accept", "dispatch_survey"]] * 3
    await page.goto(f"{tablet.base_url}/outbox")
    await tablet.quiet()
    await look(tablet, "survey/08-outbox")

    office, sheet = await device(TABLET, "approver_second"), await device(TABLET, "approver_second")
    await office.open("/surveys")
    await sheet.open(f"/approvals/{numbers[0]}")
    await expect(sheet.page.locator("#survey")).to_contain_text("还没有结论")

    line.mend()
    await expect(office.page.locator("#results")).to_contain_text("结论不一致", timeout=90_000)
    await expect(sheet.page.locator("#survey")).to_contain_text("各部门结论不一致", timeout=30_000)

    async def sent() -> bool:
        return all(item["state"] == "done" for item in await items(page))

    await until(sent, seconds=60)
    for number in numbers:
        assert (await verbs(people, number)).count("conclude_survey") == 1
    await look(office, "survey/09-office")
    await look(sheet, "survey/10-conflict")
    await page.goto(f"{tablet.base_url}/surveys/{numbers[LAST]}")
    await expect(page.locator("main")).to_contain_text("不符合条件")
    await look(tablet, "survey/11-concluded")
    await decided(people, sheet, numbers[0])

    xu = await people("xuting")
    papers = (await xu.get(f"/cases/{numbers[LAST]}"))["documents"]
    record = next(paper for paper in papers if paper["kind"] == "survey_record")
    first, again = [(await xu.client.get(record["href"])).content for _ in range(2)]
    assert first.startswith(b"%PDF")
    assert first == again


async def test_a_time_chosen_without_network_waits_and_is_settled_once(
    caller: Arrive, line: Line, people: People
) -> None:
    wang = await people("wangmin")
    matter = await wang.get(f"/matters/{MATTERS[0]}")
    case_no = (await wang.file(matter, await answers(wang, matter)))["case_no"]
    await (await people.take_and_tick(case_no)).verb(case_no, "acceptance")
    await people.send_out(case_no, offered=[(clock.now() + timedelta(days=day)).isoformat() for day in (1, 2)])
    phone = await caller(PHONE)
    phone.is_unplugged = True
    await enter(phone, "wangmin")
    page = phone.page
    await page.wait_for_function("() => navigator.serviceWorker.ready.then(() => true)")
    await phone.open(f"/cases/{case_no}/survey")
    await phone.quiet()
    line.cut()
    await page.locator("[name=at]").nth(1).check(force=True)
    await phone.go("定了", kind="button")
    await expect(page.locator("main")).to_contain_text("约上门时间")
    assert (await wang.get(f"/cases/{case_no}/survey"))["visit"]["fixed_at"] is None
    line.mend()

    async def settled() -> bool:
        return bool((await wang.get(f"/cases/{case_no}/survey"))["visit"]["fixed_at"])

    await until(settled, seconds=60)


# The last signature is on the tablet, in its own store.
_KEPT = """(no) => new Promise((done) => {
  const asked = indexedDB.open(`yimaban-${document.querySelector('meta[name=person]').content}`);
  asked.onsuccess = () => {
    const got = asked.result.transaction('kept').objectStore('kept').get(`survey-${no}`);
    got.onsuccess = () => { asked.result.close(); done((got.result?.fields ?? []).some(([name]) => name === 'sign-NH0202')); };
  }; })"""
