"""An approver's tablet while hall or network are away: review, check and sending back wait and are done once; signing waits for the hall."""

from __future__ import annotations

import pytest_asyncio
from playwright.async_api import expect

from tests.journeys.browser import TABLET, Visitor, look
from tests.journeys.outbox import items
from tests.journeys.proxy import Line
from tests.journeys.talking import People, answers
from tests.journeys.test_desk_outage import Tablet, copied, sent, tablet, verbs

__all__ = ["tablet"]  # a fixture

FOOD = "scj-18"  # 一审一核
OPINION = "现场照片齐全，同意"


@pytest_asyncio.fixture(loop_scope="session")
async def accepted(people: People) -> str:
    """A case of 王敏's that waits for its review."""
    wang = await people("wangmin")
    matter = await wang.get(f"/matters/{FOOD}")
    case_no = str((await wang.file(matter, await answers(wang, matter)))["case_no"])
    clerk = await people.take_and_tick(case_no)
    await clerk.verb(case_no, "acceptance")
    return case_no


async def _at(tablet: Tablet, case_no: str, who: str = "approver_third") -> Visitor:
    approver = await tablet(who)
    await approver.open(f"/approvals/{case_no}")
    await copied(approver, f"/approvals/{case_no}")
    return approver


async def test_a_review_without_network_is_done_once(tablet: Tablet, line: Line, people: People, accepted: str) -> None:
    approver = await _at(tablet, accepted)
    page = approver.page
    line.cut()
    await page.goto(f"{approver.base_url}/approvals/{accepted}")
    await approver.quiet()
    form = page.locator("deed-form[data-act=decision]")
    await form.locator("button[type=submit].wide").click()
    await expect(form.locator(".deed-says")).to_contain_text("先选一个决定")
    await form.locator("[value=review_grant]").check(force=True)
    await form.locator("button[type=submit].wide").click()
    await expect(form.locator(".deed-says")).to_contain_text("写上意见")
    await form.locator("[name=opinion]").fill(OPINION)
    await form.locator("button[type=submit].wide").click()
    await expect(form.locator(".deed-waits")).to_contain_text("等连上大厅就发")
    await look(approver, "outage/11-reviewed")
    await page.reload()
    await expect(form.locator("[name=opinion]")).to_have_value(OPINION)
    third = await people("approver_third")
    assert "review" not in await verbs(third, accepted)

    line.mend()
    await expect(page.locator(".deed-done")).to_contain_text("初审", timeout=60_000)
    await sent(approver)
    assert (await verbs(third, accepted)).count("review") == 1


async def test_a_case_that_moved_meanwhile_is_left_alone_and_the_opinion_stays(
    tablet: Tablet, line: Line, people: People, accepted: str
) -> None:
    third = await people("approver_third")
    await third.verb(accepted, "reviews", proposal="grant", opinion="材料齐全")
    approver = await _at(tablet, accepted, "approver_second")
    page = approver.page
    line.cut()
    await page.goto(f"{approver.base_url}/approvals/{accepted}")
    form = page.locator("deed-form[data-act=decision]")
    await form.locator("[value=send_back]").check(force=True)
    await form.locator("[name=opinion]").fill("请补看洗消区的照片")
    await form.locator("button[type=submit].wide").click()
    await expect(form.locator(".deed-waits")).to_contain_text("等连上大厅就发")
    await (await people("wangmin")).verb(accepted, "withdrawal", reason="不办了")
    line.mend()
    refused = page.locator(".deed-refused")
    await expect(refused).to_contain_text("没有办成：退回上一步", timeout=60_000)
    await expect(refused).to_contain_text("请补看洗消区的照片")
    await look(approver, "outage/12-review-refused")
    assert "send_back" not in await verbs(third, accepted)
    await page.get_by_role("button", name="知道了，不办了").click()
    await expect(refused).to_have_count(0)
    assert await items(page) == []


async def test_an_answer_that_was_lost_is_no_second_review(
    tablet: Tablet, line: Line, people: People, accepted: str
) -> None:
    approver = await _at(tablet, accepted)
    form = approver.page.locator("deed-form[data-act=decision]")
    swallowed = line.lose_answers("POST", rf"/api/v1/cases/{accepted}/reviews")
    await form.locator("[value=review_grant]").check(force=True)
    await form.locator("[name=opinion]").fill(OPINION)
    await form.locator("button[type=submit].wide").click()
    await swallowed.came()
    await expect(approver.page.locator(".deed-done")).to_contain_text("初审", timeout=60_000)
    assert (await verbs(await people("approver_third"), accepted)).count("review") == 1


async def test_signing_waits_for_the_hall_and_the_words_stay(
    tablet: Tablet, line: Line, people: People, accepted: str
) -> None:
    third = await people("approver_third")
    await third.verb(accepted, "reviews", proposal="grant", opinion="材料齐全")
    await people.survey(accepted)
    second = await _at(tablet, accepted, "approver_second")
    page = second.page
    line.cut()
    await page.goto(f"{second.base_url}/approvals/{accepted}")
    form = page.locator("deed-form[data-act=decision]")
    await form.locator("[value=grant]").check(force=True)
    await form.locator("[name=opinion]").fill(OPINION)
    await form.locator("button[type=submit].wide").click()
    await expect(form.locator(".deed-says")).to_contain_text("当场确认是您")
    await look(second, "outage/13-signing")
    assert await items(page) == []
    line.mend()
    await page.goto(f"{second.base_url}/approvals/{accepted}")
    await expect(form.locator("[name=opinion]")).to_have_value(OPINION)
    assert "grant" not in await verbs(third, accepted)


async def test_a_wide_screen_keeps_both_panes_under_the_strip(tablet: Tablet, line: Line, accepted: str) -> None:
    approver = await _at(tablet, accepted)
    line.cut()
    await approver.page.goto(f"{approver.base_url}/approvals/{accepted}")
    await expect(approver.page.locator("[data-bar=net]")).to_be_visible()
    foot = await approver.page.locator("deed-form[data-act=decision] button[type=submit].wide").bounding_box()
    assert foot
    assert foot["y"] + foot["height"] <= TABLET["viewport"]["height"]
