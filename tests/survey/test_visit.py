"""A survey from acceptance to its conclusion: the task, the visit, its time, the record."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec import structs

from backend import db
from backend.cases import facts, log, papers, reading
from backend.domain.refusal import Refusal
from backend.review import actions, deeming
from backend.survey import concluding, lists, queries, scheduling, tasks
from shared_schemas.case import Case
from shared_schemas.review import Acceptance, Grant, Proposal, Review
from shared_schemas.side_ways import Survey
from shared_schemas.survey import ApplicantSigned, TimeAgreed, TimeChosen, TimesOffered
from shared_schemas.vocabulary import DocumentKind, Step, Verb
from tests.desk import Desk, owner, paper_text


async def refused(action: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        await action  # type: ignore[misc]
    return caught.value


async def accepted(desk: Desk, mode: str = "review_and_check", department: str = "scj") -> Case:
    """A case of a matter that needs a survey."""
    return await desk.accepted(mode, matter=desk.matter(mode, department, has_survey=True))


async def known(case: Case) -> facts.CaseFacts:
    return await facts.load(await reading.by_number(case.case_no))


async def test_a_matter_that_needs_a_survey_gets_its_task_when_accepted(desk: Desk) -> None:
    case = await accepted(desk)
    assert await db.fetchval("SELECT count(*) FROM survey WHERE case_id = $1 AND visit IS NULL", case.id) == 1
    other = await desk.accepted("review_and_check")
    assert await db.fetchval("SELECT count(*) FROM survey WHERE case_id = $1", other.id) == 0
    found = await known(case)
    assert (found.needs_survey, found.survey) == (True, Survey.NONE)


async def test_so_does_one_that_the_law_accepts(desk: Desk) -> None:
    long_ago = desk.now - timedelta(days=20)
    case = await desk.filed("review_and_check", matter=desk.matter("review_and_check", has_survey=True), at=long_ago)
    assert await deeming.deem(case.case_no, desk.now)
    assert await db.fetchval("SELECT count(*) FROM survey WHERE case_id = $1", case.id) == 1


async def test_acceptance_and_task_stand_together_or_not_at_all(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    matter = desk.matter("review_and_check", has_survey=True)
    case = await desk.filed("review_and_check", matter=matter)
    clerk = await desk.taken(case.case_no)

    async def broken(*_: object) -> None:
        raise RuntimeError("no task")

    monkeypatch.setattr(tasks, "ensure", broken)
    with pytest.raises(RuntimeError):
        await actions.accept(case.case_no, Acceptance(), by=clerk, now=desk.now)
    assert (await reading.by_number(case.case_no)).step is Step.RECEIVED


async def test_cases_from_before_there_were_tasks_get_theirs(desk: Desk) -> None:
    case = await accepted(desk)
    await db.execute("DELETE FROM survey WHERE case_id = $1", case.id)
    assert await tasks.make_missing(desk.now) == 1
    assert await tasks.make_missing(desk.now) == 0


async def test_nothing_is_decided_before_the_place_was_seen(desk: Desk) -> None:
    case = await accepted(desk)
    third, second = await desk.who("approver_third"), await desk.who("approver_second")
    await actions.review(case.case_no, Review(Proposal.GRANT, "齐"), by=third, now=desk.now)
    assert (
        await refused(actions.grant(case.case_no, Grant("好"), by=second, now=desk.now))
    ).code == "case.survey_missing"
    await desk.sent_out(case.case_no)
    assert (
        await refused(actions.grant(case.case_no, Grant("好"), by=second, now=desk.now))
    ).code == "case.survey_missing"
    await desk.surveyed(case.case_no)
    assert (await actions.grant(case.case_no, Grant("好"), by=second, now=desk.now)).step is Step.GRANTED
    verbs = [event.verb for event in await log.of(case.id)]
    assert verbs.count(Verb.DISPATCH_SURVEY) == verbs.count(Verb.CONCLUDE_SURVEY) == 1


async def test_the_record_is_printed_alike_every_time(desk: Desk) -> None:
    case = await accepted(desk)
    await desk.surveyed(case.case_no, "fail")
    case = await reading.by_number(case.case_no)
    text = await paper_text(case, DocumentKind.SURVEY_RECORD)
    for said in (
        "勘查笔录",
        "勤俭路218号",
        "赵刚（NH0201）",
        "孙丽（NH0202）",
        "不符合条件",
        "希望再看一次",
        "第三十四条",
    ):
        assert said in text, said
    paper = next(p for p in await papers.of(case.id) if p.kind is DocumentKind.SURVEY_RECORD)
    assert "勘〔2026〕" in paper.number
    assert (await papers.pdf(case, paper.id))[1] == (await papers.pdf(case, paper.id))[1]


async def test_one_inspector_is_not_sent(desk: Desk) -> None:
    case = await accepted(desk)
    found = await refused(desk.sent_out(case.case_no, inspectors=("NH0201",)))
    assert (found.code, found.facts["count"]) == ("survey.too_few_inspectors", 1)
    assert (
        await refused(desk.sent_out(case.case_no, inspectors=("NH0201", "NH9999")))
    ).code == "survey.inspector_unknown"
    assert (await refused(desk.sent_out(case.case_no, inspectors=("NH0201", "NH0105")))).code == "survey.not_a_surveyor"
    assert (await known(case)).survey is Survey.NONE


async def test_the_applicant_chooses_or_asks_for_another_time(desk: Desk) -> None:
    case = await accepted(desk)
    times = tuple(desk.now + timedelta(days=day) for day in (1, 2))
    await desk.sent_out(case.case_no, offered=times)
    wang, surveyor = await desk.who("wangmin"), await desk.who("surveyor")
    assert (
        await refused(scheduling.choose(case.case_no, TimeChosen(), by=wang, now=desk.now))
    ).code == "survey.wish_missing"
    strange = TimeChosen(desk.now + timedelta(days=3))
    assert (
        await refused(scheduling.choose(case.case_no, strange, by=wang, now=desk.now))
    ).code == "survey.time_not_offered"
    late = desk.now + timedelta(days=1, hours=1)
    assert (
        await refused(scheduling.choose(case.case_no, TimeChosen(times[0]), by=wang, now=late))
    ).code == "survey.time_over"
    await scheduling.choose(case.case_no, TimeChosen(None, "周六上午"), by=wang, now=desk.now)
    view = await queries.of_case(case)
    assert view and view.visit and (view.visit.wish, view.visit.fixed_at) == ("周六上午", None)
    again = TimesOffered((desk.now + timedelta(days=4),))
    await scheduling.offer(case.case_no, again, by=surveyor, now=desk.now)
    await scheduling.choose(case.case_no, TimeChosen(again.offered[0]), by=wang, now=desk.now)
    view = await queries.of_case(case)
    assert view and view.visit and (view.visit.fixed_at, view.visit.wish) == (again.offered[0], "")
    await scheduling.choose(case.case_no, TimeChosen(again.offered[0]), by=wang, now=desk.now)
    await scheduling.agree(case.case_no, TimeAgreed(desk.now + timedelta(hours=3)), by=surveyor, now=desk.now)
    view = await queries.of_case(case)
    assert view and view.visit and view.visit.is_by_phone


async def test_nobody_else_touches_the_time(desk: Desk) -> None:
    case = await accepted(desk)
    times = (desk.now + timedelta(days=1),)
    await desk.sent_out(case.case_no, offered=times)
    other, clerk = await desk.who("lijianguo"), await desk.who("clerk")
    assert (
        await refused(scheduling.choose(case.case_no, TimeChosen(times[0]), by=other, now=desk.now))
    ).code == "case.not_found"
    assert (
        await refused(scheduling.offer(case.case_no, TimesOffered(times), by=clerk, now=desk.now))
    ).code == "case.not_found"


async def test_only_who_was_sent_concludes_and_once(desk: Desk) -> None:
    case = await accepted(desk)
    await desk.sent_out(case.case_no)
    record = await desk.survey_record(case.case_no)
    for key, code in (
        ("approver_third", "approval.wrong_role"),
        ("supervisor", "approval.wrong_role"),
        ("guide", "case.not_found"),
    ):
        assert (await refused(concluding.conclude(case.case_no, record, by=await desk.who(key), now=desk.now))).code in (
            code, "survey.photo_not_ready",
        )  # fmt: skip
    surveyor = await desk.who("surveyor")
    await concluding.conclude(case.case_no, record, by=surveyor, now=desk.now)
    again = await desk.survey_record(case.case_no)
    assert (
        await refused(concluding.conclude(case.case_no, again, by=surveyor, now=desk.now))
    ).code == "case.no_open_survey"
    assert (await known(case)).surveyed_by == {surveyor.id, (await desk.who("surveyor_2")).id}


async def test_bad_records_are_refused_by_name_and_leave_nothing(desk: Desk) -> None:
    case = await accepted(desk)
    await desk.sent_out(case.case_no)
    whole = await desk.survey_record(case.case_no)
    surveyor = await desk.who("surveyor")
    for changes, code in (
        ({"surveyed_at": desk.now + timedelta(days=1)}, "survey.in_future"),
        ({"signed": whole.signed[:1]}, "survey.signature_missing"),
        ({"applicant": ApplicantSigned()}, "survey.applicant_signature_missing"),
        ({"items": whole.items[1:]}, "survey.items_open"),
        ({"photos": (*whole.photos[:1], whole.photos[0])}, "survey.photo_twice"),
    ):
        found = await refused(
            concluding.conclude(case.case_no, structs.replace(whole, **changes), by=surveyor, now=desk.now)
        )
        assert found.code == code
    theirs = structs.replace(whole.photos[0], uploads=(await desk.photo(owner(await desk.who("clerk"))),))
    found = await refused(
        concluding.conclude(
            case.case_no, structs.replace(whole, photos=(theirs,) * 1 + whole.photos[1:]), by=surveyor, now=desk.now
        )
    )
    assert found.code == "survey.photo_not_ready"
    assert (await known(case)).survey is Survey.OPEN
    assert (await concluding.conclude(case.case_no, whole, by=surveyor, now=desk.now)).case_no == case.case_no


async def test_what_was_to_be_put_right_is_seen_again(desk: Desk) -> None:
    case = await accepted(desk)
    await desk.surveyed(case.case_no, "rectify")
    assert (await known(case)).survey is Survey.CONCLUDED
    await desk.sent_out(case.case_no)
    assert (await known(case)).survey is Survey.OPEN
    await desk.surveyed(case.case_no, "pass")
    rows = await db.fetch("SELECT conclusion, is_current FROM survey WHERE case_id = $1 ORDER BY id", case.id)
    assert [tuple(row) for row in rows] == [("rectify", False), ("pass", True)]


async def test_the_day_of_a_surveyor_is_a_list_of_stops(desk: Desk) -> None:
    case = await accepted(desk)
    await desk.sent_out(case.case_no)
    zhao = await desk.who("surveyor")
    day = await lists.round_of(zhao, desk.now)
    assert [[line.case_no for line in stop.lines] for stop in day.today] == [[case.case_no]]
    assert (day.today[0].place, day.today[0].lines[0].applicant) == ("勤俭路 218 号", "王*")
    await desk.surveyed(case.case_no)
    day = await lists.round_of(zhao, desk.now)
    assert (day.today, [line.case_no for line in day.done]) == ((), [case.case_no])
    office = await lists.office_of(await desk.who("approver_third"), desk.now)
    assert [line.case_no for line in office.back] == [case.case_no]
