"""The trail of a case as a file: who may have it, what stands in it, and that it is verified without the database."""

from __future__ import annotations

import io
from pathlib import Path

import httpx
import msgspec
import pytest
from pypdf import PdfReader

from backend import cli, db
from backend.auditing import anchoring, exporting
from backend.cases import remarks
from backend.domain.refusal import Refusal
from backend.domain.trail import findings
from backend.review import actions
from shared_schemas.review import Proposal, Review
from shared_schemas.trail import RemarkState, Trail
from tests.auditing.test_anchors import NIGHT, behind_the_halls_back
from tests.desk import Desk
from tests.procedures.test_pages import as_, csrf

WORD = "材料齐全，建议准予"


async def reviewed(desk: Desk) -> str:
    case = await desk.accepted("review_and_check")
    third = await desk.who("approver_third")
    await actions.review(case.case_no, Review(Proposal.GRANT, WORD), by=third, now=desk.now)
    return case.case_no


async def test_the_file_says_everything_and_is_verified_without_the_database(
    client: httpx.AsyncClient, desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case_no = await reviewed(desk)
    await anchoring.anchor_due(desk.now + NIGHT)
    await as_(client, desk, "supervisor")
    answer = await client.get(f"/trails/{case_no}/trail.json")
    assert answer.headers["content-disposition"] == f"attachment; filename=trail-{case_no}.json"
    trail = msgspec.json.decode(answer.content, type=Trail)
    assert findings(trail) == ()
    assert trail.exported_by.name == (await desk.who("supervisor")).name
    assert trail.events[-1].remark_text == WORD
    assert trail.anchor
    assert trail.looks[-1].what == "case.trail_exported"
    file = tmp_path / "trail.json"
    file.write_bytes(answer.content)
    assert cli.main(["audit", "verify", str(file)]) == 0
    assert "whole and unchanged" in capsys.readouterr().out
    file.write_bytes(answer.content.replace("陈洁".encode(), "别人".encode()))
    assert cli.main(["audit", "verify", str(file)]) == 1
    assert "✗" in capsys.readouterr().out
    file.write_bytes(b'{"format": "yimaban-trail/1"}')
    assert cli.main(["audit", "verify", str(file)]) == 1


async def test_an_audit_administrator_gets_the_log_and_not_the_words(desk: Desk) -> None:
    case_no = await reviewed(desk)
    auditor = await desk.who("audit_administrator")
    trail = await exporting.export(case_no, by=auditor, now=desk.now)
    assert trail.events[-1].remark is RemarkState.WITHHELD
    assert WORD not in msgspec.json.encode(trail).decode()
    assert findings(trail) == ()
    for key in ("system_administrator", "guide"):
        with pytest.raises(Refusal) as caught:
            await exporting.export(case_no, by=await desk.who(key), now=desk.now)
        assert caught.value.code == "case.not_found"


async def test_nothing_personal_stands_in_it(desk: Desk) -> None:
    case_no = await reviewed(desk)
    text = msgspec.json.encode(await exporting.export(case_no, by=await desk.who("supervisor"), now=desk.now)).decode()
    for secret in ("王敏", "330499198803120422", "13805730001"):
        assert secret not in text


async def test_an_erased_remark_is_said_to_be_so_and_the_chain_holds(client: httpx.AsyncClient, desk: Desk) -> None:
    case_no = await reviewed(desk)
    await as_(client, desk, "supervisor")
    page = await client.get(f"/trails/{case_no}")
    assert WORD in page.text
    path = f"/trails/{case_no}/remarks/4/erasure"
    given = {"_csrf": await csrf(client, f"/trails/{case_no}")}
    first = await client.post(path, data=given)
    assert first.headers["location"].startswith("/step-up")
    await desk.step_up("supervisor")
    assert (await client.post(path, data=given)).status_code == 303
    assert (await client.post(path, data=given)).status_code == 404
    page = await client.get(f"/trails/{case_no}")
    assert WORD not in page.text
    assert "附言已抹去" in page.text
    assert "核验结论：完整" in page.text
    assert await db.fetchval("SELECT count(*) FROM case_remark WHERE text_sealed IS NOT NULL") == 0
    trail = await exporting.export(case_no, by=await desk.who("supervisor"), now=desk.now)
    assert trail.events[-1].remark is RemarkState.ERASED
    assert await remarks.erased(1) == frozenset({4})


async def test_the_pdf_says_who_exported_what_was_found_and_every_hash(client: httpx.AsyncClient, desk: Desk) -> None:
    case_no = await reviewed(desk)
    await as_(client, desk, "supervisor")
    answer = await client.get(f"/trails/{case_no}/trail.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    text = "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).split())
    trail = await exporting.export(case_no, by=await desk.who("supervisor"), now=desk.now)
    wanted = [
        "核验结论：完整",
        trail.exported_by.name,
        trail.exported_by.staff_no,
        "受理",
        "初审",
        WORD,
        "case.trail_exported",
    ]
    wanted += [event.hash for event in trail.events]
    assert [word for word in wanted if word not in text] == []


