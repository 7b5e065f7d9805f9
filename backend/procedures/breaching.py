"""承诺不实: recorded with what was found. Under way it blocks the grant; what was granted on it is revoked, with a decision."""

from __future__ import annotations

from datetime import datetime

from backend import db
from backend.cases import drafting, papers, recording, remarks, sealing
from backend.documents import shapes
from backend.domain.case import UNDER_WAY
from backend.procedures.serving import serve_now
from shared_schemas.case import Case
from shared_schemas.people import OfficerActor
from shared_schemas.promise import Breach
from shared_schemas.vocabulary import DocumentKind, Verb


async def record(case_no: str, given: Breach, *, by: OfficerActor, now: datetime) -> Case:
    """Record it. Raises Refusal("case.no_commitment"), "case.breach_once", "case.nothing_granted"."""
    async with db.transaction():
        case = await recording.load_for(Verb.RECORD_BREACH, case_no, by, now, seen=given.seen)
        is_over = case.step not in UNDER_WAY
        await db.execute(
            "UPDATE promise SET broken_at = $2, broken_by = $3, broken_sealed = $4 WHERE case_id = $1",
            case.id,
            now,
            by.id,
            sealing.seal(case_no, "promise|broken", given.facts.strip()),
        )
        case = await recording.record(case, Verb.RECORD_BREACH, by=by, at=now, particulars={"is_revoked": is_over})
        await remarks.write(case, f"{given.facts.strip()}\n{given.reasons.strip()}")
        if is_over:
            await _revoke(case, given, by, now)
    return case


async def _revoke(case: Case, given: Breach, by: OfficerActor, now: datetime) -> None:
    row = await db.fetchrow(
        "UPDATE certificate SET revoked_at = $2 WHERE case_id = $1 AND revoked_at IS NULL RETURNING title, number",
        case.id,
        now,
    )
    decision = shapes.RevocationDecision(
        head=await drafting.head(case, DocumentKind.REVOCATION_DECISION, by=by, now=now),
        applicant=await drafting.party(case),
        certificate=f"《{row['title']}》（{row['number']}）" if row else "准予的决定",
        facts=given.facts.strip(),
        reasons=given.reasons.strip(),
        remedies=drafting.remedies(),
    )
    await papers.issue(case, decision, by=by, now=now)
    await serve_now(case, DocumentKind.REVOCATION_DECISION, decision.head.number, by=by, now=now)
