"""The story of a case at the desk, in each mode, and everything the desk refuses."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from types import ModuleType

import pytest

from backend.cases import log, papers, reading, remarks, standing
from backend.domain import chain
from backend.domain.case import replay
from backend.domain.refusal import Refusal
from backend.issuance import actions as issuance
from backend.review import actions, queries
from shared_schemas.review import (
    Acceptance,
    Check,
    Grant,
    Ground,
    NonAcceptance,
    Proposal,
    RefusalOfLicence,
    Return,
    Review,
    Tick,
)
from shared_schemas.vocabulary import DocumentKind, MaterialVerdict, Step, Verb
from tests.desk import Desk, paper_text


async def refused(action: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        await action  # type: ignore[misc]
    return caught.value


@pytest.mark.parametrize(
    ("mode", "verbs"),
    [
        ("sole", "receive take accept grant issue"),
        ("review_and_check", "receive take accept review grant issue"),
        ("submit", "receive take accept dispatch_survey conclude_survey review check grant issue"),
    ],
)
async def test_a_case_is_granted_the_way_its_mode_says(desk: Desk, mode: str, verbs: str) -> None:
    case = await desk.granted(mode)
    events = await log.of(case.id)
    assert [str(event.verb) for event in events] == verbs.split()
    assert case.step is replay(event.verb for event in events) is Step.ISSUED
    assert chain.verify(case.case_no, events)
    clerk = await desk.who("clerk")
    assert case.first_handler == case.accepted_by == clerk.id
    assert case.decided_by not in (case.accepted_by, case.reviewed_by, case.checked_by)


async def test_acceptance_starts_both_clocks_and_says_so_on_paper(desk: Desk) -> None:
    case = await desk.accepted()
    matter = desk.matter("review_and_check")
    assert case.promised_due_on is not None
    text = await paper_text(case, DocumentKind.ACCEPTANCE_NOTICE)
    for said in (
        matter.name,
        case.case_no,
        "王敏",
        "12345",
        f"{case.promised_due_on.month}月{case.promised_due_on.day}日",
    ):
        assert said in text, said
    assert "330499198803120422" not in text


async def test_papers_must_be_looked_at_before_acceptance(desk: Desk) -> None:
    case = await desk.filed()
    clerk = await desk.who("clerk")
    await actions.take(case.case_no, by=clerk, now=desk.now)
    refusal = await refused(actions.accept(case.case_no, Acceptance(), by=clerk, now=desk.now))
    assert refusal.code == "review.materials_unjudged"

    await actions.fits_the_rest(case.case_no, by=clerk, now=desk.now)
    first = (await reading.materials_of(case.id))[0]
    await actions.tick(case.case_no, first.key, Tick(MaterialVerdict.FIX, "看不清"), by=clerk, now=desk.now)
    refusal = await refused(actions.accept(case.case_no, Acceptance(), by=clerk, now=desk.now))
    assert refusal.facts["names"] == [first.name]


async def test_ticks_are_audited_and_only_the_handlers(desk: Desk, db: ModuleType) -> None:
    case = await desk.filed()
    await desk.taken(case.case_no)
    assert await db.fetchval(
        "SELECT count(*) FROM audit_event WHERE what = 'material.judged' AND case_no = $1", case.case_no
    )
    other = await desk.who("clerk_8")
    refusal = await refused(actions.tick(case.case_no, "m1", Tick(MaterialVerdict.FITS), by=other, now=desk.now))
    assert (refusal.code, refusal.facts["who"]) == ("case.taken_by", "陈洁")


async def test_declined_with_ground_and_remedies_served_and_closed(desk: Desk) -> None:
    case = await desk.filed()
    clerk = await desk.who("clerk")
    given = NonAcceptance(Ground.NOT_OUR_AUTHORITY, "经营场所在秀洲区", "秀洲区市场监督管理局")
    case = await actions.decline(case.case_no, given, by=clerk, now=desk.now)
    assert (case.step, case.ended_as) == (Step.CLOSED, Step.NOT_ACCEPTED)
    assert standing.headline(case) == ("没有受理，已办结", "Not accepted; closed")
    text = await paper_text(case, DocumentKind.DECLINE_DECISION)
    for said in ("依法不属于本机关职权范围", "秀洲区市场监督管理局", "行政复议", "法院"):
        assert said in text
    assert "电子送达" in await paper_text(case, DocumentKind.DELIVERY_RECEIPT)


async def test_a_sole_reviewer_grants_but_hands_a_refusal_up(desk: Desk) -> None:
    case = await desk.accepted("sole")
    third, second = await desk.who("approver_third"), await desk.who("approver_second")
    no = RefusalOfLicence("现场没有洗消区", "不符合第十二条", ("《食品经营许可和备案管理办法》第十二条",))
    refusal = await refused(actions.refuse(case.case_no, no, by=third, now=desk.now))
    assert refusal.code == "approval.tier_too_low"

    await actions.review(case.case_no, Review(Proposal.REFUSE, "建议不予"), by=third, now=desk.now)
    case = await actions.refuse(case.case_no, no, by=second, now=desk.now)
    assert (case.step, case.ended_as) == (Step.CLOSED, Step.REFUSED)
    assert standing.headline(case, for_public=True)[0] == "没有批准，已办结"
    text = await paper_text(case, DocumentKind.REFUSE_DECISION)
    for said in ("现场没有洗消区", "不符合第十二条", "第三十八条", "60日", "6个月"):
        assert said in text, said


async def test_under_submission_only_the_chief_refuses(desk: Desk) -> None:
    case = await desk.accepted("submit")
    third, second, chief = [await desk.who(f"approver_{tier}") for tier in ("third", "second", "chief")]
    await actions.review(case.case_no, Review(Proposal.REFUSE, "建议不予"), by=third, now=desk.now)
    no = RefusalOfLicence("事实", "理由")
    assert (await refused(actions.refuse(case.case_no, no, by=second, now=desk.now))).code == "approval.wrong_mode"
    await actions.check(case.case_no, Check("同意初审意见"), by=second, now=desk.now)
    assert (await actions.refuse(case.case_no, no, by=chief, now=desk.now)).step is Step.CLOSED


async def test_sent_back_one_step_with_the_reason_kept_sealed(desk: Desk, db: ModuleType) -> None:
    case = await desk.accepted()
    third, second = await desk.who("approver_third"), await desk.who("approver_second")
    await actions.review(case.case_no, Review(Proposal.GRANT, "材料齐全"), by=third, now=desk.now)
    case = await actions.send_back(case.case_no, Return("请再核地址"), by=second, now=desk.now)
    assert (case.step, case.reviewed_by, case.proposal) == (Step.ACCEPTED, None, None)
    assert list((await remarks.of(case)).values()) == ["材料齐全", "请再核地址"]
    dump = str([tuple(row) for row in await db.fetch("SELECT particulars, by_name FROM case_event")])
    assert "请再核地址" not in dump


async def test_who_accepted_never_decides(desk: Desk, db: ModuleType) -> None:
    from msgspec.structs import replace

    from shared_schemas.vocabulary import Role

    case = await desk.accepted("sole")
    clerk, third = await desk.who("clerk"), await desk.who("approver_third")
    both = replace(clerk, roles=clerk.roles | {Role.APPROVER}, authorities=third.authorities)
    assert (await refused(actions.grant(case.case_no, Grant("同意"), by=both, now=desk.now))).code == (
        "approval.accepted_it_yourself"
    )


async def test_role_tier_scope_and_kin_are_refused_by_name(desk: Desk) -> None:
    case = await desk.accepted("review_and_check")
    yes = Grant("同意")
    for key, code in (("clerk", "approval.wrong_role"), ("approver_third", "approval.wrong_mode")):
        assert (await refused(actions.grant(case.case_no, yes, by=await desk.who(key), now=desk.now))).code == code
    third = await desk.who("approver_third")
    await actions.review(case.case_no, Review(Proposal.GRANT, "好"), by=third, now=desk.now)
    assert (await refused(actions.grant(case.case_no, yes, by=third, now=desk.now))).code == "approval.tier_too_low"

    from msgspec.structs import replace

    second = await desk.who("approver_second")
    elsewhere = replace(second, authorities=tuple(a for a in second.authorities if a.department != case.department))
    assert (await refused(actions.grant(case.case_no, yes, by=elsewhere, now=desk.now))).code == "case.not_found"
    assert case.applicant_id_index is not None
    related = replace(second, kin=frozenset({case.applicant_id_index.hex()}))
    assert (await refused(actions.grant(case.case_no, yes, by=related, now=desk.now))).code == (
        "approval.conflict_of_interest"
    )


async def test_ten_clerks_accept_at_once_and_nine_are_told_who(desk: Desk) -> None:
    case = await desk.filed()
    clerk = await desk.taken(case.case_no)
    seen = (await reading.by_number(case.case_no)).seq

    async def try_it() -> str:
        try:
            await actions.accept(case.case_no, Acceptance(seen), by=clerk, now=desk.now)
        except Refusal as refusal:
            return f"{refusal.code} {refusal.facts['who']}"
        return "won"

    answers = sorted(await asyncio.gather(*(try_it() for _ in range(10))))
    assert answers == ["case.moved_meanwhile 陈洁"] * 9 + ["won"]
    assert len([p for p in await papers.of(case.id) if p.kind is DocumentKind.ACCEPTANCE_NOTICE]) == 1


async def test_four_clerks_asking_for_the_next_get_four_cases_oldest_first(desk: Desk) -> None:
    cases = [await desk.filed(at=desk.now + timedelta(minutes=n)) for n in range(6)]
    clerks = [await desk.who(key) for key in ("clerk", "clerk_1", "clerk_8", "clerk_12")]
    taken = await asyncio.gather(*(actions.take_next(by=clerk, now=desk.now) for clerk in clerks))
    assert {case.case_no for case in taken} == {case.case_no for case in cases[:4]}
    assert {case.handler for case in taken} == {clerk.id for clerk in clerks}
    assert (await queries.desk(clerks[0], "hand", desk.now)).counts == {
        "hand": 1,
        "correction": 0,
        "today": 1,
        "waiting": 2,
    }


async def test_the_next_case_is_never_a_relatives(desk: Desk) -> None:
    from msgspec.structs import replace

    case = await desk.filed()
    assert case.applicant_id_index is not None
    clerk = replace(await desk.who("clerk"), kin=frozenset({case.applicant_id_index.hex()}))
    assert (await refused(actions.take_next(by=clerk, now=desk.now))).code == "desk.nothing_waiting"


async def test_handed_back_before_acceptance_only(desk: Desk) -> None:
    case = await desk.filed()
    clerk = await desk.taken(case.case_no)
    case = await actions.hand_back(case.case_no, by=clerk, now=desk.now)
    assert (case.handler, case.first_handler, case.step) == (None, None, Step.RECEIVED)
    other = await desk.taken(case.case_no, "clerk_8")
    await actions.accept(case.case_no, Acceptance(), by=other, now=desk.now)
    assert (await refused(actions.hand_back(case.case_no, by=other, now=desk.now))).code == "case.moved_meanwhile"


async def test_lists_show_what_may_be_signed_with_names_masked(desk: Desk) -> None:
    case = await desk.accepted("review_and_check")
    third, second = await desk.who("approver_third"), await desk.who("approver_second")
    mine = await queries.approvals(third, "mine", desk.now)
    assert [(row.case_no, row.applicant) for row in mine.items] == [(case.case_no, "王*")]
    await actions.review(case.case_no, Review(Proposal.GRANT, "好"), by=third, now=desk.now)
    assert (await queries.approvals(third, "mine", desk.now)).items == []
    assert [row.case_no for row in (await queries.approvals(second, "mine", desk.now)).items] == [case.case_no]
    assert (await queries.approvals(third, "today", desk.now)).counts["today"] == 1


async def test_a_grant_stands_when_the_certificate_fails_and_is_made_later(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from backend.documents import hall

    def broken(_now: object) -> None:
        raise ValueError("no key")

    case = await desk.accepted("sole")
    with monkeypatch.context() as patch:
        patch.setattr(hall, "seal", broken)
        await actions.grant(case.case_no, Grant("同意"), by=await desk.who("approver_third"), now=desk.now)
        assert (await reading.by_number(case.case_no)).step is Step.GRANTED
        assert await issuance.issue_pending(desk.now) == 0
    assert await issuance.issue_pending(desk.now) == 1
    assert (await reading.by_number(case.case_no)).step is Step.ISSUED
    assert await issuance.issue_pending(desk.now) == 0
    assert [e.verb for e in await log.of(case.id)].count(Verb.ISSUE) == 1
