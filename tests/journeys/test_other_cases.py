"""The rest of the hall's everyday: sole review, three tiers, a refusal, a walk-in, two clerks and one case."""

from __future__ import annotations

import asyncio

from playwright.async_api import expect

from tests.journeys.browser import PHONE, TABLET, look
from tests.journeys.conftest import Arrive
from tests.journeys.steps import decide, sees, submit, whole_draft
from tests.journeys.talking import People, answers

FOOD, RESIDENCE, ALLOWANCE = "scj-18", "gaj-06", "mzj-14"


async def test_chen_jiaming_gets_his_residence_permit_on_the_say_of_one(device: Arrive, people: People) -> None:
    """独任审核, filled in on the phone; the permit is handed over at another window, by typing the code of the case."""
    phone = await device(PHONE, "chenjiaming")
    await phone.open(f"/matters/{RESIDENCE}/start")
    await phone.go("开始填", kind="button")
    answered = {
        "current_address": "嘉兴市南湖区长水街道由拳路 309 号", "residence_since": "2024-03-01", "basis": "合法稳定就业",
        "employer": "嘉兴南湖新材料科技有限公司", "delivery_mode": "窗口领取",
    }  # fmt: skip
    await whole_draft(phone, answered)
    await look(phone, "residence/01-check")
    case_no = await submit(phone)

    clerk = await device(TABLET, "clerk_12")
    await clerk.open(f"/desk/cases/{case_no}")
    await clerk.go("接手", kind="button")
    await clerk.go("没点的都对", kind="button")
    await clerk.go("受理", within="#verbs", kind="button")
    third = await device(TABLET, "approver_third")
    await decide(third, case_no, "grant", "同意")
    await look(third, "residence/02-decided")

    await phone.open(f"/cases/{case_no}/certificate")
    await sees(phone, "到任一窗口领")
    await look(phone, "residence/03-come-and-collect")
    elsewhere = await device(TABLET, "clerk_8")
    await elsewhere.page.locator("details.q-scan summary").click()
    await elsewhere.page.locator("details.q-scan input[name=code]").fill(case_no)
    async with elsewhere.page.expect_navigation():
        await elsewhere.page.keyboard.press("Enter")
    await elsewhere.go("发证", within="#verbs")
    await elsewhere.page.locator("[name=last_four]").fill("9999")
    await elsewhere.go("发证，记下送达", kind="button")
    await sees(elsewhere, "后四位对不上")
    await look(elsewhere, "residence/04-wrong-digits")
    await elsewhere.page.locator("[name=last_four]").fill("0006")
    await elsewhere.go("发证，记下送达", kind="button")
    await sees(elsewhere, "已办结")
    await look(elsewhere, "residence/05-handed-over")


async def test_li_jianguo_asks_for_an_allowance_and_three_people_decide(device: Arrive, people: People) -> None:
    """报批审核, in large type; sent back once on the way up."""
    li = await people("lijianguo")
    matter = await li.get(f"/matters/{ALLOWANCE}")
    case_no = (await li.file(matter, await answers(li, matter, delivery_mode="电子证照")))["case_no"]
    await (await people.take_and_tick(case_no)).verb(case_no, "acceptance")

    phone = await device(PHONE, "lijianguo")
    await phone.context.add_cookies([{"name": "text", "value": "elder", "url": phone.base_url}])
    await phone.open(f"/cases/{case_no}")
    await sees(phone, "正在审查")
    await look(phone, "allowance/01-elder")

    await people.survey(case_no)
    third, second, chief = [await device(TABLET, f"approver_{tier}") for tier in ("third", "second", "chief")]
    await decide(third, case_no, "review_grant", "收入和财产核对过，符合条件")
    await decide(second, case_no, "check", "同意初审意见")
    await decide(chief, case_no, "send_back", "请补看家庭收入核对报告")
    await look(chief, "allowance/02-sent-back")
    await decide(second, case_no, "check", "已核对收入，同意")
    await decide(chief, case_no, "grant", "准予")
    await look(chief, "allowance/03-granted")

    await phone.open(f"/cases/{case_no}/certificate")
    await phone.go("领证", kind="button")
    await look(phone, "allowance/04-collected-elder")


