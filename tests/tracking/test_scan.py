"""`/t/{code}`: what a scan opens, for whom, and what it never says."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from types import ModuleType
from typing import Any

import httpx
import pytest

from backend.domain import tracking
from shared_schemas.case import Receipt

Visitors = Callable[[], httpx.AsyncClient]
Taken = Callable[[Receipt], Awaitable[Any]]


async def test_a_stranger_sees_where_the_case_is_and_nobody_s_data(visitors: Visitors, filed: Receipt) -> None:
    answer = await visitors().get(f"/t/{filed.tracking_code}", headers={"accept-encoding": "identity"})

    assert answer.status_code == 200
    assert "食品经营许可新办" in answer.text
    assert f"{filed.case_no[:6]}" in answer.text
    assert "content-encoding" not in answer.headers
    for secret in (
        filed.case_no,
        filed.query_password,
        "王敏",
        "33040219900307124X",
        "13812341234",
        "营业执照",
        "csrf",
    ):
        assert secret not in answer.text
    assert "set-cookie" not in answer.headers
    assert answer.headers["cache-control"] == "private, no-cache"
    assert answer.headers["x-robots-tag"] == "noindex, nofollow"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert '<meta name="robots" content="noindex,nofollow">' in answer.text


async def test_the_page_travels_compressed_and_reads_the_same(visitors: Visitors, filed: Receipt) -> None:
    plain = await visitors().get(f"/t/{filed.tracking_code}", headers={"accept-encoding": "identity"})
    small = await visitors().get(f"/t/{filed.tracking_code}", headers={"accept-encoding": "gzip, br"})
    assert small.headers["content-encoding"] == "br"
    assert int(small.headers["content-length"]) < len(plain.content) / 2
    assert small.text == plain.text
    assert {"accept-encoding", "accept-language", "cookie", "hx-request"} <= set(small.headers["vary"].split(", "))


async def test_unchanged_is_304_until_the_case_moves(visitors: Visitors, filed: Receipt, taken: Taken) -> None:
    visitor, address = visitors(), f"/t/{filed.tracking_code}"
    first = await visitor.get(address)
    again = await visitor.get(address, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["vary"] == first.headers["vary"]
    assert "窗口开始看材料" not in first.text

    await taken(filed)
    moved = await visitor.get(address, headers={"if-none-match": first.headers["etag"]})
    assert moved.status_code == 200
    assert moved.headers["etag"] != first.headers["etag"]
    assert "窗口开始看材料" in moved.text


async def test_every_look_has_its_own_bytes_and_tag(visitors: Visitors, filed: Receipt) -> None:
    address = f"/t/{filed.tracking_code}"
    looks = [
        await visitors().get(address, headers=headers)
        for headers in (
            {}, {"accept-language": "en-GB"}, {"cookie": "text=elder"}, {"cookie": "theme=dark"}, {"hx-request": "true"},
        )
    ]  # fmt: skip
    assert [look.status_code for look in looks] == [200] * 5
    assert len({look.headers["etag"] for look in looks}) == 5
    assert len({look.text for look in looks}) == 5
    assert "</html>" in looks[0].text
    assert "</html>" not in looks[4].text


async def test_a_code_as_people_type_it_opens_too(visitors: Visitors, filed: Receipt) -> None:
    typed = tracking.grouped(filed.tracking_code).lower()
    assert (await visitors().get(f"/t/{typed}")).status_code == 200


async def test_wrong_revoked_and_malformed_codes_get_one_answer(
    db: ModuleType, visitors: Visitors, filed: Receipt
) -> None:
    await db.execute("UPDATE case_file SET tracking_revoked_at = now()")
    answers = [
        await visitors().get(f"/t/{code}", headers={"accept": "application/json"})
        for code in (filed.tracking_code, tracking.new_tracking_code(), "nonsense", "1" * 400, "%00")
    ]
    assert {answer.status_code for answer in answers} == {404}
    told = [{key: value for key, value in answer.json().items() if key != "instance"} for answer in answers]
    assert told.count(told[0]) == len(told)
    assert told[0]["code"] == "tracking.unknown"


async def test_guessing_is_stopped_and_a_right_code_still_opens(visitors: Visitors, filed: Receipt) -> None:
    visitor = visitors()
    statuses = [(await visitor.get(f"/t/{tracking.new_tracking_code()}")).status_code for _ in range(12)]
    assert statuses == [404] * 10 + [429] * 2
    assert (await visitor.get(f"/t/{tracking.new_tracking_code()}/events")).status_code == 429
    assert (await visitor.get(f"/t/{filed.tracking_code}")).status_code == 200


async def test_the_owner_is_led_to_their_own_view(wang: httpx.AsyncClient, filed: Receipt) -> None:
    answer = await wang.get(f"/t/{filed.tracking_code}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/cases/{filed.case_no}")
    assert answer.headers["cache-control"] == "no-store"


async def test_another_citizen_sees_what_a_stranger_sees(
    visitors: Visitors, li: httpx.AsyncClient, filed: Receipt
) -> None:
    stranger = await visitors().get(f"/t/{filed.tracking_code}")
    assert (await li.get(f"/t/{filed.tracking_code}")).text == stranger.text


async def test_staff_are_led_to_the_desk(clerk: httpx.AsyncClient, filed: Receipt) -> None:
    answer = await clerk.get(f"/t/{filed.tracking_code}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/desk/cases/{filed.case_no}")


async def test_what_the_owner_s_open_page_asks_for_is_public_too(wang: httpx.AsyncClient, filed: Receipt) -> None:
    part = await wang.get(f"/t/{filed.tracking_code}", headers={"hx-request": "true"})
    assert part.status_code == 200
    assert "王敏" not in part.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
async def test_a_scan_changes_nothing(visitors: Visitors, filed: Receipt, method: str) -> None:
    assert (await visitors().request(method, f"/t/{filed.tracking_code}")).status_code == 405


async def test_an_open_page_hears_that_the_case_moved(db: ModuleType, filed: Receipt, taken: Taken) -> None:
    from backend.cases import live
    from backend.tracking import public_pages

    async with live.lifespan(None):
        messages = public_pages.sent(await db.fetchval("SELECT id FROM case_file"), 1)
        heard = asyncio.create_task(anext(messages))
        await asyncio.sleep(0.2)  # past its first look: from here on only the notification can tell
        assert live.watching() == 1
        await taken(filed)
        assert (await asyncio.wait_for(heard, 5)).data == "2"
        await messages.aclose()
    assert live.watching() == 0


async def test_what_moved_before_the_page_listened_is_told_at_once(
    db: ModuleType, filed: Receipt, taken: Taken
) -> None:
    from backend.tracking import public_pages

    await taken(filed)
    messages = public_pages.sent(await db.fetchval("SELECT id FROM case_file"), 1)
    assert (await asyncio.wait_for(anext(messages), 5)).data == "2"
    await messages.aclose()
