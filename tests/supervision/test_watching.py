"""Who is told when a case stalls: the right people, once a round, whoever runs the job how often."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, timedelta

from backend import calendars, db
from backend.cases import reading
from backend.domain.calendar import day_of
from backend.procedures import special
from backend.review import actions
from backend.supervision import inbox, open_cases, rules, staff, urging, watching, why
from backend.supervision.open_cases import Wanted
from shared_schemas.case import Case
from shared_schemas.clock import Light
from shared_schemas.people import OfficerActor
from shared_schemas.review import Proposal, Return, Review
from shared_schemas.supervision import (
    Audience,
    Dimension,
    Holder,
    Overseen,
    OversightAnswered,
    Reminded,
    RuleChanged,
)
from shared_schemas.vocabulary import Step
from tests.desk import Desk
from tests.procedures.test_special import TESTING
from tests.supervision.test_handing_on import refused


def on(day: date, desk: Desk) -> datetime:
    return desk.now + (day - day_of(desk.now))


async def kinds(who: OfficerActor) -> list[str]:
    return [item.kind for item in (await inbox.of(who.id)).items]


async def amber_and_red(case: Case) -> tuple[date, date]:
    assert case.promised_amber_on
    assert case.promised_due_on
    return case.promised_amber_on, case.promised_due_on


async def test_amber_tells_holder_and_first_handler_red_the_superior_and_the_supervisor(desk: Desk) -> None:
    case = await desk.accepted("review_and_check")
    amber, due = await amber_and_red(case)
    clerk, third, second = [await desk.who(key) for key in ("clerk", "approver_third", "approver_second")]
    supervisor = await desk.who("supervisor")
    await watching.look_round(on(amber, desk))
    assert "amber" in await kinds(clerk)
    assert "amber" in await kinds(third)
    assert "amber" not in await kinds(second) + await kinds(supervisor)
    await watching.look_round(on(due + timedelta(days=4), desk))
    for who in (clerk, third, second, supervisor):
        assert "red" in await kinds(who), who.name


async def test_the_job_repeats_nothing_and_speaks_again_after_its_days(desk: Desk) -> None:
    case = await desk.accepted("sole")
    _, due = await amber_and_red(case)
    supervisor = await desk.who("supervisor")
    first = calendars.current().add_workdays(due, 1).day
    await watching.look_round(on(first, desk))
    made = await db.fetchval("SELECT count(*) FROM reminder")
    assert await watching.look_round(on(first, desk)) == 0
    assert sum(await asyncio.gather(*(watching.look_round(on(first, desk)) for _ in range(4)))) == 0
    assert await db.fetchval("SELECT count(*) FROM reminder") == made
    again = calendars.current().add_workdays(first, 2).day
    await watching.look_round(on(again, desk))
    red = [item for item in (await inbox.of(supervisor.id)).items if item.kind == "red"]
    assert [item.facts["times"] for item in red] == [2, 1]


async def test_four_workers_at_once_say_it_once(desk: Desk) -> None:
    case = await desk.accepted("sole")
    _, due = await amber_and_red(case)
    at = on(due + timedelta(days=5), desk)
    await asyncio.gather(*(watching.look_round(at) for _ in range(4)))
    rows = await db.fetch("SELECT key, count(*) AS n FROM reminder GROUP BY key")
    assert rows
    assert {row["n"] for row in rows} == {1}
    assert (
        await db.fetchval("SELECT max(n) FROM (SELECT count(*) AS n FROM officer_notice GROUP BY officer, key) t") == 1
    )


async def test_nobody_is_reminded_while_the_clock_stands_still(desk: Desk) -> None:
    case = await desk.accepted("sole")
    _, due = await amber_and_red(case)
    await special.start(case.case_no, TESTING, by=await desk.who("approver_third"), now=desk.now)
    at = on(due + timedelta(days=30), desk)
    assert await watching.look_round(at) == 0
    (group,) = await open_cases.groups(Dimension.DEPARTMENT, day_of(at))
    assert (group.count, group.amber, group.red, group.stopped) == (1, 0, 0, 1)
    (row,) = (await open_cases.cases(Wanted(light="stopped"), day_of(at))).items
    assert row.light is Light.GREEN
    assert row.is_stopped


async def test_what_is_sent_back_is_told_at_once(desk: Desk) -> None:
    case = await desk.accepted("review_and_check")
    third, second = await desk.who("approver_third"), await desk.who("approver_second")
    await actions.review(case.case_no, Review(Proposal.GRANT, "齐全"), by=third, now=desk.now)
    await actions.send_back(case.case_no, Return("再看照片"), by=second, now=desk.now)
    await watching.look_round(desk.now)
    assert await kinds(await desk.who("clerk")) == ["returned"]
    assert await kinds(third) == ["returned"]


async def test_a_case_nobody_takes_is_the_supervisors_to_know(desk: Desk) -> None:
    await desk.filed("sole")
    late = on(calendars.current().add_workdays(day_of(desk.now), 4).day, desk)
    await watching.look_round(late)
    assert await kinds(await desk.who("supervisor")) == ["waiting"]


async def test_a_rule_that_is_changed_or_switched_off_holds_from_the_next_round(desk: Desk) -> None:
    case = await desk.accepted("sole")
    amber, _ = await amber_and_red(case)
    supervisor = await desk.who("supervisor")
    changed = RuleChanged((Audience.SUPERVISOR,), days=0, again_every=0)
    await rules.change("amber", changed, by=supervisor, now=desk.now)
    for key in ("accepted", "law_amber"):
        await rules.change(key, RuleChanged((Audience.HOLDER,), is_on=False), by=supervisor, now=desk.now)
    await watching.look_round(on(amber, desk))
    assert await kinds(supervisor) == ["amber"]
    assert await kinds(await desk.who("clerk")) == []
    assert (await refused(rules.change("nonsense", changed, by=supervisor, now=desk.now))).code == (
        "supervision.no_such_rule"
    )


async def test_a_supervisor_reminds_and_asks_and_is_answered(desk: Desk) -> None:
    case = await desk.accepted("sole")
    supervisor, clerk, third = [await desk.who(key) for key in ("supervisor", "clerk", "approver_third")]
    told = await urging.remind(case.case_no, Reminded("群众来电两次了"), by=supervisor, now=desk.now)
    assert set(told) >= {clerk.name, third.name}
    item = (await inbox.of(third.id)).items[0]
    assert (item.kind, item.word, item.facts["by"]) == ("reminded", "群众来电两次了", supervisor.name)
    again = urging.remind(case.case_no, Reminded("再催"), by=supervisor, now=desk.now)
    assert (await refused(again)).code == "supervision.just_reminded"
    past = Overseen("说清原因", day_of(desk.now))
    assert (await refused(urging.oversee(case.case_no, past, by=supervisor, now=desk.now))).code == (
        "supervision.answer_in_past"
    )
    until = day_of(desk.now) + timedelta(days=2)
    await urging.oversee(case.case_no, Overseen("说清原因", until), by=supervisor, now=desk.now)
    twice = urging.oversee(case.case_no, Overseen("再问", until), by=supervisor, now=desk.now)
    assert (await refused(twice)).code == "supervision.already_overseen"
    await watching.look_round(desk.now + timedelta(days=3))
    assert "oversight_late" in await kinds(supervisor)
    stranger = await desk.who("clerk_12")
    given = OversightAnswered("在等检测")
    assert (await refused(urging.answer(case.case_no, given, by=stranger, now=desk.now))).code == (
        "supervision.not_asked"
    )
    await urging.answer(case.case_no, given, by=clerk, now=desk.now)
    answered = next(item for item in (await inbox.of(supervisor.id)).items if item.kind == "answered")
    assert answered.word == "在等检测"
    assert (await refused(urging.answer(case.case_no, given, by=clerk, now=desk.now))).code == (
        "supervision.no_oversight"
    )
    found = await why.read(case.case_no, supervisor, desk.now)
    assert [(each.word, each.answer) for each in found.oversights] == [("说清原因", "在等检测")]


async def test_why_says_with_whom_since_when_and_what_stood_still(desk: Desk) -> None:
    case = await desk.accepted("review_and_check")
    third = await desk.who("approver_third")
    await actions.review(case.case_no, Review(Proposal.GRANT, "齐全"), by=third, now=desk.now + timedelta(days=4))
    late = desk.now + timedelta(days=60)
    found = await why.read(case.case_no, await desk.who("supervisor"), late)
    assert found.holder is Holder.APPROVERS
    assert (await desk.who("approver_second")).name in found.holders
    assert third.name not in found.holders
    assert [stay.step for stay in found.stays] == [Step.RECEIVED, Step.ACCEPTED, Step.REVIEWED]
    assert found.stays[-1].is_longest
    assert found.stays[1].workdays == calendars.current().workdays_between(
        day_of(desk.now), day_of(desk.now + timedelta(days=4))
    )
    assert found.promised
    assert found.promised.light is Light.RED
    assert await db.fetchval("SELECT count(*) FROM audit_event WHERE what = 'case.why_read'") == 1
    outsider = await desk.who("guide")
    assert (await refused(why.read(case.case_no, outsider, late))).code == "case.not_found"


async def test_every_audience_is_somebody(desk: Desk) -> None:
    case = await reading.by_number((await desk.accepted("submit")).case_no)
    for audience in Audience:
        assert await staff.told(case, (audience,), desk.now), audience
