"""What may have arrived and was changed since: nothing is done twice, nothing that was written is lost, one tap leads on."""

from __future__ import annotations

from typing import Any

from playwright.async_api import Page, expect

from tests.journeys import without_network as lift
from tests.journeys.browser import PHONE, Visitor, look, until
from tests.journeys.checker import Witness, agree
from tests.journeys.conftest import Arrive, enter
from tests.journeys.outbox import becomes, engine, items
from tests.journeys.proxy import Line
from tests.journeys.server import Hall
from tests.journeys.steps import sees
from tests.journeys.stormy import SIMPLE, at_home, drafted
from tests.journeys.talking import People, Person
from tests.journeys.test_storm_outbox import _cases, _out, _withdraw

_WHO = "chenjiaming"
_WITHDRAWAL = "/api/v1/cases/[0-9]+/withdrawal"
_DONE, _LOST = ("done", None), ("waiting", "server")
_FILE = "/api/v1/cases"


async def _rewritten(page: Page, item: str, body: dict[str, Any]) -> None:
    """Its owner changes what it says while it waits."""
    change = "(outbox, flush, [id, body]) => outbox.change(id, (item) => ({...item, body})).then(() => null)"
    await engine(page, change, [item, body])


async def _lost(phone: Visitor, line: Line, case_no: str) -> str:
    """A withdrawal that the hall did and the phone never heard of; what follows finds no hall for a while."""
    phone.is_unplugged = True
    swallowed = line.lose_answers("POST", _WITHDRAWAL)
    item = await _withdraw(phone.page, case_no)
    await swallowed.came()
    line.cut()
    await becomes(phone.page, [_LOST])
    assert (await items(phone.page))[0]["is_unsure"]
    return item


async def test_words_changed_after_the_deed_was_done_are_told_so_and_left_at_that(
    caller: Arrive, line: Line, hall_: Hall, people: People
) -> None:
    (case_no,) = await _cases(await people(_WHO), 1)
    phone, witness = await caller(PHONE, _WHO), await Witness.of(hall_, _WHO)
    await _out(phone)
    item = await _lost(phone, line, case_no)
    await _rewritten(phone.page, item, {"reason": "换了地方，改天再来"})
    line.mend()
    await phone.open("/outbox")
    await becomes(phone.page, [("stuck", "refused")])
    await sees(phone, "大厅先前已经照您第一次写的办好了")
    await look(phone, "unsure/01-done-before")
    await phone.page.locator("[data-do=leave]").click()
    await becomes(phone.page, [_DONE])
    await agree(witness, phone, done=1)


async def test_changed_words_may_go_on_and_the_hall_says_whether(
    caller: Arrive, line: Line, hall_: Hall, people: People
) -> None:
    (case_no,) = await _cases(await people(_WHO), 1)
    phone, witness = await caller(PHONE, _WHO), await Witness.of(hall_, _WHO)
    await _out(phone)
    item = await _lost(phone, line, case_no)
    await _rewritten(phone.page, item, {"reason": "换了地方，改天再来"})
    line.mend()
    await phone.open("/outbox")
    await phone.page.locator("[data-do=further]").click()
    await becomes(
        phone.page, [("stuck", "refused")]
    )  # what is withdrawn can't be withdrawn again, in the hall's own words

    async def is_told() -> bool:
        return bool((await items(phone.page))[0]["why"])

    await until(is_told)
    kept = (await items(phone.page))[0]
    assert kept["body"] == {"reason": "换了地方，改天再来"}
    await expect(phone.page.locator("main")).to_contain_text(kept["why"])
    await agree(witness, phone, done=1, waiting=1)


async def test_who_changes_an_unsure_item_hears_first_that_it_was_done(
    caller: Arrive, line: Line, hall_: Hall, people: People
) -> None:
    (case_no,) = await _cases(await people(_WHO), 1)
    phone, witness = await caller(PHONE, _WHO), await Witness.of(hall_, _WHO)
    await _out(phone)
    path = f"/cases/{case_no}/withdrawal"
    item = await _lost(phone, line, case_no)
    form = {"path": path, "fields": [["reason", "不办了"]]}
    add = "(outbox, flush, [id, form]) => outbox.change(id, (item) => ({...item, form, edit: form.path})).then(() => null)"
    await engine(phone.page, add, [item, form])
    busy = line.answer("POST", _WITHDRAWAL, 503, times=99)
    line.mend()
    await phone.open("/outbox")
    await phone.page.locator("[data-do=edit]").click()
    await becomes(phone.page, [_DONE])
    assert phone.page.url.endswith("/outbox")
    await sees(phone, "收到了")
    busy.over()
    await agree(witness, phone, done=1)


