"""Opinions, minutes, stepping aside through the whole house: actions, API, pages, reminders."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from backend import db
from backend.authority import minutes, opinions, queries, recusals
from backend.cases import log, reading, timeline
from backend.domain import chain
from backend.domain.calendar import day_of
from backend.domain.refusal import Refusal
from backend.review import actions
from shared_schemas.collegial import (
    MinutesRecorded,
    OpinionAsked,
    OpinionGiven,
    RecusalAnswer,
    RecusalAnswered,
    RecusalDeclared,
    Stance,
)
from shared_schemas.people import OfficerActor
from shared_schemas.review import Acceptance, Grant, Proposal
from shared_schemas.vocabulary import Verb
from tests.authority.test_delegation import checked
from tests.authority.test_rules import offered, rule, set_rule
from tests.desk import Desk
from tests.procedures.test_pages import as_, csrf
from tests.review.test_api import head


async def refused(action: object) -> str:
    with pytest.raises(Refusal) as caught:
        await action  # type: ignore[misc]
    return caught.value.code


async def of_department(desk: Desk, key: str, department: str) -> OfficerActor:
    """This person, moved to another department."""
    officer = await desk.who(key)
    await db.execute("UPDATE officer SET department = $2 WHERE id = $1", officer.id, department)
    return await desk.who(key)


def asked(desk: Desk, days: int = 3, department: str = "hbj") -> OpinionAsked:
    return OpinionAsked(department, "排烟口离居民楼够不够远", day_of(desk.now) + timedelta(days=days))


async def test_an_opinion_holds_the_decision_until_it_is_given(client: httpx.AsyncClient, desk: Desk) -> None:
    case = await desk.accepted("sole")
    third = await desk.who("approver_third")
    await opinions.ask(case.case_no, asked(desk), by=third, now=desk.now)
    assert "grant" not in await offered(client, desk, case.case_no, "approver_third")
    assert await refused(actions.grant(case.case_no, Grant("同意"), by=third, now=desk.now)) == "case.open_opinion"
    assert await refused(opinions.ask(case.case_no, asked(desk), by=third, now=desk.now)) == "opinion.twice"
    other = await of_department(desk, "department_officer", "hbj")
    await as_(client, desk, "department_officer")
    todo = await client.get("/staff/todo")
    assert "排烟口离居民楼够不够远" in todo.text
    path = f"/desk/cases/{case.case_no}/ways/give_opinion"
    form = {"_csrf": await csrf(client, path), "stance": "conditions", "opinion": "加高到 15 米"}
    assert "排烟口离居民楼够不够远" in (await client.get(path)).text
    done = await client.post(path, data=form)
    assert done.status_code == 303, done.text
    assert "grant" in await offered(client, desk, case.case_no, "approver_third")
    await as_(client, desk, "approver_third")
    assert "加高到 15 米" in (await client.get(f"/approvals/{case.case_no}")).text
    events = await log.of(case.id)
    assert chain.verify(case.case_no, events)
    assert events[-1].particulars == {"department": other.department, "stance": "conditions"}


async def test_whoever_was_not_asked_sees_no_case(client: httpx.AsyncClient, desk: Desk) -> None:
    case = await desk.accepted("sole")
    await of_department(desk, "department_officer", "hbj")
    headers = await head(desk, "department_officer")
    answer = await client.post(
        f"/api/v1/cases/{case.case_no}/opinions/answer", headers=headers, json={"stance": "agree", "opinion": "好"}
    )
    assert (answer.status_code, answer.json()["code"]) == (404, "case.not_found")


async def test_it_is_put_on_top_the_day_before_and_lapses_the_day_after(desk: Desk) -> None:
    case = await desk.accepted("sole")
    third = await desk.who("approver_third")
    await opinions.ask(case.case_no, asked(desk, days=2), by=third, now=desk.now)
    assert (await opinions.remind_due(desk.now), await opinions.lapse_due(desk.now)) == (0, 0)
    eve = desk.now + timedelta(days=1)
    assert (await opinions.remind_due(eve), await opinions.remind_due(eve)) == (1, 0)
    other = await of_department(desk, "department_officer", "hbj")
    assert [one.is_reminded for one in (await queries.todo(other, eve)).asked_of_us] == [True]
    assert await opinions.lapse_due(desk.now + timedelta(days=2)) == 0
    over = desk.now + timedelta(days=3)
    assert (await opinions.lapse_due(over), await opinions.lapse_due(over)) == (1, 0)
    assert (await queries.todo(other, over)).asked_of_us == []
    assert timeline.lines(await log.of(case.id))[0].zh == "别的部门到期没回意见，接着办"
    await actions.grant(case.case_no, Grant("同意"), by=third, now=over)


async def test_what_may_not_be_asked(desk: Desk) -> None:
    case = await desk.accepted("sole")
    third = await desk.who("approver_third")
    for given, code in (
        (asked(desk, department="scj"), "opinion.own"),
        (asked(desk, department="nowhere"), "opinion.no_such_department"),
        (asked(desk, days=-1), "opinion.day_over"),
        (asked(desk, days=31), "opinion.too_late"),
    ):
        assert await refused(opinions.ask(case.case_no, given, by=third, now=desk.now)) == code


def held(desk: Desk, **changes: object) -> MinutesRecorded:
    given = {
        "held_on": day_of(desk.now), "place": "三楼会议室", "present": "马国平、冯玉、何晓东", "record": "一致同意准予",
        "resolution": Proposal.GRANT, **changes,
    }  # fmt: skip
    return MinutesRecorded(**given)  # type: ignore[arg-type]


async def test_a_rule_that_asks_for_minutes_holds_the_chief_until_they_are_there(
    client: httpx.AsyncClient, desk: Desk
) -> None:
    case_no = await checked(desk)
    needs = rule(desk, mode="submit", step="checked", tier="chief", needs_minutes=True)
    assert (await set_rule(client, desk, needs)).status_code == 201
    assert "grant" not in await offered(client, desk, case_no, "approver_chief")
    chief = await desk.who("approver_chief")
    assert await refused(actions.grant(case_no, Grant("同意"), by=chief, now=desk.now)) == "case.minutes_missing"
    for wrong, code in (
        (held(desk, held_on=day_of(desk.now) + timedelta(days=1)), "minutes.in_the_future"),
        (held(desk, present="马国平"), "minutes.alone"),
        (held(desk, present="马国平、马国平"), "minutes.alone"),
    ):
        assert await refused(minutes.record(case_no, wrong, by=chief, now=desk.now)) == code
    await minutes.record(case_no, held(desk), by=chief, now=desk.now)
    assert await refused(minutes.record(case_no, held(desk), by=chief, now=desk.now)) == "case.minutes_once"
    assert "grant" in await offered(client, desk, case_no, "approver_chief")
    await as_(client, desk, "approver_chief")
    assert "一致同意准予" in (await client.get(f"/approvals/{case_no}")).text


async def test_stepping_aside_takes_effect_at_once_and_a_superior_names_who_goes_on(
    client: httpx.AsyncClient, desk: Desk
) -> None:
    case = await desk.filed()
    clerk = await desk.taken(case.case_no)
    await as_(client, desk, "clerk")
    path = f"/desk/cases/{case.case_no}/ways/recuse"
    done = await client.post(path, data={"_csrf": await csrf(client, path), "reason": "申请人是我表弟"})
    assert done.status_code == 303, done.text
    assert (await client.get(f"/desk/cases/{case.case_no}")).status_code == 403
    assert await refused(actions.accept(case.case_no, Acceptance(), by=clerk, now=desk.now)) == (
        "approval.conflict_of_interest"
    )
    assert (await reading.by_number(case.case_no)).handler is None
    supervisor = await desk.who("supervisor")
    assert [one.officer for one in (await queries.todo(supervisor, desk.now)).recusals] == ["陈洁"]
    uphold = RecusalAnswered(RecusalAnswer.UPHOLD)
    assert await refused(recusals.answer(case.case_no, uphold, by=supervisor, now=desk.now)) == (
        "recusal.successor_needed"
    )
    assert case.applicant_id_index is not None
    kin = [case.applicant_id_index.hex()]
    await db.execute("UPDATE officer SET kin = $1 WHERE staff_no = 'NH0112'", kin)  # with a relative it would be stuck
    for nobody in ("NH9999", "NH0105", "NH0303", "NH0112"):
        wrong = RecusalAnswered(RecusalAnswer.UPHOLD, successor=nobody)
        assert (
            await refused(recusals.answer(case.case_no, wrong, by=supervisor, now=desk.now)) == "recusal.no_successor"
        )
    named = RecusalAnswered(RecusalAnswer.UPHOLD, successor="NH0108")
    after = await recusals.answer(case.case_no, named, by=supervisor, now=desk.now)
    successor = await desk.who("clerk_8")
    assert (after.handler, after.first_handler) == (successor.id, successor.id)
    assert [event.verb for event in await log.of(case.id)][-2:] == [Verb.RECUSE, Verb.ANSWER_RECUSAL]
    assert (await queries.todo(supervisor, desk.now)).recusals == []


async def test_who_need_not_step_aside_goes_on(desk: Desk) -> None:
    case = await desk.accepted("sole")
    third, chief = await desk.who("approver_third"), await desk.who("approver_chief")
    await recusals.declare(case.case_no, RecusalDeclared("以前是同学"), by=third, now=desk.now)
    assert await refused(actions.grant(case.case_no, Grant("同意"), by=third, now=desk.now)) == (
        "approval.conflict_of_interest"
    )
    await recusals.answer(case.case_no, RecusalAnswered(RecusalAnswer.DENY), by=chief, now=desk.now)
    await actions.grant(case.case_no, Grant("同意"), by=third, now=desk.now)


async def test_deciding_on_it_needs_a_fresh_passkey(client: httpx.AsyncClient, desk: Desk) -> None:
    case = await desk.accepted("sole")
    third = await desk.who("approver_third")
    await recusals.declare(case.case_no, RecusalDeclared("是我表弟"), by=third, now=desk.now)
    chief = await head(desk, "approver_chief")
    await db.execute("UPDATE session SET stepped_up_at = NULL")
    path = f"/api/v1/cases/{case.case_no}/recusals/answer"
    assert (await client.post(path, headers=chief, json={"answer": "deny"})).json()["code"] == "session.step_up_needed"
    await desk.step_up("approver_chief")
    assert (await client.post(path, headers=chief, json={"answer": "deny"})).status_code == 201


async def test_free_words_are_sealed(desk: Desk) -> None:
    case = await desk.accepted("sole")
    third = await desk.who("approver_third")
    await opinions.ask(case.case_no, asked(desk), by=third, now=desk.now)
    other = await of_department(desk, "department_officer", "hbj")
    await opinions.give(case.case_no, OpinionGiven(Stance.AGREE, "够远"), by=other, now=desk.now)
    row = await db.fetchrow("SELECT question_sealed, answer_sealed FROM opinion")
    assert all("够".encode() not in bytes(blob) for blob in row)
