"""容缺承诺: the applicant signs the list of what is to follow, on his own account or at any window, before acceptance."""

from __future__ import annotations

from datetime import datetime

from backend import catalogue, db
from backend.cases import drafting, papers, promises, reading, recording, sealing
from backend.documents import shapes
from backend.domain import supplying
from backend.domain.refusal import Refusal
from shared_schemas.case import Case
from shared_schemas.matter import Matter
from shared_schemas.people import CitizenActor, OfficerActor
from shared_schemas.promise import PromiseSigned, PromiseView
from shared_schemas.vocabulary import DocumentKind, Verb


async def sign(case_no: str, given: PromiseSigned, *, by: CitizenActor | OfficerActor, now: datetime) -> Case:
    """Sign for what follows, and for what a commitment stands for. The letters are made at once; a clerk may accept.

    Raises Refusal("case.nothing_promised"), "promise.signature_missing", "promise.signature_wrong".
    """
    signature = " ".join(given.signature.split())
    if not signature:
        raise Refusal("promise.signature_missing")
    async with db.transaction():
        case = await recording.load_for(Verb.PROMISE, case_no, by, now, seen=given.seen)
        if not supplying.is_signature_of(signature, await _names(case, by)):
            raise Refusal("promise.signature_wrong")
        promise = await promises.of(case.id)
        if promise is None:
            raise Refusal("case.nothing_promised")
        await _keep(case, signature, by, now, is_committed=bool(promise.committed))
        counts = {"papers": len(promise.papers), "committed": len(promise.committed)}
        case = await recording.record(case, Verb.PROMISE, by=by, at=now, particulars=counts)
        if promise.papers:
            await papers.issue(case, await _letter(case, promise, signature, by, now), by=by, now=now)
        if promise.committed:
            await papers.issue(case, await _commitment(case, promise, signature, by, now), by=by, now=now)
    return case


async def _names(case: Case, by: CitizenActor | OfficerActor) -> frozenset[str]:
    """Whose full name counts: that of the account, or of whoever the form names as able to stand at the window."""
    if isinstance(by, CitizenActor):
        return frozenset({by.name})
    form = await reading.form_of(case)
    named = (form.get(key) for key in ("name", "agent_name", "legal_rep_name"))
    return frozenset({await reading.applicant_name(case), *(str(name) for name in named if name)})


async def _keep(
    case: Case, signature: str, by: CitizenActor | OfficerActor, now: datetime, *, is_committed: bool
) -> None:
    await db.execute(
        "INSERT INTO promise (case_id, signed_at, signed_before, signature_sealed, is_committed, is_provisional) "
        "VALUES ($1, $2, $3, $4, $5, false) ON CONFLICT (case_id) "
        "DO UPDATE SET signed_at = $2, signed_before = $3, signature_sealed = $4, is_committed = $5",
        case.id,
        now,
        by.id if isinstance(by, OfficerActor) else None,
        sealing.seal(case.case_no, "promise|signature", signature),
        is_committed,
    )


async def _letter(
    case: Case, promise: PromiseView, signature: str, by: CitizenActor | OfficerActor, now: datetime
) -> shapes.PromiseLetter:
    matter = await catalogue.version(case.matter, case.matter_version)
    limit = (matter.promised or matter.statutory).label("zh")
    return shapes.PromiseLetter(
        head=await drafting.head(case, DocumentKind.PROMISE_LETTER, by=by, now=now),
        applicant=await drafting.party(case),
        materials=tuple(paper.name for paper in promise.papers),
        within=f"受理后 {promise.within} 个工作日内{f'，最迟不超过承诺的{limit}' if limit else ''}",
        signer=signature,
        signed_at=now,
        evidence=_evidence(by),
    )


async def _commitment(
    case: Case, promise: PromiseView, signature: str, by: CitizenActor | OfficerActor, now: datetime
) -> shapes.CommitmentLetter:
    matter = await catalogue.version(case.matter, case.matter_version)
    return shapes.CommitmentLetter(
        head=await drafting.head(case, DocumentKind.COMMITMENT_LETTER, by=by, now=now),
        applicant=await drafting.party(case),
        conditions=conditions_of(matter),
        materials=tuple(paper.name for paper in promise.committed),
        signer=signature,
        signed_at=now,
        evidence=_evidence(by),
    )


def conditions_of(matter: Matter) -> tuple[str, ...]:
    """What the applicant commits to: the matter's own conditions, else those of the laws it rests on."""
    by_law = tuple(f"符合《{basis.law.strip('《》')}》规定的条件" for basis in matter.basis)
    return matter.conditions or by_law or ("符合法律、法规规定的全部条件",)


def _evidence(by: CitizenActor | OfficerActor) -> str:
    if isinstance(by, OfficerActor):
        return f"在综合窗口当面签，经办人{by.name}见证"
    return "实名账号登录后亲手输入姓名"
