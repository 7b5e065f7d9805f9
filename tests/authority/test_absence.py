"""AB 岗: after some hours of absence the deputy acts, the superior where the deputy is away too, and nobody after the return."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from backend import clock
from backend.authority import absences, queries
from backend.authority.absences import AbsenceGiven, PostGiven
from backend.cases import log
from backend.domain.refusal import Refusal
from backend.people import roster
from backend.review import actions
from backend.review import queries as lists
from shared_schemas.people import OfficerActor
from shared_schemas.review import Acceptance, Proposal, Review
from shared_schemas.signing import BehalfHow
from shared_schemas.vocabulary import Tier, Verb
from tests.desk import Desk
from tests.procedures.test_pages import as_, csrf

AWAY = AbsenceGiven("市里开会")


async def named(desk: Desk, key: str, deputy: str = "", superior: str = "") -> OfficerActor:
    officer = await desk.who(key)
    await absences.set_post(officer.id, PostGiven(deputy, superior), by=await desk.who("supervisor"), now=desk.now)
    return officer


async def at(officer: OfficerActor, now: object) -> OfficerActor:
    return (await roster.of([officer.id], now))[officer.id]  # type: ignore[arg-type]


async def test_the_deputy_signs_after_four_hours_in_the_others_name(desk: Desk) -> None:
    case = await desk.accepted("review_and_check")
    third = await desk.who("approver_third")
    await actions.review(case.case_no, Review(Proposal.GRANT, "好"), by=third, now=desk.now)
    second = await named(desk, "approver_second", deputy="NH0311")
    await absences.say(AWAY, by=second, now=desk.now)
    deputy = await desk.who("approver_third_b")
    early, late = desk.now + timedelta(hours=4, seconds=-1), desk.now + timedelta(hours=4)
    assert (await at(deputy, early)).stands_in == frozenset()
    standing_in = await at(deputy, late)
    assert standing_in.stands_in == {second.id}
    lent = [letter for letter in standing_in.authorities if letter.behalf]
    assert {(letter.tier, letter.behalf.how) for letter in lent if letter.behalf} == {(Tier.SECOND, BehalfHow.ABSENCE)}
    from shared_schemas.review import Grant

    await actions.grant(case.case_no, Grant("同意"), by=standing_in, now=late)
    event = next(event for event in await log.of(case.id) if event.verb is Verb.GRANT)
    assert event.particulars["behalf"] == {"name": "冯玉", "how": "absence"}
    await absences.back(by=second, now=late)
    assert (await at(deputy, late)).stands_in == frozenset()


async def test_where_the_deputy_is_away_too_the_superior_acts(desk: Desk) -> None:
    second = await named(desk, "approver_second", deputy="NH0312", superior="NH0303")
    deputy, chief = await desk.who("approver_second_b"), await desk.who("approver_chief")
    await absences.say(AWAY, by=second, now=desk.now)
    late = desk.now + timedelta(hours=5)
    assert (await at(chief, late)).stands_in == frozenset()
    await absences.say(AWAY, by=deputy, now=desk.now + timedelta(hours=1))
    assert (await at(chief, late)).stands_in == {second.id}
    assert (await at(deputy, late)).stands_in == {second.id}  # comes back to work: may act, as the first in line


async def test_who_is_stood_in_for_by_nobody_is_the_supervisors_to_see_to(desk: Desk) -> None:
    second = await named(desk, "approver_second", deputy="NH0312")
    deputy, supervisor = await desk.who("approver_second_b"), await desk.who("supervisor")
    await absences.say(AWAY, by=second, now=desk.now)
    late = desk.now + timedelta(hours=4)
    assert (await queries.todo(supervisor, late)).unattended == []
    await absences.say(AWAY, by=deputy, now=desk.now)
    assert [one.name for one in (await queries.todo(supervisor, late)).unattended] == ["冯玉", "蒋明"]
    assert (await queries.todo(second, late)).unattended == []


async def test_a_clerks_desk_is_taken_over(desk: Desk) -> None:
    case = await desk.filed()
    await desk.taken(case.case_no)
    clerk = await named(desk, "clerk", deputy="NH0108")
    colleague = await desk.who("clerk_8")
    with pytest.raises(Refusal, match="taken_by"):
        await actions.accept(case.case_no, Acceptance(), by=colleague, now=desk.now)
    await absences.say(AWAY, by=clerk, now=desk.now)
    late = desk.now + timedelta(hours=4)
    assert (await lists.desk(colleague, "hand", late)).counts["hand"] == 0
    assert [row.case_no for row in (await lists.desk(await at(colleague, late), "hand", late)).items] == [case.case_no]
    accepted = await actions.accept(case.case_no, Acceptance(), by=await at(colleague, late), now=late)
    assert accepted.accepted_by == colleague.id


async def test_absence_and_posts_on_screen(client: httpx.AsyncClient, desk: Desk) -> None:
    second = await desk.who("approver_second")
    await desk.step_up("security_administrator")
    await as_(client, desk, "security_administrator")
    path = f"/admin/posts/{second.id}"
    token = await csrf(client, path)
    wrong = await client.post(path, data={"deputy": "NH9999", "superior": "", "_csrf": token})
    assert wrong.status_code == 422
    assert "NH9999" in wrong.text
    done = await client.post(path, data={"deputy": "NH0312", "superior": "NH0303", "_csrf": token})
    assert done.status_code == 303, done.text
    await as_(client, desk, "approver_second")
    page = await client.get("/staff/absence")
    assert "蒋明 NH0312" in page.text
    token = await csrf(client, "/staff/absence")
    wrong = await client.post(
        "/staff/absence",
        data={"reason": " ", "from_at": "2026-11-23T10:00", "until_at": "2026-11-23T09:00", "_csrf": token},
    )
    assert wrong.status_code == 422
    done = await client.post("/staff/absence", data={"reason": "开会", "from_at": "", "until_at": "", "_csrf": token})
    assert done.status_code == 303, done.text
    assert "您写了不在岗：开会" in (await client.get("/staff/absence")).text
    clock.freeze(desk.now + timedelta(minutes=5))
    await as_(client, desk, "approver_second_b")
    todo = await client.get("/staff/todo")
    assert "冯玉不在岗" in todo.text
    await as_(client, desk, "approver_second")
    token = await csrf(client, "/staff/absence")
    assert (await client.post("/staff/absence/end", data={"_csrf": token})).status_code == 303
    assert "写上不在岗" in (await client.get("/staff/absence")).text
