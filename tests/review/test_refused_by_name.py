"""Bad input at the desk, each refused by name: over the API with a code that does not change, on the page beside its field."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest

from backend.cases import log
from shared_schemas.case import Case
from tests.desk import Desk

PROCEDURE = {"kind": "testing", "basis": "《产品质量法》第十五条", "reason": "要送检样品", "needed_days": 5}
HEARING = {"held_at": "2026-12-10T09:00:00+08:00", "place": "三楼听证室", "presider": "NH0304"}
NO = {"facts": "面积 4 平方米", "reasons": "不符合审查通则"}

# What is wrong -> who sends it, where, with which body, and how it is refused (status, code, the field that is named).
OVER_THE_API: dict[str, tuple[str, str, dict[str, Any], tuple[int, str, str]]] = {
    "a reason of spaces for a procedure": (
        "approver_third", "procedures", {**PROCEDURE, "reason": "  \u3000 "}, (400, "request.malformed", "reason")),
    "a basis of spaces": (
        "approver_third", "procedures", {**PROCEDURE, "basis": " "}, (400, "request.malformed", "basis")),
    "a reason of spaces for an extension": (
        "approver_third", "extension", {"reason": "\t \n"}, (400, "request.malformed", "reason")),
    "an opinion of spaces": (
        "approver_third", "reviews", {"proposal": "grant", "opinion": "   "}, (400, "request.malformed", "opinion")),
    "no opinion": ("approver_third", "reviews", {"proposal": "grant"}, (400, "request.malformed", "opinion")),
    "facts of spaces": (
        "approver_chief", "refusal", {**NO, "facts": " "}, (400, "request.malformed", "facts")),
    "a defect list that is empty": ("clerk", "corrections", {"items": []}, (400, "request.malformed", "items")),
    "no defect list": ("clerk", "corrections", {}, (400, "request.malformed", "items")),
    "a defect of spaces": (
        "clerk", "corrections", {"items": [{"material": "x", "problem": "  "}]},
        (400, "request.malformed", "items.0.problem")),
    "a day that does not exist, to answer by": (
        "clerk", "corrections", {"items": [{"material": "x", "problem": "看不清"}], "due_on": "2026-11-31"},
        (400, "request.malformed", "due_on")),
    "a day that does not exist, for a hearing": (
        "approver_second", "hearing/day", {**HEARING, "held_at": "2027-02-29T09:00:00+08:00"},
        (400, "request.malformed", "held_at")),
    "an hour that does not exist": (
        "approver_second", "hearing/day", {**HEARING, "held_at": "2026-12-10T25:00:00+08:00"},
        (400, "request.malformed", "held_at")),
    "an hour of no zone": (
        "approver_second", "hearing/day", {**HEARING, "held_at": "2026-12-10T09:00:00"},
        (400, "request.malformed", "held_at")),
    "no days at all": (
        "approver_third", "procedures", {**PROCEDURE, "needed_days": 0}, (400, "request.malformed", "needed_days")),
    "what article 45 does not name": (
        "approver_third", "procedures", {**PROCEDURE, "kind": "supplement"}, (422, "procedure.not_in_law", "")),
    "a procedure that nobody knows": (
        "approver_third", "procedures", {**PROCEDURE, "kind": "lunch"}, (400, "request.malformed", "kind")),
}  # fmt: skip


async def post(client: httpx.AsyncClient, desk: Desk, who: str, case: Case, resource: str, body: Any) -> httpx.Response:
    return await client.post(
        f"/api/v1/cases/{case.case_no}/{resource}",
        json=body,
        headers={"authorization": f"Bearer {await desk.token(who)}"},
    )


def is_refused(answer: httpx.Response, status: int, code: str, field: str = "") -> None:
    """RFC 9457: the status, the code, a sentence, and the field that is wrong."""
    body = answer.json()
    assert (answer.status_code, body["code"]) == (status, code), body
    assert re.search(r"[\u4e00-\u9fff]", body["detail"]), body
    assert not field or re.search(r"[\u4e00-\u9fff]", body.get("errors", {}).get(field, "")), body


@pytest.mark.parametrize("what", OVER_THE_API)
async def test_the_api_names_what_is_wrong_and_nothing_happens(
    client: httpx.AsyncClient, desk: Desk, what: str
) -> None:
    who, resource, body, refused = OVER_THE_API[what]
    case = await desk.accepted("submit")
    await desk.step_up(who)
    is_refused(await post(client, desk, who, case, resource, body), *refused)
    assert len(await log.of(case.id)) == case.seq


async def _asked(client: httpx.AsyncClient, desk: Desk) -> Case:
    """An accepted case of sole review whose applicant has a notice to answer."""
    case = await desk.accepted("sole")
    items = [{"material": desk.matter("sole").materials[0].key, "problem": "看不清"}]
    answer = await post(client, desk, "clerk", case, "corrections", {"items": items})
    assert answer.status_code == 201, answer.text
    return case


async def test_a_decision_while_a_correction_is_open(client: httpx.AsyncClient, desk: Desk) -> None:
    case = await _asked(client, desk)
    for who in ("approver_third", "approver_second"):
        await desk.step_up(who)
        is_refused(await post(client, desk, who, case, "grant", {"opinion": "同意"}), 409, "case.open_correction")
        is_refused(await post(client, desk, who, case, "refusal", NO), 409, "case.open_correction")
    assert [event.verb for event in await log.of(case.id)][-1] == "ask_supplement"


async def test_a_decision_without_the_signers_passkey(client: httpx.AsyncClient, desk: Desk) -> None:
    case = await desk.accepted("sole")
    await desk.token("approver_third")
    for resource, body in (("grant", {"opinion": "同意"}), ("refusal", NO)):
        is_refused(await post(client, desk, "approver_third", case, resource, body), 403, "session.step_up_needed")
    assert len(await log.of(case.id)) == case.seq


async def test_a_notice_that_was_served_to_nobody_or_on_no_day(client: httpx.AsyncClient, desk: Desk) -> None:
    """The signature of who took it, and the day of it: without both the clock runs on."""
    from backend import db
    from backend.cases import clocks, reading

    case = await desk.accepted("sole")
    await db.execute("UPDATE case_file SET citizen = NULL WHERE id = $1", case.id)
    assert (await post(client, desk, "approver_third", case, "procedures", PROCEDURE)).status_code == 201
    headers = {"authorization": f"Bearer {await desk.token('approver_third')}"}
    for body, status, code, field in (
        ({"served_on": "2026-11-23"}, 400, "request.malformed", "recipient"),
        ({"served_on": "2026-11-23", "recipient": " "}, 400, "request.malformed", "recipient"),
        ({"served_on": "2026-11-31", "recipient": "王敏"}, 400, "request.malformed", "served_on"),
        ({"served_on": "2026-11-24", "recipient": "王敏"}, 422, "procedure.served_in_future", ""),
        ({"served_on": "2026-11-22", "recipient": "王敏"}, 422, "procedure.served_too_early", ""),
    ):
        answer = await client.put(f"/api/v1/cases/{case.case_no}/procedures/service", json=body, headers=headers)
        is_refused(answer, status, code, field)
    assert await clocks.standstills_of(case.id) == ()
    assert not (await reading.by_number(case.case_no)).is_stopped


# On the page: the form, what is filled in, and the field beside which the fault must stand with a sentence.
ON_THE_PAGE: dict[str, tuple[str, str, dict[str, str], str]] = {
    "a reason of spaces": (
        "approver_third", "ways/start_procedure",
        {"kind": "testing", "basis": "《产品质量法》第十五条", "reason": " \u3000", "needed_days": "5"}, "reason"),
    "no days": (
        "approver_third", "ways/start_procedure",
        {"kind": "testing", "basis": "《产品质量法》第十五条", "reason": "要送检", "needed_days": ""}, "needed_days"),
    "an extension for no reason": ("approver_third", "ways/ask_extension", {"reason": "   "}, "reason"),
    "a hearing told of without facts": (
        "approver_third", "ways/tell_hearing", {"intended": "不予许可", "facts": " "}, "facts"),
}  # fmt: skip


@pytest.mark.parametrize("what", ON_THE_PAGE)
async def test_the_page_says_it_beside_the_field(client: httpx.AsyncClient, desk: Desk, what: str) -> None:
    who, path, fields, field = ON_THE_PAGE[what]
    case = await desk.accepted("submit")
    client.cookies.set("yimaban", await desk.token(who))
    path = f"/desk/cases/{case.case_no}/{path}"
    page = await client.get(path)
    token = re.search(r'name="_csrf" value="([^"]+)"', page.text)
    assert token, page.text[:300]
    answer = await client.post(path, data={"_csrf": token[1], **fields})
    assert answer.status_code == 422
    assert 'class="govuk-error-summary' in answer.text
    assert re.search(rf'href="#[^"]*{field}', answer.text), "the summary leads to the field"
    assert len(await log.of(case.id)) == case.seq


async def test_the_page_names_a_decision_while_a_correction_is_open(client: httpx.AsyncClient, desk: Desk) -> None:
    case = await _asked(client, desk)
    client.cookies.set("yimaban", await desk.token("approver_third"))
    await desk.step_up("approver_third")
    page = await client.get(f"/approvals/{case.case_no}")
    token = re.search(r'name="_csrf" value="([^"]+)"', page.text)
    assert token, page.text[:300]
    answer = await client.post(
        f"/approvals/{case.case_no}/decision", data={"_csrf": token[1], "choice": "grant", "opinion": "同意"}
    )
    assert answer.status_code == 409
    assert "还有材料没补齐" in answer.text
    after = await log.of(case.id)
    assert after[-1].verb == "ask_supplement"
