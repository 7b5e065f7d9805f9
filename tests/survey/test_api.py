"""Surveys over HTTP: every hand, every status; what comes twice is done once."""

from __future__ import annotations

import re
from datetime import timedelta

import httpx
import msgspec
import pytest

from backend.cases import live, log, reading
from backend.survey import pages
from shared_schemas.case import Case
from shared_schemas.vocabulary import Verb
from tests.desk import Desk


async def head(desk: Desk, key: str, **more: str) -> dict[str, str]:
    return {"authorization": f"Bearer {await desk.token(key)}", **more}


async def accepted(desk: Desk) -> Case:
    return await desk.accepted("review_and_check", matter=desk.matter("review_and_check", has_survey=True))


def times(desk: Desk) -> list[str]:
    return [(desk.now + timedelta(days=day)).isoformat() for day in (1, 2)]


async def test_from_sending_out_to_the_conclusion_by_json_alone(client: httpx.AsyncClient, desk: Desk) -> None:
    case = await accepted(desk)
    base = f"/api/v1/cases/{case.case_no}/survey"
    third, zhao, wang = [await head(desk, key) for key in ("approver_third", "surveyor", "wangmin")]
    assert (await client.get(base, headers=wang)).json()["state"] == "none"
    office = (await client.get("/api/v1/surveys/office", headers=third)).json()
    assert [line["case_no"] for line in office["to_send"]] == [case.case_no]

    given = {"inspectors": ["NH0201", "NH0202"], "place": "勤俭路 218 号", "offered": times(desk)}
    sent = await client.post(base, headers=third, json=given)
    assert (sent.status_code, sent.json()["step"]) == (201, "accepted")
    assert (await client.post(base, headers=third, json=given)).json()["code"] == "case.open_survey"

    answer = await client.post(f"{base}/choice", headers=wang, json={"at": times(desk)[1]})
    assert answer.status_code == 201
    chosen = (await client.get(base, headers=zhao)).json()
    assert chosen["visit"]["fixed_at"] is not None
    day = (await client.get("/api/v1/surveys/round", headers=zhao)).json()
    assert [stop["lines"][0]["case_no"] for stop in (*day["today"], *day["later"])] == [case.case_no]

    record = msgspec.to_builtins(await desk.survey_record(case.case_no))
    record.pop("seen", None)
    for photo in record["photos"]:
        photo["taken_at"] = desk.now.isoformat()
    record["surveyed_at"] = desk.now.isoformat()
    keyed = await head(desk, "surveyor", **{"idempotency-key": "field-0001"})
    first = await client.post(f"{base}/record", headers=keyed, json=record)
    assert first.status_code == 201, first.text
    again = await client.post(f"{base}/record", headers=keyed, json=record)
    assert (again.status_code, again.headers["idempotent-replayed"]) == (201, "true")
    verbs = [event.verb for event in await log.of(case.id)]
    assert verbs.count(Verb.CONCLUDE_SURVEY) == 1
    other = await client.post(f"{base}/record", headers=keyed, json=record | {"findings": "别的"})
    assert (other.status_code, other.json()["code"]) == (422, "deed.key_reused")
    assert (await client.get(base, headers=wang)).json()["conclusion"] == "pass"


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        ({"surveyed_at": "2026-02-30T09:00:00+08:00"}, 422),
        ({"surveyed_at": "2026-11-20T09:00:00"}, 422),
        ({"conclusion": "perhaps"}, 422),
        ({"findings": "   "}, 422),
        ({"signed": [{"staff_no": "NH0201", "strokes": [[[900, 10]]]}]}, 422),
        ({"nonsense": 1}, 400),
    ],
)
async def test_what_does_not_exist_is_refused(client: httpx.AsyncClient, desk: Desk, raw: dict, status: int) -> None:
    case = await accepted(desk)
    await desk.sent_out(case.case_no)
    whole = {
        "surveyed_at": desk.now.isoformat(), "conclusion": "pass", "findings": "好", "items": [], "signed": [],
    }  # fmt: skip
    answer = await client.post(
        f"/api/v1/cases/{case.case_no}/survey/record", headers=await head(desk, "surveyor"), json=whole | raw
    )
    assert answer.status_code in (status, 400), answer.text
    assert answer.json()["code"] != "server.error"
    assert (await reading.by_number(case.case_no)).seq == 4


