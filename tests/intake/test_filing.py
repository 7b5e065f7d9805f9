"""Filing: complete or refused with everything at once; one case, however often it is sent."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import ModuleType
from typing import Any

import httpx
import msgspec

from tests.intake.conftest import (
    API,
    RESIDENCE,
    SCHOOL,
    SCHOOL_FORM,
    begin,
    begin_upload,
    file_draft,
    filled,
    picture,
    upload,
)


async def whole(client: httpx.AsyncClient, **changes: Any) -> dict[str, Any]:
    """A filing in one piece, as a script sends it."""
    return {
        "matter": SCHOOL,
        "form": SCHOOL_FORM,
        "declared": True,
        "materials": [
            {"key": "zxsqb", "how": "upload", "uploads": [await upload(client, picture("a"))]},
            {"key": "zxlyzm", "how": "upload", "uploads": [await upload(client, picture("b"))]},
        ],
        **changes,
    }


async def post(client: httpx.AsyncClient, filing: dict[str, Any], key: str = "key-00000001") -> httpx.Response:
    return await client.post(f"{API}/cases", json=filing, headers={"idempotency-key": key})


async def test_a_draft_becomes_a_case(wang: httpx.AsyncClient, db: ModuleType) -> None:
    draft = await filled(wang)
    answer = await file_draft(wang, draft)

    assert answer.status_code == 201, answer.text
    receipt = answer.json()
    assert answer.headers["location"] == f"/api/v1/cases/{receipt['case_no']}"
    assert receipt["track_url"].endswith("/t/" + receipt["tracking_code"])
    assert len(receipt["query_password"]) == 8
    case = (await wang.get(answer.headers["location"])).json()
    assert "received" in msgspec.json.encode(case).decode()
    rows = await db.fetch("SELECT key, how, is_required FROM case_material ORDER BY position")
    assert [(r["key"], r["how"]) for r in rows] == [("zxsqb", "upload"), ("jhrhkbhjzz", "fetch"), ("zxlyzm", "upload")]
    assert await db.fetchval("SELECT count(*) FROM upload WHERE case_id IS NOT NULL") == 2
    assert await db.fetchval("SELECT delivery FROM case_file") == "window"


async def test_ten_taps_at_once_are_one_case(wang: httpx.AsyncClient, db: ModuleType) -> None:
    draft = await filled(wang)
    answers = await asyncio.gather(*(file_draft(wang, draft) for _ in range(10)))

    assert {a.status_code for a in answers} <= {200, 201}
    assert len({a.json()["case_no"] for a in answers}) == 1
    assert await db.fetchval("SELECT count(*) FROM case_file") == 1


async def test_ten_taps_with_ten_keys_are_one_case_too(wang: httpx.AsyncClient, db: ModuleType) -> None:
    draft = await filled(wang)
    answers = await asyncio.gather(*(file_draft(wang, draft, f"another-key-{i}") for i in range(10)))

    assert {a.status_code for a in answers} <= {200, 201}
    assert len({a.json()["case_no"] for a in answers}) == 1
    assert await db.fetchval("SELECT count(*) FROM case_file") == 1


async def test_a_filing_in_one_piece_sent_ten_times_is_one_case(wang: httpx.AsyncClient, db: ModuleType) -> None:
    filing = await whole(wang)
    answers = await asyncio.gather(*(post(wang, filing) for _ in range(10)))
    later = await post(wang, filing)

    assert {a.status_code for a in answers} <= {200, 201}, [a.text for a in answers]
    assert later.status_code == 200
    assert len({a.json()["case_no"] for a in [*answers, later]}) == 1
    assert await db.fetchval("SELECT count(*) FROM case_file") == 1


async def test_a_key_is_for_one_filing_only(wang: httpx.AsyncClient) -> None:
    filing = await whole(wang)
    assert (await post(wang, filing)).status_code == 201
    other = await post(wang, {**filing, "form": {**SCHOOL_FORM, "address": "别处"}})
    assert (other.status_code, other.json()["code"]) == (422, "filing.key_reused")
    draft = await filled(wang)
    reused = await file_draft(wang, draft, "key-00000001")
    assert (reused.status_code, reused.json()["code"]) == (422, "filing.key_reused")
    assert (await file_draft(wang, draft, "key-00000002")).status_code == 201


async def test_the_same_key_of_another_person_is_another_key(wang: httpx.AsyncClient, li: httpx.AsyncClient) -> None:
    first = await post(wang, await whole(wang))
    second = await post(li, await whole(li))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["case_no"] != second.json()["case_no"]


async def test_a_key_is_asked_for_by_name(wang: httpx.AsyncClient) -> None:
    for headers in ({}, {"idempotency-key": "short"}, {"idempotency-key": "with space here"}):
        answer = await wang.post(f"{API}/cases", json=await whole(wang), headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (400, "filing.key_missing")
        assert "Idempotency-Key" in answer.json()["detail"]


async def test_every_fault_is_named_at_once(wang: httpx.AsyncClient, db: ModuleType) -> None:
    receiving = (await begin_upload(wang, 50, filename="半.jpg")).headers["location"].rsplit("/", 1)[1]
    answer = await post(
        wang,
        {
            "matter": SCHOOL,
            "declared": True,
            "form": {"mobile": "1381234", "shoe_size": 43},
            "materials": [
                {"key": "zxsqb", "how": "upload", "uploads": [receiving]},
                {"key": "zxlyzm", "how": "later"},
                {"key": "nope", "how": "upload"},
            ],
        },
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "filing.incomplete")
    assert set(answer.json()["errors"]) == {
        "form.mobile",
        "form.delivery_mode",
        "form.shoe_size",
        "materials.zxsqb",
        "materials.zxlyzm",
        "materials.nope",
    }
    assert "半.jpg" in answer.json()["errors"]["materials.zxsqb"]
    assert await db.fetchval("SELECT count(*) FROM case_file") == 0


async def test_proved_identity_is_filled_in_and_cannot_be_denied(wang: httpx.AsyncClient) -> None:
    filing = await whole(wang)
    denied = await post(wang, {**filing, "form": {**SCHOOL_FORM, "name": "别人"}})
    assert (denied.status_code, set(denied.json()["errors"])) == (422, {"form.name"})
    assert (await post(wang, filing)).status_code == 201


async def test_mass_assignment_and_broken_bodies_are_refused(wang: httpx.AsyncClient) -> None:
    filing = await whole(wang)
    for body in (
        {**filing, "step": "granted"},
        {**filing, "materials": [{"key": "zxsqb", "how": "upload", "verdict": "fits"}]},
        {"draft": "x", "owner": "citizen:2"},
        [],
        "text",
        {**filing, "form": []},
        {**filing, "filed_for": "nobody"},
    ):
        answer = await post(wang, body)  # type: ignore[arg-type]
        assert answer.status_code == 400, answer.text
    for raw in (b"{", b"\xff\xfe", b"[" * 100_000, b'{"a":' * 50_000):
        answer = await wang.post(f"{API}/cases", content=raw, headers={"idempotency-key": "key-00000001"})
        assert (answer.status_code, answer.json()["code"]) == (400, "request.malformed")


async def test_anothers_draft_and_papers_cannot_be_filed(wang: httpx.AsyncClient, li: httpx.AsyncClient) -> None:
    draft = await filled(wang)
    assert (await file_draft(li, draft)).status_code == 404
    stolen = await upload(wang)
    answer = await post(
        li,
        await whole(
            li,
            materials=[
                {"key": "zxsqb", "how": "upload", "uploads": [stolen]},
                {"key": "zxlyzm", "how": "reuse", "uploads": [stolen]},
            ],
        ),
    )
    assert set(answer.json()["errors"]) == {"materials.zxsqb", "materials.zxlyzm"}


async def test_papers_of_an_earlier_case_can_be_used_again(wang: httpx.AsyncClient, db: ModuleType) -> None:
    first = await filled(wang)
    await file_draft(wang, first)
    used = str(await db.fetchval("SELECT upload FROM case_upload WHERE material = 'zxsqb'"))

    again = await wang.put(
        f"{API}/drafts/{await begin(wang)}/materials/zxsqb", json={"how": "reuse", "uploads": [used]}
    )
    assert again.status_code == 200, again.text
    wrong = await wang.put(
        f"{API}/drafts/{again.json()['id']}/materials/zxlyzm", json={"how": "reuse", "uploads": [used]}
    )
    assert wrong.status_code == 404
    await wang.patch(f"{API}/drafts/{again.json()['id']}", json={"fields": SCHOOL_FORM})
    await upload(wang, picture("new"), draft=again.json()["id"], material="zxlyzm")
    filed = await file_draft(wang, again.json()["id"])
    assert filed.status_code == 201, filed.text
    assert await db.fetchval("SELECT count(*) FROM case_upload WHERE upload = $1", used) == 2


async def test_a_filed_draft_and_its_papers_stand_still(wang: httpx.AsyncClient) -> None:
    draft = await filled(wang)
    await file_draft(wang, draft)
    seen = (await wang.get(f"{API}/drafts/{draft}")).json()
    used = seen["materials"][0]["uploads"][0]["id"]

    assert (await wang.patch(f"{API}/drafts/{draft}", json={"fields": {"address": "x"}})).json()[
        "code"
    ] == "draft.submitted"
    assert (await wang.delete(f"{API}/drafts/{draft}")).status_code == 409
    assert (await wang.delete(f"{API}/uploads/{used}")).json()["code"] == "upload.used"
    assert (await file_draft(wang, draft, "a-later-key")).json()["case_no"] == seen["case_no"]


async def test_files_that_answer_a_question_become_papers_of_the_case(wang: httpx.AsyncClient, db: ModuleType) -> None:
    draft = await begin(wang, RESIDENCE)
    fields = {
        "current_address": "南湖区中山东路 118 号",
        "residence_since": "2025-01-01",
        "basis": "合法稳定就业",
        "employer": "老汤面馆",
        "delivery_mode": "窗口领取",
    }
    await wang.patch(f"{API}/drafts/{draft}", json={"fields": fields})
    for paper in (await wang.get(f"{API}/drafts/{draft}")).json()["materials"]:
        if paper["how"] is None:
            await upload(wang, picture(paper["key"]), draft=draft, material=paper["key"])
    lacking = await file_draft(wang, draft)
    assert set(lacking.json()["errors"]) == {"form.photo"}
    await upload(wang, picture("me", (358, 441)), draft=draft, material="form.photo")
    filed = await file_draft(wang, draft)
    assert filed.status_code == 201, filed.text
    assert await db.fetchval("SELECT count(*) FROM case_upload WHERE material = 'form.photo'") == 1


async def test_rare_characters_are_flagged_to_the_clerk(wang: httpx.AsyncClient, db: ModuleType) -> None:
    draft = await filled(wang)
    await wang.patch(f"{API}/drafts/{draft}", json={"fields": {"address": "𠮷野路 1 号"}})
    assert (await file_draft(wang, draft)).status_code == 201
    assert await db.fetchval("SELECT rare_characters FROM case_file") == "𠮷"


async def test_a_matter_that_needs_a_visit_is_not_filed_online(
    wang: httpx.AsyncClient, matters: Callable[..., None], starter: dict[str, Any]
) -> None:
    depth = type(starter[SCHOOL].online_depth)
    matters(msgspec.structs.replace(starter[SCHOOL], version=2, online_depth=depth.CONSULT))
    assert (await post(wang, await whole(wang))).json()["code"] == "filing.not_online"
    assert (await wang.post(f"{API}/drafts", json={"matter": SCHOOL})).json()["code"] == "filing.not_online"


async def test_the_declaration_is_the_applicants_own(wang: httpx.AsyncClient) -> None:
    answer = await post(wang, await whole(wang, declared=False))
    assert (answer.status_code, answer.json()["code"]) == (422, "filing.not_declared")


async def test_paper_is_for_the_window(wang: httpx.AsyncClient) -> None:
    filing = await whole(wang)
    answer = await post(wang, {**filing, "materials": [{"key": "zxsqb", "how": "paper"}, filing["materials"][1]]})
    assert set(answer.json()["errors"]) == {"materials.zxsqb"}
