"""Forms that are deeds: sent without network they wait in the outbox, with their files, and are done once."""

from __future__ import annotations

from typing import Any

from playwright.async_api import Page, expect

from backend.static import static
from tests.journeys.browser import PHONE, Visitor, look
from tests.journeys.conftest import Arrive
from tests.journeys.outbox import Patient, becomes, items
from tests.journeys.steps import photo_with_place
from tests.journeys.talking import People, answers

FOOD, RESIDENCE = "scj-18", "gaj-06"


async def _asked(people: People) -> tuple[str, dict[str, Any]]:
    """王敏's case with one paper and one answer to mend; its open notice."""
    wang = await people("wangmin")
    matter = await wang.get(f"/matters/{FOOD}")
    case_no = (await wang.file(matter, await answers(wang, matter)))["case_no"]
    clerk = await people("clerk")
    await clerk.verb(case_no, "handling")
    paper = next(each["key"] for each in matter["materials"] if not each["is_shareable"])
    defects = [
        {"material": paper, "problem": "图上没看到洗消区"},
        {"field": "employees", "problem": "人数和表里对不上"},
    ]
    await clerk.verb(case_no, "corrections", items=defects)
    return case_no, await wang.get(f"/cases/{case_no}/corrections/open")


async def _phone(device: Arrive, path: str) -> tuple[Visitor, Page]:
    """王敏's phone with its worker, and a page of hers open."""
    visitor = await device(PHONE, "wangmin")
    visitor.complaints = Patient()
    await visitor.page.wait_for_function("() => navigator.serviceWorker.controller")
    await visitor.open(path)
    return visitor, visitor.page


async def test_a_correction_answered_in_a_lift_goes_with_its_photo(device: Arrive, people: People) -> None:
    case_no, notice = await _asked(people)
    visitor, page = await _phone(device, f"/cases/{case_no}/correction")
    await visitor.context.set_offline(True)
    photo = {"name": "布局图.jpg", "mimeType": "image/jpeg", "buffer": photo_with_place()}
    await page.locator("upload-list input[type=file]").last.set_input_files(photo)
    await expect(page.locator("upload-list .file")).to_contain_text("先留在这台手机上")
    value = next(line["id"] for line in notice["items"] if line["field"])
    await page.locator(f"[name=value-{value}]").fill("4")
    await page.get_by_role("button", name="补齐了，交给窗口").click()
    await page.get_by_role("heading", name="1 件等着发出去").wait_for()
    await expect(page.locator("[data-item]")).to_contain_text("等网络")
    await look(visitor, "outbox/correction")
    await page.goto(f"{visitor.base_url}/matters")
    await expect(page.locator("[data-bar=net]")).to_contain_text("1 件等着发")
    await look(visitor, "outbox/strip")
    await page.locator("[data-bar=net]").get_by_role("link").click()

    await page.get_by_role("link", name="改一改").click()  # back on its page: words and photo are there
    await expect(page.locator(f"[name=value-{value}]")).to_have_value("4")
    await expect(page.locator("upload-list .file")).to_have_count(1)
    assert await items(page) == []
    await page.locator(f"[name=value-{value}]").fill("5")
    await page.get_by_role("button", name="补齐了，交给窗口").click()
    await page.get_by_role("heading", name="1 件等着发出去").wait_for()

    await visitor.context.set_offline(False)
    await page.get_by_role("heading", name="都发出去了").wait_for()
    done = page.get_by_role("link", name="办件号")
    await expect(done).to_have_attribute("href", f"/cases/{case_no}")
    wang = await people("wangmin")
    assert (await wang.get(f"/cases/{case_no}"))["step"] == "received"
    assert (await wang.get(f"/cases/{case_no}/corrections/open", 404))["code"] == "correction.not_found"


async def test_a_withdrawal_whose_answer_was_lost_is_done_and_said_so(device: Arrive, people: People) -> None:
    wang = await people("wangmin")
    matter = await wang.get(f"/matters/{RESIDENCE}")
    case_no = (await wang.file(matter, await answers(wang, matter, delivery_mode="窗口领取")))["case_no"]
    _visitor, page = await _phone(device, f"/cases/{case_no}/withdrawal")
    await wang.verb(case_no, "withdrawal", reason="不办了")  # the hall has it; the phone never hears so
    put = """async (path) => {
      const {Box} = await import(BOX), {putForm} = await import(FORMS);
      const fields = [...new FormData(document.querySelector("#withdrawal"))];
      await putForm(new Box(document.querySelector("meta[name=person]").content), path, fields, {cause: "server", isUnsure: true});
    }"""
    for name in ("box", "forms"):
        put = put.replace(name.upper(), f'"{static(f"js/offline/outbox/{name}.js")}"')
    await page.evaluate(put, f"/cases/{case_no}/withdrawal")
    await becomes(page, [("done", None)])
