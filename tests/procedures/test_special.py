"""行政许可法 §45: the clock stands still from the day its notice was served, and for what the law names only."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backend import calendars
from backend.cases import clocks, log, papers, reading, standing
from backend.domain import chain
from backend.domain.calendar import day_of
from backend.domain.refusal import Refusal
from backend.procedures import queries, special
from backend.review import actions
from shared_schemas.clock import StandstillKind
from shared_schemas.procedure import NoticeServed, ProcedureEnded, ProcedureStarted
from shared_schemas.review import Grant
from shared_schemas.vocabulary import DocumentKind, Verb
from tests.desk import Desk, paper_text

TESTING = ProcedureStarted(
    StandstillKind.TESTING, basis="《中华人民共和国产品质量法》第十五条", reason="要送检样品", needed_days=10
)


async def refused(action: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        await action  # type: ignore[misc]
    return caught.value


async def test_the_clock_stands_still_while_it_lasts_and_runs_on_after(desk: Desk) -> None:
    case = await desk.accepted("sole")
    approver = await desk.who("approver_third")
    before = case.promised_due_on
    assert before is not None
    started = await special.start(case.case_no, TESTING, by=approver, now=desk.now)
    assert started.is_stopped
    ended = await special.end(case.case_no, ProcedureEnded("合格"), by=approver, now=desk.now + timedelta(days=8))
    assert not ended.is_stopped
    assert ended.promised_due_on is not None
    calendar = calendars.current()
    still = calendar.workdays_between(day_of(desk.now), day_of(desk.now + timedelta(days=8)))
    assert calendar.workdays_between(before, ended.promised_due_on) == still
    events = await log.of(case.id)
    assert [event.verb for event in events][-2:] == [Verb.START_PROCEDURE, Verb.END_PROCEDURE]
    assert chain.verify(case.case_no, events)


async def test_nobody_decides_while_it_lasts(desk: Desk) -> None:
    case = await desk.accepted("sole")
    approver = await desk.who("approver_third")
    await special.start(case.case_no, TESTING, by=approver, now=desk.now)
    assert (await refused(actions.grant(case.case_no, Grant("同意"), by=approver, now=desk.now))).code == (
        "case.open_procedure"
    )
    assert (
        await refused(special.start(case.case_no, TESTING, by=approver, now=desk.now))
    ).code == "case.open_procedure"


async def test_the_notice_says_what_the_law_asks_for(desk: Desk) -> None:
    case = await desk.accepted("sole")
    await special.start(case.case_no, TESTING, by=await desk.who("approver_third"), now=desk.now)
    text = await paper_text(case, DocumentKind.PROCEDURE_NOTICE)
    for said in ("检测", "产品质量法", "要送检样品", "10日", "第四十五条", case.case_no):
        assert said in text, said
    kinds = [paper.kind for paper in await papers.of(case.id)]
    assert kinds[-2:] == [DocumentKind.PROCEDURE_NOTICE, DocumentKind.DELIVERY_RECEIPT]


async def test_without_an_account_the_clock_runs_until_the_notice_was_served(desk: Desk) -> None:
    from backend import db

    case = await desk.accepted("sole")
    await db.execute("UPDATE case_file SET citizen = NULL WHERE id = $1", case.id)
    approver = await desk.who("approver_third")
    started = await special.start(case.case_no, TESTING, by=approver, now=desk.now)
    assert not started.is_stopped
    assert await clocks.standstills_of(case.id) == ()
    later = desk.now + timedelta(days=2)
    early = NoticeServed(day_of(desk.now) - timedelta(days=1), "王敏")
    assert (await refused(special.serve(case.case_no, early, by=approver, now=later))).code == (
        "procedure.served_too_early"
    )
    future = NoticeServed(day_of(later) + timedelta(days=1), "王敏")
    assert (await refused(special.serve(case.case_no, future, by=approver, now=later))).code == (
        "procedure.served_in_future"
    )
    served = await special.serve(case.case_no, NoticeServed(day_of(later), "王敏"), by=approver, now=later)
    assert served.is_stopped
    assert (await queries.procedures_of(case.id))[0].told_on == day_of(later)
    again = NoticeServed(day_of(later), "王敏")
    assert (await refused(special.serve(case.case_no, again, by=approver, now=later))).code == (
        "procedure.nothing_to_serve"
    )


@pytest.mark.parametrize("kind", [StandstillKind.SURVEY, StandstillKind.SUPPLEMENT, StandstillKind.HEARING])
async def test_what_the_law_does_not_name_stops_nothing(desk: Desk, kind: StandstillKind) -> None:
    case = await desk.accepted("sole")
    given = ProcedureStarted(kind, basis="x", reason="y", needed_days=1)
    found = await refused(special.start(case.case_no, given, by=await desk.who("approver_third"), now=desk.now))
    assert found.code == "procedure.not_in_law"


async def test_a_clerk_can_not_start_one(desk: Desk) -> None:
    case = await desk.accepted("sole")
    found = await refused(special.start(case.case_no, TESTING, by=await desk.who("clerk"), now=desk.now))
    assert found.code == "approval.wrong_role"


async def test_the_page_shows_a_clock_that_stands(desk: Desk) -> None:
    case = await desk.accepted("sole")
    await special.start(case.case_no, TESTING, by=await desk.who("approver_third"), now=desk.now)
    case = await reading.by_number(case.case_no)
    stops = await clocks.standstills_of(case.id)
    for days in (0, 5, 30):
        today = day_of(desk.now + timedelta(days=days))
        shown = standing.of(case, desk.matter("sole"), await log.of(case.id), calendars.current(), today, stops)
        assert shown.is_stopped
        assert shown.clock is not None
        assert shown.clock.left > 0
