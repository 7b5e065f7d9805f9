"""Real name, companies and family: once, checked, sealed, masked."""

from __future__ import annotations

import httpx
import pytest

from backend import crypto, db
from tests.people.steps import API, ID_NUMBER, MOBILE, code_for, persona, sign_in, verified

RELATIVE = "330499201501010014"


async def test_identity_is_registered_once_and_shown_masked(client: httpx.AsyncClient) -> None:
    await verified(client)
    me = (await client.get(f"{API}/me")).json()
    assert me["name"] == "赵一民"
    assert me["id_masked"] == f"3{'*' * 16}{ID_NUMBER[-1]}"
    assert me["mobile_masked"] == "139****5678"
    again = await client.post(f"{API}/me/identity", json={"name": "赵二", "id_number": ID_NUMBER})
    assert (again.status_code, again.json()["code"]) == (409, "people.already_verified")


async def test_one_id_document_has_one_account(client: httpx.AsyncClient) -> None:
    await verified(client)
    await sign_in(client, "13912345679")
    taken = await client.post(f"{API}/me/identity", json={"name": "赵一民", "id_number": ID_NUMBER.lower()})
    assert (taken.status_code, taken.json()["code"]) == (409, "people.id_taken")
    assert not (await client.get(f"{API}/me")).json()["is_verified"]


async def test_every_fault_is_told_at_once(client: httpx.AsyncClient) -> None:
    await sign_in(client)
    answer = await client.post(f"{API}/me/identity", json={"name": "", "id_number": "330499199001010010"})
    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == {"name", "id_number"}


@pytest.mark.parametrize(
    ("name", "kind", "number"),
    [
        ("欧阳𠮷𠮷𠮷", "resident", ID_NUMBER),
        ("买买提·艾则孜", "resident", ID_NUMBER),
        ("陈大文", "hk_macao_permit", "810000199004110007"),
        ("Emma Dubois", "foreign_resident", "933000198602140009"),
    ],
)
async def test_names_and_documents_of_all_residents(
    client: httpx.AsyncClient, name: str, kind: str, number: str
) -> None:
    await sign_in(client)
    body = {"name": name, "id_kind": kind, "id_number": number}
    answer = await client.post(f"{API}/me/identity", json=body)
    assert answer.status_code == 201, answer.text
    assert answer.json()["name"] == name


async def test_personal_columns_are_sealed_for_their_own_row(client: httpx.AsyncClient) -> None:
    await verified(client)
    row = await db.fetchrow("SELECT * FROM citizen")
    assert row
    raw = b" ".join(bytes(value) for value in row.values() if isinstance(value, bytes))
    for clear in ("赵一民", ID_NUMBER, MOBILE):
        assert clear.encode() not in raw
    with pytest.raises(crypto.SealError):
        crypto.open_text(row["id_sealed"], f"citizen|id_sealed|{row['id'] + 1}")


async def test_screens_never_hold_a_whole_number(client: httpx.AsyncClient) -> None:
    await persona(client, "xuting")
    for path in (
        "/me",
        "/me/family",
        "/me/security",
        "/me/companies",
        f"{API}/me",
        f"{API}/me/family",
        f"{API}/session",
    ):
        text = (await client.get(path)).text
        for number in ("330499199506060264", "330499202405010019", "330499196202150136", "13805730004"):
            assert number not in text, path


async def test_hats_are_declared_worn_and_lost(client: httpx.AsyncClient) -> None:
    await persona(client, "wangmin")
    hat = (await client.get(f"{API}/me/companies")).json()["items"][0]
    assert (await client.post(f"{API}/me/hat", json={"company": hat["id"]})).status_code == 200
    assert (await client.get(f"{API}/session")).json()["company_name"] == hat["name"]
    await client.delete(f"{API}/me/companies/{hat['id']}")
    assert (await client.get(f"{API}/session")).json()["company"] is None
    refused = await client.post(f"{API}/me/hat", json={"company": hat["id"]})
    assert (refused.status_code, refused.json()["code"]) == (404, "people.hat_unknown")


async def test_only_the_representative_on_record_is_the_representative(client: httpx.AsyncClient) -> None:
    await persona(client, "xuting")
    body = {"name": "嘉兴市南湖区老汤面馆", "credit_code": "92330402MA2D0001XE", "capacity": "legal_representative"}
    refused = await client.post(f"{API}/me/companies", json=body)
    assert (refused.status_code, refused.json()["code"]) == (409, "people.not_the_representative")
    agent = {**body, "capacity": "authorised", "legal_representative": "王敏"}
    assert (await client.post(f"{API}/me/companies", json=agent)).status_code == 201


