"""王敏 opens a noodle shop: one case from the phone to the certificate, through every hand it passes."""

from __future__ import annotations

import re

from playwright.async_api import expect

from tests.journeys.browser import PHONE, TABLET, Visitor, look
from tests.journeys.conftest import Arrive
from tests.journeys.steps import NOODLES, attach, decide, fill, pdf, photo_with_place, saved, sees, tick, whole_draft
from tests.journeys.talking import People

LAYOUT, RULES = "yspjyxsydzysbssjybjczlcw", "spaqzccyryjkgljhcydzdmlq"


async def test_wang_min_opens_a_noodle_shop(device: Arrive, people: People) -> None:
    phone = await device(PHONE)
    await _finds_the_matter(phone)
    await _begins(phone)
    await _stumbles_and_gets_on(phone)
    await whole_draft(phone, NOODLES)
    case_no = await _checks_and_submits(phone)

    passer_by = await device(PHONE)
    code = (await (await people("wangmin")).get(f"/cases/{case_no}"))["tracking_code"]
    await passer_by.open(f"/t/{code}")
    await sees(passer_by, "食品经营许可")
    assert "王敏" not in await passer_by.text()
    await look(passer_by, "noodles/20-scan-public")

    clerk = await device(TABLET, "clerk")
    await _clerk_asks_for_a_correction(clerk, case_no)
    await _answers(phone, case_no)
    await _clerk_accepts(clerk, case_no, passer_by)
    await _is_decided(device, people, case_no)
    await _collects_and_rates(phone, passer_by, case_no)

    board = await device(TABLET, "supervisor")
    await board.open("/board")
    await look(board, "noodles/60-board")


async def _finds_the_matter(phone: Visitor) -> None:
    await phone.open("/")
    await look(phone, "noodles/01-home")
    await phone.open("/matters")
    box = phone.page.get_by_role("searchbox").first
    await box.click()
    await box.press_sequentially("开饭店", delay=20)
    await expect(phone.page.locator("a[href='/matters/scj-18']").first).to_be_visible()
    await look(phone, "noodles/02-search")
    await phone.page.locator("a[href='/matters/scj-18']").first.click()
    await phone.page.wait_for_url("**/matters/scj-18*")
    await sees(phone, "食品经营许可新办")
    await look(phone, "noodles/03-guide")


async def _begins(phone: Visitor) -> None:
    await phone.go("开始办")
    assert "/sign-in" in phone.page.url
    await look(phone, "noodles/04-sign-in")
    page = phone.page
    start = page.url
    await page.goto(f"{phone.base_url}/demo")
    await page.locator('button[value="wangmin"]').click()
    await phone.quiet()
    await page.goto(start)
    await phone.open("/matters/scj-18/start")
    await look(phone, "noodles/05-for-whom")
    await phone.go("开始填", kind="button")
    await page.wait_for_url(re.compile(r"/drafts/[0-9a-f-]{36}$"))
    await look(phone, "noodles/06-tasks")


async def _stumbles_and_gets_on(phone: Visitor) -> None:
    """A fault is named at its place; a paused upload goes on after a reload; a PDF comes beside photos."""
    page, draft = phone.page, phone.page.url
    await page.goto(f"{draft}/topics/form-1")
    await fill(phone, {**NOODLES, "area": "很大"})
    await phone.go("下一步", kind="button")
    await expect(page.locator(".govuk-error-summary")).to_be_visible()
    await look(phone, "noodles/07-fault")
    await page.locator("[name=area]").fill("86.5")
    await saved(phone)

    await page.goto(f"{draft}/topics/m-{RULES}")
    await attach(phone, "制度.pdf", pdf(), "application/pdf")
    await look(phone, "noodles/08-pdf")

    await page.goto(f"{draft}/topics/m-{LAYOUT}")
    await _pauses_and_reloads(phone)
    await look(phone, "noodles/09-photo")
    await page.goto(draft)
    await phone.quiet()
    await look(phone, "noodles/10-half-way")


_KEPT = """() => new Promise((done, failed) => {
  const asked = indexedDB.open(`yimaban-${document.querySelector('meta[name=person]').content}`);
  asked.onerror = asked.onblocked = failed;
  asked.onsuccess = () => {
    const all = asked.result.transaction('blobs').objectStore('blobs').getAll();
    all.onsuccess = async () => done(await Promise.all(all.result.map(async (r) =>
      new TextDecoder('latin1').decode(new Uint8Array(await r.blob.arrayBuffer())))));
  }; })"""


async def _pauses_and_reloads(phone: Visitor) -> None:
    """The network goes while a photo is being sent; after a reload the photo is still there and goes on."""
    page = phone.page
    sending = re.compile(r"/api/v1/uploads/")
    await page.route(sending, lambda route: route.abort() if route.request.method == "PATCH" else route.continue_())
    await page.locator("upload-list input[type=file]").last.set_input_files(
        {"name": "布局图.jpg", "mimeType": "image/jpeg", "buffer": photo_with_place()}
    )
    await expect(page.locator("upload-list .file")).to_have_count(1)
    await page.get_by_role("button", name=re.compile("^暂停")).click()
    await sees(phone, "暂停在")
    phone.complaints.clear()  # the browser says so when a request is cut off
    await look(phone, "noodles/09-paused")
    (kept,) = await page.evaluate(_KEPT)  # what waits in the phone is what will be sent
    assert b"PhoneMaker" in photo_with_place()
    assert "PhoneMaker" not in kept, "the place a photo was taken at must not leave the phone"
    await page.unroute(sending)
    await page.reload()
    await expect(page.locator("upload-list .file")).to_have_count(1)
    await expect(page.locator("upload-list .file")).to_contain_text("收到了")
    phone.complaints.clear()  # the browser says so when a request is cut off


