"""委托: named, short, never more than one has; what is signed under it says so; taken back it is gone at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx

from backend import db
from backend.cases import log
from backend.domain.calendar import day_of
from backend.review import actions
from shared_schemas.review import Check, Proposal, Review
from shared_schemas.vocabulary import DocumentKind, Verb
from tests.authority.test_rules import offered
from tests.desk import Desk, paper_text
from tests.procedures.test_pages import as_
from tests.review.test_api import head


async def lend(client: httpx.AsyncClient, desk: Desk, **changes: Any) -> httpx.Response:
    chief = await desk.who("approver_chief")
    await desk.step_up("approver_chief")
    letter = await db.fetchval("SELECT id FROM authority_letter WHERE officer = $1 AND department = 'scj'", chief.id)
    today = day_of(desk.now)
    given = {
        "letter": letter, "to": "NH0312", "valid_from": today.isoformat(),
        "valid_to": (today + timedelta(days=3)).isoformat(), "reason": "出差三天", **changes,
    }  # fmt: skip
    return await client.post("/api/v1/delegations", headers=await head(desk, "approver_chief"), json=given)


async def checked(desk: Desk) -> str:
    case = await desk.accepted("submit")
    third, second = await desk.who("approver_third"), await desk.who("approver_second")
    await actions.review(case.case_no, Review(Proposal.GRANT, "材料齐全"), by=third, now=desk.now)
    await actions.check(case.case_no, Check("同意"), by=second, now=desk.now)
    return case.case_no


async def test_the_delegate_decides_and_paper_and_log_say_in_whose_place(client: httpx.AsyncClient, desk: Desk) -> None:
    case_no = await checked(desk)
    assert "grant" not in await offered(client, desk, case_no, "approver_second_b")
    made = await lend(client, desk)
    assert made.status_code == 201, made.text
    assert "grant" in await offered(client, desk, case_no, "approver_second_b")
    await desk.step_up("approver_second_b")
    delegate = await head(desk, "approver_second_b")
    done = await client.post(f"/api/v1/cases/{case_no}/grant", headers=delegate, json={"opinion": "同意"})
    assert done.status_code == 201, done.text
    from backend.cases import reading

    case = await reading.by_number(case_no)
    event = next(event for event in await log.of(case.id) if event.verb is Verb.GRANT)
    assert event.particulars["behalf"] == {"name": "马国平", "how": "delegation"}
    assert "蒋明（受马国平委托）" in await paper_text(case, DocumentKind.GRANT_DECISION)
    await as_(client, desk, "approver_chief")
    assert "蒋明（受马国平委托）" in (await client.get(f"/approvals/{case_no}")).text


async def test_taken_back_it_is_neither_offered_nor_possible(client: httpx.AsyncClient, desk: Desk) -> None:
    case_no = await checked(desk)
    letter = (await lend(client, desk)).json()["id"]
    chief = await head(desk, "approver_chief")
    assert (await client.delete(f"/api/v1/delegations/{letter}", headers=chief)).status_code == 204
    assert "grant" not in await offered(client, desk, case_no, "approver_second_b")
    await desk.step_up("approver_second_b")
    delegate = await head(desk, "approver_second_b")
    tried = await client.post(f"/api/v1/cases/{case_no}/grant", headers=delegate, json={"opinion": "同意"})
    assert (tried.status_code, tried.json()["code"]) == (403, "approval.tier_too_low")
    again = await client.delete(f"/api/v1/delegations/{letter}", headers=chief)
    assert again.json()["code"] == "delegation.not_yours"


async def test_it_ends_with_the_letter_it_comes_from(client: httpx.AsyncClient, desk: Desk) -> None:
    case_no = await checked(desk)
    await lend(client, desk)
    chief = await desk.who("approver_chief")
    await db.execute("UPDATE authority_letter SET revoked_at = $2 WHERE officer = $1", chief.id, desk.now)
    assert "grant" not in await offered(client, desk, case_no, "approver_second_b")


async def test_what_may_not_be_delegated(client: httpx.AsyncClient, desk: Desk) -> None:
    today = day_of(desk.now)
    for changes, code in (
        ({"valid_to": (today + timedelta(days=30)).isoformat()}, "delegation.too_long"),
        ({"valid_from": (today - timedelta(days=1)).isoformat()}, "delegation.in_the_past"),
        ({"to": "NH0303"}, "delegation.to_oneself"),
        ({"to": "NH0105"}, "delegation.not_an_approver"),
        ({"to": "NH9999"}, "delegation.nobody"),
        ({"letter": 1_000_000}, "delegation.no_letter"),
    ):
        answer = await lend(client, desk, **changes)
        assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert (await lend(client, desk)).status_code == 201
    assert (await lend(client, desk)).json()["code"] == "delegation.twice"


async def test_what_was_lent_is_not_lent_on(client: httpx.AsyncClient, desk: Desk) -> None:
    lent = (await lend(client, desk)).json()["id"]
    await desk.step_up("approver_second_b")
    today = day_of(desk.now).isoformat()
    given = {"letter": lent, "to": "NH0311", "valid_from": today, "valid_to": today, "reason": "再转"}
    answer = await client.post("/api/v1/delegations", headers=await head(desk, "approver_second_b"), json=given)
    assert answer.json()["code"] == "delegation.of_a_delegation"
