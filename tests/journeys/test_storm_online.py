"""A bad line under the pages that everybody uses: nothing is filed twice, nothing typed is lost."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.journeys.browser import PHONE, Visitor, until
from tests.journeys.checker import Witness, agree
from tests.journeys.conftest import Arrive, enter
from tests.journeys.outbox import states
from tests.journeys.proxy import Line
from tests.journeys.server import Hall
from tests.journeys.steps import saved, sees
from tests.journeys.stormy import (
    PAPER,
    SIMPLE,
    WITH_PAPER,
    at_home,
    check_and_submit,
    choose,
    drafted,
    impatient,
    large_pdf,
    receipt,
    received,
    sign_out_elsewhere,
)
from tests.journeys.talking import People

_MODE = {"delivery_mode": "电子证照"}
_FORM = "scj-18"  # a long form: many words to lose
_MEGABYTE = 1_000_000
_PATCH = "/api/v1/uploads/[^/]+"
_TAKE_OVER = 60_000  # ms: the old worker first ends what it is doing


async def test_impatient_taps_on_2g_file_one_case(caller: Arrive, line: Line, hall_: Hall) -> None:
    phone = await caller(PHONE, "xuting")
    witness = await Witness.of(hall_, "xuting")
    await at_home(phone)
    await phone.open(f"/matters/{SIMPLE}/start")
    line.slow()
    page = phone.page
    await impatient(phone, page.get_by_role("button", name="开始填"))
    going_on = page.get_by_role("link", name=re.compile("^继续："))
    while await going_on.count():
        await impatient(phone, going_on)
        for box in await page.locator("[name=delivery_mode]").all():
            await box.check(force=True)
        await impatient(phone, page.get_by_role("button", name="下一步"))
    await impatient(phone, page.get_by_role("link", name="核对并提交").last)
    await page.locator("[name=declared]").check(force=True)
    await impatient(phone, page.get_by_role("button", name="提交"))
    await sees(phone, "收到了")
    line.mend()
    await agree(witness, phone, filed=1)


async def test_30_mb_cut_four_times_arrive_once_and_whole(
    caller: Arrive, line: Line, hall_: Hall, people: People, tmp_path: Path
) -> None:
    phone = await caller(PHONE, "xuting")
    witness = await Witness.of(hall_, "xuting")
    draft = await drafted(await people("xuting"), WITH_PAPER, witness.wrote(**_MODE))
    file = tmp_path / "证明.pdf"
    file.write_bytes(witness.chose(large_pdf(30 * _MEGABYTE)))
    await at_home(phone)
    await phone.open(f"/drafts/{draft}/topics/m-{PAPER}")
    cuts = [line.break_bodies("PATCH", _PATCH, after=100_000, skips=skips) for skips in (2, 5, 5, 5)]
    await received(await choose(phone, file))
    assert [cut.happened for cut in cuts] == [1, 1, 1, 1]
    sent = sum(each.sent for each in line.asked("PATCH", _PATCH))
    assert sent <= 31 * _MEGABYTE, f"{sent} bytes for 30 MB: what had arrived was sent again"
    await check_and_submit(phone, draft)
    await sees(phone, "收到了")
    await agree(witness, phone, filed=1)


async def test_an_answer_that_is_lost_is_no_second_case(
    caller: Arrive, line: Line, hall_: Hall, people: People
) -> None:
    phone = await caller(PHONE, "xuting")
    witness = await Witness.of(hall_, "xuting")
    draft = await drafted(await people("xuting"), SIMPLE, witness.wrote(**_MODE))
    await at_home(phone)
    lost = line.lose_answers("POST", f"/drafts/{draft}/submission")
    await check_and_submit(phone, draft)
    await lost.came()
    await receipt(phone)
    await agree(witness, phone, filed=1)


@pytest.mark.parametrize("moment", ["before it arrived", "while it was worked on"])
async def test_the_server_is_killed_under_a_submission(
    caller: Arrive, line: Line, mortal: Hall, people: People, moment: str
) -> None:
    phone = await caller(PHONE, "xuting")
    witness = await Witness.of(mortal, "xuting")
    draft = await drafted(await people("xuting"), SIMPLE, witness.wrote(**_MODE))
    await at_home(phone)
    held = line.hold("POST", f"/drafts/{draft}/submission")
    await check_and_submit(phone, draft)
    await held.holding()
    if moment == "before it arrived":
        mortal.kill()
        held.release()
    else:
        held.release()
        await asyncio.sleep(0.01)  # somewhere in its work: whatever it got done, there is one case in the end
        mortal.kill()
    await asyncio.to_thread(mortal.start)
    await receipt(phone)
    await agree(witness, phone, filed=1)


async def test_the_server_is_killed_under_an_upload(
    caller: Arrive, line: Line, mortal: Hall, people: People, tmp_path: Path
) -> None:
    phone = await caller(PHONE, "xuting")
    witness = await Witness.of(mortal, "xuting")
    draft = await drafted(await people("xuting"), WITH_PAPER, witness.wrote(**_MODE))
    file = tmp_path / "证明.pdf"
    file.write_bytes(witness.chose(large_pdf(6 * _MEGABYTE)))
    await at_home(phone)
    await phone.open(f"/drafts/{draft}/topics/m-{PAPER}")
    line.slow(up=2 * _MEGABYTE, down=2 * _MEGABYTE, delay=0)
    row = await choose(phone, file)

    async def on_its_way() -> bool:
        return sum(each.sent for each in line.asked("PATCH", _PATCH)) > 2 * _MEGABYTE

    await until(on_its_way)
    mortal.kill()
    line.mend()
    await asyncio.to_thread(mortal.start)
    await received(row)
    await until(lambda: _nothing_waits(phone), seconds=90)  # how the paper is given goes up as words do: after a pause
    await agree(witness, phone)


async def _nothing_waits(phone: Visitor) -> bool:
    return all(state == "done" for state, _cause in await states(phone.page))


async def test_a_session_that_ends_in_mid_form_loses_no_word(caller: Arrive, hall_: Hall, people: People) -> None:
    phone = await caller(PHONE, "xuting")
    witness = await Witness.of(hall_, "xuting")
    draft = await drafted(await people("xuting"), _FORM, {})
    topic = f"/drafts/{draft}/topics/form-1"
    await at_home(phone)
    await phone.open(topic)
    await phone.quiet()
    premises, area = (phone.page.locator(f"[name={name}]") for name in ("premises", "area"))
    await premises.fill("嘉兴市南湖区余北大街 88 号")
    await saved(phone)
    await sign_out_elsewhere(phone)
    await area.fill("120")
    witness.wrote(premises="嘉兴市南湖区余北大街 88 号", area="120")
    await area.press("Tab")
    await sees(phone, "登录到期了")
    await agree(witness, phone, waiting=1)
    await enter(phone, "xuting")
    person = await people("xuting")

    async def with_the_hall() -> bool:
        return bool((await person.get(f"/drafts/{draft}"))["values"].get("area") == "120")

    await until(with_the_hall, seconds=30)  # by itself: nobody has opened the draft again
    await phone.open(topic)
    await expect(area).to_have_value("120")
    await agree(witness, phone)


async def test_words_typed_before_their_keeper_has_loaded_are_kept_at_once(
    caller: Arrive, line: Line, hall_: Hall, people: People
) -> None:
    phone = await caller(PHONE, service_workers="block")
    person, witness = await people("xuting"), await Witness.of(hall_, "xuting")
    draft = await drafted(person, _FORM, {})
    await enter(phone, "xuting")
    held = line.hold("GET", "/static/js/elements/auto-save[^/]*")
    await phone.page.goto(f"{phone.base_url}/drafts/{draft}/topics/form-1")
    await held.holding()
    await phone.page.locator("[name=premises]").fill(witness.wrote(premises="南湖区城南路 8 号")["premises"])
    held.release()

    async def with_the_hall() -> bool:
        return bool((await person.get(f"/drafts/{draft}"))["values"].get("premises") == "南湖区城南路 8 号")

    await until(with_the_hall, seconds=30)  # without another key being touched
    await agree(witness, phone)


async def test_a_new_worker_takes_over_under_an_open_form(
    caller: Arrive, line: Line, hall_: Hall, people: People
) -> None:
    phone = await caller(PHONE, "xuting")
    witness = await Witness.of(hall_, "xuting")
    draft = await drafted(await people("xuting"), _FORM, {})
    await at_home(phone)
    await phone.open(f"/drafts/{draft}/topics/form-1")
    await phone.quiet()
    page = phone.page
    held = line.hold("PATCH", f"/api/v1/drafts/{draft}")
    await page.locator("[name=premises]").fill(witness.wrote(premises="南湖区城南路 6 号")["premises"])
    await page.locator("[name=premises]").press("Tab")
    await held.holding()
    line.version = b"5708a17e57"
    await page.evaluate("async () => (await navigator.serviceWorker.getRegistration()).update().then(() => true)")
    update = page.locator("[data-bar=update]")
    await expect(update).to_contain_text("新版本")
    held.release()
    await saved(phone)
    async with page.expect_event("load", timeout=_TAKE_OVER):
        await update.get_by_role("button").click()
    await phone.quiet()
    await expect(page.locator("[name=premises]")).to_have_value("南湖区城南路 6 号")
    assert "assets-5708a17e57" in await page.evaluate("() => caches.keys()")
    await agree(witness, phone)
