"""撤回来改 on a real database: the draft with its files again, the case's chain whole, nobody works on it."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from types import ModuleType
from typing import Any

import httpx

from tests.intake.conftest import API, SCHOOL, SCHOOL_FORM, file_draft, filled, picture, upload


async def filed(client: httpx.AsyncClient) -> tuple[str, str, dict[str, Any]]:
    draft = await filled(client)
    answer = await file_draft(client, draft)
    assert answer.status_code == 201, answer.text
    return draft, answer.json()["case_no"], answer.json()


async def undo(client: httpx.AsyncClient, case_no: str, key: str | None = None) -> httpx.Response:
    return await client.post(f"{API}/cases/{case_no}/undo", json={}, headers={"idempotency-key": key} if key else None)


async def test_taken_back_it_is_a_draft_again_with_everything_and_becomes_a_new_case(
    db: ModuleType, wang: httpx.AsyncClient, now: datetime
) -> None:
    draft, case_no, told = await filed(wang)
    assert datetime.fromisoformat(told["undo_until"]) == now + timedelta(minutes=10)
    assert (await wang.get(f"{API}/cases/{case_no}")).json()["undo_until"] == told["undo_until"]
    assert (await wang.get(f"{API}/drafts/{draft}")).json()["undo_until"] == told["undo_until"]

    taken = await undo(wang, case_no)
    assert (taken.status_code, taken.json()) == (201, {"case_no": case_no, "draft": draft})

    seen = (await wang.get(f"{API}/drafts/{draft}")).json()
    assert (seen["case_no"], seen["undo_until"], seen["values"]["address"]) == (None, None, SCHOOL_FORM["address"])
    assert [len(m["uploads"]) for m in seen["materials"] if m["key"] in ("zxsqb", "zxlyzm")] == [1, 1]
    gone = next(m["uploads"][0]["id"] for m in seen["materials"] if m["key"] == "zxsqb")
    assert (await wang.delete(f"{API}/uploads/{gone}")).status_code == 204
    await upload(wang, picture("better"), draft=draft, material="zxsqb")
    assert (await wang.patch(f"{API}/drafts/{draft}", json={"fields": {"address": "勤俭路 1 号"}})).status_code == 200

    again = await file_draft(wang, draft, "a-new-key-of-the-phone")
    assert again.status_code == 201
    assert again.json()["case_no"] != case_no
    assert await db.fetchval("SELECT count(*) FROM case_upload") == 2


async def test_the_undone_case_is_closed_in_nobody_s_pool_and_its_chain_holds(
    db: ModuleType, wang: httpx.AsyncClient, clerk: httpx.AsyncClient
) -> None:
    from backend.cases import log, reading
    from backend.domain import chain
    from backend.domain.case import replay

    _draft, case_no, _ = await filed(wang)
    await undo(wang, case_no)
    case = await reading.by_number(case_no)
    lines = await log.of(case.id)
    assert [line.verb for line in lines] == ["receive", "withdraw", "close"]
    assert lines[1].particulars["undone"] is True
    assert chain.first_fault(case_no, lines) is None
    assert (case.step, case.ended_as, replay(line.verb for line in lines)) == ("closed", "withdrawn", "closed")
    assert (await clerk.get(f"{API}/desk/cases?segment=waiting")).json()["counts"]["waiting"] == 0
    assert (await clerk.post(f"{API}/cases/{case_no}/handling", json={})).status_code == 409
    shown = (await wang.get(f"{API}/cases/{case_no}")).json()
    assert (shown["undo_until"], shown["files"]) == (None, [])
    assert shown["standing"]["lines"][1]["zh"] == "申请人撤回去改"
    assert await db.fetchval("SELECT count(*) FROM upload WHERE case_id IS NOT NULL") == 0


async def test_after_ten_minutes_or_once_a_clerk_took_it_the_way_is_withdrawal(
    wang: httpx.AsyncClient, clerk: httpx.AsyncClient, now: datetime
) -> None:
    from backend import clock

    _draft, taken, _ = await filed(wang)
    await clerk.post(f"{API}/cases/{taken}/handling", json={})
    answer = await undo(wang, taken)
    assert (answer.status_code, answer.json()["code"]) == (409, "undo.touched")
    assert "撤回申请" in answer.json()["detail"]
    assert (await wang.get(f"{API}/cases/{taken}")).json()["undo_until"] is None

    _draft, late, _ = await filed(wang)
    clock.freeze(now + timedelta(minutes=10))
    answer = await undo(wang, late)
    assert (answer.status_code, answer.json()["code"]) == (409, "undo.too_late")
    assert (await wang.post(f"{API}/cases/{late}/withdrawal", json={})).status_code == 201


async def test_a_paper_that_was_ticked_counts_as_touched(wang: httpx.AsyncClient, clerk: httpx.AsyncClient) -> None:
    _draft, case_no, _ = await filed(wang)
    tick = await clerk.put(f"{API}/cases/{case_no}/materials/zxsqb/verdict", json={"verdict": "fits"})
    assert tick.status_code == 204
    assert (await undo(wang, case_no)).json()["code"] == "undo.touched"


async def test_undo_and_take_in_the_same_moment_have_one_winner(
    db: ModuleType, wang: httpx.AsyncClient, clerk: httpx.AsyncClient
) -> None:
    for _ in range(4):
        draft, case_no, _ = await filed(wang)
        undone, taken = await asyncio.gather(
            undo(wang, case_no), clerk.post(f"{API}/cases/{case_no}/handling", json={"seen": 1})
        )
        assert sorted([undone.status_code, taken.status_code]) == [201, 409]
        open_again = await db.fetchval("SELECT submitted_case_id IS NULL FROM draft WHERE id::text = $1", draft)
        assert open_again == (undone.status_code == 201)


async def test_it_is_done_once_and_an_old_submission_that_comes_late_files_nothing(
    db: ModuleType, wang: httpx.AsyncClient
) -> None:
    draft, case_no, _ = await filed(wang)
    answers = await asyncio.gather(*(undo(wang, case_no, "phone-undo-1") for _ in range(5)))
    assert {(a.status_code, a.json()["draft"]) for a in answers} == {(201, draft)}

    late = await file_draft(wang, draft)
    assert (late.status_code, late.json()["code"]) == (409, "filing.undone")
    assert await db.fetchval("SELECT count(*) FROM case_file") == 1
    anew = await file_draft(wang, draft, "phone-second-filing")
    assert anew.status_code == 201
    late = await file_draft(wang, draft)
    assert (late.status_code, late.json()["case_no"]) == (200, anew.json()["case_no"])


async def test_another_s_case_a_walk_in_and_a_filing_in_one_piece(
    db: ModuleType, wang: httpx.AsyncClient, li: httpx.AsyncClient, clerk: httpx.AsyncClient
) -> None:
    _draft, case_no, _ = await filed(wang)
    assert (await undo(li, case_no)).status_code == 404
    assert (await undo(clerk, case_no)).status_code == 403

    files = [await upload(wang, picture(key)) for key in ("zxsqb", "zxlyzm")]
    materials = [
        {"key": key, "how": "upload", "uploads": [file]} for key, file in zip(("zxsqb", "zxlyzm"), files, strict=True)
    ] + [{"key": "jhrhkbhjzz", "how": "fetch"}]
    whole = {"matter": SCHOOL, "form": SCHOOL_FORM, "materials": materials, "declared": True}
    answer = await wang.post(f"{API}/cases", json=whole, headers={"idempotency-key": "one-piece-of-it"})
    assert (answer.status_code, answer.json()["undo_until"]) == (201, None)
    assert (await undo(wang, answer.json()["case_no"])).json()["code"] == "undo.no_draft"
    assert await db.fetchval("SELECT count(*) FROM case_file WHERE step = 'received'") == 2
