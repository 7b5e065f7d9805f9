"""Drafts and files that a device began without network: it made their ids, and may say everything twice."""

from __future__ import annotations

import asyncio
from types import ModuleType
from uuid import uuid4

import httpx
import pytest

from tests.intake.conftest import API, FOOD, SCHOOL, TUS, begin, begin_upload, file_draft, filled, picture, send_bytes
from tests.intake.test_walk_in import _zhao as zhao


async def test_the_same_draft_begun_again_is_the_draft_as_it_now_is(wang: httpx.AsyncClient) -> None:
    start = {"matter": SCHOOL, "id": str(uuid4())}
    first = await wang.post(f"{API}/drafts", json=start)
    assert (first.status_code, first.json()["id"]) == (201, start["id"])
    assert first.headers["location"] == f"{API}/drafts/{start['id']}"
    await wang.patch(f"{API}/drafts/{start['id']}", json={"fields": {"address": "中山东路 118 号"}})

    again = await wang.post(f"{API}/drafts", json=start)
    assert (again.status_code, again.json()["values"]["address"]) == (200, "中山东路 118 号")
    assert (await wang.get(f"{API}/drafts")).json()["total"] == 1


async def test_a_filed_draft_begun_again_says_its_case_whatever_else_would_be_refused(wang: httpx.AsyncClient) -> None:
    draft = await filled(wang)
    case_no = (await file_draft(wang, draft)).json()["case_no"]

    again = await wang.post(f"{API}/drafts", json={"matter": "no-such-matter", "id": draft})
    assert (again.status_code, again.json()["case_no"]) == (200, case_no)


async def test_ten_at_once_begin_one_draft(db: ModuleType, wang: httpx.AsyncClient) -> None:
    start = {"matter": SCHOOL, "id": str(uuid4())}
    answers = await asyncio.gather(*(wang.post(f"{API}/drafts", json=start) for _ in range(10)))

    assert {answer.status_code for answer in answers} <= {200, 201}
    assert {answer.json()["id"] for answer in answers} == {start["id"]}
    assert await db.fetchval("SELECT count(*) FROM draft") == 1


@pytest.mark.parametrize("odd", ["7", "not-a-uuid", "{12345678-1234-4234-8234-123456789012}"])
async def test_what_is_no_uuid_is_refused_by_name(wang: httpx.AsyncClient, odd: str) -> None:
    answer = await wang.post(f"{API}/drafts", json={"matter": SCHOOL, "id": odd})
    assert (answer.status_code, answer.json()["code"]) == (422, "draft.id_taken")


async def test_another_s_draft_is_neither_told_nor_touched(wang: httpx.AsyncClient, li: httpx.AsyncClient) -> None:
    start = {"matter": SCHOOL, "id": str(uuid4())}
    assert (await wang.post(f"{API}/drafts", json=start)).status_code == 201
    answer = await li.post(f"{API}/drafts", json=start)
    assert (answer.status_code, answer.json()["code"]) == (422, "draft.id_taken")
    assert "王敏" not in answer.text
    assert (await li.get(f"{API}/drafts")).json()["total"] == 0


async def test_saving_the_same_words_again_changes_nothing(wang: httpx.AsyncClient) -> None:
    draft = (await wang.post(f"{API}/drafts", json={"matter": FOOD, "id": str(uuid4())})).json()["id"]
    change = {"fields": {"area": "120"}, "revision": 0}
    for _ in range(3):
        answer = await wang.patch(f"{API}/drafts/{draft}", json=change)
        assert (answer.status_code, answer.json()["conflicts"]) == (200, {})
    seen = (await wang.get(f"{API}/drafts/{draft}")).json()
    assert (seen["values"]["area"], seen["rivals"]) == ("120", {})


async def test_a_clerk_s_intake_begun_twice_is_one_draft_and_one_line_in_the_audit_trail(
    db: ModuleType, clerk: httpx.AsyncClient, wang: httpx.AsyncClient
) -> None:
    start = {"matter": SCHOOL, "id": str(uuid4()), **zhao()}
    first = await clerk.post(f"{API}/desk/drafts", json=start)
    assert (first.status_code, first.json()["id"]) == (201, start["id"])
    again = await clerk.post(f"{API}/desk/drafts", json=start)
    assert (again.status_code, again.json()["id"]) == (200, start["id"])
    assert await db.fetchval("SELECT count(*) FROM audit_event WHERE what = 'intake.begun'") == 1

    hers = await wang.post(f"{API}/drafts", json={"matter": SCHOOL, "id": start["id"]})
    assert hers.json()["code"] == "draft.id_taken"


async def test_a_file_begun_again_is_the_same_upload(db: ModuleType, wang: httpx.AsyncClient) -> None:
    draft, body = await begin(wang), picture("plan", (300, 200))
    told = {"filename": "图.jpg", "draft": draft, "material": "zxsqb", "client_id": str(uuid4())}
    first = await begin_upload(wang, len(body), **told)
    await send_bytes(wang, first.headers["location"], 0, body[:500])

    again = await begin_upload(wang, len(body), **told)
    assert (again.status_code, again.headers["location"]) == (201, first.headers["location"])
    head = await wang.head(again.headers["location"], headers=TUS)
    assert head.headers["upload-offset"] == "500"
    assert (await send_bytes(wang, again.headers["location"], 500, body[500:])).status_code == 204
    assert await db.fetchval("SELECT count(*) FROM upload") == 1
    shown = (await wang.get(f"{API}/drafts/{draft}")).json()["materials"]
    assert [[u["client_id"] for u in m["uploads"]] for m in shown if m["key"] == "zxsqb"] == [[told["client_id"]]]


async def test_ten_at_once_begin_one_upload(db: ModuleType, wang: httpx.AsyncClient) -> None:
    told = {"draft": await begin(wang), "material": "zxsqb", "client_id": str(uuid4())}
    answers = await asyncio.gather(*(begin_upload(wang, 900, **told) for _ in range(10)))

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.headers["location"] for answer in answers}) == 1
    assert await db.fetchval("SELECT count(*) FROM upload") == 1


async def test_no_limit_stands_before_a_file_that_is_here_already(wang: httpx.AsyncClient) -> None:
    draft = await begin(wang)
    told = {"draft": draft, "material": "zxsqb", "client_id": str(uuid4())}
    first = await begin_upload(wang, 900, **told)
    for _ in range(29):
        assert (await begin_upload(wang, 900, draft=draft, material="zxsqb")).status_code == 201
    assert (await begin_upload(wang, 900, draft=draft, material="zxsqb")).json()["code"] == "upload.too_many"

    again = await begin_upload(wang, 900, **told)
    assert (again.status_code, again.headers["location"]) == (201, first.headers["location"])


async def test_a_device_s_name_for_a_file_is_its_owner_s_only(wang: httpx.AsyncClient, li: httpx.AsyncClient) -> None:
    told = {"client_id": str(uuid4())}
    hers = await begin_upload(wang, 900, **told)
    his = await begin_upload(li, 900, **told)
    assert (hers.status_code, his.status_code) == (201, 201)
    assert hers.headers["location"] != his.headers["location"]
    odd = await begin_upload(wang, 900, client_id="photo-1")
    assert (odd.status_code, odd.json()["code"]) == (400, "upload.header")
