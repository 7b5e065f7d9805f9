"""One visit for several departments: each its own checklist and conclusion; a difference raises the tier of all."""

from __future__ import annotations

import pytest

from backend.cases import facts, log, reading
from backend.domain.refusal import Refusal
from backend.review import actions
from backend.survey import lists, queries, statistics
from shared_schemas.case import Case
from shared_schemas.review import Grant, Proposal, Review
from shared_schemas.side_ways import Survey
from shared_schemas.vocabulary import Step, Verb
from tests.desk import Desk

DEPARTMENTS = (("scj", "review_and_check"), ("wjj", "review_and_check"), ("zfj", "review_and_check"))


async def three(desk: Desk) -> list[Case]:
    """Three cases of Wang Min in three departments, accepted."""
    return [
        await desk.accepted(mode, matter=desk.matter(mode, department, has_survey=True))
        for department, mode in DEPARTMENTS
    ]


async def joint(desk: Desk) -> list[Case]:
    cases = await three(desk)
    await desk.sent_out(cases[0].case_no, *(case.case_no for case in cases[1:]))
    return [await reading.by_number(case.case_no) for case in cases]


async def states(cases: list[Case]) -> list[tuple[Survey, bool]]:
    known = [await facts.load(await reading.by_number(case.case_no)) for case in cases]
    return [(each.survey, each.survey_conflict) for each in known]


async def test_one_visit_serves_three_departments(desk: Desk) -> None:
    cases = await joint(desk)
    day = await lists.round_of(await desk.who("surveyor"), desk.now)
    assert [len(stop.lines) for stop in day.today] == [3]
    told = [(await log.of(case.id))[-1].particulars for case in cases]
    assert [each["along"] for each in told] == [False, True, True]
    view = await queries.of_case(cases[1])
    assert view and view.joint == 3


async def test_who_goes_along_waits_to_be_sent_and_is_of_the_same_applicant(desk: Desk) -> None:
    cases = await three(desk)
    assert {each.case_no for each in await queries.same_applicant(cases[0])} == {case.case_no for case in cases[1:]}
    stranger = await desk.accepted(
        "review_and_check", matter=desk.matter("review_and_check", has_survey=True), by="lijianguo",
    )  # fmt: skip
    from backend import db

    await db.execute("UPDATE case_file SET applicant_id_index = '\\x01' WHERE id = $1", stranger.id)
    with pytest.raises(Refusal) as caught:
        await desk.sent_out(cases[0].case_no, stranger.case_no)
    assert caught.value.code == "survey.another_applicant"
    assert await states(cases) == [(Survey.NONE, False)] * 3


async def test_all_wait_for_the_last_and_a_difference_raises_the_tier(desk: Desk) -> None:
    cases = await joint(desk)
    third, second, chief = [await desk.who(f"approver_{tier}") for tier in ("third", "second", "chief")]
    await desk.surveyed(cases[0].case_no, "pass")
    await desk.surveyed(cases[1].case_no, "pass")
    assert await states(cases) == [(Survey.OPEN, False)] * 3
    await desk.surveyed(cases[2].case_no, "fail")
    assert await states(cases) == [(Survey.CONCLUDED, True)] * 3
    number = cases[0].case_no
    await actions.review(number, Review(Proposal.GRANT, "齐"), by=third, now=desk.now)
    with pytest.raises(Refusal) as caught:
        await actions.grant(number, Grant("好"), by=second, now=desk.now)
    assert caught.value.code == "approval.tier_too_low"
    assert (await actions.grant(number, Grant("好"), by=chief, now=desk.now)).step is Step.GRANTED


async def test_a_case_that_is_taken_back_is_waited_for_no_more(desk: Desk) -> None:
    from backend.corrections import actions as corrections
    from shared_schemas.correction import Withdrawal

    cases = await joint(desk)
    await desk.surveyed(cases[0].case_no, "pass")
    await desk.surveyed(cases[1].case_no, "pass")
    await corrections.withdraw(cases[2].case_no, Withdrawal(""), by=await desk.who("wangmin"), now=desk.now)
    assert (await states(cases))[:2] == [(Survey.CONCLUDED, False)] * 2


async def test_seen_again_and_alike_the_difference_is_over(desk: Desk) -> None:
    cases = await joint(desk)
    for case, conclusion in zip(cases, ("pass", "pass", "rectify"), strict=True):
        await desk.surveyed(case.case_no, conclusion)
    assert await states(cases) == [(Survey.CONCLUDED, True)] * 3
    await desk.sent_out(cases[2].case_no)
    assert (await states(cases))[0] == (Survey.OPEN, False)
    await desk.surveyed(cases[2].case_no, "pass")
    assert await states(cases) == [(Survey.CONCLUDED, False)] * 3


async def test_statistics_count_by_department(desk: Desk) -> None:
    cases = await joint(desk)
    for case, conclusion in zip(cases, ("pass", "pass", "fail"), strict=True):
        await desk.surveyed(case.case_no, conclusion)
    await desk.accepted("review_and_check", matter=desk.matter("review_and_check", has_survey=True))
    everybody, *each = await statistics.by_department(desk.now)
    assert (everybody.tasks, everybody.waiting, everybody.concluded, everybody.joint) == (4, 1, 3, 100)
    assert (everybody.passed, everybody.conflicts, everybody.days) == (67, 100, 0.0)
    by = {share.department: share for share in each}
    assert (by["scj"].tasks, by["scj"].passed, by["zfj"].passed, by["zfj"].disputed) == (2, 100, 0, 100)
    assert Verb.CONCLUDE_SURVEY in [event.verb for event in await log.of(cases[2].id)]
