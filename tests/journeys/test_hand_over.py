"""A draft is handed over while its phone has more of it than the hall: that goes first, or its owner is told."""

from __future__ import annotations

from playwright.async_api import expect

from tests.journeys import without_network as lift
from tests.journeys.browser import PHONE, Visitor, look, until
from tests.journeys.conftest import Arrive
from tests.journeys.mishaps import Mishap
from tests.journeys.proxy import Line
from tests.journeys.stormy import at_home, drafted
from tests.journeys.talking import People

_WHO, _FORM = "shenmei", "scj-18"
_WORDS = "南湖区中山路 12 号"


class _Expected(list[str]):
    """Complaints of a browser whose hall is busy: that it was is no complaint."""

    def append(self, complaint: str) -> None:
        """Note it, unless it is that."""
        if "503" not in complaint:
            super().append(complaint)


async def _ahead(caller: Arrive, line: Line, people: People) -> tuple[Visitor, str, Mishap]:
    """A phone with words that the hall does not take until that mishap is over."""
    phone = await caller(PHONE, _WHO)
    draft = await drafted(await people(_WHO), _FORM, {})
    await at_home(phone)
    await lift.ready(phone)
    await phone.open(f"/drafts/{draft}/topics/form-1")
    await until(lambda: lift.in_store(phone, "filings", draft))
    phone.is_unplugged, phone.complaints = True, _Expected()
    busy = line.answer("PATCH", f"/api/v1/drafts/{draft}", 503, times=999)
    await phone.page.locator("[name=premises]").fill(_WORDS)
    await phone.page.locator("[name=premises]").press("Tab")

    async def is_kept() -> bool:
        known = await lift.in_store(phone, "filings", draft)
        return bool(known and known["unsent"].get("premises") == _WORDS)

    await until(is_kept)
    await phone.open(f"/drafts/{draft}/relay")
    await expect(phone.page.locator("unsent-first .note")).to_contain_text("1 处填的还没存到大厅")
    return phone, draft, busy


async def test_words_that_are_only_here_go_first(caller: Arrive, line: Line, people: People) -> None:
    phone, draft, busy = await _ahead(caller, line, people)
    busy.over()
    await phone.page.get_by_role("button", name="出一个码").click()
    await expect(phone.page.locator(".relay-code")).to_be_visible(timeout=60_000)
    seen = await (await people(_WHO)).get(f"/drafts/{draft}")
    assert seen["values"]["premises"] == _WORDS


async def test_who_hands_over_what_could_not_be_sent_is_told(caller: Arrive, line: Line, people: People) -> None:
    phone, draft, busy = await _ahead(caller, line, people)
    note = phone.page.locator("unsent-first .note")
    await look(phone, "follow/hand-over-1-unsent")
    make = phone.page.get_by_role("button", name="出一个码")
    await make.click()
    await expect(note).to_contain_text("别处接着办会看不到", timeout=60_000)
    await look(phone, "follow/hand-over-2-told")
    await make.click()
    await expect(phone.page.locator(".relay-code")).to_be_visible()
    busy.over()
    known = await lift.in_store(phone, "filings", draft)
    assert known["values"]["premises"] == _WORDS  # nothing is lost, sent by now or not
