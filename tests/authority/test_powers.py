"""One page shows who may do what next and why not others; what it says is what the server does."""

from __future__ import annotations

import httpx

from backend import db
from backend.authority import powers
from backend.cases import facts, reading
from backend.domain import approval
from backend.people import roster
from backend.review import actions
from shared_schemas.review import Proposal, Review
from shared_schemas.vocabulary import Verb
from tests.desk import Desk
from tests.procedures.test_pages import as_
from tests.review.test_api import head


async def test_it_says_exactly_what_the_law_says_of_everybody(desk: Desk) -> None:
    case = await desk.accepted("review_and_check")
    third = await desk.who("approver_third")
    await actions.review(case.case_no, Review(Proposal.GRANT, "好"), by=third, now=desk.now)
    known = await facts.load(await reading.by_number(case.case_no))
    everybody = await roster.around("scj", desk.now)
    for power in powers.of(known, everybody, desk.now):
        if power.who != "officer":
            continue
        allowed = {f"{o.name} {o.staff_no}" for o in everybody if power.verb in approval.open_verbs(known, o, desk.now)}
        assert set(power.may) == allowed, power.verb
        assert not allowed & {name for reason in power.may_not for name in reason.officers}


async def test_the_page_names_the_reasons_and_leaves_a_line_in_the_audit(client: httpx.AsyncClient, desk: Desk) -> None:
    case = await desk.accepted("review_and_check")
    second = await desk.who("approver_second")
    await actions.review(case.case_no, Review(Proposal.GRANT, "好"), by=second, now=desk.now)
    await as_(client, desk, "supervisor")
    page = (await client.get(f"/desk/cases/{case.case_no}/powers")).text
    assert "蒋明 NH0312" in page
    assert "这件是他初审的，后面要换人" in page
    assert "层级不够" in page
    assert await db.fetchval("SELECT count(*) FROM audit_event WHERE what = 'case.powers_read'") == 1
    answer = await client.get(f"/api/v1/cases/{case.case_no}/powers", headers=await head(desk, "approver_second"))
    grant = next(power for power in answer.json() if power["verb"] == Verb.GRANT)
    assert "蒋明 NH0312" in grant["may"]
    assert "冯玉 NH0302" not in grant["may"]
    # The relative is told nothing of it.
    await db.execute("UPDATE case_file SET department = 'jwt' WHERE id = $1", case.id)
    outside = await client.get(f"/api/v1/cases/{case.case_no}/powers", headers=await head(desk, "department_officer"))
    assert outside.status_code == 404


async def test_a_blocked_case_says_what_blocks_it(client: httpx.AsyncClient, desk: Desk) -> None:
    case = await desk.accepted("sole")
    await db.execute(
        "INSERT INTO opinion (case_id, department, question_sealed, due_on, asked_by, asked_at) "
        "VALUES ($1, 'hbj', '', '2026-12-01', 1, $2)",
        case.id,
        desk.now,
    )
    answer = await client.get(f"/api/v1/cases/{case.case_no}/powers", headers=await head(desk, "approver_second"))
    grant = next(power for power in answer.json() if power["verb"] == Verb.GRANT)
    assert grant["is_blocked"]
    assert any(reason["code"] == "case.open_opinion" for reason in grant["may_not"])
