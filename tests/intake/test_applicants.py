"""What a phone takes along to begin drafts without network, and a draft that was begun so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import msgspec

from tests.intake.conftest import API, FOOD, SCHOOL, begin


async def test_the_phone_knows_what_a_new_draft_would_start_with(wang: httpx.AsyncClient) -> None:
    made = await wang.post(
        f"{API}/me/family", json={"kind": "child", "name": "王小小", "id_number": "330402201503071241"}
    )
    child = made.json()["id"]
    answer = await wang.get(f"{API}/me/applicants")
    mine, *others = answer.json()["items"]

    assert answer.headers["cache-control"] == "no-store"
    assert (mine["filed_for"], mine["values"]["name"]) == ("self", "王敏")
    draft = (await wang.get(f"{API}/drafts/{await begin(wang)}")).json()
    assert draft["values"].items() <= mine["values"].items()
    assert set(draft["locked"]) <= set(mine["locked"])
    assert [(each["filed_for"], each["dependent"]) for each in others] == [("child", child)]


async def test_nobody_else_is_told(visitors: Callable[[], httpx.AsyncClient]) -> None:
    assert (await visitors().get(f"{API}/me/applicants")).status_code == 401


async def test_a_draft_begun_without_network_stays_under_the_version_its_owner_saw(
    wang: httpx.AsyncClient, matters: Any, starter: dict[str, Any]
) -> None:
    changed = msgspec.structs.replace(starter[FOOD], version=2, materials=starter[FOOD].materials[:1])
    matters(changed)
    made = await wang.post(f"{API}/drafts", json={"matter": FOOD, "matter_version": 1})

    assert made.json()["matter_version"] == 1
    assert made.json()["changes"]
    filed = await wang.post(
        f"{API}/cases", json={"draft": made.json()["id"]}, headers={"idempotency-key": "from-a-phone-1"}
    )
    assert filed.json()["code"] == "filing.matter_changed"
    unknown = await wang.post(f"{API}/drafts", json={"matter": SCHOOL, "matter_version": 9})
    assert unknown.json()["code"] == "matter.unknown_version"