async def test_a_tick_changed_after_its_answer_was_lost_stands_as_it_was_changed(
    caller: Arrive, line: Line, people: People
) -> None:
    (case_no,) = await _with_paper(await people("wangmin"))
    clerk = await people("clerk")
    await clerk.verb(case_no, "handling")
    key = (await clerk.get(f"/cases/{case_no}"))["materials"][0]["key"]
    tablet = await caller(PHONE, "clerk")
    await at_home(tablet)
    place = f"/api/v1/cases/{case_no}/materials/{key}/verdict"
    tablet.is_unplugged = True
    swallowed = line.lose_answers("PUT", place)
    put = {
        "kind": "deed", "lane": f"case:{case_no}", "title": {"zh": "食品", "en": "Food"}, "act": {"zh": "核对", "en": "Check"},
        "method": "PUT", "path": place, "body": {"verdict": "fix", "note": "看不清"}, "case_no": case_no, "at_desk": True,
    }  # fmt: skip
    item = str(await engine(tablet.page, "async (outbox, flush, item) => (await outbox.put(item)).id", put))
    await swallowed.came()
    line.cut()
    await becomes(tablet.page, [_LOST])
    await _rewritten(tablet.page, item, {"verdict": "fits", "note": ""})
    line.mend()
    await tablet.open("/outbox")
    await becomes(tablet.page, [_DONE], seconds=30)
    assert (await clerk.get(f"/cases/{case_no}"))["materials"][0]["verdict"] == "fits"


async def _with_paper(citizen: Person) -> list[str]:
    from tests.journeys.test_desk_outage import filed

    return [await filed(citizen)]


async def test_a_filing_taken_back_unsure_and_changed_is_filed_once_with_the_changes(
    caller: Arrive, line: Line, hall_: Hall, people: People
) -> None:
    person, phone = await people(_WHO), await caller(PHONE)
    await enter(phone, _WHO)
    await at_home(phone)
    await lift.ready(phone)
    witness = await Witness.of(hall_, _WHO)
    draft = await drafted(person, SIMPLE, {"delivery_mode": "电子证照"})
    await phone.open(f"/drafts/{draft}")
    await until(lambda: lift.in_store(phone, "filings", draft))
    phone.is_unplugged = True
    line.cut()
    await lift.no_network(phone)
    await lift.go(phone, f"/drafts/{draft}/check")
    await lift.submit(phone)
    swallowed = line.lose_answers("POST", _FILE)
    line.mend()
    await lift.network(phone)
    await swallowed.came()
    line.cut()
    await lift.no_network(phone)
    await until(lambda: _is_unsure(phone))

    await lift.go(phone, f"/drafts/{draft}/sent")
    await phone.page.get_by_role("button", name="拿回来改").click()  # nobody to ask whether it arrived
    await lift.stands(phone, f"/drafts/{draft}/check")
    await phone.page.locator("a[href*='/topics/'][href*='delivery_mode']").first.click()
    await phone.page.wait_for_url(f"**/drafts/{draft}/topics/*")
    await phone.page.locator("[name=delivery_mode]").first.wait_for()
    await lift.fill(phone, witness.wrote(delivery_mode="窗口领取"))
    await lift.next_page(phone)
    await lift.go(phone, f"/drafts/{draft}/check")
    await lift.submit(phone)
    line.mend()
    await lift.network(phone)
    await becomes(phone.page, [("stuck", "refused")], seconds=90)
    await phone.open("/outbox")
    await sees(phone, "先前那次已经交到大厅了")
    await look(phone, "unsure/02-filed-before")
    await phone.page.locator("[data-do=further]").click()
    await becomes(phone.page, [_DONE], seconds=60)
    server = await agree(witness, phone, filed=2, done=1)  # the first one was taken back, by a deed of its own
    forms = [case.form["delivery_mode"] for case in witness.cases(server).values() if "withdraw" not in case.verbs]
    assert forms == ["窗口领取"]


async def _is_unsure(phone: Visitor) -> bool:
    found = await items(phone.page)
    return bool(found and found[-1].get("is_unsure") and found[-1]["state"] == "waiting")
