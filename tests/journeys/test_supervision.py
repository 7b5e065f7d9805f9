"""效能监督 in the browser: a red case found, why it is late, a reminder, the clerk who hands it on, and the proof of it all."""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path

from playwright.async_api import expect

from tests.journeys.browser import TABLET, Visitor, look
from tests.journeys.conftest import Arrive
from tests.journeys.steps import sees
from tests.journeys.talking import People

CLERKS = {"陈洁": "clerk", "吴敏": "clerk_1", "徐航": "clerk_8", "郑欣怡": "clerk_12"}
NUMBERS = {"clerk": "NH0105", "clerk_8": "NH0108"}


async def test_a_red_case_is_found_explained_reminded_handed_on_and_proved(
    device: Arrive, people: People, tmp_path: Path
) -> None:
    supervisor = await device(TABLET, "supervisor")
    case_no, name = await _found(supervisor)
    await _urged(supervisor)
    key = CLERKS[name]
    successor = "clerk_8" if key == "clerk" else "clerk"
    clerk = await device(TABLET, key)
    await _answered(clerk)
    await _handed_on(clerk, case_no, NUMBERS[successor])
    other = await device(TABLET, successor)
    await other.open("/staff/inbox")
    await sees(other, f"{name}的首办移交给您")
    await _proved(supervisor, case_no, tmp_path / "trail.json")
    auditor = await device(TABLET, "audit_administrator")
    await auditor.open("/admin/chains")
    await auditor.go("核对全部", within="main", kind="button")
    await sees(auditor, "没有改动")
    await look(auditor, "supervision/10-chains")


async def _found(supervisor: Visitor) -> tuple[str, str]:
    """From the board to the first red case of a clerk: its number, and who is its first handler."""
    await supervisor.open("/board")
    await supervisor.go("效能监督", kind="link")
    await look(supervisor, "supervision/01-board")
    await supervisor.go("超期了", within=".lights", kind="link")
    await look(supervisor, "supervision/02-red")
    row = supervisor.page.locator("main .list a.li", has_text=re.compile("首办 (" + "|".join(CLERKS) + ")")).first
    said = re.search("首办 (.+)", await row.inner_text())
    assert said
    async with supervisor.page.expect_navigation(wait_until="load"):
        await row.click()
    await sees(supervisor, "每一步停了多久")
    await look(supervisor, "supervision/03-why")
    return supervisor.page.url.split("/")[-2], said[1].strip()


async def _urged(supervisor: Visitor) -> None:
    """催办, refused while it is empty, then 督办."""
    word = supervisor.page.locator("[name=word]")
    await word.fill("   ")
    await supervisor.go("催办", within="main", kind="button")
    await expect(supervisor.page.locator(".govuk-error-summary")).to_be_visible()
    await word.fill("申请人来电两次，请今天说清卡在哪里")
    await supervisor.go("催办", within="main", kind="button")
    await sees(supervisor, "催办发出去了")
    await supervisor.page.locator("[name=question]").fill("为什么超期，什么时候能办完")
    await supervisor.go("督办", within="main", kind="button")
    await sees(supervisor, "督办发出去了")
    await look(supervisor, "supervision/04-reminded")


async def _answered(clerk: Visitor) -> None:
    """The first handler is told on his desk, and answers."""
    await clerk.open("/desk")
    await expect(clerk.page.locator(".bell b")).to_be_visible()
    await look(clerk, "supervision/05-desk")
    await clerk.open("/staff/inbox")
    await sees(clerk, "申请人来电两次")
    await look(clerk, "supervision/06-inbox")
    await clerk.go("去答复", kind="link")
    await clerk.page.locator("[name=answer]").fill("在等部门签字，明天办完")
    await clerk.go("答复", within="#oversight", kind="button")
    await sees(clerk, "答复交上去了")


async def _handed_on(clerk: Visitor, case_no: str, successor: str) -> None:
    """From the list of what stalls to a named successor."""
    await clerk.open("/desk/first?only=stalled")
    await look(clerk, "supervision/07-first-handler")
    async with clerk.page.expect_navigation(wait_until="load"):
        await clerk.page.locator(f"main a[href='/desk/cases/{case_no}']").click()
    await clerk.go("移交首办", within="#verbs", kind="link")
    await look(clerk, "supervision/08-hand-on")
    await clerk.page.locator("[name=successor]").select_option(successor)
    await clerk.page.locator("[name=reason]").select_option("leave")
    await clerk.page.locator("[name=word]").fill("部门已经答应明天签")
    await clerk.go("移交首办", within="main", kind="button")
    await clerk.open("/desk/first")
    assert case_no not in await clerk.text()


async def _proved(supervisor: Visitor, case_no: str, file: Path) -> None:
    """The whole story stands in the trail, and the exported file is verified by the command alone."""
    await supervisor.open(f"/staff/cases/{case_no}/why")
    await sees(supervisor, "在等部门签字")
    await supervisor.go("看轨迹", kind="link")
    await sees(supervisor, "核验结论：完整")
    await look(supervisor, "supervision/09-trail")
    request = supervisor.context.request
    answer = await request.get(f"{supervisor.base_url}/trails/{case_no}/trail.json")
    body = await answer.body()
    for content, code in ((body, 0), (body.replace(b'"reason": "leave"', b'"reason": "other"'), 1)):
        await asyncio.to_thread(file.write_bytes, content)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "backend.cli", "audit", "verify", str(file)
        )
        assert await process.wait() == code
    paper = await request.get(f"{supervisor.base_url}/trails/{case_no}/trail.pdf")
    assert (await paper.body()).startswith(b"%PDF")
