"""Attacks 6 to 8 and 22: what the browser leaves out, clerks and kin, races, and keys used twice."""

from __future__ import annotations

import asyncio
import secrets
from typing import Any

import pytest

from tests.desk import Desk
from tests.security.conftest import API, Doors, problem

NOTHING: dict[str, Any] = {}
YES = {"opinion": "同意"}
REFUSAL = {"facts": "事实", "reasons": "理由"}


async def test_a_filing_without_its_papers_or_declaration_is_not_filed(doors: Doors) -> None:
    from backend import db

    wang = await doors("wangmin")
    draft = (await wang.post(f"{API}/drafts", json={"matter": "scj-18"})).json()["id"]
    key = {"idempotency-key": secrets.token_hex(8)}
    for body in (
        {"draft": draft},
        {"draft": draft, "declared": False},
        {"matter": "scj-18", "form": {}, "declared": True, "materials": []},
    ):
        answer = problem(await wang.post(f"{API}/cases", json=body, headers=key), 422)
        assert answer["code"] in {"filing.incomplete", "filing.not_declared"}
    assert await db.fetchval("SELECT count(*) FROM case_file") == 0


async def test_no_step_can_be_skipped(doors: Doors, desk: Desk) -> None:
    """Every verb on a case that was only received, by the very officer who may do it later."""
    from backend import db

    case = await desk.filed()
    place = f"{API}/cases/{case.case_no}"
    clerk, third, second, chief = [
        await doors(key) for key in ("clerk", "approver_third", "approver_second", "approver_chief")
    ]
    wang = await doors("wangmin")
    await db.execute("UPDATE session SET stepped_up_at = authenticated_at")
    for who, verb, body in (
        (third, "reviews", {"proposal": "grant", **YES}),
        (second, "checks", YES),
        (third, "grant", YES),
        (second, "grant", YES),
        (chief, "grant", YES),
        (chief, "refusal", REFUSAL),
        (third, "returns", {"reason": "看"}),
        (clerk, "hand-over", {"last_four": "0001"}),
        (wang, "collection", NOTHING),
        (wang, "rating", {"level": "1"}),
    ):
        problem(await who.post(f"{place}/{verb}", json=body), 409)
    assert problem(await clerk.post(f"{place}/acceptance", json={}), 403, 409, 422)
    await clerk.post(f"{place}/handling", json={})
    assert problem(await clerk.post(f"{place}/acceptance", json={}), 422)["code"] == "review.materials_unjudged"
    assert await db.fetchval("SELECT step FROM case_file") == "received"


async def test_nothing_is_decided_without_a_fresh_passkey(doors: Doors, desk: Desk) -> None:
    from datetime import timedelta

    from backend import db

    case = await desk.accepted("sole")
    third = await doors("approver_third")
    for confirmed in (None, desk.now - timedelta(minutes=6)):
        await db.execute("UPDATE session SET stepped_up_at = $1", confirmed)
        for verb, body in (("grant", YES), ("refusal", REFUSAL)):
            answer = await third.post(f"{API}/cases/{case.case_no}/{verb}", json=body)
            assert problem(answer, 403)["code"] == "session.step_up_needed"
    assert await db.fetchval("SELECT step FROM case_file") == "accepted"


async def test_who_is_kin_may_not_look_act_or_open_a_file_and_it_is_written_down(doors: Doors, desk: Desk) -> None:
    from backend import db

    case = await desk.filed()
    assert case.applicant_id_index is not None
    file = await desk.upload("citizen:1", "x")
    await db.execute(
        "INSERT INTO case_upload (case_id, material, upload, position, added_at) VALUES ($1, 'x', $2, 0, $3)",
        case.id,
        file,
        desk.now,
    )
    await db.execute("UPDATE officer SET kin = ARRAY[$1] WHERE staff_no = 'NH0105'", case.applicant_id_index.hex())
    clerk = await doors("clerk")
    place = f"{API}/cases/{case.case_no}"
    for verb in ("handling", "acceptance"):
        assert problem(await clerk.post(f"{place}/{verb}", json={}), 403)["code"] == "approval.conflict_of_interest"
    assert problem(await clerk.get(place), 403)["code"] == "approval.conflict_of_interest"
    for path in (
        f"/desk/cases/{case.case_no}",
        f"/desk/cases/{case.case_no}/answer",
        f"/uploads/{file}/file",
        f"/uploads/{file}/pages/1.png",
    ):
        assert (await clerk.get(path)).status_code == 403, path
    lines = await db.fetch("SELECT what, count(*) FROM audit_event WHERE case_no = $1 GROUP BY 1", case.case_no)
    assert dict(map(tuple, lines)) == {"case.verb_refused": 2, "case.conflict_refused": 5}


