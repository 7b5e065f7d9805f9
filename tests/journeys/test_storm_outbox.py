"""Items in the outbox while everything falls down around them: each is done once, and server and phone agree on it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.journeys.browser import PHONE, Visitor
from tests.journeys.checker import Witness, agree
from tests.journeys.conftest import Arrive, enter
from tests.journeys.outbox import becomes, items, put
from tests.journeys.profiles import Pocket
from tests.journeys.proxy import Line
from tests.journeys.server import Hall
from tests.journeys.stormy import SIMPLE, at_home, drafted, sign_out_elsewhere
from tests.journeys.talking import People, Person

_WHO = "chenjiaming"
_WITHDRAWAL = "/api/v1/cases/[0-9]+/withdrawal"
_PATIENCE = 90  # seconds: the phone waits longer after each try that found nobody
_DONE, _LOST = ("done", None), ("waiting", "server")


async def _cases(person: Person, count: int) -> list[str]:
    """Fresh cases to do something with."""
    drafts = [await drafted(person, SIMPLE, {"delivery_mode": "电子证照"}) for _ in range(count)]
    filed = [await person.post("/cases", {"draft": draft, "declared": True}, idempotency_key=draft) for draft in drafts]
    return [receipt["case_no"] for receipt in filed]


async def _withdraw(page: Page, case_no: str) -> str:
    """Into the outbox with it, as a page does it; the item's id."""
    said: dict[str, Any] = {"path": f"/api/v1/cases/{case_no}/withdrawal", "body": {"reason": ""}}
    return await put(page, f"case:{case_no}", case_no=case_no, act={"zh": "撤回", "en": "Withdraw"}, **said)


async def _out(phone: Visitor) -> None:
    """Somewhere in the app where nothing happens by itself, with the outbox's modules there."""
    await at_home(phone)
    await phone.open("/scan")
    await items(phone.page)


async def test_three_wait_one_is_refused_and_the_others_go(
    caller: Arrive, line: Line, hall_: Hall, people: People
) -> None:
    person = await people(_WHO)
    first, second, third = await _cases(person, 3)
    phone = await caller(PHONE, _WHO)
    await _out(phone)
    line.cut()
    for case_no in (first, second, third):
        await _withdraw(phone.page, case_no)
    await becomes(phone.page, [_LOST] * 3, seconds=_PATIENCE)
    await person.post(f"/cases/{second}/withdrawal", {"reason": ""}, idempotency_key=f"elsewhere-{second}")
    witness = await Witness.of(hall_, _WHO)
    line.mend()
    await phone.open("/outbox")
    await becomes(phone.page, [_DONE, ("stuck", "refused"), _DONE], seconds=_PATIENCE)
    why = (await items(phone.page))[1]["why"]
    await expect(phone.page.get_by_text(why)).to_be_visible()
    await agree(witness, phone, done=2, waiting=1)


@pytest.mark.parametrize("moment", ["nothing was sent", "it is on its way", "the answer was lost"])
async def test_the_browser_is_killed_with_an_item_in_the_outbox(
    pocket: Pocket, line: Line, hall_: Hall, people: People, moment: str
) -> None:
    (case_no,) = await _cases(await people(_WHO), 1)
    witness = await Witness.of(hall_, _WHO)
    phone = await pocket.open()
    await enter(phone, _WHO)
    await _out(phone)
    if moment == "nothing was sent":
        line.cut()
        await _withdraw(phone.page, case_no)
        await becomes(phone.page, [_LOST])
        await pocket.kill()
    elif moment == "it is on its way":
        held = line.hold("POST", _WITHDRAWAL)
        await _withdraw(phone.page, case_no)
        await held.holding()
        await pocket.kill()
        held.release()
    else:
        lost = line.lose_answers("POST", _WITHDRAWAL, times=9)
        await _withdraw(phone.page, case_no)
        await lost.came()
        await pocket.kill()
        lost.over()
    line.mend()
    phone = await pocket.open()
    await enter(phone, _WHO)  # a session ends with its browser
    await becomes(phone.page, [_DONE], seconds=_PATIENCE)
    await agree(witness, phone, done=1)


async def test_the_server_is_killed_and_the_outbox_goes_on_by_itself(
    caller: Arrive, line: Line, mortal: Hall, people: People
) -> None:
    cases = await _cases(await people(_WHO), 3)
    witness = await Witness.of(mortal, _WHO)
    phone = await caller(PHONE, _WHO)
    await _out(phone)
    held = line.hold("POST", _WITHDRAWAL, times=2)
    for case_no in cases:
        await _withdraw(phone.page, case_no)
    await held.holding()
    held.release()
    mortal.kill()
    await asyncio.to_thread(mortal.start)
    await becomes(phone.page, [_DONE] * 3, seconds=150)
    await agree(witness, phone, done=3)


async def test_signed_out_with_items_in_the_outbox_and_in_again(
    caller: Arrive, line: Line, hall_: Hall, people: People
) -> None:
    cases = await _cases(await people(_WHO), 2)
    witness = await Witness.of(hall_, _WHO)
    phone = await caller(PHONE, _WHO)
    await _out(phone)
    await sign_out_elsewhere(phone)
    for case_no in cases:
        await _withdraw(phone.page, case_no)
    await becomes(phone.page, [("waiting", "signed_out")] * 2)
    await agree(witness, phone, waiting=2)
    tried = line.count("POST", _WITHDRAWAL)
    await enter(phone, "xuting")  # somebody else on this phone: hers they are not
    await phone.open("/outbox")
    assert await items(phone.page) == []
    assert line.count("POST", _WITHDRAWAL) == tried
    await enter(phone, _WHO)
    await becomes(phone.page, [_DONE] * 2, seconds=_PATIENCE)
    await agree(witness, phone, done=2)