async def _checks_and_submits(phone: Visitor) -> str:
    page = phone.page
    await expect(page.get_by_role("heading", level=1)).to_contain_text("看一遍")
    await look(phone, "noodles/11-check")
    await page.locator("[name=declared]").check(force=True)
    button = page.get_by_role("button", name="提交")
    await button.dblclick(no_wait_after=True)
    await page.wait_for_url(re.compile("/receipt"))
    await look(phone, "noodles/12-receipt")
    found = await page.locator("a[href^='/cases/']").last.get_attribute("href")
    case_no = re.search(r"\d{15,}", found or "")
    assert case_no
    await phone.open("/cases")
    assert len(set(re.findall(case_no[0], await page.content()))) == 1
    await look(phone, "noodles/13-cases")
    return case_no[0]


async def _clerk_asks_for_a_correction(clerk: Visitor, case_no: str) -> None:
    page = clerk.page
    await clerk.open("/desk?segment=waiting")
    await look(clerk, "noodles/30-desk")
    await clerk.open(f"/desk/cases/{case_no}")
    await clerk.go("接手", kind="button")
    await clerk.open(f"/desk/cases/{case_no}?material={LAYOUT}")
    image = page.locator("image-viewer img:visible").first
    await expect(image).to_be_visible()
    for act in ("放大", "转一下", "缩小"):
        await clerk.tap(act, kind="button")
    await look(clerk, "noodles/31-viewer")
    await tick(clerk, case_no, LAYOUT, "fix", "图上没看到洗消区")
    await look(clerk, "noodles/32-ticked")
    await clerk.go("没点的都对", kind="button")
    await clerk.go("发补正", within="#verbs")
    await look(clerk, "noodles/33-correction")
    await clerk.go("发给申请人", kind="button")
    await sees(clerk, "等申请人补")
    await look(clerk, "noodles/34-waiting")


async def _answers(phone: Visitor, case_no: str) -> None:
    await phone.open("/")
    await sees(phone, "轮到您了")
    await look(phone, "noodles/35-your-turn")
    await phone.open(f"/cases/{case_no}")
    await look(phone, "noodles/36-what-to-fix")
    await phone.go("去补")
    await sees(phone, "图上没看到洗消区")
    await attach(phone, "布局图2.jpg", photo_with_place("wash"), "image/jpeg")
    await look(phone, "noodles/37-answer")
    await phone.go("补齐了，交给窗口", kind="button")
    await phone.page.wait_for_url(re.compile(f"/cases/{case_no}"))
    await look(phone, "noodles/38-answered")


async def _clerk_accepts(clerk: Visitor, case_no: str, passer_by: Visitor) -> None:
    await clerk.open("/desk")
    await sees(clerk, "补来了")
    await tick(clerk, case_no, LAYOUT, "fits")
    await look(clerk, "noodles/40-answer-seen")
    await clerk.go("受理", within="#verbs", kind="button")
    await sees(clerk, "已受理")
    await look(clerk, "noodles/41-accepted")
    await sees(passer_by, "正在审查")  # nobody touched that phone: the page is live
    await look(passer_by, "noodles/42-scan-live")


async def _is_decided(device: Arrive, people: People, case_no: str) -> None:
    third = await device(TABLET, "approver_third")
    await look(third, "noodles/50-approvals")
    await third.open(f"/approvals/{case_no}")
    await look(third, "noodles/51-review")
    await decide(third, case_no, "review_grant", "材料齐全，符合法定条件")
    await look(third, "noodles/52-reviewed")
    await people.survey(case_no)  # its own journey: test_joint_survey

    second = await device(TABLET, "approver_second")
    await second.open(f"/approvals/{case_no}")
    await look(second, "noodles/53-decide")
    await decide(second, case_no, "grant", "同意")
    await look(second, "noodles/54-granted")


async def _collects_and_rates(phone: Visitor, passer_by: Visitor, case_no: str) -> None:
    await phone.open(f"/cases/{case_no}")
    await look(phone, "noodles/55-ready")
    await phone.open(f"/cases/{case_no}/certificate")
    await look(phone, "noodles/56-certificate")
    await phone.go("领证", kind="button")
    async with phone.page.expect_download() as download:
        await (await phone.find("下载证照")).click()
    path = await (await download.value).path()
    assert path.read_bytes().startswith(b"%PDF")
    await look(phone, "noodles/57-collected")
    number = await phone.page.locator(".mute.n").first.inner_text()
    await passer_by.open("/verify")
    await passer_by.page.locator("input[name=number]").fill(number)
    await passer_by.go("核验", kind="button")
    await sees(passer_by, "是真的")
    await look(passer_by, "noodles/58-verified")
    await phone.open(f"/cases/{case_no}/rating")
    await phone.page.locator("[name=level][value='1']").check(force=True)
    await phone.go("交了", kind="button")
    await sees(phone, "收到了，谢谢")
    await look(phone, "noodles/59-rated")
