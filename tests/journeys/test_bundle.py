"""一件事: a child is born. Four matters in one filing, one code, one collection; the same at a window."""

from __future__ import annotations

import re

from playwright.async_api import expect

from tests.journeys.browser import PHONE, TABLET, Visitor, look
from tests.journeys.conftest import Arrive
from tests.journeys.steps import sees, submit, whole_draft
from tests.journeys.talking import People

CHILD = {
    "child_name": "王小一",
    "child_sex": "女",
    "birth_datetime": "2026-11-02T08:20",
    "birth_place": "浙江省嘉兴市南湖区",
    "follow_parent": "随母",
    "mother_id": "330402199003071245",
    "ethnicity": "汉族",
    "surname_rule": "母姓",
    "delivery_mode": "电子证照",
}
BIRTH, HUKOU, INSURE, COSTS = (
    "出生医学证明首次签发",
    "出生登记（入户）",
    "城乡居民基本医疗保险参保登记",
    "生育医疗费支付",
)


async def test_a_child_is_born(device: Arrive, people: People) -> None:
    phone = await device(PHONE, "wangmin")
    await _finds_it(phone)
    await _chooses_its_parts(phone)
    await whole_draft(phone, CHILD)
    await sees(phone, "看一遍")
    await look(phone, "bundle/06-check")
    first = await submit(phone)
    await sees(phone, "4 件一次交了")
    await sees(phone, f"等“{BIRTH}”办好，自动开始")
    await look(phone, "bundle/07-receipt")
    wang = await people("wangmin")
    filed = await wang.get(f"/cases/{first}/bundle")
    numbers = {part["matter_zh"]: part["case_no"] for part in filed["filing"]["parts"]}
    assert [name for name, number in numbers.items() if number] == [BIRTH, COSTS], "both offices have theirs at once"

    passer_by = await device(PHONE)
    await passer_by.open(f"/t/{filed['tracking_code']}")
    for name in (BIRTH, HUKOU, INSURE, COSTS):
        await sees(passer_by, name)
    assert "王小一" not in await passer_by.text()
    await look(passer_by, "bundle/08-one-code")

    clerk = await device(TABLET, "clerk")
    await clerk.open("/desk?segment=waiting")
    await sees(clerk, "新生儿出生")
    await look(clerk, "bundle/09-desk")
    await clerk.open(f"/desk/cases/{numbers[BIRTH]}")
    await clerk.go("一件事：看一起办的")
    await sees(clerk, HUKOU)
    await look(clerk, "bundle/10-siblings")

    await _goes_its_way(people, numbers[BIRTH] or "", "sole")
    await sees(passer_by, "4 件里办好了 1 件")  # nobody touched that phone
    numbers = await _numbers(people, first)
    assert numbers[HUKOU], "the registration began with the birth certificate"
    assert not numbers[INSURE], "insurance waits for the registration"
    await _goes_its_way(people, numbers[HUKOU] or "", "review_and_check")
    numbers = await _numbers(people, first)
    await _goes_its_way(people, numbers[INSURE] or "", "sole")
    await phone.open(f"/cases/{first}/bundle")
    await sees(phone, "4 件里好了 3 件")
    await look(phone, "bundle/11-nearly")
    await _goes_its_way(people, numbers[COSTS] or "", "review_and_check")
    await sees(phone, "都好了，4 样可以领")
    await look(phone, "bundle/12-ready")
    await _one_collection(clerk, phone, filed["tracking_code"])


async def _finds_it(phone: Visitor) -> None:
    await phone.open("/matters")
    box = phone.page.get_by_role("searchbox").first
    await box.click()
    await box.press_sequentially("给宝宝上户口", delay=20)
    card = phone.page.locator(".bundle a[href='/matters/yjs-newborn']")
    await expect(card).to_be_visible()
    await look(phone, "bundle/01-search")
    await card.click()
    await phone.page.wait_for_url("**/matters/yjs-newborn*")
    await sees(phone, "一次办这 5 件")
    await look(phone, "bundle/02-guide")


async def _chooses_its_parts(phone: Visitor) -> None:
    await phone.page.locator("input[name=part][value=card]").uncheck(force=True)
    await phone.go("开始办", kind="button")
    await phone.page.wait_for_url(re.compile(r"/matters/yjs-newborn~2/start"))
    await look(phone, "bundle/03-for-whom")
    await phone.go("开始填", kind="button")
    await phone.page.wait_for_url(re.compile(r"/drafts/[0-9a-f-]{36}$"))
    await sees(phone, HUKOU)
    await look(phone, "bundle/04-tasks")


async def _goes_its_way(people: People, case_no: str, mode: str) -> None:
    """Taken, accepted and granted by its own offices."""
    clerk = await people.take_and_tick(case_no)
    await clerk.verb(case_no, "acceptance")
    assert (await people.decide(case_no, mode))["step"] == "issued"


async def _numbers(people: People, first: str) -> dict[str, str | None]:
    seen = await (await people("wangmin")).get(f"/cases/{first}/bundle")
    return {part["matter_zh"]: part["case_no"] for part in seen["filing"]["parts"]}


async def _one_collection(clerk: Visitor, phone: Visitor, code: str) -> None:
    """王敏 shows the one code at window 5 and takes everything along."""
    page = clerk.page
    await clerk.open("/desk")
    await page.locator("details.q-scan summary").click()
    await page.locator("#scan-code").fill(code)
    await page.locator("form[action='/desk/scan'] button").click()
    await page.wait_for_url(re.compile(r"/desk/cases/\d+/bundle"))
    await page.locator("[name=last_four]").fill("0000")
    await clerk.go("全部发出，记下送达", kind="button")
    await sees(clerk, "后四位")
    await look(clerk, "bundle/13-wrong-digits")
    await page.locator("[name=last_four]").fill("0001")
    await clerk.go("全部发出，记下送达", kind="button")
    await sees(clerk, "都办完了")
    await look(clerk, "bundle/14-handed-over")
    await sees(phone, "都办完了")


async def test_at_the_window_too(device: Arrive) -> None:
    """徐婷 has no phone: the clerk takes the whole bundle, papers on the counter, one receipt."""
    clerk = await device(TABLET, "clerk")
    page = clerk.page
    await clerk.open("/desk/intake?q=新生儿一件事")
    await look(clerk, "bundle/20-window-search")
    await page.locator("a[href='/desk/intake/yjs-newborn']").click()
    await page.wait_for_url("**/desk/intake/yjs-newborn")
    for key in ("card", "costs"):
        await page.locator(f"input[name=part][value={key}]").uncheck(force=True)
    for name, value in {"id_number": "330402199003071245", "name": "赵一", "mobile": "13812341234"}.items():
        await page.locator(f"[name={name}]").fill(value)
    await look(clerk, "bundle/21-window-who")
    await clerk.go("开始收件", kind="button")
    await page.wait_for_url(re.compile(r"/drafts/[0-9a-f-]{36}$"))
    await look(clerk, "bundle/22-window-tasks")
    await whole_draft(clerk, CHILD)
    await page.locator("[name=declared]").check(force=True)
    await clerk.go("提交", kind="button")
    await sees(clerk, "3 件一次交了")
    await look(clerk, "bundle/23-window-receipt")
