"""行政许可法 §46 to §48 at the desk and on the phone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backend import db
from backend.cases import facts, log
from backend.domain import beside
from backend.domain.refusal import Refusal
from backend.procedures import hearings, queries
from backend.review import actions
from shared_schemas.case import Case
from shared_schemas.hearing import HearingChosen, HearingFixed, HearingHeld, HearingTold
from shared_schemas.review import Check, Proposal, RefusalOfLicence, Review
from shared_schemas.side_ways import Hearing
from shared_schemas.vocabulary import DocumentKind, Step, Verb
from tests.desk import Desk, paper_text

TOLD = HearingTold("不予许可", "操作间面积不够")
NO = RefusalOfLicence(facts="面积 4 平方米", reasons="不符合审查通则")


async def refused(action: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        await action  # type: ignore[misc]
    return caught.value


async def checked(desk: Desk) -> Case:
    """A case of submit mode that stands before the chief."""
    case = await desk.accepted("submit")
    for action, given, who in (
        (actions.review, Review(Proposal.REFUSE, "不行"), "approver_third"),
        (actions.check, Check("同意"), "approver_second"),
    ):
        case = await action(case.case_no, given, by=await desk.who(who), now=desk.now)
    return case


async def told(desk: Desk) -> Case:
    case = await checked(desk)
    return await hearings.tell(case.case_no, TOLD, by=await desk.who("approver_chief"), now=desk.now)


async def presider(desk: Desk) -> str:
    who = await desk.who("approver_third_b")
    return who.staff_no


async def test_a_refusal_waits_for_the_hearing_and_rests_on_its_record(desk: Desk) -> None:
    case = await told(desk)
    chief = await desk.who("approver_chief")
    assert (await refused(actions.refuse(case.case_no, NO, by=chief, now=desk.now))).code == "case.open_hearing"
    await hearings.choose(case.case_no, HearingChosen(True), by=await desk.who("wangmin"), now=desk.now)
    held_at = desk.now + timedelta(days=14)
    fixed = HearingFixed(held_at, "三楼听证室", await presider(desk))
    case = await hearings.fix(case.case_no, fixed, by=await desk.who("approver_second_b"), now=desk.now)
    assert case.is_stopped
    assert (await refused(actions.refuse(case.case_no, NO, by=chief, now=desk.now))).code == "case.open_hearing"
    held = HearingHeld("王敏、审查员二人", "申请人出示了平面图")
    third = await desk.who("approver_third_b")
    assert (await refused(hearings.hold(case.case_no, held, by=third, now=desk.now))).code == "hearing.not_yet"
    assert (await refused(hearings.hold(case.case_no, held, by=chief, now=held_at))).code == "approval.not_the_presider"
    case = await hearings.hold(case.case_no, held, by=third, now=held_at)
    assert not case.is_stopped
    text = await paper_text(case, DocumentKind.HEARING_RECORD)
    assert "申请人出示了平面图" in text
    await desk.step_up("approver_chief")
    done = await actions.refuse(case.case_no, NO, by=chief, now=held_at)
    assert done.step is Step.CLOSED


async def test_the_notice_says_what_is_intended_and_until_when(desk: Desk) -> None:
    case = await told(desk)
    text = await paper_text(case, DocumentKind.HEARING_RIGHT)
    for said in ("拟不予许可", "操作间面积不够", "2026年11月30日前提出", "不承担组织听证的费用", "第四十七条"):
        assert said in text, said
    view = await queries.hearing_of(case.id)
    assert view is not None
    assert view.state is Hearing.TOLD


async def test_silence_for_five_working_days_waives_it(desk: Desk) -> None:
    case = await told(desk)
    assert await hearings.lapse(desk.now + timedelta(days=7)) == 0  # the last day is the applicant's
    late = desk.now + timedelta(days=8)
    too_late = hearings.choose(case.case_no, HearingChosen(True), by=await desk.who("wangmin"), now=late)
    assert (await refused(too_late)).code == "case.no_hearing_told"
    assert await hearings.lapse(late) == 1
    assert await hearings.lapse(late) == 0
    events = await log.of(case.id)
    assert events[-1].verb is Verb.WAIVE_HEARING
    assert events[-1].by_kind == "system"


async def test_whoever_worked_on_it_does_not_preside(desk: Desk) -> None:
    case = await told(desk)
    await hearings.choose(case.case_no, HearingChosen(True), by=await desk.who("wangmin"), now=desk.now)
    at = desk.now + timedelta(days=14)
    for who, code in (("approver_third", "hearing.presider_involved"), ("clerk", "hearing.presider_involved")):
        number = (await desk.who(who)).staff_no
        fixed = HearingFixed(at, "三楼", number)
        second = await desk.who("approver_second_b")
        assert (await refused(hearings.fix(case.case_no, fixed, by=second, now=desk.now))).code == code
    soon = HearingFixed(desk.now + timedelta(days=3), "三楼", await presider(desk))
    assert (
        await refused(hearings.fix(case.case_no, soon, by=await desk.who("approver_second_b"), now=desk.now))
    ).code == ("hearing.too_soon")


async def test_another_citizen_sees_and_chooses_nothing(desk: Desk) -> None:
    case = await told(desk)
    other = await desk.who("lijianguo")
    found = await refused(hearings.choose(case.case_no, HearingChosen(True), by=other, now=desk.now))
    assert found.code == "case.not_found"


async def test_a_matter_with_the_right_to_a_hearing_is_not_refused_untold(desk: Desk) -> None:
    from backend import catalogue
    from shared_schemas.matter_codes import SpecialProcedure

    with_right = [
        m.code for m in catalogue.current().matters.values() if SpecialProcedure.HEARING in m.special_procedures
    ]
    assert with_right
    case = await checked(desk)
    await db.execute("UPDATE case_file SET matter = $2 WHERE id = $1", case.id, with_right[0])
    from backend.cases import reading

    known = await facts.load(await reading.by_number(case.case_no))
    with pytest.raises(Refusal) as caught:
        beside.refuse_undecided(known, Verb.REFUSE)
    assert caught.value.code == "case.hearing_not_told"
    beside.refuse_undecided(known, Verb.GRANT)


async def test_who_could_not_record_it_is_not_named_to_preside(desk: Desk) -> None:
    """A clerk, a guide, an officer without a letter: they could never open the case, and the hearing would never end."""
    case = await told(desk)
    await hearings.choose(case.case_no, HearingChosen(True), by=await desk.who("wangmin"), now=desk.now)
    second, at = await desk.who("approver_second_b"), desk.now + timedelta(days=14)
    for who in ("clerk_8", "guide", "department_officer"):
        fixed = HearingFixed(at, "三楼", (await desk.who(who)).staff_no)
        assert (await refused(hearings.fix(case.case_no, fixed, by=second, now=desk.now))).code == (
            "hearing.presider_elsewhere"
        )
    third = await desk.who("approver_third_b")
    assert case.applicant_id_index is not None
    await db.execute("UPDATE officer SET kin = $2 WHERE id = $1", third.id, [case.applicant_id_index.hex()])
    fixed = HearingFixed(at, "三楼", third.staff_no)
    assert (await refused(hearings.fix(case.case_no, fixed, by=second, now=desk.now))).code == (
        "hearing.presider_related"
    )


async def test_a_hearing_is_put_off_or_given_to_another_without_a_second_standstill(desk: Desk) -> None:
    case = await told(desk)
    await hearings.choose(case.case_no, HearingChosen(True), by=await desk.who("wangmin"), now=desk.now)
    second = await desk.who("approver_second_b")
    first = HearingFixed(desk.now + timedelta(days=14), "三楼", await presider(desk))
    await hearings.fix(case.case_no, first, by=second, now=desk.now)
    later = HearingFixed(desk.now + timedelta(days=15), "四楼", second.staff_no)
    case = await hearings.fix(case.case_no, later, by=second, now=desk.now)
    assert case.is_stopped
    assert await db.fetchval("SELECT count(*) FROM standstill WHERE case_id = $1", case.id) == 1
    held = HearingHeld("王敏", "说明了情况")
    third = await desk.who("approver_third_b")
    assert (await refused(hearings.hold(case.case_no, held, by=third, now=later.held_at))).code == (
        "approval.not_the_presider"
    )
    assert (await refused(hearings.hold(case.case_no, held, by=second, now=first.held_at))).code == "hearing.not_yet"
    assert not (await hearings.hold(case.case_no, held, by=second, now=later.held_at)).is_stopped


async def test_whoever_presides_neither_reviews_nor_decides(desk: Desk) -> None:
    """§48(1)3, also for what comes after the presider was named."""
    case = await desk.accepted("submit")
    chief, second_b = await desk.who("approver_chief"), await desk.who("approver_second_b")
    await actions.review(
        case.case_no, Review(Proposal.REFUSE, "不行"), by=await desk.who("approver_third"), now=desk.now
    )
    await hearings.tell(case.case_no, TOLD, by=chief, now=desk.now)
    await hearings.choose(case.case_no, HearingChosen(True), by=await desk.who("wangmin"), now=desk.now)
    fixed = HearingFixed(desk.now + timedelta(days=14), "三楼", second_b.staff_no)
    await hearings.fix(case.case_no, fixed, by=await desk.who("approver_second"), now=desk.now)
    assert (await refused(actions.check(case.case_no, Check("同意"), by=second_b, now=desk.now))).code == (
        "approval.presides_the_hearing"
    )
