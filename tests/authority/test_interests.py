"""回避: declared relatives, companies and the agent are matched; nobody but the officer reads the list."""

from __future__ import annotations

import httpx

from backend import db
from shared_schemas.numbers import id_check_character
from tests.authority.test_rules import offered
from tests.desk import Desk
from tests.procedures.test_pages import as_, csrf
from tests.review.test_api import head

DIGITS = "33049919880312042"
APPLICANT = DIGITS + id_check_character(DIGITS)
WRONG = DIGITS + ("0" if APPLICANT[-1] != "0" else "1")


async def test_a_relative_declared_on_screen_takes_the_officer_off_the_case(
    client: httpx.AsyncClient, desk: Desk
) -> None:
    case = await desk.accepted("sole")
    assert "grant" in await offered(client, desk, case.case_no, "approver_third")
    await as_(client, desk, "approver_third")
    token = await csrf(client, "/staff/interests")
    wrong = await client.post(
        "/staff/interests/relatives",
        data={"relation": "spouse", "name": "王敏", "id_number": WRONG, "_csrf": token},
    )
    assert wrong.status_code == 422
    given = {"relation": "spouse", "name": "王敏", "id_number": APPLICANT, "_csrf": token}
    assert (await client.post("/staff/interests/relatives", data=given)).status_code == 303
    page = (await client.get("/staff/interests")).text
    assert APPLICANT not in page
    assert "王*" in page
    assert (await client.get(f"/approvals/{case.case_no}")).status_code == 403
    await desk.step_up("approver_third")
    third = await head(desk, "approver_third")
    tried = await client.post(f"/api/v1/cases/{case.case_no}/grant", headers=third, json={"opinion": "好"})
    assert tried.json()["code"] == "approval.conflict_of_interest"
    twice = await client.post(
        "/api/v1/me/interests/relatives",
        headers=third,
        json={"relation": "spouse", "name": "王敏", "id_number": APPLICANT},
    )
    assert twice.json()["code"] == "interest.twice"
    listed = (await client.get("/api/v1/me/interests", headers=third)).json()["items"]
    gone = await client.delete(f"/api/v1/me/interests/{listed[0]['id']}", headers=third)
    assert gone.status_code == 204
    assert "grant" in await offered(client, desk, case.case_no, "approver_third")


async def test_a_company_and_an_agent_are_matched(client: httpx.AsyncClient, desk: Desk) -> None:
    case = await desk.accepted("sole")
    third = await head(desk, "approver_third")
    code = "91330106673959654P"
    made = await client.post(
        "/api/v1/me/interests/companies", headers=third, json={"name": "某公司", "credit_code": code}
    )
    assert made.status_code == 201, made.text
    assert "grant" in await offered(client, desk, case.case_no, "approver_third")
    await db.execute("UPDATE case_file SET credit_code = $2 WHERE id = $1", case.id, code)
    answer = await client.get(f"/api/v1/cases/{case.case_no}", headers=third)
    assert answer.json()["code"] == "approval.conflict_of_interest"
    # The agent: whose account filed it, whoever the applicant is.
    await db.execute("UPDATE case_file SET credit_code = NULL, applicant_id_index = NULL WHERE id = $1", case.id)
    second = await head(desk, "approver_second")
    await client.post(
        "/api/v1/me/interests/relatives",
        headers=second,
        json={"relation": "collateral", "name": "王敏", "id_number": APPLICANT},
    )
    answer = await client.get(f"/api/v1/cases/{case.case_no}", headers=second)
    assert answer.json()["code"] == "approval.conflict_of_interest"
    sealed = await db.fetchrow("SELECT name_sealed, id_sealed FROM officer_interest WHERE kind = 'relative'")
    assert all("王敏".encode() not in bytes(blob) and APPLICANT.encode() not in bytes(blob) for blob in sealed)
