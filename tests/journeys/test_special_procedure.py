"""特别程序 from desk and phone: the clock stands still from the day of the notice to the day of the result, and no longer."""

from __future__ import annotations

from tests.journeys.browser import PHONE, TABLET, Visitor, look
from tests.journeys.steps import sees
from tests.journeys.talking import answers
from tests.journeys.turning import Days

CREDENTIAL = "scj-30"  # ten working days promised


async def test_testing_stops_the_clock_and_the_day_moves_as_the_law_counts(days: Days) -> None:
    """The published vector: ten from 14 September, still from the 16th to the 24th, due on 13 October 2026."""
    wang = await days.people("wangmin")
    matter = await wang.get(f"/matters/{CREDENTIAL}")
    case_no = str((await wang.file(matter, await answers(wang, matter)))["case_no"])
    await (await days.people.take_and_tick(case_no)).verb(case_no, "acceptance")
    phone = await days.device(PHONE, "wangmin")
    desk = await days.device(TABLET, "approver_third")
    await phone.open(f"/cases/{case_no}")
    # Without a standstill: 15 16 17 18 (4), Sunday 20 (5), 21 22 23 24 (9), 25 to 27 off, Monday 28 (10).
    await sees(phone, "9月28日")
    await look(phone, "procedure/01-accepted")

    await days.turn_to("2026-09-16")
    await _starts(desk, case_no)
    await phone.open(f"/cases/{case_no}")
    await sees(phone, "停表了，不占办理时间")
    await look(phone, "procedure/04-stands-still")
    refused = await (await days.people("approver_third")).verb(
        case_no, "procedures", 409, kind="testing", basis="《特种设备安全法》第五十一条", reason="再检", needed_days=3
    )
    assert refused["code"] == "case.open_procedure"

    await days.turn_to("2026-09-24")
    await desk.open(f"/desk/cases/{case_no}/ways/end_procedure")
    await desk.page.locator("[name=result]").fill("实操考试合格")
    await look(desk, "procedure/05-end")
    await desk.go("结束特别程序", kind="button")
    await sees(desk, "10月13日")
    await phone.open(f"/cases/{case_no}")
    await sees(phone, "10月13日")
    assert "停表了，不占办理时间" not in await phone.text()
    await look(phone, "procedure/06-runs-on")


async def _starts(desk: Visitor, case_no: str) -> None:
    await desk.open(f"/approvals/{case_no}")
    await desk.go("启动特别程序")
    await look(desk, "procedure/02-form")
    await desk.go("启动特别程序", kind="button")  # nothing is filled in yet: each field says so
    await sees(desk, "法律依据")
    assert await desk.page.locator(".govuk-error-summary a").count() >= 3
    await desk.page.locator("[name=kind]").select_option("testing")
    await desk.page.locator("[name=basis]").fill("《中华人民共和国特种设备安全法》第五十一条")
    await desk.page.locator("[name=reason]").fill("要到考试机构做实操检测")
    await desk.page.locator("[name=needed_days]").fill("8")
    await desk.go("启动特别程序", kind="button")
    await sees(desk, "停表")
    await look(desk, "procedure/03-stands-still")
