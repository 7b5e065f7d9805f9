"""行政许可法 §32(4): what the hall says nothing about in five working days is accepted, from the day of receipt."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from backend.cases import facts, log, reading
from backend.corrections import actions as corrections
from backend.corrections import queries
from backend.domain import approval, chain
from backend.domain.calendar import day_of
from backend.domain.case import replay
from backend.review import actions
from backend.review.deeming import deem, deem_due
from shared_schemas.correction import AnswerGiven, CorrectionAnswered, CorrectionAsked, DefectAsked
from shared_schemas.vocabulary import DocumentKind, Step, Verb
from tests.desk import Desk, paper_text

LAST_DAY = datetime(
    2026, 11, 30, 15, 59, tzinfo=UTC
)  # Monday 23:59 in Asia/Shanghai, the fifth working day after receipt
NEXT_DAY = LAST_DAY + timedelta(minutes=1)


async def test_a_case_nobody_spoke_about_is_accepted_from_the_day_of_receipt(desk: Desk) -> None:
    case = await desk.filed()
    assert await deem_due(LAST_DAY) == 0
    assert await deem_due(NEXT_DAY) == 1
    after = await reading.by_number(case.case_no)
    events = await log.of(case.id)
    assert after.step is replay(event.verb for event in events) is Step.ACCEPTED
    assert after.accepted_at == case.received_at
    assert after.accepted_by is None
    assert chain.verify(case.case_no, events)
    matter = desk.matter("review_and_check")
    assert after.promised_due_on is not None
    assert matter.promised.unit == "working_day"
    assert after.promised_due_on > day_of(case.received_at)
    assert await deem_due(NEXT_DAY + timedelta(days=1)) == 0


async def test_the_paper_says_that_the_law_accepted_it(desk: Desk) -> None:
    case = await desk.filed()
    await deem(case.case_no, NEXT_DAY)
    text = await paper_text(await reading.by_number(case.case_no), DocumentKind.ACCEPTANCE_NOTICE)
    assert "第三十二条第一款第四项" in text
    assert "自2026年11月23日收到申请材料之日起即为受理" in text
    assert "材料齐全" not in text


async def test_a_clerk_who_took_it_and_was_silent_does_not_stop_the_law(desk: Desk) -> None:
    case = await desk.filed()
    clerk = await desk.who("clerk")
    await actions.take(case.case_no, by=clerk, now=desk.now)
    assert await deem(case.case_no, NEXT_DAY)
    after = await reading.by_number(case.case_no)
    assert after.first_handler == clerk.id  # 首办责任: it stays his


async def test_corrections_begin_the_five_days_anew(desk: Desk) -> None:
    case = await desk.filed()
    clerk, owner = await desk.who("clerk"), await desk.who("wangmin")
    await actions.take(case.case_no, by=clerk, now=desk.now)
    field = DefectAsked(field="address", problem="少了门牌号")
    await corrections.ask(case.case_no, CorrectionAsked(items=(field,)), by=clerk, now=desk.now)
    assert not await deem(case.case_no, NEXT_DAY)  # it lies with the citizen
    notice = await queries.open_of(case.id)
    assert notice is not None
    answered_at = desk.now + timedelta(days=3)
    answer = AnswerGiven(notice.items[0].id, value="浙江省嘉兴市南湖区中山东路 2 号")
    await corrections.answer(case.case_no, notice.id, CorrectionAnswered((answer,)), by=owner, now=answered_at)
    assert not await deem(case.case_no, NEXT_DAY)
    assert await deem(case.case_no, NEXT_DAY + timedelta(days=3))
    after = await reading.by_number(case.case_no)
    assert after.accepted_at == answered_at


async def test_ten_workers_at_once_accept_it_once(desk: Desk) -> None:
    case = await desk.filed()
    done = await asyncio.gather(*(deem(case.case_no, NEXT_DAY) for _ in range(10)))
    assert sorted(done) == [False] * 9 + [True]
    assert [event.verb for event in await log.of(case.id)].count(Verb.DEEM_ACCEPTED) == 1


async def test_nobody_can_say_it_by_hand(desk: Desk) -> None:
    case = await desk.filed()
    for who in ("clerk", "approver_third", "approver_second"):
        officer = await desk.who(who)
        assert Verb.DEEM_ACCEPTED not in approval.open_verbs(await facts.load(case), officer, NEXT_DAY)
