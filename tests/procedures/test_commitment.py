"""告知承诺: chosen and signed for, and what becomes of it when it was untrue."""

from __future__ import annotations

from types import ModuleType

import pytest

from backend.cases import facts, reading
from backend.domain import approval, materials
from backend.domain.materials import MaterialFault
from backend.domain.refusal import Refusal
from backend.issuance import actions as issuance
from backend.issuance import queries as certificates
from backend.procedures import breaching, promising, terminating
from backend.review import actions as review
from shared_schemas.case import Case
from shared_schemas.ending import Termination
from shared_schemas.filing import GivenMaterial
from shared_schemas.matter import Material
from shared_schemas.promise import Breach, PromiseSigned
from shared_schemas.review import Acceptance, Grant
from shared_schemas.vocabulary import DocumentKind, GivenHow, Step, Verb
from tests.desk import Desk, paper_text

FOUND = Breach("承诺的经营场所是一间住宅，没有营业", "与承诺的条件不符")


async def refused(action: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        await action  # type: ignore[misc]
    return caught.value


async def committed(desk: Desk, db: ModuleType, mode: str = "sole") -> Case:
    """A case in which a commitment stands for the last paper, signed and accepted."""
    case = await desk.filed(mode)
    key = (await reading.materials_of(case.id))[-1].key
    await db.execute("UPDATE case_material SET how = 'commit' WHERE case_id = $1 AND key = $2", case.id, key)
    clerk = await desk.taken(case.case_no)
    early = await refused(review.accept(case.case_no, Acceptance(), by=clerk, now=desk.now))
    assert early.code == "review.promise_unsigned"
    await promising.sign(case.case_no, PromiseSigned("王敏"), by=await desk.who("wangmin"), now=desk.now)
    return await review.accept(case.case_no, Acceptance(), by=clerk, now=desk.now)


@pytest.mark.parametrize("may_commit", [True, False])
def test_a_commitment_stands_only_for_proofs_that_are_marked(may_commit: bool) -> None:
    asked = (Material("proof", "场所证明", may_commit=may_commit),)
    found = materials.standing(asked, [GivenMaterial("proof", GivenHow.COMMIT)])
    assert found.faults == ({} if may_commit else {"proof": MaterialFault.MAY_NOT_COMMIT})


def test_the_catalogue_marks_no_proof_of_safety_or_health(starter: object) -> None:
    marked = {(m.code, p.name) for m in starter.matters.values() for p in m.materials if p.may_commit}  # type: ignore[attr-defined]
    assert {code for code, _ in marked} == {"jwt-13", "rsj-01", "rsj-02", "zfj-01"}
    assert all(starter.matters[code].allows_commitment for code, _ in marked)  # type: ignore[attr-defined]
    assert not any(word in name for _, name in marked for word in ("健康", "安全", "消防", "环境", "检测"))


async def test_it_is_signed_for_and_granted_like_any_other(desk: Desk, db: ModuleType) -> None:
    case = await committed(desk, db)
    text = await paper_text(case, DocumentKind.COMMITMENT_LETTER)
    assert "王敏" in text
    assert "承诺不实的" in text
    await review.grant(case.case_no, Grant("同意"), by=await desk.who("approver_third"), now=desk.now)
    assert (await reading.by_number(case.case_no)).step is Step.ISSUED


async def test_found_untrue_under_way_it_is_not_granted_and_may_be_terminated(desk: Desk, db: ModuleType) -> None:
    case = await committed(desk, db)
    third, second = await desk.who("approver_third"), await desk.who("approver_second")
    why = Termination("承诺不实")
    assert (await refused(terminating.terminate(case.case_no, why, by=second, now=desk.now))).code == "case.not_overdue"
    await breaching.record(case.case_no, FOUND, by=third, now=desk.now)
    assert (await refused(breaching.record(case.case_no, FOUND, by=third, now=desk.now))).code == "case.breach_once"
    refusal = await refused(review.grant(case.case_no, Grant("同意"), by=third, now=desk.now))
    assert refusal.code == "case.commitment_broken"
    known = await facts.load(await reading.by_number(case.case_no))
    assert Verb.GRANT not in approval.open_verbs(known, third, desk.now)
    ended = await terminating.terminate(case.case_no, why, by=second, now=desk.now)
    assert ended.ended_as is Step.TERMINATED


async def test_what_was_granted_on_it_is_revoked_a_tier_up(desk: Desk, db: ModuleType) -> None:
    case = await committed(desk, db)
    third, second = await desk.who("approver_third"), await desk.who("approver_second")
    await review.grant(case.case_no, Grant("同意"), by=third, now=desk.now)
    case = await issuance.collect(case.case_no, by=await desk.who("wangmin"), now=desk.now)
    assert (await refused(breaching.record(case.case_no, FOUND, by=third, now=desk.now))).code == (
        "approval.tier_too_low"
    )
    after = await breaching.record(case.case_no, FOUND, by=second, now=desk.now)
    assert after.step is Step.CLOSED
    certificate = await certificates.of_case(after)
    assert certificate is not None and certificate.is_revoked
    text = await paper_text(after, DocumentKind.REVOCATION_DECISION)
    for said in ("承诺的经营场所是一间住宅", "第六十九条第二款", "复议", "诉讼"):
        assert said in text, said


async def test_without_a_commitment_there_is_no_breach(desk: Desk) -> None:
    case = await desk.accepted("sole")
    third = await desk.who("approver_third")
    assert (await refused(breaching.record(case.case_no, FOUND, by=third, now=desk.now))).code == "case.no_commitment"
