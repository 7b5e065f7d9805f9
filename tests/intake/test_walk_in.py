"""At the window: somebody without an account, over the API; and a genuine credit code whose check digit fails."""

from __future__ import annotations

import re
from types import ModuleType
from typing import Any

import httpx

from tests.intake.conftest import API, FOOD, SCHOOL, SCHOOL_FORM, file_draft, picture, upload

ZHAO = {"name": "赵大爷", "id_number": "330402194803120025", "mobile": "13605731948"}
ODD_CODE = "91350100M000100Y44"  # its check character would be 3


def _zhao() -> dict[str, str]:
    from shared_schemas.numbers import id_check_character

    body = ZHAO["id_number"][:17]
    return ZHAO | {"id_number": body + id_check_character(body)}


async def begun(clerk: httpx.AsyncClient, expect: int = 201, **told: Any) -> Any:
    answer = await clerk.post(f"{API}/desk/drafts", json={"matter": SCHOOL, **_zhao(), **told})
    assert answer.status_code == expect, answer.text
    return answer.json()


async def events(db: ModuleType, what: str) -> list[tuple[str | None, dict[str, Any]]]:
    rows = await db.fetch("SELECT case_no, particulars FROM audit_event WHERE what = $1 ORDER BY id", what)
    return [tuple(row) for row in rows]


async def test_a_walk_in_is_filed_by_json_alone_and_lies_on_the_clerk_s_desk(
    db: ModuleType, clerk: httpx.AsyncClient
) -> None:
    draft = await begun(clerk)
    assert draft["values"]["mobile"] == ZHAO["mobile"]
    place = f"{API}/drafts/{draft['id']}"
    assert (await clerk.patch(place, json={"fields": SCHOOL_FORM})).status_code == 200
    for key in ("zxsqb", "zxlyzm"):
        await upload(clerk, picture(key), draft=draft["id"], material=key)
    assert (await clerk.post(f"{place}/check", json={})).json()["is_complete"]
    filed = await file_draft(clerk, draft["id"])
    assert filed.status_code == 201, filed.text
    case = await db.fetchrow("SELECT * FROM case_file WHERE case_no = $1", filed.json()["case_no"])
    assert (case["channel"], case["citizen"], case["step"]) == ("window", None, "received")
    assert case["handler"] == case["first_handler"] == case["received_by"]
    assert [facts["matter"] for _case, facts in await events(db, "intake.begun")] == [SCHOOL]
    assert (await file_draft(clerk, draft["id"])).json()["case_no"] == filed.json()["case_no"]


async def test_an_account_with_the_same_id_gets_the_case_too(
    db: ModuleType, clerk: httpx.AsyncClient, wang: httpx.AsyncClient
) -> None:
    draft = await begun(clerk, name="王敏", id_number="330402199003071245", mobile="13812341234")
    place = f"{API}/drafts/{draft['id']}"
    await clerk.patch(place, json={"fields": SCHOOL_FORM})
    for key in ("zxsqb", "zxlyzm"):
        await upload(clerk, picture(key), draft=draft["id"], material=key)
    case_no = (await file_draft(clerk, draft["id"])).json()["case_no"]
    assert await db.fetchval("SELECT citizen FROM case_file WHERE case_no = $1", case_no)

    mine = (await wang.get(f"{API}/cases/{case_no}")).json()
    assert [file["material"] for file in mine["files"]] == ["zxsqb", "zxlyzm"]
    page = await wang.get(f"/cases/{case_no}")
    for file in mine["files"]:
        assert file["href"] in page.text
        picture_of_it = await wang.get(file["href"])
        assert (picture_of_it.status_code, picture_of_it.headers["content-type"]) == (200, "image/png")


async def test_every_fault_at_once_and_only_clerks(
    clerk: httpx.AsyncClient, wang: httpx.AsyncClient, li: httpx.AsyncClient
) -> None:
    told = await begun(clerk, 422, name="", id_number="330402", mobile="1", filed_for="company")
    assert set(told["errors"]) == {"name", "id_number", "mobile", "org_name", "uscc"}
    assert (await begun(clerk, 404, matter="xx-99"))["code"] == "matter.unknown"
    assert (await clerk.post(f"{API}/desk/drafts", json={**_zhao(), "matter": SCHOOL, "owner": 1})).status_code == 400
    assert (await wang.post(f"{API}/desk/drafts", json={**_zhao(), "matter": SCHOOL})).status_code == 403
    draft = await begun(clerk)
    for stranger in (wang, li):
        assert (await stranger.get(f"{API}/drafts/{draft['id']}")).status_code == 404


