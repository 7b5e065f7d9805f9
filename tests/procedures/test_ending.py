"""Termination by hand, archiving, and a decision made anew."""

from __future__ import annotations

from datetime import timedelta
from types import ModuleType

import httpx
import pytest

from backend.cases import clocks, log, reading
from backend.corrections import actions as corrections
from backend.corrections import queries
from backend.domain import chain
from backend.domain.calendar import day_of
from backend.domain.case import replay
from backend.domain.refusal import Refusal
from backend.issuance import actions as issuance
from backend.issuance import queries as certificates
from backend.procedures import archiving, reopening, special, terminating
from backend.review import actions as review
from shared_schemas.case import Case
from shared_schemas.clock import StandstillKind
from shared_schemas.correction import CorrectionAsked, DefectAsked
from shared_schemas.ending import Archiving, Reopening, SetAsideBy, Termination
from shared_schemas.procedure import ProcedureStarted
from shared_schemas.review import Check, Grant, Proposal, RefusalOfLicence, Review
from shared_schemas.vocabulary import DocumentKind, Step, Verb
from tests.desk import Desk, paper_text
from tests.procedures.test_pages import as_, csrf
from tests.procedures.test_promise import accepted as promised

WHY = Termination("通知补正后一直没有补，电话也联系不上")
ANEW = Reopening(SetAsideBy.REVIEW, "南政复〔2026〕8 号", "认定的面积有误，责令重新作出决定")


