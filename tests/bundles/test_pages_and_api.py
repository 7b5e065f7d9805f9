"""What a phone, a window and a program see of a bundle."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING

import httpx
import pytest
import pytest_asyncio

from tests.bundles import newborn
from tests.desk import Desk

if TYPE_CHECKING:
    from shared_schemas.draft import FilingResult

pytestmark = pytest.mark.asyncio(loop_scope="session")
API = "/api/v1"
Browsers = Callable[[str], "httpx.AsyncClient"]


@pytest_asyncio.fixture(loop_scope="session")
async def browsers(desk: Desk) -> AsyncIterator[Callable[[str], httpx.AsyncClient]]:
    """A browser of somebody by their demo key, "" for a stranger."""
    from backend.app import app
    from backend.people import sessions

    tokens = {key: await desk.token(key) for key in ("wangmin", "lijianguo", "clerk", "approver_third")}
    opened: list[httpx.AsyncClient] = []

    def make(key: str = "") -> httpx.AsyncClient:
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)  # type: ignore[arg-type]
        client = httpx.AsyncClient(transport=transport, base_url="http://testserver.local")
        if key:
            client.cookies.set(sessions.cookie_name(), tokens[key])
        opened.append(client)
        return client

    yield make
    for client in opened:
        await client.aclose()


@pytest_asyncio.fixture(loop_scope="session")
async def result(desk: Desk) -> FilingResult:
    return await newborn.filed(desk)


async def test_the_guide_says_what_one_gets(browsers: Browsers) -> None:
    page = await browsers("").get("/matters/yjs-newborn")
    assert page.status_code == 200
    for words in ("新生儿出生", "一次办这 5 件", "出生登记（入户）", "分开办要填", "一交就开始", "示范"):
        assert words in page.text, words
    chosen = await browsers("").get("/matters/yjs-newborn/parts", params={"part": ["card"], "start": "1"})
    assert chosen.headers["location"] == "/matters/yjs-newborn~1/start"
    looked = await browsers("").get("/matters/yjs-newborn/parts", params={"part": ["card", "costs"]})
    assert looked.headers["location"] == "/matters/yjs-newborn#parts"
    assert (await browsers("").get("/matters/yjs-newborn~9")).status_code == 404
    english = await browsers("").get("/matters/yjs-newborn", headers={"accept-language": "en"})
    assert "A child is born" in english.text


async def test_search_and_life_events_show_bundles(browsers: Browsers) -> None:
    for address in ("/matters?q=开饭店", "/matters?q=开办餐饮店", "/matters?life_event=business"):
        page = await browsers("").get(address)
        assert "/matters/yjs-catering" in page.text, address
        assert "只办其中一件" in page.text, address
    assert "yjs-" not in (await browsers("").get("/matters?q=护照")).text
    beside = await browsers("").get("/matters/scj-18")
    assert "/matters/yjs-catering" in beside.text, "a matter's own guide points at its bundle"


async def test_bundles_stand_in_no_list_of_matters(browsers: Browsers) -> None:
    listed = (await browsers("").get(f"{API}/matters", params={"q": "新生儿", "limit": 100})).json()
    assert not [row for row in listed["items"] if row["code"].startswith("yjs-")]


async def test_one_code_shows_all_and_nobody(browsers: Browsers, result: FilingResult) -> None:
    page = await browsers("").get(f"/t/{result.tracking_code}")
    assert page.status_code == 200
    for words in ("出生医学证明首次签发", "出生登记（入户）", "等“出生医学证明首次签发”办好", "4 件里办好了 0 件"):
        assert words in page.text, words
    for secret in ("王敏", "王小一", "330402199003071245", result.case_no):
        assert secret not in page.text
    again = await browsers("").get(f"/t/{result.tracking_code}", headers={"if-none-match": page.headers["etag"]})
    assert again.status_code == 304
    told = (await browsers("").get(f"{API}/track/{result.tracking_code}")).json()
    assert [part["state"] for part in told["filing"]["parts"]] == ["started", "waiting", "waiting", "started"]
    assert result.case_no not in str(told)


async def test_the_page_moves_with_any_part(desk: Desk, browsers: Browsers, result: FilingResult) -> None:
    before = await browsers("").get(f"/t/{result.tracking_code}")
    await newborn.granted(desk, await newborn.case_of(await newborn.filing_of(result), "wjj-46"))
    after = await browsers("").get(f"/t/{result.tracking_code}", headers={"if-none-match": before.headers["etag"]})
    assert after.status_code == 200
    assert "4 件里办好了 1 件" in after.text


async def test_owner_and_staff_are_led_to_their_own_view(browsers: Browsers, result: FilingResult) -> None:
    mine = await browsers("wangmin").get(f"/t/{result.tracking_code}")
    assert mine.headers["location"] == f"/cases/{result.case_no}/bundle"
    clerk = await browsers("clerk").get(f"/t/{result.tracking_code}")
    assert clerk.headers["location"] == f"/desk/cases/{result.case_no}/bundle"
    assert (await browsers("lijianguo").get(f"/t/{result.tracking_code}")).status_code == 200


async def test_the_owner_sees_all_on_one_page(browsers: Browsers, result: FilingResult) -> None:
    page = await browsers("wangmin").get(f"/cases/{result.case_no}/bundle")
    for words in (
        "每一件",
        "都好了一起领",
        "等“出生登记（入户）”办好，自动开始",
        "都不办了，全部撤回",
        result.tracking_code,
    ):
        assert words in page.text, words
    one = await browsers("wangmin").get(f"/cases/{result.case_no}")
    assert f"/cases/{result.case_no}/bundle" in one.text
    listed = await browsers("wangmin").get("/cases")
    assert listed.text.count("4 件一起办") == 1
    assert (await browsers("lijianguo").get(f"/cases/{result.case_no}/bundle")).status_code == 404


async def test_the_desk_says_that_a_case_has_siblings(browsers: Browsers, result: FilingResult) -> None:
    queue = await browsers("clerk").get("/desk?segment=waiting")
    assert "of-bundle" in queue.text
    page = await browsers("clerk").get(f"/desk/cases/{result.case_no}/bundle")
    assert page.status_code == 200
    assert "出生登记（入户）" in page.text
    assert "一次发证" not in page.text
    scanned = await browsers("clerk").post("/desk/scan", data={"code": result.tracking_code})
    assert scanned.status_code in (303, 403)


async def test_a_program_does_what_the_pages_do(browsers: Browsers, result: FilingResult) -> None:
    wang = browsers("wangmin")
    seen = (await wang.get(f"{API}/cases/{result.case_no}/bundle")).json()
    assert seen["tracking_code"] == result.tracking_code
    assert len(seen["filing"]["parts"]) == 4
    at_desk = (await browsers("clerk").get(f"{API}/cases/{result.case_no}/bundle")).json()
    assert at_desk["tracking_code"] is None
    apart = await wang.put(f"{API}/cases/{result.case_no}/bundle/collecting", json={"is_together": False})
    assert apart.json()["filing"]["is_together"] is False
    nothing = await wang.post(f"{API}/cases/{result.case_no}/bundle/collection")
    assert (nothing.status_code, nothing.json()["code"]) == (409, "bundle.nothing_ready")
    left = await wang.post(f"{API}/cases/{result.case_no}/bundle/parts/1/withdrawal")
    assert left.status_code == 201
    key = {"idempotency-key": "withdraw-all-1"}
    gone = await wang.post(f"{API}/cases/{result.case_no}/bundle/withdrawal", json={"reason": ""}, headers=key)
    assert gone.status_code == 201, gone.text
    again = await wang.post(f"{API}/cases/{result.case_no}/bundle/withdrawal", json={"reason": ""}, headers=key)
    assert again.headers["idempotent-replayed"] == "true"
    assert all(part["is_over"] for part in again.json()["filing"]["parts"])
    stranger = await browsers("lijianguo").get(f"{API}/cases/{result.case_no}/bundle")
    assert stranger.status_code == 404


async def test_a_bundle_is_filed_in_one_piece(browsers: Browsers) -> None:
    """POST /cases with a whole filing, as for any matter."""
    filing = {
        "matter": "yjs-farewell~0",
        "form": {"delivery_mode": "电子证照", "address": "中山东路 118 号", "mobile": "13805730001"},
        "declared": True,
    }
    made = await browsers("wangmin").post(f"{API}/cases", json=filing, headers={"idempotency-key": "whole-bundle-1"})
    assert made.status_code == 422, "bank account and form are still to be given"
    assert set(made.json()["errors"]) == {"materials.benefit-dyslb", "materials.benefit-yhzhxx"}


async def test_a_walk_in_takes_a_bundle(browsers: Browsers) -> None:
    clerk = browsers("clerk")
    found = await clerk.get("/desk/intake?q=新生儿一件事")
    assert "/desk/intake/yjs-newborn" in found.text
    who = await clerk.get("/desk/intake/yjs-newborn")
    assert "一起办哪几件" in who.text
    told = {"name": "赵一", "id_number": "330402199003071245", "mobile": "13812341234", "filed_for": "self"}
    made = await clerk.post(f"{API}/desk/drafts", json={"matter": "yjs-newborn~0", "id_kind": "resident", **told})
    assert made.status_code == 201, made.text
    draft = made.json()["id"]
    saved = await clerk.patch(f"{API}/drafts/{draft}", json={"fields": newborn.CHILD})
    assert saved.status_code == 200, saved.text
    for paper in made.json()["materials"]:
        if paper["how"] is None:
            await clerk.put(f"{API}/drafts/{draft}/materials/{paper['key']}", json={"how": "paper"})
    filed = await clerk.post(f"{API}/cases", json={"draft": draft}, headers={"idempotency-key": "walk-in-bundle"})
    assert filed.status_code == 201, filed.text
    seen = (await clerk.get(f"{API}/cases/{filed.json()['case_no']}/bundle")).json()
    assert [part["state"] for part in seen["filing"]["parts"]] == ["started", "waiting", "waiting"]
    receipt = await clerk.get(f"/drafts/{draft}/receipt")
    assert "3 件一次交了" in receipt.text
    printed = await clerk.get(f"/drafts/{draft}/receipt.pdf")
    assert printed.headers["content-type"] == "application/pdf"
    assert printed.content.startswith(b"%PDF")


async def test_receipts_of_a_bundle_are_printed_in_one_file(desk: Desk) -> None:
    """Two cases began at once: two receipts, one press of the button."""
    import io

    from pypdf import PdfReader

    from backend.bundles import queries
    from backend.cases import papers
    from backend.documents.joining import joined

    filing = await newborn.filing_of(await newborn.filed(desk))
    found = [await papers.pdf(case, (await papers.of(case.id))[0].id) for case in await queries.cases_of(filing)]
    body = joined([pdf for _name, pdf in found])
    text = "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages).split())
    assert all(case.case_no in text for case in await queries.cases_of(filing))


async def test_parts_are_chosen_anew_and_nothing_is_lost(desk: Desk, browsers: Browsers) -> None:
    import re

    from backend.intake import queries as intake

    draft = await newborn.draft_of(desk)
    wang = browsers("wangmin")
    page = await wang.get(f"/drafts/{draft}")
    assert "一件事：一次办 4 件" in page.text
    token = re.search(r'name="_csrf" value="([^"]+)"', page.text)
    assert token
    moved = await wang.post(f"/drafts/{draft}/parts", data={"_csrf": token[1], "part": ["card"]})
    assert (moved.status_code, moved.headers["location"]) == (303, f"/drafts/{draft}")
    now = await intake.draft(draft, f"citizen:{(await desk.who('wangmin')).id}")
    assert now.matter == "yjs-newborn~1"
    assert now.values["child_name"] == "王小一"
    page = await wang.get(f"/drafts/{draft}")
    assert "社会保障卡申领" in page.text
    assert "医疗票据" not in page.text.partition("不再问了")[0]
    back = await wang.post(f"/drafts/{draft}/parts", data={"_csrf": token[1], "part": ["costs"]})
    assert back.status_code == 303
    filed = await newborn.submit(desk, draft, "parts-anew-1")
    assert filed.is_new, "papers given before count again"