async def test_a_tampered_chain_is_said_in_the_file_on_paper_and_on_the_page(
    client: httpx.AsyncClient, desk: Desk
) -> None:
    case_no = await reviewed(desk)
    async with behind_the_halls_back("case_event"):
        await db.execute("UPDATE case_event SET at = at + interval '1 hour' WHERE seq = 2")
    await as_(client, desk, "supervisor")
    trail = msgspec.json.decode((await client.get(f"/trails/{case_no}/trail.json")).content, type=Trail)
    assert (trail.verdict.is_whole, trail.verdict.first_fault) == (False, 2)
    assert {found.code for found in findings(trail)} == {"chain", "verdict"}
    assert "核验结论：不完整" in (await client.get(f"/trails/{case_no}")).text
    pdf = PdfReader(io.BytesIO((await client.get(f"/trails/{case_no}/trail.pdf")).content))
    assert "不完整" in "".join(pdf.pages[0].extract_text().split())


async def test_auditors_see_the_anchors_and_verify_them(client: httpx.AsyncClient, desk: Desk) -> None:
    case_no = await reviewed(desk)
    (made,) = await anchoring.anchor_due(desk.now + NIGHT)
    for key, status in (
        ("audit_administrator", 200),
        ("supervisor", 200),
        ("clerk", 403),
        ("security_administrator", 403),
    ):
        await as_(client, desk, key)
        assert (await client.get("/admin/chains")).status_code == status, key
    await as_(client, desk, "audit_administrator")
    page = await client.get("/admin/chains")
    assert made.hash in page.text
    sent = {"_csrf": await csrf(client, "/admin/chains")}
    assert "没有改动" in (await client.post("/admin/chains/verification", data=sent)).text
    async with behind_the_halls_back("case_event"):
        await db.execute("DELETE FROM case_event WHERE seq = 4")
    found = await client.post("/admin/chains/verification", data={**sent, "day": made.day.isoformat()})
    assert "办件或事件被删" in found.text
    assert case_no in found.text
    assert (await client.get(f"/admin/chains?case_no={case_no}")).headers["location"] == f"/trails/{case_no}"
    assert (await client.get("/admin/chains?case_no=123")).status_code == 404
    lines = (await client.get("/admin/chains/anchors.json")).content.splitlines()
    assert msgspec.json.decode(lines[0])["hash"] == made.hash
    headers = {"authorization": f"Bearer {await desk.token('audit_administrator')}"}
    report = await client.post("/api/v1/anchors/verification", json={}, headers=headers)
    assert report.json()["faults"][0]["kind"] == "case_removed"
    assert (await client.get(f"/api/v1/cases/{case_no}/trail", headers=headers)).json()["case_no"] == case_no
    assert await db.fetchval("SELECT count(*) FROM audit_event WHERE what = 'chains.verified'") == 3


def test_the_schema_describes_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["audit", "schema"]) == 0
    schema = msgspec.json.decode(capsys.readouterr().out)
    assert {"events", "verdict", "anchor", "exported_by"} <= set(schema["$defs"]["Trail"]["required"]) | {"anchor"}
