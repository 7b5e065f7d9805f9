"""A citizen files with no network, photos included, and loses nothing."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.journeys import without_network as lift
from tests.journeys.browser import NARROW, PHONE, Visitor, until
from tests.journeys.conftest import Arrive
from tests.journeys.server import Hall, ask
from tests.journeys.steps import NOODLES, pdf, photo_with_place, saved, whole_draft
from tests.journeys.test_forms_by_keyboard import every_fault

RESTAURANT, LIBRARY_CARD = "scj-18", "jwt-79"
CARD = {"delivery_mode": "电子证照"}


async def test_a_restaurant_is_filed_in_a_lift(device: Arrive, hall_: Hall) -> None:
    phone = await device(PHONE, "wangmin")
    await lift.ready(phone)
    await lift.no_network(phone)
    draft = await _begun(phone, RESTAURANT, look="start")
    await lift.look(phone, "tasks")
    await lift.go(phone, f"/drafts/{draft}/topics/form-1")
    await phone.page.locator(".act button.wide").click()
    await every_fault(phone)
    await lift.look(phone, "topic-wrong")
    await lift.go(phone, f"/drafts/{draft}")
    await lift.whole_draft(phone, NOODLES, pdf(), name="方案.pdf", kind="application/pdf")
    await lift.look(phone, "check")
    await lift.submit(phone)
    await lift.look(phone, "sent")
    assert "打印" not in await phone.text()  # nothing to print of what never left the phone
    kept = await lift.hashes(phone)
    assert len(kept) == 5

    await lift.network(phone)
    case = await _filed(hall_, draft)
    await expect(phone.page.get_by_role("heading", level=1)).to_have_text("大厅收到了")
    await lift.look(phone, "done")
    assert await _hashes(hall_, case) == kept
    assert await lift.in_store(phone, "blobs") == []
    assert await lift.in_store(phone, "filings", draft) is None
    await phone.open(f"/drafts/{draft}/receipt")
    assert case in (await phone.text()).replace(" ", "")


@pytest.mark.parametrize("manner", ["en", "elder"])
async def test_a_library_card_in_english_and_in_large_type(device: Arrive, hall_: Hall, manner: str) -> None:
    cookie = {"en": {"lang": "en"}, "elder": {"text": "elder"}}[manner]
    phone = await device(NARROW, "wangmin")
    cookies = [{"name": name, "value": value, "url": phone.base_url} for name, value in cookie.items()]
    await phone.context.add_cookies(cookies)  # type: ignore[arg-type]
    await lift.ready(phone)
    await lift.no_network(phone)
    draft = await _begun(phone, LIBRARY_CARD, look=f"start.{manner}")
    for name, path in {"tasks": "", "topic": "/topics/applicant", "paper": f"/topics/{await _paper(phone)}"}.items():
        await lift.go(phone, f"/drafts/{draft}{path}")
        await lift.look(phone, f"{name}.{manner}")
    await lift.go(phone, f"/drafts/{draft}")
    await lift.whole_draft(phone, CARD, photo_with_place())
    await lift.look(phone, f"check.{manner}")
    await phone.page.locator(".act button.wide").click()
    await expect(phone.page.locator(".govuk-error-summary")).to_be_focused()  # not declared
    await lift.submit(phone)
    await lift.look(phone, f"sent.{manner}")
    await phone.open("/cases")  # a copy of the hall's page, which knows nothing of this
    await expect(phone.page.locator(f'local-drafts a[href="/drafts/{draft}/sent"]')).to_be_visible()
    await lift.look(phone, f"cases.{manner}")
    await lift.network(phone)
    case = await _filed(hall_, draft)
    assert len(await _hashes(hall_, case)) == 1  # the hall draws photos anew, so their bytes are its own


async def test_begun_online_continued_in_a_lift_and_finished_online(device: Arrive) -> None:
    phone = await device(PHONE, "wangmin")
    page = phone.page
    await lift.ready(phone)
    draft = await _begun_online(phone, RESTAURANT)
    await phone.open(f"/drafts/{draft}/topics/form-1")
    await page.locator('[name="premises"]').fill("嘉兴市南湖区中山路 1 号")
    await saved(phone)
    await until(lambda: lift.in_store(phone, "filings", draft))

    await lift.no_network(phone)
    await page.locator('[name="area"]').fill("86.5")
    await expect(page.locator("auto-save output")).to_contain_text("先存在这台手机上")
    await page.locator(".act button.wide").click()  # the page of the hall is posted into nothing
    await lift.stands(phone, f"/drafts/{draft}/topics/form-1")  # drawn by the phone: something is missing on it
    await expect(page.locator(".govuk-error-summary")).to_be_visible()
    assert await page.locator('[name="area"]').input_value() == "86.5"
    await lift.one_page(phone, NOODLES, ("布局.pdf", pdf(), "application/pdf"))
    await lift.look(phone, "goes-on")
    assert page.url.endswith("/topics/form-2")

    await lift.network(phone)
    await until(lambda: _nothing_waits(phone), seconds=40)
    await phone.open(f"/drafts/{draft}/topics/form-1")
    assert await page.locator("offline-app").count() == 0  # the hall draws it again
    assert await page.locator('[name="kitchen_area"]').input_value() == "30"
    assert await page.locator('[name="premises"]').input_value() == NOODLES["premises"]


async def test_what_the_hall_refuses_is_put_right_and_sent_again(device: Arrive, hall_: Hall) -> None:
    phone = await device(PHONE, "wangmin")
    await lift.ready(phone)
    await lift.no_network(phone)
    draft = await _begun(phone, LIBRARY_CARD)
    paper = await _paper(phone)
    await lift.whole_draft(phone, CARD, b"%PDF-1.4\nnot really\n", name="坏了.pdf", kind="application/pdf")
    await lift.submit(phone)
    await lift.network(phone)
    await expect(phone.page.get_by_role("heading", level=1)).to_have_text("没发出去，要您看一下", timeout=40_000)
    await lift.look(phone, "refused")
    assert not await _case(hall_, draft)

    await phone.open(f"/drafts/{draft}/topics/{paper}")  # the hall has all but this file: it draws the page itself
    await phone.quiet()
    await lift.look(phone, "refused-paper")
    await phone.page.get_by_role("button", name=re.compile("^删")).first.click()
    await expect(phone.page.locator("upload-list .file")).to_have_count(0)
    await phone.page.locator("upload-list input[type=file]").last.set_input_files(
        {"name": "好的.jpg", "mimeType": "image/jpeg", "buffer": photo_with_place()}
    )
    await expect(phone.page.locator("upload-list .file")).to_contain_text("收到了")
    await phone.open(f"/drafts/{draft}/check")
    await phone.quiet()
    await phone.page.locator("[name=declared]").check(force=True)
    await phone.page.locator(".act button.wide").click()
    case = await _filed(hall_, draft)
    assert len(await _hashes(hall_, case)) == 1


async def test_words_outlive_the_page_and_a_shared_photo_finds_its_draft(device: Arrive) -> None:
    phone = await device(PHONE, "wangmin")
    await lift.ready(phone)
    draft = await _begun_online(phone, LIBRARY_CARD)
    paper = await _paper(phone)
    await phone.open(f"/drafts/{draft}/topics/applicant")
    await until(lambda: lift.in_store(phone, "filings", draft))
    await lift.no_network(phone)
    await phone.page.locator('[name="address"]').fill("嘉兴市南湖区东升路 9 号")
    await expect(phone.page.locator("auto-save output")).to_contain_text("先存在这台手机上")
    await lift.killed(phone)
    await lift.go(phone, f"/drafts/{draft}/topics/applicant")
    assert await phone.page.locator('[name="address"]').input_value() == "嘉兴市南湖区东升路 9 号"

    await lift.share(phone, "分享.jpg", photo_with_place())
    await phone.page.get_by_role("link", name="公共图书馆读者证办理").first.click()
    await lift.stands(phone, f"/drafts/{draft}")
    await lift.go(phone, f"/drafts/{draft}/topics/{paper}")
    await phone.page.get_by_role("button", name=re.compile("放进分享来的照片")).click()
    await expect(phone.page.locator("upload-list .file")).to_contain_text("分享.jpg")
    await until(lambda: _no_sharing(phone))
    await lift.network(phone)
    await until(lambda: _nothing_waits(phone), seconds=40)
    await phone.open(f"/drafts/{draft}/topics/{paper}")
    assert await phone.page.locator("offline-app").count() == 0
    await expect(phone.page.locator("upload-list .file")).to_contain_text("收到了")


async def test_submit_pressed_on_the_hall_s_page_waits_in_the_outbox(device: Arrive, hall_: Hall) -> None:
    phone = await device(PHONE, "wangmin")
    await lift.ready(phone)
    draft = await _begun_online(phone, LIBRARY_CARD)
    await whole_draft(phone, CARD)
    await until(lambda: lift.in_store(phone, "filings", draft))
    await lift.no_network(phone)
    await lift.submit(phone)
    await expect(phone.page.get_by_role("heading", level=1)).to_have_text("留在这台手机上，有网就发")
    await phone.page.get_by_role("button", name="拿回来改").click()
    await lift.stands(phone, f"/drafts/{draft}/check")
    await lift.submit(phone)
    assert len(await lift.in_store(phone, "outbox")) == 1
    await lift.network(phone)
    await _filed(hall_, draft)


async def _begun_online(phone: Visitor, matter: str) -> str:
    await phone.open(f"/matters/{matter}/start")
    await phone.go("开始填", kind="button")
    return phone.page.url.split("/")[-1]


async def _no_sharing(phone: Visitor) -> bool:
    return not [
        each for each in await lift.in_store(phone, "kept") if isinstance(each, dict) and each.get("kind") == "shared"
    ]


async def _begun(phone: Visitor, matter: str, look: str = "") -> str:
    """Begin a draft for oneself; its id."""
    await lift.go(phone, f"/matters/{matter}/start")
    if look:
        await lift.look(phone, look)
    await lift.next_page(phone)
    return phone.page.url.split("/")[-1]


async def _paper(phone: Visitor) -> str:
    """The page of the first paper of this task list."""
    href = await phone.page.locator('a[href*="/topics/m-"]').first.get_attribute("href")
    return (href or "").split("/")[-1]


async def _case(hall: Hall, draft: str) -> str:
    rows = await ask(
        hall,
        "SELECT c.case_no FROM draft d JOIN case_file c ON c.id = d.submitted_case_id WHERE d.id::text = $1",
        draft,
    )
    return str(rows[0]["case_no"]) if rows else ""


async def _filed(hall: Hall, draft: str) -> str:
    """The one case that the draft became."""
    case = str(await until(lambda: _case(hall, draft), seconds=60))
    rows = await ask(
        hall, "SELECT count(*) AS n FROM filing_key k JOIN case_file c ON c.id = k.case_id WHERE c.case_no = $1", case
    )
    assert rows[0]["n"] == 1
    return case


async def _hashes(hall: Hall, case: str) -> list[str]:
    """Of every file of a case, as the hall stored it."""
    rows = await ask(
        hall,
        "SELECT encode(u.sha256, 'hex') AS hash FROM upload u JOIN case_file c ON c.id = u.case_id WHERE c.case_no = $1",
        case,
    )
    return sorted(str(row["hash"]) for row in rows)


async def _nothing_waits(phone: Visitor) -> bool:
    items = await lift.in_store(phone, "outbox")
    return all(item["state"] == "done" for item in items)
