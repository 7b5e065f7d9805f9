"""Filed without network, and then everything falls down around it: each filing becomes one case, with every file whole."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.journeys import evidence
from tests.journeys import without_network as lift
from tests.journeys.browser import PHONE, Visitor, until
from tests.journeys.checker import Witness, agree
from tests.journeys.conftest import Arrive, enter
from tests.journeys.outbox import becomes
from tests.journeys.profiles import Pocket
from tests.journeys.proxy import Line
from tests.journeys.server import Hall
from tests.journeys.steps import pdf
from tests.journeys.stormy import at_home, large_pdf

_WHO = "linzhiyuan"
_CARD, _ANSWERS = "jwt-79", {"delivery_mode": "电子证照"}  # 借阅证: one question, one paper
_FILE, _PIECE = "/api/v1/cases", "/api/v1/uploads/[^/]+"
_DONE = ("done", None)
_MEGABYTE = 1_000_000
_PATIENCE = 90  # seconds: the phone waits longer after each try that found nobody


async def _in_the_app(phone: Visitor) -> None:
    await enter(phone, _WHO)
    await at_home(phone)
    await lift.ready(phone)
    phone.is_unplugged = True


async def _lift(phone: Visitor, line: Line) -> None:
    """Into a lift: the browser knows it, and the line is cut for good measure."""
    line.cut()
    await lift.no_network(phone)


async def _out(phone: Visitor, line: Line) -> None:
    """And out again."""
    line.mend()
    await lift.network(phone)


async def _begun(phone: Visitor) -> str:
    await lift.go(phone, f"/matters/{_CARD}/start")
    await lift.next_page(phone)
    return phone.page.url.split("/")[-1]


async def _filled(phone: Visitor, paper: bytes) -> str:
    """A filing on pages that the phone draws, up to the last look at it; the draft's id."""
    draft = await _begun(phone)
    await lift.whole_draft(phone, _ANSWERS, paper, name="证明.pdf", kind="application/pdf")
    return draft


async def _filed(phone: Visitor, paper: bytes) -> str:
    draft = await _filled(phone, paper)
    await lift.submit(phone)
    return draft


async def test_the_network_is_cut_in_mid_filing(caller: Arrive, line: Line, hall_: Hall) -> None:
    phone = await caller(PHONE)
    await _in_the_app(phone)
    witness = await Witness.of(hall_, _WHO)
    page, paper = phone.page, witness.chose(pdf(2))
    await phone.open(f"/matters/{_CARD}/start")
    await phone.go("开始填", kind="button")
    draft = page.url.split("/")[-1]
    await until(lambda: lift.in_store(phone, "filings", draft))
    await _lift(phone, line)
    await lift.go(phone, f"/drafts/{draft}")
    await lift.whole_draft(phone, witness.wrote(**_ANSWERS), paper, name="证明.pdf", kind="application/pdf")
    await lift.submit(phone)
    await agree(witness, phone, waiting=1)
    await _out(phone, line)
    await becomes(page, [_DONE], seconds=_PATIENCE)
    await agree(witness, phone, filed=1)


@pytest.mark.parametrize("moment", ["nothing was sent", "half a file was sent", "the answer was lost"])
async def test_the_browser_is_killed_with_a_filing_in_the_outbox(
    pocket: Pocket, line: Line, hall_: Hall, moment: str
) -> None:
    phone = await pocket.open()
    await _in_the_app(phone)
    witness = await Witness.of(hall_, _WHO)
    witness.wrote(**_ANSWERS)
    await _lift(phone, line)
    await _filed(phone, witness.chose(large_pdf(2 * _MEGABYTE)))
    if moment == "half a file was sent":
        mishap = line.break_bodies("PATCH", _PIECE, after=100_000, skips=1)
    else:
        mishap = line.lose_answers("POST", _FILE, times=9)
    if moment != "nothing was sent":
        await _out(phone, line)
        await mishap.came()
    await pocket.kill()
    mishap.over()
    line.mend()
    phone = await pocket.open()
    await enter(phone, _WHO)  # a session ends with its browser
    await becomes(phone.page, [_DONE], seconds=_PATIENCE)
    await agree(witness, phone, filed=1)


async def test_the_server_is_killed_under_the_outbox(caller: Arrive, line: Line, mortal: Hall) -> None:
    phone = await caller(PHONE)
    await _in_the_app(phone)
    witness = await Witness.of(mortal, _WHO)
    witness.wrote(**_ANSWERS)
    await _lift(phone, line)
    await _filed(phone, witness.chose(large_pdf(3 * _MEGABYTE)))
    held = line.hold("PATCH", _PIECE)
    await _out(phone, line)
    await held.holding()
    held.release()
    mortal.kill()
    await asyncio.to_thread(mortal.start)
    await becomes(phone.page, [_DONE], seconds=_PATIENCE)
    await agree(witness, phone, filed=1)