COMPANY = {"filed_for": "company", "matter": FOOD, "org_name": "嘉兴老赵面馆有限公司", "uscc": ODD_CODE}


async def test_a_genuine_code_with_a_wrong_check_digit_is_taken_on_the_clerk_s_word(
    db: ModuleType, clerk: httpx.AsyncClient
) -> None:
    refused = await begun(clerk, 422, **COMPANY)
    assert list(refused["errors"]) == ["uscc"]
    assert "窗口" in refused["errors"]["uscc"]
    short = await begun(clerk, 422, **COMPANY | {"uscc": ODD_CODE[:17]}, is_uscc_checked=True)
    assert list(short["errors"]) == ["uscc"]

    draft = await begun(clerk, **COMPANY, is_uscc_checked=True)
    told = await events(db, "credit_code.overridden")
    assert told == [(None, {"draft": draft["id"], "field": "uscc"})]
    assert ODD_CODE not in str(told)
    assert "form.uscc" not in (await checked(clerk, draft["id"]))


async def checked(client: httpx.AsyncClient, draft: str) -> dict[str, str]:
    answer = await client.post(f"{API}/drafts/{draft}/check", json={})
    return dict(answer.json()["errors"])


async def test_the_word_is_for_one_code_not_for_the_field(db: ModuleType, clerk: httpx.AsyncClient) -> None:
    draft = (await begun(clerk, **COMPANY, is_uscc_checked=True))["id"]
    place = f"{API}/drafts/{draft}"
    await clerk.patch(place, json={"fields": {"uscc": "91350100M000100Y45"}})
    assert "form.uscc" in await checked(clerk, draft)
    again = await clerk.put(f"{place}/overrides/uscc")
    assert again.status_code == 200, again.text
    assert "form.uscc" not in await checked(clerk, draft)
    assert (await clerk.delete(f"{place}/overrides/uscc")).status_code == 204
    assert "form.uscc" in await checked(clerk, draft)
    await clerk.patch(place, json={"fields": {"uscc": "91350100M000100Y43"}})
    right = await clerk.put(f"{place}/overrides/uscc")
    assert (right.status_code, right.json()["code"]) == (409, "draft.nothing_to_override")
    assert (await clerk.put(f"{place}/overrides/mobile")).status_code == 409
    assert len(await events(db, "credit_code.overridden")) == 2


async def test_a_citizen_can_t_override(wang: httpx.AsyncClient, clerk: httpx.AsyncClient) -> None:
    draft = (await begun(clerk, **COMPANY, is_uscc_checked=True))["id"]
    assert (await wang.put(f"{API}/drafts/{draft}/overrides/uscc")).status_code == 403


async def test_on_the_page_a_tick_stands_beside_the_code_only_when_it_fails(
    db: ModuleType, clerk: httpx.AsyncClient
) -> None:
    place = f"/desk/intake/{FOOD}"
    page = await clerk.get(place)
    token = re.search(r'name="_csrf" value="([^"]+)"', page.text)
    assert token
    assert "已核对营业执照原件" not in page.text
    form = {"_csrf": token[1], **_zhao(), **COMPANY, "id_kind": "resident"}
    form.pop("matter")
    failed = await clerk.post(place, data=form)
    assert failed.status_code == 422
    assert "已核对营业执照原件" in failed.text
    done = await clerk.post(place, data=form | {"is_uscc_checked": "yes"})
    assert done.status_code == 303, done.text[:300]
    draft = done.headers["location"].rpartition("/")[2]

    topic = f"/drafts/{draft}/topics/company"
    shown = (await clerk.get(topic)).text
    assert re.search(r'name="_override" value="uscc" checked', shown)
    fields = {"_csrf": token[1], "_shown": ["org_name", "uscc"], "org_name": COMPANY["org_name"], "uscc": ODD_CODE}
    without = await clerk.post(topic, data=fields)
    assert without.status_code == 422
    assert 'name="_override" value="uscc"' in without.text
    ticked = await clerk.post(topic, data=fields | {"_override": "uscc"})
    assert "uscc-error" not in ticked.text
    assert len(await events(db, "credit_code.overridden")) == 2
