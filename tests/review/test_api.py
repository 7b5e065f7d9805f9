"""The verbs over HTTP: one sub-resource each, the right status for every wrong hand, pages that say what was refused."""

from __future__ import annotations

import re

import httpx

from backend.cases import reading
from shared_schemas.vocabulary import Step
from tests.desk import Desk


async def head(desk: Desk, key: str) -> dict[str, str]:
    return {"authorization": f"Bearer {await desk.token(key)}"}


async def test_one_case_the_whole_way_by_json_alone(client: httpx.AsyncClient, desk: Desk) -> None:
    case = await desk.filed("review_and_check")
    base = f"/api/v1/cases/{case.case_no}"
    clerk, third, second = [await head(desk, key) for key in ("clerk", "approver_third", "approver_second")]
    citizen = await head(desk, "wangmin")

    taken = await client.post("/api/v1/desk/next", headers=clerk)
    assert (taken.status_code, taken.json()["case_no"]) == (201, case.case_no)
    assert "accept" in taken.json()["open_verbs"]
    open_ones = await client.post(f"{base}/acceptance", headers=clerk, json={})
    assert (open_ones.status_code, open_ones.json()["code"]) == (422, "review.materials_unjudged")
    for material in await reading.materials_of(case.id):
        answer = await client.put(f"{base}/materials/{material.key}/verdict", headers=clerk, json={"verdict": "fits"})
        assert answer.status_code == 204
    accepted = await client.post(f"{base}/acceptance", headers=clerk, json={"seen": taken.json()["seq"]})
    assert (accepted.status_code, accepted.json()["step"]) == (201, "accepted")
    assert accepted.json()["promised_due_on"]

    late = await client.post(f"{base}/acceptance", headers=await head(desk, "clerk_8"), json={"seen": 2})
    assert (late.status_code, late.json()["code"], late.json()["who"]) == (409, "case.moved_meanwhile", "陈洁")

    assert (await client.get("/api/v1/approvals", headers=third)).json()["counts"]["mine"] == 1
    reviewed = await client.post(f"{base}/reviews", headers=third, json={"proposal": "grant", "opinion": "好"})
    assert reviewed.json()["step"] == "reviewed"
    await desk.step_up("approver_second")
    granted = await client.post(f"{base}/grant", headers=second, json={"opinion": "同意"})
    assert (granted.status_code, granted.json()["step"]) == (201, "issued")

    certificate = await client.get(f"{base}/certificate", headers=citizen)
    number = certificate.json()["number"]
    assert (await client.get(f"{base}/certificate/file", headers=citizen)).status_code == 409
    collected = await client.post(f"{base}/collection", headers=citizen, json={})
    assert collected.json()["step"] == "closed"
    assert (await client.get(f"{base}/certificate/file", headers=citizen)).content.startswith(b"%PDF")
    verified = await client.get(f"/api/v1/certificates/{number}")
    assert (verified.json()["status"], verified.json()["holder"]) == ("genuine", "王*")
    assert (await client.post(f"{base}/rating", headers=citizen, json={"level": "2"})).status_code == 201
    assert (await client.post(f"{base}/rating", headers=citizen, json={"level": "2"})).status_code == 409


async def test_a_decision_without_a_fresh_passkey_is_refused_and_nothing_happens(
    client: httpx.AsyncClient, desk: Desk
) -> None:
    from backend import db

    case = await desk.accepted("sole")
    third = await head(desk, "approver_third")
    await db.execute("UPDATE session SET stepped_up_at = NULL")
    answer = await client.post(f"/api/v1/cases/{case.case_no}/grant", headers=third, json={"opinion": "同意"})
    assert (answer.status_code, answer.json()["code"]) == (403, "session.step_up_needed")
    assert (await reading.by_number(case.case_no)).step is Step.ACCEPTED


async def test_wrong_hands_unknown_fields_and_unknown_cases(client: httpx.AsyncClient, desk: Desk) -> None:
    case = await desk.filed()
    base = f"/api/v1/cases/{case.case_no}"
    for verb in ("handling", "acceptance", "reviews", "grant", "hand-over", "withdrawal", "rating", "corrections"):
        assert (await client.post(f"{base}/{verb}", json={})).status_code == 401, verb
    citizen, clerk = await head(desk, "xuting"), await head(desk, "clerk")
    assert (await client.post(f"{base}/handling", headers=citizen, json={})).status_code == 403
    assert (await client.post(f"{base}/reviews", headers=clerk, json={})).status_code == 403
    extra = await client.post(f"{base}/handling", headers=clerk, json={"seen": 1, "handler": 99})
    assert extra.status_code == 400
    stranger = await client.post(f"{base}/withdrawal", headers=citizen, json={})
    missing = await client.post("/api/v1/cases/3304021920261123000018/withdrawal", headers=citizen, json={})
    assert (stranger.status_code, stranger.json()["code"]) == (missing.status_code, missing.json()["code"])
    assert stranger.status_code == 404


async def test_unknown_certificates_look_alike_and_guessing_is_slowed(client: httpx.AsyncClient, desk: Desk) -> None:
    del desk
    one = (await client.get("/api/v1/certificates/nope")).json()
    two = (await client.get("/api/v1/certificates/南市监证〔2026〕99号")).json()
    assert {**one, "instance": ""} == {**two, "instance": ""}
    codes = [(await client.get(f"/verify/{n}")).status_code for n in range(12)]
    assert set(codes) == {404, 429}


