"""Looking at cases over the API and pages: scanning, personal data in clear, the log, supervisors and hall guides."""

from __future__ import annotations

import re

import httpx

from backend import db
from backend.cases import reading
from backend.domain import tracking
from tests.desk import Desk

API = "/api/v1"


async def head(desk: Desk, key: str) -> dict[str, str]:
    return {"authorization": f"Bearer {await desk.token(key)}"}


async def audited(case_no: str) -> list[str]:
    return [row[0] for row in await db.fetch("SELECT what FROM audit_event WHERE case_no = $1 ORDER BY id", case_no)]


async def test_a_scan_leads_staff_to_the_case_and_names_what_is_wrong(client: httpx.AsyncClient, desk: Desk) -> None:
    from backend.settings import settings

    case = await desk.filed()
    code, clerk = await reading.tracking_code_of(case), await head(desk, "clerk")
    for text in (code, f"{settings.base_url}/t/{code}", tracking.grouped(code), case.case_no, f" {case.case_no} "):
        answer = await client.post(f"{API}/desk/scan", headers=clerk, json={"code": text})
        assert (answer.status_code, answer.json()["case_no"]) == (200, case.case_no), text

    wrong = case.case_no[:-1] + str((int(case.case_no[-1]) + 1) % 10)
    for text, told in (
        (tracking.new_tracking_code(), (404, "tracking.unknown")),
        (f"https://evil.example/t/{code}", (400, "tracking.foreign_address")),
        ("nonsense", (404, "tracking.unknown")),
        (wrong, (422, "case_no.checksum")),
    ):
        answer = await client.post(f"{API}/desk/scan", headers=clerk, json={"code": text})
        assert (answer.status_code, answer.json()["code"]) == told, text
    citizen = await client.post(f"{API}/desk/scan", headers=await head(desk, "wangmin"), json={"code": code})
    assert citizen.status_code == 403
    assert (await client.post(f"{API}/desk/scan", headers=clerk, json={"code": "", "x": 1})).status_code == 400


async def test_personal_data_is_masked_until_it_is_asked_for_and_that_is_written_down(
    client: httpx.AsyncClient, desk: Desk
) -> None:
    case = await desk.filed()
    base, clerk = f"{API}/cases/{case.case_no}", await head(desk, "clerk")
    masked = (await client.get(base, headers=clerk)).text
    for secret in ("330499198803120422", "王敏"):
        assert secret not in masked

    shown = await client.post(f"{base}/reveal", headers=clerk, json={})
    assert (shown.status_code, shown.headers["cache-control"]) == (200, "no-store")
    assert (shown.json()["applicant"], shown.json()["form"]["id_no"]) == ("王敏", "330499198803120422")
    assert await audited(case.case_no) == ["case.read", "case.revealed"]

    for key, status in (("wangmin", 403), ("guide", 404), ("surveyor", 404), ("system_administrator", 404)):
        answer = await client.post(f"{base}/reveal", headers=await head(desk, key), json={})
        assert answer.status_code == status, key
    assert (await client.post(f"{base}/reveal", json={})).status_code == 401


async def test_the_log_says_whether_its_chain_holds(client: httpx.AsyncClient, desk: Desk) -> None:
    case = await desk.accepted()
    base, supervisor = f"{API}/cases/{case.case_no}/events", await head(desk, "supervisor")
    log = (await client.get(base, headers=supervisor)).json()
    assert [line["verb"] for line in log["items"]] == ["receive", "take", "accept"]
    assert (log["total"], log["is_chain_whole"], log["first_fault"]) == (3, True, None)
    assert log["items"][1]["previous_hash"] == log["items"][0]["hash"]
    assert "王敏" not in str(log)
    assert "case.log_read" in await audited(case.case_no)

    await db.execute("ALTER TABLE case_event DISABLE TRIGGER case_event_is_final")
    try:
        await db.execute("UPDATE case_event SET by_name = '别人' WHERE case_id = $1 AND seq = 2", case.id)
    finally:
        await db.execute("ALTER TABLE case_event ENABLE TRIGGER case_event_is_final")
    broken = (await client.get(base, headers=supervisor)).json()
    assert (broken["is_chain_whole"], broken["first_fault"]) == (False, 2)
    for key, status in (("wangmin", 403), ("guide", 404)):
        assert (await client.get(base, headers=await head(desk, key))).status_code == status


async def test_a_supervisor_opens_a_late_case_from_the_board_to_read(client: httpx.AsyncClient, desk: Desk) -> None:
    case = await desk.accepted()
    await db.execute(
        "UPDATE case_file SET promised_due_on = '2026-11-01', accepted_at = '2026-09-01' WHERE id = $1", case.id
    )
    supervisor = await head(desk, "supervisor")
    board = await client.get("/board", headers=supervisor)
    assert f"/staff/cases/{case.case_no}/why" in board.text
    why = await client.get(f"/staff/cases/{case.case_no}/why", headers=supervisor)
    assert f"/desk/cases/{case.case_no}" in why.text
    page = await client.get(f"/desk/cases/{case.case_no}", headers=supervisor)
    assert page.status_code == 200
    for secret in ("王敏", "330499198803120422"):
        assert secret not in page.text
    for verb in ("acceptance", "handling", "decision", "corrections"):
        assert not re.search(rf'action="[^"]*/{verb}"', page.text), verb
    assert (await audited(case.case_no))[-1] == "case.read"
    assert (await client.post(f"{API}/cases/{case.case_no}/handling", headers=supervisor, json={})).status_code == 403


