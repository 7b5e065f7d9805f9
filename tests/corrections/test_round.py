"""一次性告知: said once, answered from the phone, looked at again."""

from __future__ import annotations

from datetime import timedelta
from types import ModuleType

import pytest

from backend.cases import log, reading
from backend.corrections import actions, queries
from backend.corrections import again as leave
from backend.domain.calendar import day_of
from backend.domain.refusal import Refusal
from backend.review import actions as review
from shared_schemas.case import Case
from shared_schemas.correction import (
    AnswerGiven,
    CorrectionAnswered,
    CorrectionAsked,
    DefectAsked,
    OpenCorrection,
    Withdrawal,
)
from shared_schemas.second_notice import SecondNoticeAnswered, SecondNoticeAsked
from shared_schemas.vocabulary import DocumentKind, GivenHow, MaterialVerdict, Step
from tests.desk import Desk, owner, paper_text


async def refused(action: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        await action  # type: ignore[misc]
    return caught.value


async def asked(desk: Desk, mode: str = "review_and_check") -> tuple[Case, OpenCorrection]:
    """A case whose first two papers need fixing."""
    case = await desk.filed(mode)
    clerk = await desk.taken(case.case_no)
    keys = [m.key for m in await reading.materials_of(case.id)][:2]
    defects = CorrectionAsked(
        (
            DefectAsked("图上没看到洗消区", "标出各功能区", "写上“洗消”再拍一张", material=keys[0]),
            DefectAsked("看不清", "", "重拍", material=keys[1]),
            DefectAsked("少了门牌号", "写到门牌", "补上", field="address"),
        )
    )
    case = await actions.ask(case.case_no, defects, by=clerk, now=desk.now)
    notice = await queries.open_of(case.id)
    assert notice is not None
    return case, notice


async def answers(desk: Desk, notice: OpenCorrection, by: str = "wangmin") -> CorrectionAnswered:
    citizen = await desk.who(by)
    given = [
        AnswerGiven(line.id, uploads=(await desk.upload(owner(citizen)),))
        if line.material
        else AnswerGiven(line.id, value="中山东路 118 号 1 楼")
        for line in notice.items
    ]
    return CorrectionAnswered(tuple(given))


async def test_a_notice_lists_every_defect_with_a_day_and_a_paper(desk: Desk) -> None:
    case, notice = await asked(desk)
    assert case.step is Step.CORRECTING
    assert (len(notice.items), notice.due_on.isoformat(), notice.asked_by_name) == (3, "2026-11-30", "陈洁")
    text = await paper_text(case, DocumentKind.ONE_TIME_NOTICE)
    for said in ("图上没看到洗消区", "标出各功能区", "看不清", "少了门牌号", "11月30日"):
        assert said in text, said


async def test_answered_from_the_phone_the_same_clerk_has_it_on_top(desk: Desk, db: ModuleType) -> None:
    from backend.review import queries as lists

    case, notice = await asked(desk)
    other = await desk.filed()
    clerk = await desk.taken(other.case_no)
    citizen = await desk.who("wangmin")
    case = await actions.answer(
        case.case_no, notice.id, await answers(desk, notice), by=citizen, now=desk.now + timedelta(hours=2)
    )
    assert (case.step, case.handler) == (Step.RECEIVED, clerk.id)
    on_desk = await lists.desk(clerk, "hand", desk.now)
    assert [(row.case_no, row.mark) for row in on_desk.items] == [
        (case.case_no, "answered"),
        (other.case_no, "looking"),
    ]

    first = (await reading.materials_of(case.id))[0]
    assert (first.how, first.verdict, len(first.uploads)) == (GivenHow.UPLOAD, None, 1)
    assert (await reading.form_of(case))["address"] == "中山东路 118 号 1 楼"
    assert await queries.open_of(case.id) is None
    assert "中山东路" not in str(await db.fetch("SELECT particulars FROM case_event"))


async def test_corrected_files_supersede_and_are_kept(desk: Desk, db: ModuleType) -> None:
    case, notice = await asked(desk)
    citizen = await desk.who("wangmin")
    await actions.answer(case.case_no, notice.id, await answers(desk, notice), by=citizen, now=desk.now)
    clerk = await desk.who("clerk")
    key = (await reading.materials_of(case.id))[0].key
    again = CorrectionAsked((DefectAsked("还是看不清", material=key),))
    assert (await refused(actions.ask(case.case_no, again, by=clerk, now=desk.now))).code == "correction.said_once"
    wanted = SecondNoticeAsked((key,), "新拍的一张缺角，上次没有这个问题")
    request = await leave.ask(case.case_no, wanted, by=clerk, now=desk.now)
    given = SecondNoticeAnswered(True, "确实是新的问题")
    await leave.answer(request, given, by=await desk.who("supervisor"), now=desk.now)
    await actions.ask(case.case_no, again, by=clerk, now=desk.now)
    second = await queries.open_of(case.id)
    assert second is not None
    await actions.answer(case.case_no, second.id, await answers(desk, second), by=citizen, now=desk.now)
    rows = await db.fetch("SELECT superseded_at FROM case_upload WHERE case_id = $1 AND material = $2", case.id, key)
    assert sorted(row[0] is None for row in rows) == [False, True]


async def test_half_an_answer_names_the_lines_that_lack_and_keeps_the_files(desk: Desk, db: ModuleType) -> None:
    case, notice = await asked(desk)
    citizen = await desk.who("wangmin")
    whole = await answers(desk, notice)
    refusal = await refused(
        actions.answer(case.case_no, notice.id, CorrectionAnswered(whole.items[:1]), by=citizen, now=desk.now)
    )
    assert refusal.code == "correction.incomplete"
    assert set(refusal.facts["errors"]) == {str(line.id) for line in notice.items[1:]}
    assert await db.fetchval("SELECT count(*) FROM upload WHERE case_id IS NULL") == 2
    assert (await reading.by_number(case.case_no)).step is Step.CORRECTING


async def test_others_files_unfinished_files_and_used_files_are_refused(desk: Desk) -> None:
    case, notice = await asked(desk)
    citizen, stranger = await desk.who("wangmin"), await desk.who("xuting")
    whole = await answers(desk, notice)
    for bad in (
        await desk.upload(owner(stranger)),
        await desk.upload(owner(citizen), state="receiving"),
        "no-uuid",
        "00000000-0000-0000-0000-000000000000",
    ):
        items = (AnswerGiven(notice.items[0].id, uploads=(bad,)), *whole.items[1:])
        refusal = await refused(
            actions.answer(case.case_no, notice.id, CorrectionAnswered(items), by=citizen, now=desk.now)
        )
        assert refusal.code == "correction.upload_not_ready"


async def test_a_strangers_answer_finds_no_case_and_a_second_answer_is_told_so(desk: Desk) -> None:
    case, notice = await asked(desk)
    whole = await answers(desk, notice)
    stranger = await desk.who("xuting")
    assert (await refused(actions.answer(case.case_no, notice.id, whole, by=stranger, now=desk.now))).code == (
        "case.not_found"
    )
    citizen = await desk.who("wangmin")
    await actions.answer(case.case_no, notice.id, whole, by=citizen, now=desk.now)
    assert (await refused(actions.answer(case.case_no, notice.id, whole, by=citizen, now=desk.now))).code == (
        "correction.answered"
    )


async def test_notices_name_real_places_once_and_never_who_applies(desk: Desk) -> None:
    case = await desk.filed()
    clerk = await desk.taken(case.case_no)
    key = (await reading.materials_of(case.id))[0].key
    tries = {
        "correction.one_place": (DefectAsked("x"),),
        "correction.unknown_place": (DefectAsked("x", material="nix"),),
        "correction.identity": (DefectAsked("x", field="id_no"),),
        "correction.twice": (DefectAsked("x", material=key), DefectAsked("y", material=key)),
    }
    for code, items in tries.items():
        assert (await refused(actions.ask(case.case_no, CorrectionAsked(items), by=clerk, now=desk.now))).code == code
    late = CorrectionAsked((DefectAsked("x", material=key),), due_on=day_of(desk.now))
    assert (await refused(actions.ask(case.case_no, late, by=clerk, now=desk.now))).code == "correction.due"


async def test_a_supplement_after_acceptance_moves_no_due_day(desk: Desk) -> None:
    case = await desk.accepted()
    third = await desk.who("approver_third")
    key = (await reading.materials_of(case.id))[0].key
    before = (case.promised_due_on, case.statutory_due_on)
    ask = CorrectionAsked((DefectAsked("缺第二页", material=key),))
    case = await actions.ask(case.case_no, ask, by=third, now=desk.now)
    assert case.step is Step.SUPPLEMENTING
    notice = await queries.open_of(case.id)
    assert notice is not None
    assert notice.kind == "supplement"
    case = await actions.answer(
        case.case_no, notice.id, await answers(desk, notice), by=await desk.who("wangmin"), now=desk.now
    )
    assert (case.step, case.promised_due_on, case.statutory_due_on) == (Step.ACCEPTED, *before)


async def test_withdrawn_with_a_reason_and_closed(desk: Desk) -> None:
    case, _ = await asked(desk)
    case = await actions.withdraw(case.case_no, Withdrawal("不开店了"), by=await desk.who("wangmin"), now=desk.now)
    assert case.step is Step.CLOSED
    assert [str(e.verb) for e in await log.of(case.id)][-2:] == ["withdraw", "close"]
    assert await queries.open_of(case.id) is None


async def test_a_fix_tick_alone_changes_nothing_for_the_citizen(desk: Desk) -> None:
    from shared_schemas.review import Tick

    case = await desk.filed()
    clerk = await desk.taken(case.case_no)
    key = (await reading.materials_of(case.id))[0].key
    await review.tick(case.case_no, key, Tick(MaterialVerdict.FIX, "看不清"), by=clerk, now=desk.now)
    assert (await reading.by_number(case.case_no)).step is Step.RECEIVED