async def test_a_refusal_can_be_read_and_understood(device: Arrive, people: People) -> None:
    xu = await people("xuting")
    matter = await xu.get(f"/matters/{FOOD}")
    case_no = (await xu.file(matter, await answers(xu, matter)))["case_no"]
    await (await people.take_and_tick(case_no)).verb(case_no, "acceptance")
    await people.survey(case_no, "fail")
    third, second = [await device(TABLET, f"approver_{tier}") for tier in ("third", "second")]
    await decide(third, case_no, "review_refuse", "现场不符合选址要求")
    await decide(
        second,
        case_no,
        "refuse",
        "不予许可",
        facts="经营场所距离暴露垃圾场不足二十五米",
        reasons="不符合食品安全法第三十三条的要求",
    )
    await look(second, "refusal/01-refused")

    phone = await device(PHONE, "xuting")
    await phone.open(f"/cases/{case_no}")
    await sees(phone, "不予许可决定书")
    await look(phone, "refusal/02-told")
    paper = await phone.page.get_by_role("link", name="不予许可决定书").first.get_attribute("href")
    answer = await phone.context.request.get(f"{phone.base_url}{paper}")
    assert (await answer.body()).startswith(b"%PDF")


async def test_somebody_without_a_phone_is_served_at_the_window(device: Arrive, people: People) -> None:
    """Walk-in intake: the clerk types, photographs, prints the receipt, and becomes first handler."""
    clerk = await device(TABLET, "clerk_8")
    await clerk.open("/desk")
    await clerk.go("替人新办")
    await clerk.page.locator("main input[name=q], main [type=search]").first.fill("居住证")
    async with clerk.page.expect_navigation():
        await clerk.page.keyboard.press("Enter")
    await look(clerk, "walk-in/01-which")
    await clerk.open(f"/desk/intake/{RESIDENCE}")
    await look(clerk, "walk-in/02-who")
    await clerk.go("开始收件", kind="button")
    await expect(clerk.page.locator(".govuk-error-summary")).to_be_visible()
    for name, value in {"id_number": "330499197706150011", "name": "赵德明", "mobile": "13805730088"}.items():
        await clerk.page.locator(f"[name={name}]").fill(value)
    await clerk.go("开始收件", kind="button")
    await look(clerk, "walk-in/03-tasks")
    answered = {
        "current_address": "嘉兴市南湖区勤俭路 2 号", "residence_since": "2024-03-01", "basis": "合法稳定住所",
        "delivery_mode": "窗口领取",
    }  # fmt: skip
    await whole_draft(clerk, answered)
    await look(clerk, "walk-in/04-check")
    case_no = await submit(clerk)
    await sees(clerk, "打印收件凭证")
    await look(clerk, "walk-in/05-receipt")
    await clerk.open(f"/desk/cases/{case_no}")
    await sees(clerk, "徐航")


async def test_two_clerks_take_the_same_case_and_one_is_told_who_was_faster(device: Arrive, people: People) -> None:
    emma = await people("emma")
    matter = await emma.get(f"/matters/{FOOD}")
    case_no = (await emma.file(matter, await answers(emma, matter)))["case_no"]
    clerks = [await device(TABLET, key) for key in ("clerk", "clerk_8")]
    for clerk in clerks:
        await clerk.open(f"/desk/cases/{case_no}")
        await sees(clerk, "接手")
    await asyncio.gather(*(clerk.go("接手", kind="button") for clerk in clerks))
    state = await (await people("clerk")).get(f"/cases/{case_no}")
    winner, loser = clerks if "accept" in state["open_verbs"] else reversed(clerks)
    await sees(loser, "陈洁" if winner is clerks[0] else "徐航")
    assert "没点的都对" not in await loser.text()
    await look(loser, "two-clerks/told")
    await sees(winner, "没点的都对")
