"""A chief goes away and delegates; the delegate signs in his name; taken back, he is neither offered it nor able to."""

from __future__ import annotations

import io

from pypdf import PdfReader

from tests.journeys.browser import TABLET, Visitor, look
from tests.journeys.conftest import Arrive
from tests.journeys.steps import confirm, decide, sees
from tests.journeys.talking import People, answers

ALLOWANCE = "mzj-14"  # 报批审核: the chief decides
DELEGATE, DELEGATE_NO = "approver_third", "NH0301"


async def checked(people: People, who: str) -> str:
    """A case of this citizen that waits for the chief, reviewed and checked by two others."""
    citizen = await people(who)
    matter = await citizen.get(f"/matters/{ALLOWANCE}")
    case_no = (await citizen.file(matter, await answers(citizen, matter, delivery_mode="电子证照")))["case_no"]
    await (await people.take_and_tick(case_no)).verb(case_no, "acceptance")
    await people.survey(case_no)
    second, chief = await people("approver_second"), await people("approver_chief")
    # The reviewer never decides, so here the second tier reviews and the chief's colleague is left to decide.
    await second.verb(case_no, "reviews", proposal="grant", opinion="收入和财产核对过，符合条件")
    await chief.verb(case_no, "checks", opinion="同意初审意见")
    return case_no


async def delegate(chief: Visitor, to: str, until: str) -> None:
    """Confirmed with a fingerprint first, then the form."""
    page = chief.page
    await chief.open("/staff/authority")
    await chief.go("用指纹或面容确认", kind="link")
    await confirm(chief)
    letter = page.locator("select[name=letter] option", has_text="民政").first
    await page.locator("select[name=letter]").select_option(await letter.get_attribute("value"))
    await page.locator("[name=to]").fill(to)
    await page.locator("[name=valid_to]").fill(until)
    await page.locator("[name=reason]").fill("去省里开会三天")
    async with page.expect_navigation(wait_until="load"):
        await page.locator("form[action='/staff/delegations'] button[type=submit]").click()
    await chief.quiet()


async def test_a_chief_delegates_and_takes_it_back(device: Arrive, people: People) -> None:
    first, second_case = await checked(people, "lijianguo"), await checked(people, "lijianguo")
    colleague = await device(TABLET, DELEGATE)
    await colleague.open(f"/approvals/{first}")
    await sees(colleague, "现在没有要您签的")

    chief = await device(TABLET, "approver_chief")
    today = await chief.page.evaluate("() => new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10)")
    await delegate(chief, DELEGATE_NO, today)
    await sees(chief, "去省里开会三天")
    await look(chief, "delegation/01-delegated")

    await colleague.open("/staff/authority")
    await sees(colleague, "马国平委托给您：去省里开会三天")
    await decide(colleague, first, "grant", "同意，准予")
    await sees(colleague, "受马国平委托")
    await look(colleague, "delegation/02-signed")
    paper = await colleague.page.get_by_role("link", name="准予许可决定书").first.get_attribute("href")
    answer = await colleague.context.request.get(f"{colleague.base_url}{paper}")
    text = "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(await answer.body())).pages).split())
    assert "何晓东（受马国平委托）" in text

    await colleague.open(f"/approvals/{second_case}")
    await colleague.page.locator("[name=choice][value=grant]").wait_for(state="attached")
    await chief.go("收回委托", kind="button")
    await sees(chief, "已收回")
    await look(chief, "delegation/03-taken-back")

    # The page he still has open: the server refuses; a fresh one doesn't offer it.
    await colleague.page.locator("[name=choice][value=grant]").check(force=True)
    await colleague.page.locator("textarea[name=opinion]").fill("同意")
    async with colleague.page.expect_navigation(wait_until="load"):
        await colleague.page.locator("form[action$='/decision'] button.wide[type=submit]").click()
    await sees(colleague, "以上来签")
    await look(colleague, "delegation/04-refused")
    await colleague.open(f"/approvals/{second_case}")
    await sees(colleague, "现在没有要您签的")
    await colleague.open(f"/desk/cases/{second_case}/powers")
    await sees(colleague, "层级不够")
    await look(colleague, "delegation/05-who-may")
