"""换一个码: the old code is one nobody has, at once; the new one opens the same case."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from types import ModuleType
from typing import Any

import httpx
import pytest

from backend.domain import tracking
from shared_schemas.case import Receipt

Visitors = Callable[[], httpx.AsyncClient]
Taken = Callable[[Receipt], Awaitable[Any]]
API = "/api/v1"


async def replaced(owner: httpx.AsyncClient, filed: Receipt) -> str:
    answer = await owner.post(f"{API}/cases/{filed.case_no}/tracking-code", json={})
    assert answer.status_code == 201, answer.text
    assert answer.json()["track_url"].endswith(f"/t/{answer.json()['tracking_code']}")
    return str(answer.json()["tracking_code"])


async def test_the_old_code_is_dead_and_the_new_one_opens_the_case(
    db: ModuleType, visitors: Visitors, wang: httpx.AsyncClient, filed: Receipt
) -> None:
    stranger = visitors()
    before = await stranger.get(f"/t/{filed.tracking_code}")
    new = await replaced(wang, filed)
    assert tracking.parse(new) == new != filed.tracking_code

    headers = {"accept": "application/json"}
    dead = await stranger.get(f"/t/{filed.tracking_code}", headers=headers | {"if-none-match": before.headers["etag"]})
    guess = await stranger.get(f"/t/{tracking.new_tracking_code()}", headers=headers)
    assert dead.status_code == guess.status_code == 404
    assert {**dead.json(), "instance": ""} == {**guess.json(), "instance": ""}
    assert (await stranger.get(f"{API}/track/{filed.tracking_code}")).status_code == 404

    page = await stranger.get(f"/t/{new}")
    assert page.status_code == 200
    assert f"/t/{new}/events" in page.text
    assert filed.tracking_code not in page.text
    assert (await stranger.get(f"{API}/track/{new}")).json()["matter_zh"] == "食品经营许可新办"

    log = await db.fetch("SELECT what, case_no FROM audit_event WHERE what = 'tracking_code.replaced'")
    assert [tuple(row) for row in log] == [("tracking_code.replaced", filed.case_no)]


async def test_the_page_says_what_happens_and_asks_first(wang: httpx.AsyncClient, filed: Receipt) -> None:
    place = f"/cases/{filed.case_no}"
    assert f"{place}/tracking-code" in (await wang.get(place)).text
    asking = await wang.get(f"{place}/tracking-code")
    assert "旧码马上不能用" in asking.text
    token = re.search(r'name="_csrf" value="([^"]+)"', asking.text)
    assert token
    assert (await wang.get(place)).text.count(filed.tracking_code) > 0  # asking changed nothing
    done = await wang.post(f"{place}/tracking-code", data={"_csrf": token[1]})
    assert (done.status_code, done.headers["location"]) == (303, f"{place}#code")
    after = await wang.get(place)
    assert filed.tracking_code not in after.text
    assert "/t/" in after.text


async def test_only_the_owner_replaces_it(
    visitors: Visitors, li: httpx.AsyncClient, clerk: httpx.AsyncClient, wang: httpx.AsyncClient, filed: Receipt
) -> None:
    path = f"{API}/cases/{filed.case_no}/tracking-code"
    assert (await visitors().post(path, json={})).status_code == 401
    assert (await clerk.post(path, json={})).status_code == 403
    assert (await li.post(path, json={})).status_code == 404
    assert (await li.get(f"/cases/{filed.case_no}/tracking-code")).status_code == 404
    assert (await visitors().get(f"/t/{filed.tracking_code}")).status_code == 200
    for _ in range(10):
        await replaced(wang, filed)
    assert (await wang.post(path, json={})).status_code == 429


async def test_a_later_paper_carries_the_new_code_and_number_and_password_still_open(
    visitors: Visitors, wang: httpx.AsyncClient, filed: Receipt
) -> None:
    from backend.cases import reading

    new = await replaced(wang, filed)
    assert await reading.tracking_code_of(await reading.by_number(filed.case_no)) == new
    given = {"case_no": filed.case_no, "password": filed.query_password, "last_four": "1234"}
    assert (await visitors().post(f"{API}/track/openings", json=given)).json()["case"]["tracking_code"] == new


async def test_open_pages_follow_the_new_code_and_leave_the_old(
    db: ModuleType, monkeypatch: pytest.MonkeyPatch, visitors: Visitors, wang: httpx.AsyncClient,
    filed: Receipt, taken: Taken,
) -> None:  # fmt: skip
    from backend.cases import live
    from backend.tracking import public_pages, scanning

    del db, visitors
    new = await replaced(wang, filed)
    version = await scanning.version_of(new)
    assert version is not None
    assert await scanning.version_of(filed.tracking_code) is None
    await taken(filed)

    async def moved(case_id: int, after: int) -> AsyncIterator[int | None]:
        assert (case_id, after) == (version.case_id, version.seq)
        yield version.seq + 1

    monkeypatch.setattr(live, "changes", moved)
    moves = public_pages.sent(version.case_id, version.seq)
    told = [m async for m in public_pages._while_good(new, moves)]
    assert [message.data for message in told] == [str(version.seq + 1)]
    moves = public_pages.sent(version.case_id, version.seq)
    assert [m async for m in public_pages._while_good(filed.tracking_code, moves)] == []
