"""一次性告知 means once: a second notice about the same paper goes out only on a supervisor's own reason."""

from __future__ import annotations

import re
from datetime import timedelta
from types import ModuleType

import httpx
import pytest

from backend.cases import reading
from backend.corrections import actions, again, queries
from shared_schemas.correction import CorrectionAsked, DefectAsked
from shared_schemas.second_notice import SecondNotice, SecondNoticeAnswered, SecondNoticeAsked
from tests.corrections.test_round import answers, asked, refused
from tests.desk import Desk

YES = SecondNoticeAnswered(True, "新拍的照片缺角，是新的问题")


async def answered(desk: Desk) -> tuple[str, str, CorrectionAsked]:
    """A case whose first notice was answered: its number, a paper that was named, and the notice a clerk would send."""
    case, notice = await asked(desk)
    await actions.answer(
        case.case_no, notice.id, await answers(desk, notice), by=await desk.who("wangmin"), now=desk.now
    )
    key = (await reading.materials_of(case.id))[0].key
    return case.case_no, key, CorrectionAsked((DefectAsked("还是看不清", material=key),))


async def test_the_supervisor_allows_it_by_name_for_one_notice(desk: Desk, db: ModuleType) -> None:
    case_no, key, notice = await answered(desk)
    clerk, supervisor = await desk.who("clerk"), await desk.who("supervisor")
    assert (await refused(actions.ask(case_no, notice, by=clerk, now=desk.now))).code == "correction.said_once"
    request = await again.ask(case_no, SecondNoticeAsked((key,), "缺角"), by=clerk, now=desk.now)
    assert (await refused(actions.ask(case_no, notice, by=clerk, now=desk.now))).code == "correction.said_once"
    await again.answer(request, YES, by=supervisor, now=desk.now + timedelta(minutes=1))
    await actions.ask(case_no, notice, by=clerk, now=desk.now + timedelta(minutes=2))
    case = await reading.by_number(case_no)
    kept = await db.fetchrow("SELECT again_reason, second_notice FROM correction ORDER BY id DESC LIMIT 1")
    assert (kept["again_reason"], kept["second_notice"]) == (YES.reason, request)
    (view,) = await queries.second_notices_of(case.id)
    assert (view.state, view.answered_by) == (SecondNotice.USED, supervisor.name)
    whats = [
        row[0] for row in await db.fetch("SELECT what FROM audit_event WHERE what LIKE 'second_notice.%' ORDER BY id")
    ]
    assert whats == ["second_notice.asked", "second_notice.given"]
    assert "缺角" not in str(await db.fetch("SELECT particulars FROM audit_event"))
    # It was good for one notice, not for a third.
    third = await queries.open_of(case.id)
    assert third is not None
    await actions.answer(
        case_no, third.id, await answers(desk, third), by=await desk.who("wangmin"), now=desk.now + timedelta(hours=1)
    )
    late = desk.now + timedelta(hours=2)
    assert (await refused(actions.ask(case_no, notice, by=clerk, now=late))).code == "correction.said_once"


async def test_a_denied_one_allows_nothing_and_may_be_asked_anew(desk: Desk) -> None:
    case_no, key, notice = await answered(desk)
    clerk, supervisor = await desk.who("clerk"), await desk.who("supervisor")
    request = await again.ask(case_no, SecondNoticeAsked((key,), "缺角"), by=clerk, now=desk.now)
    assert (await refused(again.ask(case_no, SecondNoticeAsked((key,), "缺角"), by=clerk, now=desk.now))).code == (
        "second_notice.asked_already"
    )
    await again.answer(request, SecondNoticeAnswered(False, "上次就该说"), by=supervisor, now=desk.now)
    assert (await refused(again.answer(request, YES, by=supervisor, now=desk.now))).code == "second_notice.answered"
    assert (await refused(actions.ask(case_no, notice, by=clerk, now=desk.now))).code == "correction.said_once"
    assert await again.ask(case_no, SecondNoticeAsked((key,), "换了理由"), by=clerk, now=desk.now) > request


async def test_what_was_never_said_needs_no_leave_and_another_clerk_can_not_ask(desk: Desk) -> None:
    case_no, key, _ = await answered(desk)
    clerk, other = await desk.who("clerk"), await desk.who("clerk_8")
    asked_anew = SecondNoticeAsked(("legal_rep_name",), "缺角")
    assert (await refused(again.ask(case_no, asked_anew, by=clerk, now=desk.now))).code == (
        "second_notice.not_said_before"
    )
    assert (await refused(again.ask(case_no, SecondNoticeAsked((key,), "缺角"), by=other, now=desk.now))).code == (
        "case.taken_by"
    )


@pytest.mark.parametrize("who", ["clerk", "approver_chief", "guide"])
async def test_only_a_supervisor_sees_and_answers_them(client: httpx.AsyncClient, desk: Desk, who: str) -> None:
    case_no, key, _ = await answered(desk)
    request = await again.ask(case_no, SecondNoticeAsked((key,), "缺角"), by=await desk.who("clerk"), now=desk.now)
    headers = {"authorization": f"Bearer {await desk.token(who)}"}
    body = {"is_given": True, "reason": "好"}
    assert (await client.get("/api/v1/second-notices", headers=headers)).status_code == 403
    answer = await client.post(f"/api/v1/second-notices/{request}/answer", json=body, headers=headers)
    assert answer.status_code == 403


async def test_from_the_clerks_sheet_to_the_supervisors_page(client: httpx.AsyncClient, desk: Desk) -> None:
    case_no, key, _ = await answered(desk)
    client.cookies.set("yimaban", await desk.token("clerk"))
    sheet = await client.get(f"/desk/cases/{case_no}?open=correction")
    assert "请监督同意再要一次" in sheet.text
    token = re.search(r'name="_csrf" value="([^"]+)"', sheet.text)
    assert token
    path = f"/desk/cases/{case_no}/second-notice"
    empty = await client.post(path, data={"_csrf": token[1], f"on-{key}": "yes", "again_reason": "   "})
    assert empty.status_code == 422
    asked_for = await client.post(path, data={"_csrf": token[1], f"on-{key}": "yes", "again_reason": "照片缺角"})
    assert asked_for.status_code == 303, asked_for.text
    assert "等监督同意" in (await client.get(f"/desk/cases/{case_no}?open=correction")).text
    client.cookies.set("yimaban", await desk.token("supervisor"))
    assert "/board/second-notices" in (await client.get("/board")).text
    page = await client.get("/board/second-notices")
    assert "照片缺角" in page.text
    found = re.search(r'action="(/board/second-notices/\d+)"', page.text)
    token = re.search(r'name="_csrf" value="([^"]+)"', page.text)
    assert found and token
    silent = await client.post(found[1], data={"_csrf": token[1], "answer": "give", "reason": " "})
    assert silent.status_code == 422
    done = await client.post(found[1], data={"_csrf": token[1], "answer": "give", "reason": "是新的问题"})
    assert done.status_code == 303
    client.cookies.set("yimaban", await desk.token("clerk"))
    assert "监督同意了" in (await client.get(f"/desk/cases/{case_no}?open=correction")).text
