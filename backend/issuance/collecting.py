"""领证: by download once, or over any counter with a proof of service; then the hall closes the case."""

from __future__ import annotations

from datetime import datetime

from backend import crypto, db, ratelimit, storage
from backend.cases import closing, reading, recording, sealing, services
from backend.documents import shapes
from backend.domain.calendar import day_of
from backend.domain.refusal import Refusal
from backend.issuance import queries
from backend.issuance.issuing import aad
from backend.people.audit import audit
from backend.settings import settings
from shared_schemas.case import Case
from shared_schemas.issuance import HandOver, Relation
from shared_schemas.people import CitizenActor, OfficerActor
from shared_schemas.service import ServiceMethod
from shared_schemas.vocabulary import Verb

_TRIES = 5
_WITHIN = 600  # seconds


async def hand_over(case_no: str, given: HandOver, *, by: OfficerActor, now: datetime) -> Case:
    """发证 at a window: the collector is recorded, the 送达回证 written, the case closed.

    Raises Refusal("hand_over.wrong_digits"), "hand_over.name_needed", and "rate.limited" after five wrong tries.
    """
    if given.relation is Relation.AGENT and not given.collector.strip():
        raise Refusal("hand_over.name_needed")
    await _check_last_four(case_no, given.last_four, by, now)
    async with db.transaction():
        case = await recording.load_for(Verb.HAND_OVER, case_no, by, now, seen=given.seen)
        name = given.collector.strip() if given.relation is Relation.AGENT else await reading.applicant_name(case)
        case = await recording.record(
            case, Verb.HAND_OVER, by=by, at=now, particulars={"relation": given.relation, "window": by.window}
        )
        delivered = await collected(case, "window", now, by.id, name)
        await closing.serve(
            case,
            delivered,
            by=by,
            now=now,
            method=ServiceMethod.DIRECT,
            place=f"{settings.hall_name} {by.window} 号窗口" if by.window else settings.hall_name,
            recipient=name,
            relation=given.relation.zh,
            evidence="扫码核验，证件后四位一致",
        )
        return await closing.close(case, now)


async def _check_last_four(case_no: str, last_four: str, by: OfficerActor, now: datetime) -> None:
    """A wrong try is counted and audited although nothing else is kept."""
    blob = await db.fetchval("SELECT last_fours_sealed FROM case_file WHERE case_no = $1", case_no)
    if blob is None:
        raise Refusal("case.not_found")
    if last_four.upper() not in sealing.unseal_json(case_no, "last_fours", blob):
        await db.when_over(lambda: _count_wrong_try(case_no, by, now))
        raise Refusal("hand_over.wrong_digits")


async def _count_wrong_try(case_no: str, by: OfficerActor, now: datetime) -> None:
    await audit(by, "hand_over.wrong_digits", now=now, case_no=case_no)
    await ratelimit.hit(f"hand_over|{case_no}", _TRIES, _WITHIN, now)


async def collected(
    case: Case, how: str, now: datetime, officer: int | None, collector: str
) -> tuple[shapes.Delivered, ...]:
    """Keep who has the certificate now and how it came to them ("window", "download", "post"); what was served."""
    row = await db.fetchrow(
        "UPDATE certificate SET collected_at = $2, collected_how = $3, handed_by = $4, collector_sealed = $5 "
        "WHERE case_id = $1 AND revoked_at IS NULL RETURNING title, number",
        case.id,
        now,
        how,
        officer,
        crypto.seal(collector, aad("collector", case.case_no)),
    )
    # One that is in the post as well is waited for no longer.
    await services.reached(case, row["number"], day_of(now), collector)
    return (shapes.Delivered(row["title"], row["number"]),)


async def collect(case_no: str, *, by: CitizenActor, now: datetime, seen: int | None = None) -> Case:
    """下载领证: the first time is the collection; after it, collecting again changes nothing."""
    async with db.transaction():
        found = await reading.owned(case_no, by.id)
        # Two taps at once: the second waits here and then finds it collected.
        await db.execute("SELECT 1 FROM case_file WHERE id = $1 FOR UPDATE", found.id)
        row = await queries.row_of(found.id)
        if row is not None and row["collected_at"] is not None:
            return await reading.owned(case_no, by.id)
        case = await recording.load_for(Verb.DOWNLOAD, case_no, by, now, seen=seen)
        case = await recording.record(case, Verb.DOWNLOAD, by=by, at=now)
        name = await reading.applicant_name(case)
        delivered = await collected(case, "download", now, None, name)
        await closing.serve(
            case,
            delivered,
            by=closing.HALL,
            now=now,
            method=ServiceMethod.ELECTRONIC,
            place="一码办手机端",
            recipient=name,
            evidence="本人登录下载",
        )
        return await closing.close(case, now)


async def pdf(case_no: str, *, by: CitizenActor) -> tuple[str, bytes]:
    """File name and signed PDF for its owner, once it was collected.

    Raises Refusal("certificate.not_ready") and "certificate.collect_first".
    """
    case = await reading.owned(case_no, by.id)
    row = await queries.row_of(case.id)
    if row is None:
        raise Refusal("certificate.not_ready")
    if row["collected_at"] is None:
        raise Refusal("certificate.collect_first")
    return f"{row['title']}-{row['number']}.pdf", await storage.get(row["path"])