async def refused(action: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        await action  # type: ignore[misc]
    return caught.value


async def correcting(desk: Desk) -> Case:
    case = await desk.filed("submit")
    clerk = await desk.taken(case.case_no)
    field = DefectAsked(field="address", problem="少了门牌号")
    return await corrections.ask(case.case_no, CorrectionAsked(items=(field,)), by=clerk, now=desk.now)


async def refused_case(desk: Desk) -> Case:
    """A case of 报批 that the chief refused."""
    case = await desk.accepted("submit")
    third, second, chief = [await desk.who(f"approver_{tier}") for tier in ("third", "second", "chief")]
    await review.review(case.case_no, Review(Proposal.REFUSE, "面积不够"), by=third, now=desk.now)
    await review.check(case.case_no, Check("同意"), by=second, now=desk.now)
    return await review.refuse(
        case.case_no, RefusalOfLicence("操作间 4 平方米", "不到 6 平方米"), by=chief, now=desk.now
    )


async def test_corrections_that_stay_out_are_ended_by_the_second_tier(desk: Desk) -> None:
    case = await correcting(desk)
    third, second = await desk.who("approver_third"), await desk.who("approver_second")
    early = await refused(terminating.terminate(case.case_no, WHY, by=second, now=desk.now))
    assert early.code == "case.not_overdue"
    late = desk.now + timedelta(days=30)
    assert (await refused(terminating.terminate(case.case_no, WHY, by=third, now=late))).code == (
        "approval.tier_too_low"
    )
    ended = await terminating.terminate(case.case_no, WHY, by=second, now=late)
    assert (ended.step, ended.ended_as, ended.decided_by) == (Step.CLOSED, Step.TERMINATED, second.id)
    text = await paper_text(ended, DocumentKind.TERMINATION_NOTICE)
    for said in ("通知补正后一直没有补", "第三十二条", "复议", "诉讼"):
        assert said in text, said
    assert await queries.open_of(case.id) is None


async def test_who_may_end_it_finds_it_in_a_list(client: httpx.AsyncClient, desk: Desk) -> None:
    from backend.procedures import queries as ways

    case = await correcting(desk)
    assert await ways.late_of(["scj"], day_of(desk.now)) == []
    (row,) = await ways.late_of(["scj", "hbj"], day_of(desk.now + timedelta(days=30)))
    assert row.case_no == case.case_no
    assert await ways.late_of(["hbj"], day_of(desk.now + timedelta(days=30))) == []
    await as_(client, desk, "approver_second")
    assert "没有逾期的" in (await client.get("/desk/late")).text
    assert "/desk/late" in (await client.get("/approvals?segment=asked")).text


async def test_a_reason_of_spaces_is_none(client: httpx.AsyncClient, desk: Desk) -> None:
    case = await correcting(desk)
    await desk.token("approver_second")
    await desk.step_up("approver_second")
    headers = {"authorization": f"Bearer {await desk.token('approver_second')}"}
    at = f"/api/v1/cases/{case.case_no}"
    for path, body in (
        ("termination", {"reason": "  \n "}),
        ("reopening", {"set_aside_by": "review", "instrument": "  ", "reason": "好"}),
        ("reopening", {"set_aside_by": "nobody", "instrument": "x", "reason": "好"}),
    ):
        assert (await client.post(f"{at}/{path}", json=body, headers=headers)).status_code == 400


async def test_the_first_handler_archives_what_is_closed(desk: Desk) -> None:
    case = await desk.granted()
    first, other = await desk.who("clerk"), await desk.who("clerk_8")
    assert (await refused(archiving.archive(case.case_no, Archiving(), by=first, now=desk.now))).code == (
        "case.moved_meanwhile"
    )
    await issuance.collect(case.case_no, by=await desk.who("wangmin"), now=desk.now)
    assert (await refused(archiving.archive(case.case_no, Archiving(), by=other, now=desk.now))).code == (
        "approval.not_the_handler"
    )
    kept = await archiving.archive(case.case_no, Archiving("3 号柜 2 层"), by=first, now=desk.now)
    assert kept.step is Step.ARCHIVED
    last = await log.last_of(case.id)
    assert last.particulars["documents"] >= 5
    assert "3 号柜" not in str(last.particulars)


async def test_a_refusal_that_was_set_aside_is_made_anew(desk: Desk) -> None:
    case = await refused_case(desk)
    later = desk.now + timedelta(days=60)
    chief, second, third = [await desk.who(f"approver_{tier}") for tier in ("chief", "second", "third")]
    assert (await refused(reopening.reopen(case.case_no, ANEW, by=second, now=later))).code == "approval.tier_too_low"
    anew = await reopening.reopen(case.case_no, ANEW, by=chief, now=later)
    assert (anew.step, anew.reviewed_by, anew.decided_at, anew.ended_as) == (Step.ACCEPTED, None, None, None)
    assert anew.promised_due_on is not None and anew.promised_due_on > day_of(later)
    text = await paper_text(anew, DocumentKind.REOPENING_NOTICE)
    for said in ("南政复〔2026〕8号", "认定的面积有误", "原来的结果是“不予许可”", "行政复议法"):
        assert said in text, said
    await review.review(case.case_no, Review(Proposal.GRANT, "够了"), by=third, now=later)
    await review.check(case.case_no, Check("同意"), by=second, now=later)
    await review.grant(case.case_no, Grant("同意"), by=chief, now=later)
    events = await log.of(case.id)
    after = await reading.by_number(case.case_no)
    assert after.step is replay(event.verb for event in events) is Step.ISSUED
    assert chain.verify(case.case_no, events)


async def test_a_termination_that_was_set_aside_owes_anew_and_can_be_asked_again(desk: Desk) -> None:
    case = await correcting(desk)
    late = desk.now + timedelta(days=30)
    second, chief, third = [await desk.who(f"approver_{tier}") for tier in ("second", "chief", "third")]
    await terminating.terminate(case.case_no, WHY, by=second, now=late)
    anew = await reopening.reopen(case.case_no, ANEW, by=chief, now=late)
    assert (await refused(terminating.terminate(case.case_no, WHY, by=second, now=late))).code == "case.not_overdue"
    field = DefectAsked(field="mobile", problem="打不通")
    asked = await corrections.ask(anew.case_no, CorrectionAsked(items=(field,)), by=third, now=late)
    assert asked.step is Step.SUPPLEMENTING


async def test_what_was_granted_and_set_aside_loses_its_certificate_and_may_get_another(
    desk: Desk, db: ModuleType
) -> None:
    case = await desk.granted("sole")
    first = await certificates.of_case(case)
    assert first is not None
    assert (
        await refused(reopening.reopen(case.case_no, ANEW, by=await desk.who("approver_chief"), now=desk.now))
    ).code == ("case.moved_meanwhile")
    await issuance.collect(case.case_no, by=await desk.who("wangmin"), now=desk.now)
    await reopening.reopen(case.case_no, ANEW, by=await desk.who("approver_chief"), now=desk.now)
    assert (await certificates.verify(first.number)).status == "revoked"
    await review.grant(case.case_no, Grant("同意"), by=await desk.who("approver_third"), now=desk.now)
    case = await reading.by_number(case.case_no)
    second = await certificates.of_case(case)
    assert second is not None and second.number != first.number
    assert (await certificates.verify(second.number)).status == "genuine"
    await issuance.collect(case.case_no, by=await desk.who("wangmin"), now=desk.now)
    assert await db.fetchval("SELECT count(*) FROM certificate WHERE case_id = $1", case.id) == 2


async def test_a_case_that_was_withdrawn_has_no_decision_to_make_anew(desk: Desk) -> None:
    from shared_schemas.correction import Withdrawal

    case = await desk.accepted("submit")
    await corrections.withdraw(case.case_no, Withdrawal(), by=await desk.who("wangmin"), now=desk.now)
    refusal = await refused(reopening.reopen(case.case_no, ANEW, by=await desk.who("approver_chief"), now=desk.now))
    assert refusal.code == "case.not_set_aside"


async def test_the_chief_reopens_from_the_sheet_by_passkey(client: httpx.AsyncClient, desk: Desk) -> None:
    case = await refused_case(desk)
    await as_(client, desk, "approver_chief")
    path = f"/desk/cases/{case.case_no}/ways/reopen"
    assert path in (await client.get(f"/approvals/{case.case_no}")).text
    token = await csrf(client, path)
    await desk.step_up("approver_chief")
    empty = await client.post(path, data={"_csrf": token, "set_aside_by": "court", "instrument": " ", "reason": ""})
    assert empty.status_code == 422
    assert "文书和文号：" in empty.text
    given = {"set_aside_by": "court", "instrument": "（2026）浙0402行初9号", "reason": "事实不清"}
    done = await client.post(path, data={"_csrf": token, **given})
    assert done.status_code == 303, done.text
    await as_(client, desk, "wangmin")
    mine = await client.get(f"/cases/{case.case_no}")
    assert "重新办理" in mine.text
    assert Verb.REOPEN is (await log.last_of(case.id)).verb


async def test_what_stood_open_when_it_was_terminated_stops_no_fresh_clock(desk: Desk) -> None:
    case = await desk.accepted("submit")
    third, second, chief = [await desk.who(f"approver_{tier}") for tier in ("third", "second", "chief")]
    testing = ProcedureStarted(StandstillKind.TESTING, "《产品质量法》第十五条", "要送检样品", 10)
    await special.start(case.case_no, testing, by=third, now=desk.now)
    asked = CorrectionAsked(items=(DefectAsked(field="address", problem="少了门牌号"),))
    await corrections.ask(case.case_no, asked, by=await desk.who("clerk"), now=desk.now)
    late = desk.now + timedelta(days=30)
    await terminating.terminate(case.case_no, WHY, by=second, now=late)
    again = await reopening.reopen(case.case_no, ANEW, by=chief, now=late)
    assert not again.is_stopped
    assert not any(each.ends_on is None for each in await clocks.standstills_of(case.id))
    done = await review.review(case.case_no, Review(Proposal.REFUSE, "面积不够"), by=third, now=late)
    await special.start(done.case_no, testing, by=third, now=late)


async def test_a_broken_promise_that_was_set_aside_is_not_broken_again_at_once(desk: Desk, db: ModuleType) -> None:
    case, _, promise = await promised(desk, db)
    assert promise.supply_by is not None
    late = desk.now + timedelta(days=(promise.supply_by - day_of(desk.now)).days + 1)
    assert await terminating.lapse(late) == 1
    await reopening.reopen(case.case_no, ANEW, by=await desk.who("approver_chief"), now=late)
    assert await terminating.lapse(late) == 0
    assert (await reading.by_number(case.case_no)).step is Step.ACCEPTED