async def test_pages_of_everybody(client: httpx.AsyncClient, desk: Desk) -> None:
    case = await accepted(desk)
    third, zhao, wang = [await head(desk, key) for key in ("approver_third", "surveyor", "wangmin")]
    number = case.case_no
    for path, who, said in (
        ("/surveys", third, "等您派人"),
        (f"/surveys/{number}/dispatch", third, "派谁去"),
        (f"/approvals/{number}", third, "派人去看"),
        (f"/cases/{number}/survey", wang, "还没约上门"),
    ):
        page = await client.get(path, headers=who)
        assert (page.status_code, said in page.text) == (200, True), path
    await desk.sent_out(number, offered=tuple(desk.now + timedelta(days=day) for day in (1, 2)))
    for path, who, said in (
        ("/surveys", zhao, "还没定时间"),
        (f"/surveys/{number}", zhao, "交笔录"),
        (f"/surveys/{number}/times", zhao, "改上门时间"),
        (f"/cases/{number}/survey", wang, "哪天来方便"),
        (f"/cases/{number}", wang, "要上门看现场"),
        (f"/approvals/{number}", third, "等申请人选时间"),
    ):
        page = await client.get(path, headers=who)
        assert (page.status_code, said in page.text) == (200, True), path
    assert (await client.get(f"/surveys/{number}", headers=await head(desk, "surveyor_2"))).status_code == 200
    await desk.surveyed(number)
    for path, who, said in (
        (f"/surveys/{number}", zhao, "已有结论"),
        ("/surveys", third, "勘查结果"),
        (f"/cases/{number}/survey", wang, "现场看过了"),
        ("/board/surveys", await head(desk, "supervisor"), "各部门"),
    ):
        page = await client.get(path, headers=who)
        assert (page.status_code, said in page.text) == (200, True), path


async def as_(client: httpx.AsyncClient, desk: Desk, key: str) -> None:
    client.cookies.clear()
    client.cookies.set("yimaban", await desk.token(key))


async def posted(client: httpx.AsyncClient, path: str, **fields: object) -> httpx.Response:
    """The page's form with its token."""
    token = re.search(r'name="_csrf" value="([^"]+)"', (await client.get(path)).text)
    assert token
    return await client.post(path, data={"_csrf": token[1], **fields})


async def test_the_forms_of_the_pages_take_what_a_browser_sends(client: httpx.AsyncClient, desk: Desk) -> None:
    case = await accepted(desk)
    day = (desk.now + timedelta(days=2)).strftime("%Y-%m-%dT09:30")  # as a field of day and hour gives it
    await as_(client, desk, "approver_third")
    path = f"/surveys/{case.case_no}/dispatch"
    few = await posted(client, path, who=["NH0201"], place="勤俭路 218 号", **{"time-1": day})
    assert few.status_code == 422
    assert "至少派两个人" in few.text
    wrong = await posted(
        client, path, who=["NH0201", "NH0202"], place="勤俭路 218 号", **{"time-1": "2026-02-30T09:30"}
    )
    assert wrong.status_code in (400, 422)
    sent = await posted(client, path, who=["NH0201", "NH0202"], place="勤俭路 218 号", **{"time-1": day})
    assert sent.status_code == 303, sent.text
    await as_(client, desk, "wangmin")
    path = f"/cases/{case.case_no}/survey"
    assert (await posted(client, path, at="other", wish=" ")).status_code == 422
    assert (await posted(client, path, at="other", wish="周六")).status_code == 303
    await as_(client, desk, "surveyor")
    arranged = await posted(client, f"/surveys/{case.case_no}/times", agreed_at=day)
    assert arranged.status_code == 303, arranged.text
    await as_(client, desk, "wangmin")
    assert "说好了" in (await client.get(path)).text


async def test_whoever_was_not_sent_sees_nothing(client: httpx.AsyncClient, desk: Desk) -> None:
    case = await accepted(desk)
    zhao = await head(desk, "surveyor")
    missing = await client.get("/surveys/3304020120261122000017", headers=zhao)
    theirs = await client.get(f"/surveys/{case.case_no}", headers=zhao)
    assert (theirs.status_code, missing.status_code) == (404, 404)
    assert (
        await client.get(f"/api/v1/cases/{case.case_no}/survey", headers=await head(desk, "lijianguo"))
    ).status_code == 404
    assert (await client.get("/board/surveys", headers=zhao)).status_code == 403


async def test_the_office_hears_of_a_conclusion_at_once(desk: Desk) -> None:
    import asyncio

    case = await accepted(desk)
    await desk.sent_out(case.case_no)
    async with live.lifespan(None):
        mine = pages._heard(live.Watch(pages.ACTS, frozenset({"scj"})))
        others = pages._heard(live.Watch(pages.ACTS, frozenset({"wjj"})))
        heard, unheard = asyncio.create_task(anext(mine)), asyncio.create_task(anext(others))
        await asyncio.sleep(0.2)
        await desk.surveyed(case.case_no)
        assert (await asyncio.wait_for(heard, 5)).data == "conclude_survey"
        assert not unheard.done()
        unheard.cancel()
        await mine.aclose()
