"""Drafts: prefilled, saved field by field, never overwritten unseen, nobody else's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from types import ModuleType
from typing import Any
from uuid import uuid4

import httpx
import msgspec

from tests.intake.conftest import API, FOOD, SCHOOL, begin, filled


async def test_a_draft_starts_with_what_the_hall_knows(wang: httpx.AsyncClient) -> None:
    draft = (await wang.get(f"{API}/drafts/{await begin(wang)}")).json()

    assert draft["values"]["name"] == "王敏"
    assert draft["values"]["id_no"] == "330402199003071245"
    assert draft["values"]["mobile"] == "13812341234"
    assert {q["path"] for q in draft["questions"] if q["is_locked"]} == {"name", "id_type", "id_no"}
    assert [(t["slug"], t["progress"]) for t in draft["tasks"]] == [
        ("applicant", "done"),
        ("m-zxsqb", "empty"),
        ("m-jhrhkbhjzz", "done"),
        ("m-zxlyzm", "empty"),
        ("delivery", "empty"),
    ]
    assert {m["key"]: m["how"] for m in draft["materials"]}["jhrhkbhjzz"] == "fetch"


async def test_long_forms_come_in_even_pages_of_at_most_eight_questions(wang: httpx.AsyncClient) -> None:
    draft = (await wang.get(f"{API}/drafts/{await begin(wang, FOOD)}")).json()

    assert [t["slug"] for t in draft["tasks"]][:3] == ["applicant", "form-1", "form-2"]
    assert "applicant_kind" not in {q["path"] for q in draft["questions"]}
    assert "org_name" not in {q["path"] for q in draft["questions"]}


async def test_autosave_merges_field_by_field(wang: httpx.AsyncClient) -> None:
    draft = await begin(wang, FOOD)
    first = (await wang.patch(f"{API}/drafts/{draft}", json={"fields": {"area": "120"}, "revision": 0})).json()
    second = await wang.patch(
        f"{API}/drafts/{draft}", json={"fields": {"employees": "3", "safety_manager.name": "李四"}, "revision": 0}
    )
    await wang.patch(f"{API}/drafts/{draft}", json={"fields": {"equipment.0.name": "灶", "equipment.0.qty": "2"}})

    assert first["revision"] == 1
    assert second.json()["conflicts"] == {}
    values = (await wang.get(f"{API}/drafts/{draft}")).json()["values"]
    assert (values["area"], values["employees"], values["safety_manager"]) == ("120", "3", {"name": "李四"})
    assert values["equipment"] == [{"name": "灶", "qty": "2"}]


async def test_another_device_is_never_overwritten_unseen(wang: httpx.AsyncClient) -> None:
    draft = await begin(wang, FOOD)
    await wang.patch(f"{API}/drafts/{draft}", json={"fields": {"area": "120"}, "revision": 0})
    late = await wang.patch(f"{API}/drafts/{draft}", json={"fields": {"area": "80"}, "revision": 0})

    assert late.json()["conflicts"] == {"area": {"kept": "120", "yours": "80"}}
    seen = (await wang.get(f"{API}/drafts/{draft}")).json()
    assert (seen["values"]["area"], seen["rivals"]["area"]) == ("120", "80")
    await wang.patch(f"{API}/drafts/{draft}", json={"fields": {"area": "80"}, "revision": seen["revision"]})
    chosen = (await wang.get(f"{API}/drafts/{draft}")).json()
    assert (chosen["values"]["area"], chosen["rivals"]) == ("80", {})


async def test_unknown_and_proved_fields_are_refused_by_name(wang: httpx.AsyncClient) -> None:
    draft = await begin(wang)
    answer = await wang.patch(f"{API}/drafts/{draft}", json={"fields": {"owner": "x", "name": "别人", "address": "a"}})

    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == {"owner", "name"}
    assert "address" not in (await wang.get(f"{API}/drafts/{draft}")).json()["values"]


async def test_mass_assignment_is_refused(wang: httpx.AsyncClient) -> None:
    made = await wang.post(f"{API}/drafts", json={"matter": SCHOOL, "owner": "citizen:99"})
    draft = await begin(wang)
    saved = await wang.patch(f"{API}/drafts/{draft}", json={"fields": {}, "submitted_case_id": 1})

    assert (made.status_code, saved.status_code) == (400, 400)


async def test_values_are_sealed_at_rest(wang: httpx.AsyncClient, db: ModuleType) -> None:
    await begin(wang)
    blob = bytes(await db.fetchval("SELECT values_sealed FROM draft"))
    assert "王敏".encode() not in blob
    assert b"330402199003071245" not in blob


async def test_anothers_draft_answers_like_a_missing_one(wang: httpx.AsyncClient, li: httpx.AsyncClient) -> None:
    theirs, missing = await begin(wang), str(uuid4())
    for method, tail, body in [
        ("GET", "", None),
        ("PATCH", "", {"fields": {"address": "x"}}),
        ("DELETE", "", None),
        ("POST", "/check", {}),
        ("PUT", "/materials/zxsqb", {"how": "upload"}),
        ("POST", "/version", {}),
    ]:
        answers = [
            await li.request(method, f"{API}/drafts/{draft}{tail}", json=body) for draft in (theirs, missing, "no-uuid")
        ]
        assert {a.status_code for a in answers} == {404}
        assert len({_without_number(a) for a in answers}) == 1
    assert (await wang.get(f"{API}/drafts/{theirs}")).status_code == 200


def _without_number(answer: httpx.Response) -> bytes:
    body = answer.json()
    body.pop("instance")
    return msgspec.json.encode(body)


async def test_the_list_has_the_newest_first_and_removal_is_final(wang: httpx.AsyncClient, now: datetime) -> None:
    from backend import clock

    first = await begin(wang)
    clock.freeze(now + timedelta(seconds=1))
    second = await begin(wang, FOOD)
    assert [row["id"] for row in (await wang.get(f"{API}/drafts")).json()["items"]] == [second, first]
    assert (await wang.delete(f"{API}/drafts/{second}")).status_code == 204
    assert [row["id"] for row in (await wang.get(f"{API}/drafts")).json()["items"]] == [first]


async def test_only_whom_the_profile_knows_can_be_filed_for(wang: httpx.AsyncClient) -> None:
    for start, code in [
        ({"filed_for": "company", "company": 7, "matter": FOOD}, "people.hat_unknown"),
        ({"filed_for": "child", "dependent": 7, "matter": SCHOOL}, "people.relative_unknown"),
        ({"filed_for": "company", "company": 7, "matter": SCHOOL}, "filing.wrong_applicant"),
        ({"matter": "nope-1"}, "matter.unknown"),
    ]:
        answer = await wang.post(f"{API}/drafts", json=start)
        assert answer.json()["code"] == code


async def test_a_child_is_filed_for_by_law_without_a_letter(wang: httpx.AsyncClient) -> None:
    child = await wang.post(
        f"{API}/me/family", json={"kind": "child", "name": "王小宝", "id_number": "330499201801010024"}
    )
    assert child.status_code == 201, child.text
    draft = await begin(wang, filed_for="child", dependent=child.json()["id"])
    seen = (await wang.get(f"{API}/drafts/{draft}")).json()
    assert (seen["values"]["name"], seen["values"]["mobile"]) == ("王小宝", "13812341234")
    assert "agent" not in {task["slug"] for task in seen["tasks"]}


async def test_a_changed_matter_shows_the_difference_and_loses_nothing(
    wang: httpx.AsyncClient, matters: Callable[..., None], starter: dict[str, Any]
) -> None:
    draft = await filled(wang)
    old = starter[SCHOOL]
    kept = [m for m in old.materials if m.key != "zxlyzm"]
    new_paper = msgspec.structs.replace(kept[0], key="xjz", name="学籍证明")
    renamed = msgspec.structs.replace(kept[0], key="newkey")
    matters(msgspec.structs.replace(old, version=2, materials=(renamed, *kept[1:], new_paper)))

    refused = await wang.post(f"{API}/cases", json={"draft": draft}, headers={"idempotency-key": "key-12345678"})
    assert (refused.status_code, refused.json()["code"]) == (409, "filing.matter_changed")
    changes = {(c["what"], c["name"]) for c in refused.json()["changes"]}
    assert changes == {("added", "学籍证明"), ("removed", "转学理由证明")}

    moved = (await wang.post(f"{API}/drafts/{draft}/version", json={})).json()
    assert (moved["matter_version"], moved["changes"], moved["values"]["address"]) == (2, [], "中山东路 118 号")
    papers = {m["key"]: m for m in moved["materials"]}
    assert len(papers["newkey"]["uploads"]) == 1
    check = (await wang.post(f"{API}/drafts/{draft}/check", json={})).json()
    assert set(check["errors"]) == {"materials.xjz"}


async def test_old_drafts_go_after_ninety_days(wang: httpx.AsyncClient, now: datetime, db: ModuleType) -> None:
    from backend.intake import jobs

    await filled(wang)
    await jobs.sweep(now + timedelta(days=89))
    assert await db.fetchval("SELECT count(*) FROM draft") == 1
    await jobs.sweep(now + timedelta(days=91))
    assert await db.fetchval("SELECT count(*) FROM draft") == 0
    await jobs.sweep(now + timedelta(days=99))
    assert await db.fetchval("SELECT count(*) FROM upload") == 0
