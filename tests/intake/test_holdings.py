"""Leaving: drafts and files are in the export, and gone with the account; what belongs to a case stays with it."""

from __future__ import annotations

from types import ModuleType

import httpx

from tests.intake.conftest import API, SCHOOL_FORM, begin, file_draft, filled, picture, upload


async def test_drafts_files_and_filed_forms_are_in_the_export(
    wang: httpx.AsyncClient, li: httpx.AsyncClient, clerk: httpx.AsyncClient
) -> None:
    del clerk
    filed = (await file_draft(wang, await filled(wang))).json()["case_no"]
    await begin(wang)
    await upload(wang, picture("loose"), filename="没用上.jpg")
    await begin(li)

    data = (await wang.get(f"{API}/me/export")).json()
    (done,) = [draft for draft in data["drafts"] if draft["is_filed"]]
    assert len(data["drafts"]) == 2
    assert done["answers"]["address"] == SCHOOL_FORM["address"]
    assert sorted(file["case_no"] or "" for file in data["uploads"]) == ["", filed, filed]
    assert "没用上.jpg" in {file["name"] for file in data["uploads"]}
    (case,) = data["cases"]
    assert (case["case_no"], case["applicant"]) == (filed, "王敏")
    assert case["form"]["address"] == SCHOOL_FORM["address"]
    assert [paper["kind"] for paper in case["documents"]] == ["receipt"]
    assert (data["certificates"], data["ratings"]) == ([], [])
    assert "李强" not in str(data)


async def test_closing_erases_drafts_and_unfiled_files_and_leaves_the_case_whole(
    db: ModuleType, wang: httpx.AsyncClient, li: httpx.AsyncClient
) -> None:
    filed = (await file_draft(wang, await filled(wang))).json()["case_no"]
    draft = await begin(wang)
    await upload(wang, picture("in a draft"), draft=draft, material="zxsqb")
    loose = await upload(wang, picture("loose"))
    other = await begin(li)
    assert (await wang.delete(f"{API}/me")).status_code == 409  # the case is still open
    await db.execute("UPDATE case_file SET closed_at = now()")

    assert (await wang.delete(f"{API}/me")).status_code == 204
    assert [str(row["id"]) for row in await db.fetch("SELECT id FROM draft")] == [other]
    kept = await db.fetch("SELECT case_id FROM upload WHERE removed_at IS NULL")
    assert len(kept) == 2
    assert all(row["case_id"] for row in kept)
    assert await db.fetchval("SELECT removed_at FROM upload WHERE id::text = $1", loose)
    assert await db.fetchval("SELECT count(*) FROM case_upload") == 2
    assert await db.fetchval("SELECT case_no FROM case_file") == filed
