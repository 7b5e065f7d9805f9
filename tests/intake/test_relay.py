"""换个地方接着办: a draft goes to a window or a kiosk with all that is in it, and comes back whenever its citizen likes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from types import ModuleType
from typing import Any

import httpx
import pytest_asyncio

from tests.intake.conftest import API, SCHOOL, begin, file_draft, filled, picture, upload
from tests.intake.posting import token
from tests.kiosks import enrolled


@pytest_asyncio.fixture(loop_scope="session")
async def kiosk(visitors: Callable[[], httpx.AsyncClient], now: datetime) -> httpx.AsyncClient:
    """A machine in the hall, nobody signed in."""
    client = visitors()
    await enrolled(client, now)
    return client


async def code_for(client: httpx.AsyncClient, draft: str) -> dict[str, Any]:
    made = await client.post(f"{API}/drafts/{draft}/relay")
    assert made.status_code == 201, made.text
    return made.json()


async def take(clerk: httpx.AsyncClient, code: str) -> httpx.Response:
    return await clerk.post(f"{API}/desk/relays", json={"code": code})


async def open_at(kiosk: httpx.AsyncClient, code: str) -> httpx.Response:
    page = await kiosk.get("/kiosk")
    return await kiosk.post("/kiosk/drafts", data={"code": code, "_csrf": await token_of(page)})


async def token_of(page: httpx.Response) -> str:
    return page.text.split('name="_csrf" value="')[1].split('"')[0]


async def test_a_clerk_goes_on_where_the_phone_stopped(wang: httpx.AsyncClient, clerk: httpx.AsyncClient) -> None:
    draft = await filled(wang)
    taken = await take(clerk, (await code_for(wang, draft))["code"])

    assert taken.status_code == 200, taken.text
    assert (taken.json()["id"], taken.json()["values"]["name"]) == (draft, "王敏")
    assert {q["path"] for q in taken.json()["questions"] if q["is_locked"]} == {"name", "id_type", "id_no"}
    assert sum(len(paper["uploads"]) for paper in taken.json()["materials"]) == 2
    await upload(clerk, picture("more"), draft=draft, material="zxlyzm")
    saved = await clerk.patch(f"{API}/drafts/{draft}", json={"fields": {"address": "窗口改的地址"}})
    assert saved.status_code == 200


async def test_the_phone_is_told_where_it_is_and_the_case_is_the_citizens(
    wang: httpx.AsyncClient, clerk: httpx.AsyncClient
) -> None:
    draft = await filled(wang)
    await take(clerk, (await code_for(wang, draft))["code"])
    late = await wang.patch(f"{API}/drafts/{draft}", json={"fields": {"address": "x"}})
    assert (late.status_code, late.json()["code"]) == (409, "draft.elsewhere")
    assert "窗口" in late.json()["detail"]
    sent_there = await wang.get(f"/drafts/{draft}")
    assert sent_there.headers["location"] == f"/drafts/{draft}/relay"
    assert "收回，我自己填" in (await wang.get(f"/drafts/{draft}/relay")).text
    rows = (await wang.get(f"{API}/drafts")).json()["items"]
    assert [(row["id"], row["where"]) for row in rows] == [(draft, "窗口")]

    filed = await file_draft(clerk, draft)
    assert filed.status_code == 201, filed.text
    cases = (await wang.get(f"{API}/cases")).json()["items"]
    assert [case["case_no"] for case in cases] == [filed.json()["case_no"]]
    assert (await wang.get(f"{API}/drafts")).json()["items"] == []
    gone = await wang.get(f"/drafts/{draft}/relay")
    assert gone.headers["location"] == f"/cases/{filed.json()['case_no']}"
    refused = await wang.delete(f"{API}/drafts/{draft}/relay")
    assert (refused.status_code, refused.json()["code"]) == (409, "draft.submitted")


async def test_taken_back_with_all_that_was_added(wang: httpx.AsyncClient, clerk: httpx.AsyncClient) -> None:
    draft = await filled(wang)
    await take(clerk, (await code_for(wang, draft))["code"])
    more = await upload(clerk, picture("more"), draft=draft, material="zxlyzm")
    await clerk.patch(f"{API}/drafts/{draft}", json={"fields": {"address": "窗口改的地址"}})
    assert (await wang.delete(f"{API}/drafts/{draft}/relay")).status_code == 204

    seen = (await wang.get(f"{API}/drafts/{draft}")).json()
    assert seen["values"]["address"] == "窗口改的地址"
    assert more in {file["id"] for paper in seen["materials"] for file in paper["uploads"]}
    told = await clerk.get(f"{API}/drafts/{draft}")
    assert (told.status_code, told.json()["code"]) == (409, "draft.taken_back")
    assert (await file_draft(wang, draft)).status_code == 201


async def test_the_clerk_gives_it_back_and_can_not_delete_it(wang: httpx.AsyncClient, clerk: httpx.AsyncClient) -> None:
    draft = await begin(wang)
    await take(clerk, (await code_for(wang, draft))["code"])
    page = await clerk.get(f"/drafts/{draft}")
    assert "交回" in page.text
    assert "/removal" not in page.text
    refused = await clerk.delete(f"{API}/drafts/{draft}")
    assert (refused.status_code, refused.json()["code"]) == (409, "draft.not_yours_to_remove")
    back = await clerk.post(f"/drafts/{draft}/relay/return", data={"_csrf": await token_of(page)})
    assert back.headers["location"] == "/desk/intake"
    assert (await wang.get(f"{API}/drafts/{draft}")).status_code == 200


async def test_a_draft_can_go_again_after_it_came_home(wang: httpx.AsyncClient, clerk: httpx.AsyncClient) -> None:
    draft = await begin(wang)
    for _ in range(2):
        assert (await take(clerk, (await code_for(wang, draft))["url"])).status_code == 200
        assert (await wang.delete(f"{API}/drafts/{draft}/relay")).status_code == 204


async def test_a_relative_does_not_take_it_in(
    wang: httpx.AsyncClient, clerk: httpx.AsyncClient, db: ModuleType
) -> None:
    draft = await begin(wang)
    code = (await code_for(wang, draft))["code"]
    await db.execute("UPDATE officer SET kin = ARRAY(SELECT encode(id_index, 'hex') FROM citizen)")
    refused = await take(clerk, code)
    assert (refused.status_code, refused.json()["code"]) == (403, "approval.conflict_of_interest")
    assert (await wang.get(f"{API}/drafts/{draft}")).status_code == 200


async def test_a_kiosk_opens_one_draft_files_it_and_forgets(
    wang: httpx.AsyncClient, kiosk: httpx.AsyncClient, db: ModuleType
) -> None:
    draft = await filled(wang)
    opened = await open_at(kiosk, (await code_for(wang, draft))["code"])
    assert opened.headers["location"] == f"/drafts/{draft}"
    page = await kiosk.get(f"/drafts/{draft}")
    assert "kiosk-idle" in page.text
    assert page.headers["cache-control"] == "no-store"
    assert (await wang.get(f"{API}/drafts")).json()["items"][0]["where"] == "自助机"
    sheet = await kiosk.get(f"/drafts/{draft}/check")
    form = {"_csrf": await token_of(sheet), "declared": "yes"}
    sent = await kiosk.post(f"/drafts/{draft}/submission", data=form)
    assert sent.headers["location"] == f"/drafts/{draft}/receipt"
    assert "收到了" in (await kiosk.get(f"/drafts/{draft}/receipt")).text
    assert await db.fetchval("SELECT channel FROM case_file") == "kiosk"

    ended = await kiosk.post("/kiosk/end")
    assert ended.headers["clear-site-data"] == '"cache", "storage"'
    assert ended.headers["location"] == "/kiosk/over"
    assert (await kiosk.get(f"/drafts/{draft}/receipt")).status_code == 303
    assert len((await wang.get(f"{API}/cases")).json()["items"]) == 1
    assert (await wang.get(f"/drafts/{draft}/receipt")).status_code == 200


async def test_a_clerk_files_only_what_its_citizen_may_still_file(
    wang: httpx.AsyncClient, clerk: httpx.AsyncClient
) -> None:
    child = await wang.post(
        f"{API}/me/family", json={"kind": "child", "name": "王小宝", "id_number": "330499201801010024"}
    )
    draft = await begin(wang, filed_for="child", dependent=child.json()["id"])
    await take(clerk, (await code_for(wang, draft))["code"])
    assert (await wang.delete(f"{API}/me/family/{child.json()['id']}")).status_code == 204
    refused = await file_draft(clerk, draft)
    assert refused.json()["code"] == "people.relative_unknown"


async def test_a_kiosk_left_alone_gives_the_draft_back(
    wang: httpx.AsyncClient, kiosk: httpx.AsyncClient, now: datetime
) -> None:
    from backend import clock

    draft = await begin(wang)
    await open_at(kiosk, (await code_for(wang, draft))["code"])
    saved = await kiosk.patch(f"{API}/drafts/{draft}", json={"fields": {"address": "自助机上填的"}})
    assert saved.status_code == 200
    clock.freeze(now + timedelta(seconds=80))
    assert (await wang.get(f"{API}/drafts/{draft}")).json()["code"] == "draft.elsewhere"
    clock.freeze(now + timedelta(seconds=91))
    assert (await kiosk.get(f"{API}/drafts/{draft}")).status_code == 401
    seen = await wang.get(f"{API}/drafts/{draft}")
    assert (seen.status_code, seen.json()["values"]["address"]) == (200, "自助机上填的")


async def test_the_phone_takes_it_back_from_a_kiosk_at_once(wang: httpx.AsyncClient, kiosk: httpx.AsyncClient) -> None:
    draft = await begin(wang)
    await open_at(kiosk, (await code_for(wang, draft))["code"])
    assert (await wang.delete(f"{API}/drafts/{draft}/relay")).status_code == 204
    assert (await kiosk.get(f"{API}/drafts/{draft}")).status_code == 401


async def test_only_a_kiosk_opens_by_code(wang: httpx.AsyncClient, visitors: Callable[[], httpx.AsyncClient]) -> None:
    draft = await begin(wang)
    refused = await open_at(visitors(), (await code_for(wang, draft))["code"])
    assert refused.status_code == 403


async def test_any_scanner_is_told_what_the_code_is_and_nothing_of_the_draft(
    wang: httpx.AsyncClient, li: httpx.AsyncClient, clerk: httpx.AsyncClient, kiosk: httpx.AsyncClient
) -> None:
    draft = await begin(wang)
    address = (await code_for(wang, draft))["url"].removeprefix("http://localhost:8000")
    assert (await wang.get(address)).headers["location"] == f"/drafts/{draft}"
    for client, words in ((li, "这是交出草稿的码"), (clerk, "接过这份草稿"), (kiosk, "在这台自助机上接着办")):
        page = await client.get(address)
        assert words in page.text
        assert "幼儿园" not in page.text
        assert draft not in page.text
    assert (await wang.get(f"{API}/drafts/{draft}")).status_code == 200


async def test_the_page_shows_a_code_once_and_revokes_it(wang: httpx.AsyncClient, clerk: httpx.AsyncClient) -> None:
    draft = await begin(wang)
    place = f"/drafts/{draft}/relay"
    shown = await wang.post(place, data={"_csrf": await token(wang, place)})
    digits = shown.text.split('<p class="code n" aria-label="')[1].split('"')[0].replace(" ", "")
    assert len(digits) == 6
    assert digits not in (await wang.get(place)).text
    revoked = await wang.post(f"{place}/revocation", data={"_csrf": await token(wang, place)})
    assert revoked.status_code == 303
    assert (await take(clerk, digits)).json()["code"] == "relay.unknown"


async def test_every_step_is_in_the_audit_trail(
    wang: httpx.AsyncClient, clerk: httpx.AsyncClient, kiosk: httpx.AsyncClient, db: ModuleType
) -> None:
    draft = await begin(wang, SCHOOL)
    await code_for(wang, draft)
    await wang.delete(f"{API}/drafts/{draft}/relay")
    await take(clerk, (await code_for(wang, draft))["code"])
    await clerk.delete(f"{API}/drafts/{draft}/relay")
    await open_at(kiosk, (await code_for(wang, draft))["code"])
    await kiosk.post("/kiosk/end")
    what = [row["what"] for row in await db.fetch("SELECT what FROM audit_event WHERE what LIKE 'relay.%' ORDER BY id")]
    assert what == [
        "relay.made",
        "relay.revoked",
        "relay.made",
        "relay.taken",
        "relay.given_back",
        "relay.made",
        "relay.opened",
        "relay.ended",
    ]
    kept = await db.fetch("SELECT code_hash, token_hash FROM draft_relay")
    assert all(len(row["code_hash"]) == 32 for row in kept)