async def test_above_ones_tier_is_refused_and_written_down(doors: Doors, desk: Desk) -> None:
    from backend import db
    from backend.review import actions
    from shared_schemas.review import Proposal, Review

    case = await desk.accepted("review_and_check")
    await actions.review(case.case_no, Review(Proposal.GRANT, "好"), by=await desk.who("approver_third"), now=desk.now)
    third = await doors("approver_third")
    await db.execute("UPDATE session SET stepped_up_at = authenticated_at")
    for path in (f"{API}/cases/{case.case_no}/grant", f"{API}/cases/{case.case_no}/refusal"):
        answer = await third.post(path, json=YES if path.endswith("grant") else REFUSAL)
        assert problem(answer, 403)["code"] == "approval.tier_too_low"
    line = await db.fetchrow("SELECT actor_kind, particulars FROM audit_event WHERE what = 'case.verb_refused' LIMIT 1")
    assert line["actor_kind"] == "officer"
    assert line["particulars"] == {"verb": "grant", "why": "approval.tier_too_low"}


async def test_six_clerks_accept_at_once_and_one_wins(doors: Doors, desk: Desk) -> None:
    from backend import db

    case = await desk.filed()
    await desk.taken(case.case_no)
    browsers = [await doors("clerk") for _ in range(6)]
    answers = await asyncio.gather(
        *[b.post(f"{API}/cases/{case.case_no}/acceptance", json={"seen": 2}) for b in browsers]
    )
    assert sorted(a.status_code for a in answers) == [201, 409, 409, 409, 409, 409]
    assert await db.fetchval("SELECT count(*) FROM case_event WHERE verb = 'accept'") == 1
    assert await db.fetchval("SELECT count(*) FROM formal_document WHERE kind = 'acceptance_notice'") == 1


async def test_six_clerks_take_at_once_and_one_wins(doors: Doors, desk: Desk) -> None:
    case = await desk.filed()
    browsers = [await doors(key) for key in ("clerk", "clerk_1", "clerk_8", "clerk_12", "clerk", "clerk_8")]
    answers = await asyncio.gather(
        *[b.post(f"{API}/cases/{case.case_no}/handling", json={"seen": 1}) for b in browsers]
    )
    assert sorted(a.status_code for a in answers) == [201, 409, 409, 409, 409, 409]


@pytest.mark.parametrize(
    "change", [{"delivery": "window"}, {"form": {"name": "别人"}}, {"materials": [{"key": "x", "how": "paper"}]}]
)
async def test_a_key_is_for_one_body_and_one_person(desk: Desk, change: dict[str, Any]) -> None:
    """The API's own story is in tests/journeys; here the key is tried against the receiving action."""
    from backend.cases.receiving import body_hash

    body = {"delivery": "download", "form": {"name": "王敏"}, "materials": []}
    assert body_hash(body) != body_hash({**body, **change})
    assert desk.now


async def test_one_key_with_another_body_is_a_422_and_with_another_person_another_case(desk: Desk) -> None:
    from msgspec.structs import replace

    from backend import db
    from backend.cases.receiving import receive
    from backend.domain.refusal import Refusal
    from backend.problems import problem_of

    made: list[Any] = []

    async def remembered(new: Any, *, by: Any, now: Any) -> Any:
        made.append(new)
        return await receive(new, by=by, now=now)

    import backend.cases.receiving as module

    original, module.receive = module.receive, remembered
    try:
        await desk.filed()
    finally:
        module.receive = original
    (new,) = made
    wang = await desk.who("wangmin")
    with pytest.raises(Refusal) as refused:
        await receive(replace(new, body_hash=b"y" * len(new.body_hash)), by=wang, now=desk.now)
    assert (refused.value.code, problem_of(refused.value).status) == ("filing.key_reused", 422)
    xu = await desk.who("xuting")
    await receive(replace(new, owner=f"citizen:{xu.id}", citizen=xu.id), by=xu, now=desk.now)
    assert await db.fetchval("SELECT count(*) FROM case_file") == 2