async def test_a_hall_guide_looks_up_by_code_and_sees_the_public_view(client: httpx.AsyncClient, desk: Desk) -> None:
    case = await desk.filed()
    code, guide = await reading.tracking_code_of(case), await head(desk, "guide")
    page = await client.get(f"/t/{code}", headers=guide)
    assert page.status_code == 200
    assert case.case_no not in page.text
    assert "王敏" not in page.text
    assert (await client.get(f"/desk/cases/{case.case_no}", headers=guide)).status_code == 404

    found = await client.post(f"{API}/desk/scan", headers=guide, json={"code": code})
    assert found.json() == {"case_no": None, "track": f"/t/{code}", "opens": "", "draft": None}
    by_number = await client.post(f"{API}/desk/scan", headers=guide, json={"code": case.case_no})
    assert (by_number.status_code, by_number.json()["code"]) == (404, "case.not_found")

    look_up = await client.get("/staff/cases", headers=guide)
    token = re.search(r'name="_csrf" value="([^"]+)"', look_up.text)
    assert token
    led = await client.post("/desk/scan", headers=guide, data={"_csrf": token[1], "code": code})
    assert (led.status_code, led.headers["location"]) == (303, f"/t/{code}")
    assert "/staff/cases" in (await client.get("/board", headers=guide)).text


async def test_staff_in_scope_print_a_paper_and_that_is_written_down(client: httpx.AsyncClient, desk: Desk) -> None:
    case = await desk.accepted()
    (document, *_rest) = await db.fetch("SELECT id FROM formal_document WHERE case_id = $1", case.id)
    for path in (
        f"{API}/cases/{case.case_no}/documents/{document['id']}",
        f"/cases/{case.case_no}/documents/{document['id']}.pdf",
    ):
        clerk = await client.get(path, headers=await head(desk, "clerk"))
        assert clerk.content.startswith(b"%PDF")
        assert (await client.get(path, headers=await head(desk, "guide"))).status_code == 404
    assert (await audited(case.case_no)).count("document.read") == 2


async def test_a_scan_at_collection_opens_the_hand_over_with_the_identity_check(
    client: httpx.AsyncClient, desk: Desk
) -> None:
    case = await desk.granted("sole", delivery="window")
    code, clerk = await reading.tracking_code_of(case), await head(desk, "clerk")
    found = (await client.post(f"{API}/desk/scan", headers=clerk, json={"code": code})).json()
    assert (found["case_no"], found["opens"]) == (case.case_no, "hand-over")
    page = await client.get("/desk", headers=clerk)
    token = re.search(r'name="_csrf" value="([^"]+)"', page.text)
    assert token
    led = await client.post("/desk/scan", headers=clerk, data={"_csrf": token[1], "code": code})
    assert led.headers["location"] == f"/desk/cases/{case.case_no}?open=hand-over"
    sheet = await client.get(led.headers["location"], headers=clerk)
    assert 'name="last_four"' in sheet.text


async def test_staff_of_another_department_are_told_who_handles_a_scanned_case(
    client: httpx.AsyncClient, desk: Desk
) -> None:
    case = await desk.filed()
    code = await reading.tracking_code_of(case)
    await db.execute("UPDATE officer SET department = 'gaj' WHERE staff_no = (SELECT staff_no FROM officer o JOIN "
                     "officer_role r ON r.officer = o.id AND r.role = 'department_officer' LIMIT 1)")  # fmt: skip
    elsewhere = await head(desk, "department_officer")
    before = await client.post(f"{API}/desk/scan", headers=elsewhere, json={"code": code})
    assert (before.status_code, before.json()["code"]) == (403, "desk.outside_scope")
    assert "市场监" in before.json()["detail"]
    assert "还没人接手" in before.json()["detail"]
    await desk.taken(case.case_no)
    after = (await client.post(f"{API}/desk/scan", headers=elsewhere, json={"code": code})).json()
    assert "陈洁，5 号窗口" in after["detail"]
    assert "王敏" not in after["detail"]
    by_number = await client.post(f"{API}/desk/scan", headers=elsewhere, json={"code": case.case_no})
    assert (by_number.status_code, by_number.json()["code"]) == (404, "case.not_found")


async def test_a_replaced_code_is_told_so_to_staff(client: httpx.AsyncClient, desk: Desk) -> None:
    case = await desk.filed()
    code = await reading.tracking_code_of(case)
    wang = await head(desk, "wangmin")
    assert (await client.post(f"{API}/cases/{case.case_no}/tracking-code", headers=wang, json={})).status_code < 300
    answer = await client.post(f"{API}/desk/scan", headers=await head(desk, "clerk"), json={"code": code})
    assert (answer.status_code, answer.json()["code"]) == (404, "tracking.unknown")


async def test_a_drafts_code_takes_the_draft_at_the_desk(client: httpx.AsyncClient, desk: Desk) -> None:
    wang, clerk = await head(desk, "wangmin"), await head(desk, "clerk")
    matter = desk.matter("sole").code
    made = await client.post(f"{API}/drafts", headers=wang, json={"matter": matter})
    assert made.status_code == 201, made.text
    draft = made.json()["id"]
    for word in ("code", "url"):
        relay = (await client.post(f"{API}/drafts/{draft}/relay", headers=wang)).json()
        surveyor = await client.post(
            f"{API}/desk/scan", headers=await head(desk, "surveyor"), json={"code": relay[word]}
        )
        assert (surveyor.status_code, surveyor.json()["code"]) == (403, "relay.clerks_only")
        found = await client.post(f"{API}/desk/scan", headers=clerk, json={"code": relay[word]})
        assert found.json()["draft"] == draft
        assert (await client.delete(f"{API}/drafts/{draft}/relay", headers=wang)).status_code == 204
