"""Two officers, then ten, on one case at the same moment, over the API: one is done, the others are told who and when."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx

from backend.cases import log, reading
from backend.domain import chain
from backend.domain.case import replay
from backend.formats import moment
from backend.people import officers, sessions
from backend.people.sessions import Visitor
from shared_schemas.case import Case
from shared_schemas.people import SystemActor
from shared_schemas.vocabulary import Role, Verb
from tests.desk import Desk

BY = SystemActor("test")


async def clerks(desk: Desk, count: int) -> dict[str, str]:
    """So many more clerks: name -> token."""
    found = {}
    for number in range(count):
        name = "甲乙丙丁戊己庚辛壬癸"[number] + "某"
        made = await officers.add(f"T{number}", name, department=None, by=BY, now=desk.now)
        await officers.grant_role(made, Role.ACCEPTANCE_CLERK, by=BY, now=desk.now)
        found[name] = await sessions.begin("officer", made, method="demo", visitor=Visitor(), now=desk.now)
    return found


async def send(client: httpx.AsyncClient, token: str, case: Case, resource: str, **body: Any) -> httpx.Response:
    return await client.post(
        f"/api/v1/cases/{case.case_no}/{resource}", json=body, headers={"authorization": f"Bearer {token}"}
    )


async def told_apart(answers: list[httpx.Response]) -> tuple[httpx.Response, list[dict[str, Any]]]:
    """The one that was done, and what the others were told."""
    done = [answer for answer in answers if answer.status_code == 201]
    refused = [answer for answer in answers if answer.status_code == 409]
    assert len(done) == 1, [answer.text for answer in answers]
    assert len(done) + len(refused) == len(answers), [answer.text for answer in answers]
    return done[0], [answer.json() for answer in refused]


async def is_whole(case: Case) -> Case:
    """One event each seq, none left out, the chain and the row in keeping."""
    events = await log.of(case.id)
    after = await reading.by_number(case.case_no)
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    assert after.seq == len(events)
    assert after.step is replay(event.verb for event in events)
    assert chain.verify(case.case_no, events)
    return after


async def test_of_two_clerks_the_second_is_told_who_and_when(client: httpx.AsyncClient, desk: Desk) -> None:
    case = await desk.filed()
    people = await clerks(desk, 2)
    answers = await asyncio.gather(*(send(client, each, case, "handling", seen=case.seq) for each in people.values()))
    _, (told,) = await told_apart(list(answers))
    after = await is_whole(case)
    (name,) = [name for name in people if name == await _name(after.handler)]
    assert told["code"] == "case.moved_meanwhile"
    assert name in told["detail"]
    assert moment(desk.now) in told["detail"]


async def _name(officer: int | None) -> str:
    from backend import db

    return str(await db.fetchval("SELECT name FROM officer WHERE id = $1", officer))


async def test_of_ten_clerks_nine_are_told_who_and_when(client: httpx.AsyncClient, desk: Desk) -> None:
    case = await desk.filed()
    people = await clerks(desk, 10)
    # Half of them looked at the newest page, half say nothing of what they saw: both are told the same.
    answers = await asyncio.gather(
        *(
            send(client, token, case, "handling", **({"seen": case.seq} if place % 2 else {}))
            for place, token in enumerate(people.values())
        )
    )
    _, told = await told_apart(list(answers))
    after = await is_whole(case)
    assert after.seq == case.seq + 1
    winner = await _name(after.handler)
    assert {each["code"] for each in told} <= {"case.moved_meanwhile", "case.taken_by"}
    for each in told:
        assert each["who"] == winner
        assert winner in each["detail"]
        assert moment(desk.now) in each["detail"], each


async def test_of_ten_different_verbs_on_one_page_one_is_done(client: httpx.AsyncClient, desk: Desk) -> None:
    """Approvers, the clerk and the applicant all act on what they saw; only one of them saw right."""
    case = await desk.accepted("submit")
    procedure = {"kind": "testing", "basis": "《产品质量法》第十五条", "reason": "要送检", "needed_days": 5}
    review = {"proposal": "grant", "opinion": "符合条件"}
    hearing = {"intended": "不予许可", "facts": "面积不够"}
    asked = {"items": [{"field": "address", "problem": "少了门牌号"}]}
    tries = [
        ("approver_third", "reviews", review),
        ("approver_third_b", "reviews", review),
        ("approver_second", "reviews", review),
        ("approver_second_b", "procedures", procedure),
        ("approver_third", "procedures", procedure),
        ("approver_third_b", "extension", {"reason": "要到外地核实"}),
        ("approver_second", "extension", {"reason": "要到外地核实"}),
        ("approver_chief", "hearing/notice", hearing),
        ("clerk", "corrections", asked),
        ("wangmin", "withdrawal", {"reason": "不办了"}),
    ]
    tokens = {key: await desk.token(key) for key, _, _ in tries}
    answers = await asyncio.gather(
        *(send(client, tokens[key], case, resource, seen=case.seq, **body) for key, resource, body in tries)
    )
    _, told = await told_apart(list(answers))
    after = await is_whole(case)
    events = await log.of(case.id)
    closed = events[-1].verb is Verb.CLOSE  # a withdrawal closes the case in its own transaction
    assert after.seq == case.seq + 1 + closed
    for each in told:
        assert each["code"] == "case.moved_meanwhile"
        assert each["who"] in {event.by_name or "申请人" for event in events[case.seq :]} | {"系统"}
        assert moment(desk.now) in each["detail"]


async def test_ten_that_do_not_disturb_each_other_are_all_done_in_a_row(client: httpx.AsyncClient, desk: Desk) -> None:
    """Who says nothing of what he saw is held to the case as it is: looked at under its lock, one after the other."""
    case = await desk.accepted("submit")
    procedure = {"kind": "testing", "basis": "《产品质量法》第十五条", "reason": "要送检", "needed_days": 5}
    tokens = [await desk.token(key) for key in ("approver_third", "approver_second")]
    answers = await asyncio.gather(
        *(send(client, token, case, "procedures", **procedure) for token in tokens for _ in range(5))
    )
    done, told = await told_apart(list(answers))
    assert done.json()["seq"] == case.seq + 1
    assert {each["code"] for each in told} == {"case.open_procedure"}
    after = await is_whole(case)
    assert after.seq == case.seq + 1