async def test_a_company_needs_a_credit_code_that_fits(client: httpx.AsyncClient) -> None:
    await persona(client, "xuting")
    body = {"name": "某公司", "credit_code": "92330402MA2D0001XX", "capacity": "legal_representative"}
    refused = await client.post(f"{API}/me/companies", json=body)
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["credit_code"])


async def test_family_is_listed_once_and_not_by_others(client: httpx.AsyncClient) -> None:
    await verified(client)
    body = {"kind": "child", "name": "赵小民", "id_number": RELATIVE}
    made = await client.post(f"{API}/me/family", json=body)
    assert made.status_code == 201, made.text
    assert (await client.post(f"{API}/me/family", json=body)).json()["code"] == "people.relative_known"
    own = await client.post(f"{API}/me/family", json={**body, "id_number": ID_NUMBER})
    assert own.json()["code"] == "people.relative_self"
    assert (await client.post(f"{API}/me/family", json={**body, "kind": "company"})).json()[
        "code"
    ] == "people.not_family"
    await sign_in(client, "13912345679")
    foreign = await client.delete(f"{API}/me/family/{made.json()['id']}")
    unknown = await client.delete(f"{API}/me/family/99999")
    assert foreign.status_code == unknown.status_code == 404
    assert foreign.json()["detail"] == unknown.json()["detail"]


async def test_unverified_citizens_are_sent_to_register(client: httpx.AsyncClient) -> None:
    await sign_in(client)
    page = await client.get("/me/family/new")
    assert (page.status_code, page.headers["location"]) == (303, "/me/identity?next=/me/family/new")
    api = await client.post(f"{API}/me/companies", json={"name": "x", "credit_code": "x", "capacity": "authorised"})
    assert (api.status_code, api.json()["code"]) == (403, "people.identity_needed")


async def test_export_holds_everything_and_closing_erases_it(client: httpx.AsyncClient) -> None:
    await verified(client)
    data = (await client.get(f"{API}/me/export")).json()
    assert data["person"]["id_number"] == ID_NUMBER
    assert data["consents"]
    assert (await client.delete(f"{API}/me")).status_code == 204
    assert (await client.get(f"{API}/session")).status_code == 401
    row = await db.fetchrow("SELECT * FROM citizen")
    assert row
    assert row["is_cancelled"]
    assert all(row[name] is None for name in ("mobile_sealed", "mobile_index", "name_sealed", "id_sealed", "id_index"))
    await verified(client)  # the same number and ID may start afresh


async def test_changing_the_number_needs_a_code_sent_to_it(client: httpx.AsyncClient) -> None:
    await verified(client)
    new = "13912345000"
    await client.post(f"{API}/me/mobile/codes", json={"mobile": new})
    wrong = await client.post(f"{API}/me/mobile", json={"mobile": new, "code": "1"})
    assert wrong.status_code == 422
    done = await client.post(f"{API}/me/mobile", json={"mobile": new, "code": await code_for(new)})
    assert done.json()["mobile_masked"] == "139****5000"


async def test_at_the_window_an_account_moves_to_a_new_phone(client: httpx.AsyncClient) -> None:
    await verified(client)
    new = "13912345001"
    await sign_in(client, new)  # the citizen tried alone first and was told to come to a window
    taken = await client.post(f"{API}/me/identity", json={"name": "赵一民", "id_number": ID_NUMBER})
    assert taken.json()["code"] == "people.id_taken"
    await persona(client, "clerk")
    await client.post(f"{API}/desk/numbers/codes", json={"mobile": new})
    body = {"id_number": ID_NUMBER, "mobile": new, "code": await code_for(new)}
    assert (await client.post(f"{API}/desk/numbers", json=body)).status_code == 200
    client.cookies.clear()
    await sign_in(client, new)
    assert (await client.get(f"{API}/me")).json()["is_verified"]
    refused = await client.post(f"{API}/desk/numbers", json=body)
    assert refused.status_code == 403


async def test_an_account_with_an_open_case_stays(client: httpx.AsyncClient) -> None:
    from backend.people.closing import HOLDINGS, Holding

    async def none(_citizen: int) -> list[str]:
        return []

    async def two(_citizen: int) -> int:
        return 2

    await verified(client)
    HOLDINGS["test"] = Holding(export=none, open_count=two)
    try:
        refused = await client.delete(f"{API}/me")
    finally:
        del HOLDINGS["test"]
    assert (refused.status_code, refused.json()["count"]) == (409, 2)
    assert (await client.get(f"{API}/session")).status_code == 200
