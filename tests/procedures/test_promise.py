"""容缺受理: the applicant's own choice, signed for, kept or broken; late, the case is terminated by itself."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from types import ModuleType

import httpx
import pytest

from backend.cases import facts, log, promises, reading
from backend.domain import approval
from backend.domain.calendar import day_of
from backend.domain.refusal import Refusal
from backend.procedures import promising, supplying, terminating
from backend.review import actions as review
from shared_schemas.case import Case
from shared_schemas.promise import PaperSupplied, PromiseSigned, PromiseView, Supplied
from shared_schemas.review import Acceptance, Grant, Proposal, Review
from shared_schemas.vocabulary import DocumentKind, GivenHow, Step, Verb
from tests.desk import Desk, owner, paper_text
from tests.procedures.test_pages import as_, csrf

SIGNED = PromiseSigned("王敏")


async def refused(action: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        await action  # type: ignore[misc]
    return caught.value


async def lacking(desk: Desk, db: ModuleType, papers: int = 1) -> tuple[Case, tuple[str, ...]]:
    """A case whose last papers were promised for later, not signed for yet."""
    case = await desk.filed()
    keys = tuple(m.key for m in await reading.materials_of(case.id))[-papers:]
    await db.execute("UPDATE case_material SET how = 'later' WHERE case_id = $1 AND key = ANY($2)", case.id, list(keys))
    return case, keys


async def accepted(desk: Desk, db: ModuleType, papers: int = 1) -> tuple[Case, tuple[str, ...], PromiseView]:
    """The same, signed for and accepted."""
    case, keys = await lacking(desk, db, papers)
    await promising.sign(case.case_no, SIGNED, by=await desk.who("wangmin"), now=desk.now)
    clerk = await desk.taken(case.case_no)
    case = await review.accept(case.case_no, Acceptance(), by=clerk, now=desk.now)
    promise = await promises.of(case.id)
    assert promise is not None
    return case, keys, promise


def after(promise: PromiseView, desk: Desk, days: int = 1) -> object:
    """The instant so many days after the last day of the promise."""
    assert promise.supply_by is not None
    return desk.now + timedelta(days=(promise.supply_by - day_of(desk.now)).days + days)


async def test_nothing_is_accepted_before_it_is_signed_for(desk: Desk, db: ModuleType) -> None:
    case, _ = await lacking(desk, db)
    clerk = await desk.taken(case.case_no)
    refusal = await refused(review.accept(case.case_no, Acceptance(), by=clerk, now=desk.now))
    assert refusal.code == "review.promise_unsigned"
    await promising.sign(case.case_no, SIGNED, by=await desk.who("wangmin"), now=desk.now)
    case = await review.accept(case.case_no, Acceptance(), by=clerk, now=desk.now)
    promise = await promises.of(case.id)
    assert promise is not None and promise.supply_by is not None and case.promised_due_on is not None
    assert day_of(desk.now) < promise.supply_by <= case.promised_due_on
    letter = await paper_text(case, DocumentKind.PROMISE_LETTER)
    assert promise.papers[0].name.replace(" ", "") in letter
    assert "王敏" in letter
    notice = await paper_text(case, DocumentKind.ACCEPTANCE_NOTICE)
    assert "您承诺后补的材料" in notice
    assert f"请在{promise.supply_by.year}年{promise.supply_by.month}月{promise.supply_by.day}日前补齐" in notice


@pytest.mark.parametrize(("typed", "code"), [("", "missing"), ("  　 ", "missing"), ("王", "wrong"), ("李敏", "wrong")])
async def test_a_signature_is_the_verified_name(desk: Desk, db: ModuleType, typed: str, code: str) -> None:
    case, _ = await lacking(desk, db)
    by = await desk.who("wangmin")
    refusal = await refused(promising.sign(case.case_no, PromiseSigned(typed), by=by, now=desk.now))
    assert refusal.code == f"promise.signature_{code}"
    assert (await log.last_of(case.id)).verb is Verb.RECEIVE


async def test_it_is_signed_once_and_only_where_something_follows(desk: Desk, db: ModuleType) -> None:
    by = await desk.who("wangmin")
    plain = await desk.filed()
    assert (await refused(promising.sign(plain.case_no, SIGNED, by=by, now=desk.now))).code == "case.nothing_promised"
    case, _ = await lacking(desk, db)
    stranger = await desk.who("xuting")
    assert (await refused(promising.sign(case.case_no, SIGNED, by=stranger, now=desk.now))).code == "case.not_found"
    done = await asyncio.gather(
        *(promising.sign(case.case_no, SIGNED, by=by, now=desk.now) for _ in range(5)), return_exceptions=True
    )
    assert sum(isinstance(each, Case) for each in done) == 1
    assert {each.code for each in done if isinstance(each, Refusal)} == {"case.nothing_promised"}


async def test_over_the_counter_the_applicant_signs_and_the_clerk_is_named(desk: Desk, db: ModuleType) -> None:
    case, _ = await lacking(desk, db)
    clerk = await desk.who("clerk")
    assert (await refused(promising.sign(case.case_no, PromiseSigned("陈洁"), by=clerk, now=desk.now))).code == (
        "promise.signature_wrong"
    )
    case = await promising.sign(case.case_no, PromiseSigned("王 敏"), by=clerk, now=desk.now)
    assert "经办人陈洁见证" in await paper_text(case, DocumentKind.PROMISE_LETTER)


async def test_what_follows_comes_in_piece_by_piece_and_then_it_is_decided(desk: Desk, db: ModuleType) -> None:
    case, keys, _ = await accepted(desk, db, papers=2)
    citizen, third, second = [await desk.who(who) for who in ("wangmin", "approver_third", "approver_second")]
    await review.review(case.case_no, Review(Proposal.GRANT, "好"), by=third, now=desk.now)
    refusal = await refused(review.grant(case.case_no, Grant("好"), by=second, now=desk.now))
    assert refusal.code == "case.materials_missing"
    first = Supplied((PaperSupplied(keys[0], (await desk.upload(owner(citizen)),)),))
    await supplying.supply(case.case_no, first, by=citizen, now=desk.now)
    assert (await refused(supplying.supply(case.case_no, first, by=citizen, now=desk.now))).code == "supply.not_awaited"
    clerk = await desk.who("clerk_8")
    await supplying.supply(case.case_no, Supplied((PaperSupplied(keys[1], on_paper=True),)), by=clerk, now=desk.now)
    hows = {m.key: m.how for m in await reading.materials_of(case.id)}
    assert (hows[keys[0]], hows[keys[1]]) == (GivenHow.UPLOAD, GivenHow.PAPER)
    await review.grant(case.case_no, Grant("好"), by=second, now=desk.now)
    assert (await refused(supplying.supply(case.case_no, first, by=citizen, now=desk.now))).code == (
        "case.moved_meanwhile"
    )


async def test_what_can_not_be_handed_in_is_refused_by_name(desk: Desk, db: ModuleType) -> None:
    case, keys, _ = await accepted(desk, db)
    citizen, stranger = await desk.who("wangmin"), await desk.who("xuting")
    for items, code in (
        ((), "supply.nothing"),
        ((PaperSupplied(keys[0]),), "supply.nothing"),
        ((PaperSupplied(keys[0], on_paper=True),), "supply.paper_needs_window"),
        ((PaperSupplied("nonsense", (await desk.upload(owner(citizen)),)),), "supply.not_awaited"),
        ((PaperSupplied(keys[0], (await desk.upload(owner(stranger)),)),), "correction.upload_not_ready"),
    ):
        refusal = await refused(supplying.supply(case.case_no, Supplied(items), by=citizen, now=desk.now))
        assert refusal.code == code
    assert (await promises.of(case.id)).papers  # type: ignore[union-attr]


async def test_late_the_hall_terminates_it_by_itself_once(desk: Desk, db: ModuleType) -> None:
    case, _, promise = await accepted(desk, db)
    assert await terminating.lapse(after(promise, desk, 0)) == 0  # the last day is the applicant's
    late = after(promise, desk)
    done = await asyncio.gather(*(terminating.lapse_one(case.case_no, late) for _ in range(6)))
    assert sorted(done) == [False] * 5 + [True]
    ended = await reading.by_number(case.case_no)
    assert (ended.step, ended.ended_as, ended.decided_by) == (Step.CLOSED, Step.TERMINATED, None)
    text = await paper_text(ended, DocumentKind.TERMINATION_NOTICE)
    assert promise.papers[0].name.replace(" ", "") in text
    assert "复议" in text
    assert "终止办理通知书" in await paper_text(ended, DocumentKind.DELIVERY_RECEIPT)
    assert await terminating.lapse(late) == 0


async def test_a_day_that_rests_on_an_unpublished_year_ends_nothing(desk: Desk, db: ModuleType) -> None:
    case, _, promise = await accepted(desk, db)
    await db.execute("UPDATE promise SET is_provisional = true WHERE case_id = $1", case.id)
    assert await terminating.lapse(after(promise, desk, 30)) == 0
    assert (await reading.by_number(case.case_no)).step is Step.ACCEPTED


async def test_handed_in_on_the_last_day_nothing_is_terminated(desk: Desk, db: ModuleType) -> None:
    case, keys, promise = await accepted(desk, db)
    citizen = await desk.who("wangmin")
    given = Supplied((PaperSupplied(keys[0], (await desk.upload(owner(citizen)),)),))
    await supplying.supply(case.case_no, given, by=citizen, now=after(promise, desk, 0))
    assert await terminating.lapse(after(promise, desk)) == 0
    assert not await terminating.lapse_one(case.case_no, after(promise, desk))


async def test_what_the_law_accepted_unsigned_has_its_days_too(desk: Desk, db: ModuleType) -> None:
    from backend.review.deeming import deem

    case, _ = await lacking(desk, db)
    later = desk.now + timedelta(days=9)
    assert await deem(case.case_no, later)
    promise = await promises.of(case.id)
    assert promise is not None and promise.signed_at is None and promise.supply_by is not None
    assert promise.supply_by >= day_of(later)
    owner_ = await desk.who("wangmin")
    known = await facts.load(await reading.by_number(case.case_no))
    assert {Verb.PROMISE, Verb.SUPPLY} <= set(approval.citizen_verbs(known, is_owner=True))
    await promising.sign(case.case_no, SIGNED, by=owner_, now=later)


async def test_the_pages_from_signing_to_handing_in(client: httpx.AsyncClient, desk: Desk, db: ModuleType) -> None:
    case, keys = await lacking(desk, db)
    here = f"/cases/{case.case_no}"
    await as_(client, desk, "wangmin")
    assert f'href="{here}/promise"' in (await client.get(here)).text
    token = await csrf(client, f"{here}/promise")
    empty = await client.post(f"{here}/promise", data={"_csrf": token, "signature": "  "})
    assert empty.status_code == 422
    assert "先签上您的全名" in empty.text
    done = await client.post(f"{here}/promise", data={"_csrf": token, "signature": "王敏"})
    assert (done.status_code, done.headers["location"]) == (303, here)
    await as_(client, desk, "clerk")
    clerk = await desk.taken(case.case_no)
    await review.accept(case.case_no, Acceptance(), by=clerk, now=desk.now)
    bench = await client.get(f"/desk/cases/{case.case_no}")
    assert "容缺，等申请人后补" in bench.text
    assert f"/desk/cases/{case.case_no}/supply" in bench.text
    await as_(client, desk, "wangmin")
    assert f'href="{here}/supply"' in (await client.get(here)).text
    token = await csrf(client, f"{here}/supply")
    nothing = await client.post(f"{here}/supply", data={"_csrf": token})
    assert nothing.status_code == 422
    await desk.upload(owner(await desk.who("wangmin")), supplying.slot_of(keys[0]))
    sent = await client.post(f"{here}/supply", data={"_csrf": token})
    assert sent.status_code == 303
    assert "还差" not in (await client.get(here)).text
    assert "该补的都收到了" in (await client.get(f"{here}/supply")).text


async def test_a_clerk_takes_it_on_paper_at_any_window(client: httpx.AsyncClient, desk: Desk, db: ModuleType) -> None:
    case, keys, _ = await accepted(desk, db)
    await as_(client, desk, "clerk_8")
    path = f"/desk/cases/{case.case_no}/supply"
    token = await csrf(client, path)
    assert (await client.post(path, data={"_csrf": token})).status_code == 422
    done = await client.post(path, data={"_csrf": token, f"paper-{keys[0]}": "yes"})
    assert done.status_code == 303
    assert (await reading.materials_of(case.id))[-1].how is GivenHow.PAPER


async def test_the_api_signs_and_supplies_once_for_one_key(
    client: httpx.AsyncClient, desk: Desk, db: ModuleType
) -> None:
    case, keys = await lacking(desk, db)
    headers = {"authorization": f"Bearer {await desk.token('wangmin')}"}
    at = f"/api/v1/cases/{case.case_no}"
    once = {**headers, "idempotency-key": "sign-this-case-1"}
    answers = [await client.post(f"{at}/promise", json={"signature": "王敏"}, headers=once) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[1].headers["idempotent-replayed"] == "true"
    assert answers[0].json()["promise"]["papers"][0]["key"] == keys[0]
    early = {"items": [{"key": keys[0], "uploads": ["00000000-0000-0000-0000-000000000000"]}]}
    assert (await client.post(f"{at}/supply", json=early, headers=headers)).status_code == 409
    assert (await client.get(f"{at}/promise", headers=headers)).json()["signed_at"]
