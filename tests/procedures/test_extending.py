"""行政许可法 §42: ten working days or the matter's own span, once, by the head of the organ, and the applicant is told why."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backend import calendars
from backend.cases import reading
from backend.domain import clock
from backend.domain.refusal import Refusal
from backend.procedures import extending
from shared_schemas.procedure import ExtensionAnswered, ExtensionAsked
from shared_schemas.vocabulary import DocumentKind
from tests.desk import Desk, paper_text

WHY = ExtensionAsked("要到外地核实营业场所的产权")


async def refused(action: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        await action  # type: ignore[misc]
    return caught.value


async def test_the_head_grants_the_span_once_and_the_applicant_reads_why(desk: Desk) -> None:
    case = await desk.accepted("submit")
    before = case.promised_due_on
    assert before is not None
    await extending.ask(case.case_no, WHY, by=await desk.who("approver_third"), now=desk.now)
    extended = await extending.grant(
        case.case_no, ExtensionAnswered("同意"), by=await desk.who("approver_chief"), now=desk.now
    )
    assert extended.promised_due_on is not None
    span = clock.extension_of(desk.matter("submit").promised, desk.matter("submit").extension)
    assert span is not None
    assert calendars.current().workdays_between(before, extended.promised_due_on) == span.n == extended.extended_by
    text = await paper_text(extended, DocumentKind.EXTENSION_NOTICE)
    for said in ("要到外地核实营业场所的产权", f"延长{span.n}个工作日", "第四十二条", "本机关负责人批准"):
        assert said in text, said
    assert (
        await refused(extending.ask(case.case_no, WHY, by=await desk.who("approver_third"), now=desk.now))
    ).code == ("case.extension_once")


async def test_a_denied_one_leaves_the_limit_and_can_not_be_asked_again(desk: Desk) -> None:
    case = await desk.accepted("submit")
    await extending.ask(case.case_no, WHY, by=await desk.who("approver_third"), now=desk.now)
    await extending.deny(case.case_no, ExtensionAnswered(), by=await desk.who("approver_chief"), now=desk.now)
    after = await reading.by_number(case.case_no)
    assert (after.promised_due_on, after.extended_by) == (case.promised_due_on, 0)
    assert (
        await refused(extending.ask(case.case_no, WHY, by=await desk.who("approver_third"), now=desk.now))
    ).code == ("case.extension_once")


async def test_only_the_chief_answers_and_not_his_own_request(desk: Desk) -> None:
    case = await desk.accepted("submit")
    chief, second = await desk.who("approver_chief"), await desk.who("approver_second")
    assert (await refused(extending.grant(case.case_no, ExtensionAnswered(), by=chief, now=desk.now))).code == (
        "case.no_extension_asked"
    )
    await extending.ask(case.case_no, WHY, by=chief, now=desk.now)
    assert (await refused(extending.grant(case.case_no, ExtensionAnswered(), by=second, now=desk.now))).code == (
        "approval.tier_too_low"
    )
    assert (await refused(extending.grant(case.case_no, ExtensionAnswered(), by=chief, now=desk.now))).code == (
        "approval.asked_it_yourself"
    )


async def test_what_is_over_can_not_be_extended(desk: Desk) -> None:
    case = await desk.accepted("submit")
    late = desk.now + timedelta(days=120)
    assert (await refused(extending.ask(case.case_no, WHY, by=await desk.who("approver_third"), now=late))).code == (
        "procedure.too_late"
    )
