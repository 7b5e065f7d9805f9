"""首办责任制: to the end, or on to a named successor; both are told, the log says it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backend import db
from backend.cases import log, reading, remarks
from backend.domain import chain
from backend.domain.calendar import day_of
from backend.domain.refusal import Refusal
from backend.people import officers
from backend.supervision import handing_on, inbox, open_cases
from backend.supervision.open_cases import Wanted
from shared_schemas.people import SystemActor
from shared_schemas.supervision import AllHandedOn, HandedOn, Reason
from shared_schemas.vocabulary import Verb
from tests.desk import Desk


async def refused(action: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        await action  # type: ignore[misc]
    return caught.value


async def to(desk: Desk, key: str, word: str = "") -> HandedOn:
    return HandedOn((await desk.who(key)).staff_no, Reason.LEAVE, word)


async def test_a_first_handler_hands_on_and_both_are_told(desk: Desk) -> None:
    case = await desk.accepted("sole")
    clerk, successor = await desk.who("clerk"), await desk.who("clerk_8")
    await handing_on.hand_on(case.case_no, await to(desk, "clerk_8", "等检测报告"), by=clerk, now=desk.now)
    now = await reading.by_number(case.case_no)
    assert (now.first_handler, now.handler, now.step) == (successor.id, successor.id, case.step)
    events = await log.of(case.id)
    assert events[-1].verb is Verb.HAND_ON
    assert events[-1].particulars["to_staff_no"] == successor.staff_no
    assert chain.verify(case.case_no, events)
    assert (await remarks.of(now))[now.seq] == "等检测报告"
    took = (await inbox.of(successor.id)).items[0]
    gave = (await inbox.of(clerk.id)).items[0]
    assert (took.kind, took.facts["who"], took.case_no) == ("took_over", clerk.name, case.case_no)
    assert (gave.kind, gave.facts["who"]) == ("handed_on", successor.name)
    for who, count in ((clerk, 0), (successor, 1)):
        listed = await open_cases.cases(Wanted(officer=str(who.id)), day_of(desk.now))
        assert len(listed.items) == count


async def test_nobody_else_hands_on_and_not_to_anybody(desk: Desk) -> None:
    case = await desk.accepted("sole")
    other, clerk = await desk.who("clerk_8"), await desk.who("clerk")
    given = await to(desk, "clerk_8")
    assert (await refused(handing_on.hand_on(case.case_no, given, by=other, now=desk.now))).code == (
        "approval.not_the_handler"
    )
    for key, code in (("clerk", "handing_on.same_person"), ("approver_third", "handing_on.not_a_clerk")):
        wrong = await to(desk, key)
        assert (await refused(handing_on.hand_on(case.case_no, wrong, by=clerk, now=desk.now))).code == code
    unknown = HandedOn("NH9999", Reason.OTHER)
    assert (await refused(handing_on.hand_on(case.case_no, unknown, by=clerk, now=desk.now))).code == (
        "handing_on.unknown"
    )
    await officers.set_active(other.id, active=False, by=SystemActor("test"), now=desk.now)
    assert (await refused(handing_on.hand_on(case.case_no, given, by=clerk, now=desk.now))).code == (
        "handing_on.not_a_clerk"
    )
    assert (await log.last_of(case.id)).verb is Verb.ACCEPT


async def test_a_supervisor_hands_on_for_somebody_who_left(desk: Desk) -> None:
    case = await desk.accepted("sole")
    supervisor, clerk = await desk.who("supervisor"), await desk.who("clerk")
    await handing_on.hand_on(case.case_no, await to(desk, "clerk_12"), by=supervisor, now=desk.now)
    assert [item.kind for item in (await inbox.of(clerk.id)).items] == ["handed_on"]
    assert [item.kind for item in (await inbox.of(supervisor.id)).items] == ["handed_on"]


async def test_all_at_once_and_what_the_successor_is_related_to_stays(desk: Desk) -> None:
    mine = [await desk.accepted("sole") for _ in range(3)]
    clerk, successor = await desk.who("clerk"), await desk.who("clerk_8")
    index = (await reading.by_number(mine[0].case_no)).applicant_id_index
    await db.execute("UPDATE case_file SET applicant_id_index = $2 WHERE id <> $1", mine[1].id, b"somebody else's")
    assert index
    await officers.declare(successor.id, kin=[index.hex()], companies=())
    given = AllHandedOn(successor.staff_no, Reason.TRANSFER, "调岗")
    moved = await handing_on.hand_on_all(given, by=clerk, now=desk.now)
    assert set(moved.moved) == {mine[0].case_no, mine[2].case_no}
    assert [(each.case_no, each.why) for each in moved.left] == [(mine[1].case_no, "handing_on.related")]
    took = (await inbox.of(successor.id)).items
    assert [(item.kind, item.facts["count"], item.case_no) for item in took] == [("took_over", 2, None)]
    alone = await refused(handing_on.hand_on_all(given, by=clerk, now=desk.now + timedelta(minutes=1)))
    assert alone.code == "handing_on.related"


async def test_a_case_that_is_done_is_nobodys_to_hand_on(desk: Desk) -> None:
    clerk = await desk.who("clerk")
    given = AllHandedOn((await desk.who("clerk_8")).staff_no, Reason.LEAVE)
    assert (await refused(handing_on.hand_on_all(given, by=clerk, now=desk.now))).code == "handing_on.nothing_open"
