"""报批审核, a refusal that the applicant is heard on first: told, asked for on the phone, fixed, held, refused by the chief."""

from __future__ import annotations

import io

from pypdf import PdfReader

from tests.journeys.browser import PHONE, TABLET, Visitor, look
from tests.journeys.steps import decide, sees
from tests.journeys.talking import answers
from tests.journeys.turning import Days

ALLOWANCE = "mzj-36"  # 低保边缘家庭认定, submitted for approval, without a survey


async def test_a_refusal_is_heard_before_it_is_decided(days: Days) -> None:
    """14 September 2026 to the 24th; the make-up Sunday of the 20th is a working day in every count."""
    case_no = await _comes_before_the_chief(days)
    chief = await days.device(TABLET, "approver_chief")
    phone = await days.device(PHONE, "lijianguo")

    await _is_told(chief, phone, case_no)
    await phone.go("我要听证", kind="button")
    await sees(phone, "您要求了听证")
    await look(phone, "hearing/04-asked")
    await _nobody_decides_meanwhile(days, chief, case_no)

    second = await days.device(TABLET, "approver_second_b")
    await _is_fixed(second, phone, case_no)

    await days.turn_to("2026-09-24")
    await _is_held(days, case_no)
    await decide(
        chief,
        case_no,
        "refuse",
        "不予许可",
        facts="家庭月人均收入高于本地低收入标准",
        reasons="不符合低保边缘家庭的条件",
    )
    await sees(chief, "不予许可")
    await look(chief, "hearing/08-refused")
    await _reads_the_decision(phone, case_no)


async def _comes_before_the_chief(days: Days) -> str:
    people = days.people
    li = await people("lijianguo")
    matter = await li.get(f"/matters/{ALLOWANCE}")
    case_no = str((await li.file(matter, await answers(li, matter)))["case_no"])
    await (await people.take_and_tick(case_no)).verb(case_no, "acceptance")
    third, second = [await people(f"approver_{tier}") for tier in ("third", "second")]
    await third.verb(case_no, "reviews", proposal="refuse", opinion="收入高于标准，建议不予")
    await second.verb(case_no, "checks", opinion="同意初审意见")
    return case_no


async def _is_told(chief: Visitor, phone: Visitor, case_no: str) -> None:
    await chief.open(f"/approvals/{case_no}")
    await chief.go("告知听证权利")
    await look(chief, "hearing/01-tell")
    await chief.page.locator("[name=intended]").fill("不予许可")
    await chief.page.locator("[name=facts]").fill("核对到的家庭月人均收入高于本地低收入标准")
    await chief.go("告知听证权利", kind="button")
    await phone.open("/")
    await sees(phone, "轮到您了")
    await phone.open(f"/cases/{case_no}")
    # Told on the 14th: 15 16 17 18 (4), Sunday 20, which is worked (5).
    await sees(phone, "9月20日前选")
    await look(phone, "hearing/02-told")
    chief.typed += "核对到的家庭月人均收入高于本地低收入标准"


async def _nobody_decides_meanwhile(days: Days, chief: Visitor, case_no: str) -> None:
    await chief.open(f"/approvals/{case_no}")
    assert not await chief.page.locator("[name=choice][value=refuse]").count()
    refused = await (await days.people("approver_chief")).verb(
        case_no, "refusal", 409, facts="收入高于标准", reasons="不符合条件"
    )
    assert refused["code"] == "case.open_hearing"


async def _is_fixed(second: Visitor, phone: Visitor, case_no: str) -> None:
    """Seven working days' notice from the 14th: 15 16 17 18 (4), 20 21 22 (7). Who reviewed it does not preside."""
    path = f"/desk/cases/{case_no}/ways/fix_hearing"
    for held_at, presider, said in (
        ("2026-09-21T09:30", "NH0311", "9月22日"),
        ("2026-09-23T09:30", "NH0301", "不能主持"),
    ):
        await _fill_in(second, path, held_at, presider)
        await second.go("确定听证", kind="button")
        await sees(second, said)
    await look(second, "hearing/05-not-this-one")
    await _fill_in(second, path, "2026-09-23T09:30", "NH0311")
    await second.go("确定听证", kind="button")
    await sees(second, "停表")
    await phone.open(f"/cases/{case_no}")
    await sees(phone, "三楼听证室")
    await sees(phone, "许文")
    await sees(phone, "停表")
    await look(phone, "hearing/06-fixed")


async def _fill_in(second: Visitor, path: str, held_at: str, presider: str) -> None:
    await second.open(path)
    await second.page.locator("[name=held_at]").fill(held_at)
    await second.page.locator("[name=place]").fill("三楼听证室")
    await second.page.locator("[name=presider]").fill(presider)


async def _is_held(days: Days, case_no: str) -> None:
    presider = await days.device(TABLET, "approver_third_b")
    await presider.open(f"/desk/cases/{case_no}/ways/hold_hearing")
    await presider.page.locator("[name=present]").fill("李建国，审查员二人")
    await presider.page.locator("[name=record]").fill("申请人说明了子女给的赡养费，出示了存折。")
    await look(presider, "hearing/07-record")
    await presider.go("举行听证", kind="button")
    await presider.open(f"/approvals/{case_no}")
    assert "ways/hold_hearing" not in await presider.page.content()


async def _reads_the_decision(phone: Visitor, case_no: str) -> None:
    """Facts, reasons and remedies on the paper; the record of the hearing beside it."""
    await phone.open(f"/cases/{case_no}")
    await sees(phone, "不予许可决定书")
    await sees(phone, "听证笔录")
    await look(phone, "hearing/09-decision")
    paper = await phone.page.get_by_role("link", name="不予许可决定书").first.get_attribute("href")
    answer = await phone.context.request.get(f"{phone.base_url}{paper}")
    pages = PdfReader(io.BytesIO(await answer.body())).pages
    text = "".join("".join(page.extract_text() for page in pages).split())
    for words in ("家庭月人均收入高于本地低收入标准", "不符合低保边缘家庭的条件", "行政复议", "60日", "6个月"):
        assert words in text, words