async def test_30_mb_in_the_outbox_cut_four_times(caller: Arrive, line: Line, hall_: Hall, tmp_path: Path) -> None:
    phone = await caller(PHONE)
    await _in_the_app(phone)
    witness = await Witness.of(hall_, _WHO)
    file = tmp_path / "证明.pdf"
    file.write_bytes(witness.chose(large_pdf(30 * _MEGABYTE)))
    await _lift(phone, line)
    draft = await _begun(phone)
    await lift.go(phone, await _paper_page(phone))
    await phone.page.locator("upload-list input[type=file]").last.set_input_files(file)
    await expect(phone.page.locator("upload-list .file")).to_contain_text("先留在这台手机上")
    await lift.go(phone, f"/drafts/{draft}")
    await lift.whole_draft(phone, witness.wrote(**_ANSWERS), b"")
    await lift.submit(phone)
    cuts = [line.break_bodies("PATCH", _PIECE, after=100_000, skips=skips) for skips in (2, 5, 5, 5)]
    await _out(phone, line)
    await becomes(phone.page, [_DONE], seconds=_PATIENCE)
    assert [cut.happened for cut in cuts] == [1, 1, 1, 1]
    sent = sum(each.sent for each in line.asked("PATCH", _PIECE))
    assert sent <= 31 * _MEGABYTE, f"{sent} bytes for 30 MB: what had arrived was sent again"
    await agree(witness, phone, filed=1)


async def test_three_filings_wait_one_is_refused_put_right_and_sent_again(
    caller: Arrive, line: Line, hall_: Hall, tmp_path: Path
) -> None:
    phone = await caller(PHONE)
    await _in_the_app(phone)
    witness = await Witness.of(hall_, _WHO)
    await _lift(phone, line)
    await _filed(phone, witness.chose(pdf(2)))
    torn = await _filed(phone, b"%PDF-1.4\ntorn\n")
    await _filed(phone, witness.chose(pdf(3)))
    await _out(phone, line)
    await becomes(phone.page, [_DONE, ("stuck", "refused"), _DONE], seconds=_PATIENCE)
    await phone.open("/outbox")
    await expect(phone.page.get_by_text(re.compile("打不开|没传完整")).first).to_be_visible()
    await agree(witness, phone, filed=2, waiting=1)
    whole = tmp_path / "好的.pdf"
    whole.write_bytes(witness.chose(pdf(4)))
    await phone.open(f"/drafts/{torn}")
    await phone.open(await _paper_page(phone))
    await phone.page.get_by_role("button", name=re.compile("^删")).first.click()
    await expect(phone.page.locator("upload-list .file")).to_have_count(0)
    await phone.page.locator("upload-list input[type=file]").last.set_input_files(whole)
    await expect(phone.page.locator("upload-list .file")).to_contain_text("收到了")
    await phone.open(f"/drafts/{torn}/check")
    await phone.page.locator("[name=declared]").check(force=True)
    await phone.page.locator(".act button.wide").click(no_wait_after=True)
    await until(lambda: _are_cases(witness, 3), seconds=_PATIENCE)
    await agree(witness, phone, filed=3)


async def _paper_page(phone: Visitor) -> str:
    """Of the task list on the screen."""
    href = await phone.page.locator('a[href*="/topics/m-"]').first.get_attribute("href")
    return str(href)


async def _are_cases(witness: Witness, count: int) -> bool:
    return len(witness.cases(await evidence.of_server(witness.hall, _WHO))) == count


async def test_two_devices_on_one_draft_keep_both_answers(caller: Arrive, line: Line, hall_: Hall) -> None:
    phone, other = await caller(PHONE), await caller(PHONE)
    await _in_the_app(phone)
    await enter(other, _WHO)
    witness = await Witness.of(hall_, _WHO)
    await phone.open("/matters/scj-18/start")
    await phone.go("开始填", kind="button")
    draft = phone.page.url.split("/")[-1]
    topic = f"/drafts/{draft}/topics/form-1"
    await phone.open(topic)
    await until(lambda: lift.in_store(phone, "filings", draft))
    await phone.context.set_offline(True)
    await _types(phone, "甲路 1 号")
    await other.open(topic)
    await _types(other, "乙路 2 号")
    await expect(other.page.locator("auto-save output")).to_contain_text("已保存")
    await phone.context.set_offline(False)

    witness.wrote(premises="甲路 1 号")
    witness.wrote(premises="乙路 2 号")

    async def both() -> bool:
        return bool((await evidence.of_server(hall_, _WHO)).drafts[draft].rivals)

    await until(both, seconds=_PATIENCE)
    await agree(witness, phone, other)


async def _types(visitor: Visitor, words: str) -> None:
    await visitor.page.locator("[name=premises]").fill(words)
    await visitor.page.locator("[name=premises]").press("Tab")


async def test_a_phone_that_is_full_says_so_and_loses_nothing(
    caller: Arrive, line: Line, hall_: Hall, tmp_path: Path
) -> None:
    phone = await caller(PHONE)
    session = await phone.context.new_cdp_session(
        phone.page
    )  # before the first use: what is free is looked up now and then
    room = {"origin": phone.base_url, "quotaSize": 40 * _MEGABYTE}
    await session.send("Storage.overrideQuotaForOrigin", room)
    await _in_the_app(phone)
    witness = await Witness.of(hall_, _WHO)
    await _lift(phone, line)
    draft = await _begun(phone)
    await lift.go(phone, await _paper_page(phone))
    too_much = tmp_path / "全部照片.pdf"
    too_much.write_bytes(large_pdf(45 * _MEGABYTE))
    await phone.page.locator("upload-list input[type=file]").last.set_input_files(too_much)
    await expect(phone.page.locator("upload-list .file")).to_contain_text("手机存不下了")
    await agree(witness, phone, waiting=range(2))  # the draft itself may wait for a network already
    await lift.go(phone, f"/drafts/{draft}")
    await lift.whole_draft(
        phone, witness.wrote(**_ANSWERS), witness.chose(pdf(2)), name="证明.pdf", kind="application/pdf"
    )
    await lift.submit(phone)
    await _out(phone, line)
    await becomes(phone.page, [_DONE], seconds=_PATIENCE)
    await agree(witness, phone, filed=1)
