"""The forms of the side ways, from the approver's sheet and back, and what the applicant reads then."""

from __future__ import annotations

import httpx

from tests.desk import Desk
from tests.procedures.test_special import TESTING


async def as_(client: httpx.AsyncClient, desk: Desk, key: str) -> None:
    client.cookies.set("yimaban", await desk.token(key))


async def csrf(client: httpx.AsyncClient, path: str) -> str:
    import re

    page = await client.get(path)
    found = re.search(r'name="_csrf" value="([^"]+)"', page.text)
    assert found, page.text[:300]
    return found[1]


async def test_an_approver_finds_starts_and_ends_a_procedure(client: httpx.AsyncClient, desk: Desk) -> None:
    case = await desk.accepted("sole")
    await as_(client, desk, "approver_third")
    sheet = await client.get(f"/approvals/{case.case_no}")
    assert f"/desk/cases/{case.case_no}/ways/start_procedure" in sheet.text
    path = f"/desk/cases/{case.case_no}/ways/start_procedure"
    token = await csrf(client, path)
    empty = await client.post(
        path, data={"_csrf": token, "kind": "testing", "basis": "  ", "reason": " ", "needed_days": "0"}
    )
    assert empty.status_code == 422
    assert "为什么需要：" in empty.text
    assert "法律依据：" in empty.text
    given = {"kind": "testing", "basis": TESTING.basis, "reason": TESTING.reason, "needed_days": "10"}
    done = await client.post(path, data={"_csrf": token, **given})
    assert done.status_code == 303, done.text
    sheet = await client.get(f"/approvals/{case.case_no}")
    assert "停表" in sheet.text
    assert "ways/end_procedure" in sheet.text
    assert "ways/start_procedure" not in sheet.text
    await as_(client, desk, "wangmin")
    mine = await client.get(f"/cases/{case.case_no}")
    assert "停表了，不占办理时间" in mine.text
    await as_(client, desk, "approver_third")
    path = f"/desk/cases/{case.case_no}/ways/end_procedure"
    done = await client.post(path, data={"_csrf": await csrf(client, path), "result": "合格"})
    assert done.status_code == 303


async def test_an_extension_is_confirmed_by_passkey(client: httpx.AsyncClient, desk: Desk) -> None:
    case = await desk.accepted("submit")
    await as_(client, desk, "approver_third")
    path = f"/desk/cases/{case.case_no}/ways/ask_extension"
    assert (
        await client.post(path, data={"_csrf": await csrf(client, path), "reason": "要外地核实"})
    ).status_code == 303
    await as_(client, desk, "approver_chief")
    path = f"/desk/cases/{case.case_no}/ways/extend"
    token = await csrf(client, path)
    first = await client.post(path, data={"_csrf": token, "opinion": "同意"})
    assert first.status_code == 303
    assert first.headers["location"].startswith("/step-up")
    await desk.step_up("approver_chief")
    done = await client.post(path, data={"_csrf": token, "opinion": "同意"})
    assert done.headers["location"] == f"/approvals/{case.case_no}"
    await as_(client, desk, "wangmin")
    assert "办理时间延长过一次" in (await client.get(f"/cases/{case.case_no}")).text


async def test_what_is_not_open_is_said_so_and_nothing_happens(client: httpx.AsyncClient, desk: Desk) -> None:
    case = await desk.accepted("sole")
    await as_(client, desk, "approver_third")
    page = await client.get(f"/desk/cases/{case.case_no}/ways/end_procedure")
    assert page.status_code == 200
    assert "现在不能结束特别程序" in page.text
    assert (await client.get(f"/desk/cases/{case.case_no}/ways/nonsense")).status_code == 404


async def test_the_api_takes_the_same_way(client: httpx.AsyncClient, desk: Desk) -> None:
    case = await desk.accepted("sole")
    headers = {"authorization": f"Bearer {await desk.token('approver_third')}"}
    at = f"/api/v1/cases/{case.case_no}"
    given = {"kind": "testing", "basis": TESTING.basis, "reason": "要送检样品", "needed_days": 10}
    refused = await client.post(f"{at}/procedures", json={**given, "reason": "   "}, headers=headers)
    assert refused.status_code == 400
    made = await client.post(f"{at}/procedures", json=given, headers=headers)
    assert made.status_code == 201, made.text
    assert "end_procedure" in made.json()["open_verbs"]
    assert "start_procedure" not in made.json()["open_verbs"]
    listed = await client.get(f"{at}/procedures", headers=headers)
    assert listed.json()[0]["kind"] == "testing"
    assert (await client.post(f"{at}/procedures/end", json={"result": "合格"}, headers=headers)).status_code == 201


async def test_a_hearing_is_fixed_with_the_browsers_own_field_of_day_and_hour(
    client: httpx.AsyncClient, desk: Desk
) -> None:
    from backend.procedures import hearings, queries
    from shared_schemas.hearing import HearingChosen
    from tests.procedures.test_hearings import told

    case = await told(desk)
    await hearings.choose(case.case_no, HearingChosen(True), by=await desk.who("wangmin"), now=desk.now)
    await as_(client, desk, "approver_second_b")
    path = f"/desk/cases/{case.case_no}/ways/fix_hearing"
    token = await csrf(client, path)
    given = {
        "held_at": "2026-12-08T09:30",
        "place": "三楼听证室",
        "presider": (await desk.who("approver_third_b")).staff_no,
    }
    for wrong, said in (({"held_at": "2026-12-08"}, "哪天几点"), ({"held_at": "2026-12-05T09:30"}, "不上班")):
        refused = await client.post(path, data={"_csrf": token, **given, **wrong})
        assert refused.status_code == 422
        assert said in refused.text
    done = await client.post(path, data={"_csrf": token, **given})
    assert done.status_code == 303, done.text
    view = await queries.hearing_of(case.id)
    assert view is not None
    assert view.held_at is not None
    assert view.held_at.isoformat() == "2026-12-08T01:30:00+00:00"