def csrf(page: httpx.Response) -> str:
    found = re.search(r'name="_csrf" value="([^"]+)"', page.text)
    assert found
    return found[1]


async def test_the_desk_shows_masked_data_and_reveals_it_on_record(client: httpx.AsyncClient, desk: Desk) -> None:
    from backend import db

    case = await desk.filed()
    await desk.taken(case.case_no)
    client.headers.update(await head(desk, "clerk"))
    page = await client.get(f"/desk/cases/{case.case_no}")
    assert page.status_code == 200
    assert "王敏" not in page.text
    assert "330499198803120422" not in page.text
    shown = await client.post(f"/desk/cases/{case.case_no}/reveal", data={"_csrf": csrf(page)})
    assert "王敏" in shown.text
    assert "330499198803120422" in shown.text
    assert await db.fetchval("SELECT count(*) FROM audit_event WHERE what = 'case.revealed'") == 1


async def test_the_verb_bar_offers_exactly_what_is_open(client: httpx.AsyncClient, desk: Desk) -> None:
    case = await desk.filed()
    client.headers.update(await head(desk, "clerk"))
    page = await client.get(f"/desk/cases/{case.case_no}")
    assert f"/desk/cases/{case.case_no}/handling" in page.text
    assert f"/desk/cases/{case.case_no}/acceptance" not in page.text
    await desk.taken(case.case_no)
    page = await client.get(f"/desk/cases/{case.case_no}")
    assert f"/desk/cases/{case.case_no}/handling" not in page.text
    assert f"/desk/cases/{case.case_no}/acceptance" in page.text
    accepted = await client.post(
        f"/desk/cases/{case.case_no}/acceptance", data={"_csrf": csrf(page), "seen": str(case.seq + 1)}
    )
    assert accepted.status_code == 303
    again = await client.post(
        f"/desk/cases/{case.case_no}/acceptance", data={"_csrf": csrf(page), "seen": str(case.seq + 1)}
    )
    assert again.status_code == 409
    assert "陈洁" in again.text


async def test_a_correction_from_the_desk_form_keeps_what_was_typed(client: httpx.AsyncClient, desk: Desk) -> None:
    case = await desk.filed()
    await desk.taken(case.case_no)
    key = (await reading.materials_of(case.id))[0].key
    client.headers.update(await head(desk, "clerk"))
    page = await client.get(f"/desk/cases/{case.case_no}?open=correction")
    form = {"_csrf": csrf(page), f"on-{key}": "yes", f"fix-{key}": "重拍一张"}
    wrong = await client.post(f"/desk/cases/{case.case_no}/corrections", data=form)
    assert wrong.status_code == 422
    assert "重拍一张" in wrong.text
    sent = await client.post(f"/desk/cases/{case.case_no}/corrections", data={**form, f"problem-{key}": "看不清"})
    assert sent.status_code == 303
    assert (await reading.by_number(case.case_no)).step is Step.CORRECTING


async def test_what_an_approver_typed_waits_while_he_confirms(client: httpx.AsyncClient, desk: Desk) -> None:
    from backend import db

    case = await desk.accepted("sole")
    client.headers.update(await head(desk, "approver_third"))
    await db.execute("UPDATE session SET stepped_up_at = NULL")
    page = await client.get(f"/approvals/{case.case_no}")
    form = {"_csrf": csrf(page), "choice": "grant", "opinion": "同意，场所已看", "seen": str(case.seq)}
    away = await client.post(f"/approvals/{case.case_no}/decision", data=form)
    assert away.status_code == 303
    assert away.headers["location"].startswith("/step-up")
    await desk.step_up("approver_third")
    page = await client.get(f"/approvals/{case.case_no}")
    assert "同意，场所已看" in page.text
    signed = await client.post(f"/approvals/{case.case_no}/decision", data={**form, "_csrf": csrf(page)})
    assert signed.status_code == 303
    assert (await reading.by_number(case.case_no)).step is Step.ISSUED
    assert await db.fetchval("SELECT count(*) FROM decision_draft") == 0


async def test_a_relatives_case_stays_closed_to_its_clerk(client: httpx.AsyncClient, desk: Desk) -> None:
    from backend import db

    case = await desk.filed()
    assert case.applicant_id_index is not None
    await db.execute("UPDATE officer SET kin = ARRAY[$1] WHERE staff_no = 'NH0105'", case.applicant_id_index.hex())
    client.headers.update(await head(desk, "clerk"))
    assert (await client.get(f"/desk/cases/{case.case_no}")).status_code == 403
    assert await db.fetchval("SELECT count(*) FROM audit_event WHERE what = 'case.conflict_refused'") == 1


async def test_officers_out_of_scope_find_no_case(client: httpx.AsyncClient, desk: Desk) -> None:
    case = await desk.filed()
    for key in ("surveyor", "system_administrator", "audit_administrator"):
        answer = await client.get(f"/desk/cases/{case.case_no}", headers=await head(desk, key))
        assert answer.status_code == 404, key
