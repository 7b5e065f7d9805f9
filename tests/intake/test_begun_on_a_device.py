"""Drafts and files that a device began without network: it made their ids, and may say everything twice."""

from __future__ import annotations

import asyncio
from types import ModuleType
from uuid import uuid4

import httpx
import pytest

from tests.intake.conftest import API, FOOD, SCHOOL, file_draft, filled
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
