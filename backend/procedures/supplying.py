"""补交容缺材料: what was to follow comes in, all of it or a part, from the phone or over any counter."""

from __future__ import annotations

from datetime import datetime

from backend import db
from backend.cases import promises, recording, uploads
from backend.domain.refusal import Refusal
from shared_schemas.case import Case
from shared_schemas.people import CitizenActor, OfficerActor
from shared_schemas.promise import PaperSupplied, Supplied
from shared_schemas.vocabulary import GivenHow, MaterialVerdict, Verb


def slot_of(key: str) -> str:
    """The word under which files for one paper are uploaded (`upload.material`)."""
    return f"supply.{key}"[:40]


async def supply(case_no: str, given: Supplied, *, by: CitizenActor | OfficerActor, now: datetime) -> Case:
    """Hand in what was to follow. The clock goes on; the decision waits until nothing is missing.

    Raises Refusal("supply.nothing"), "supply.not_awaited", "supply.paper_needs_window", "correction.upload_not_ready".
    """
    full = tuple(item for item in given.items if item.uploads or item.on_paper)
    if not full:
        raise Refusal("supply.nothing")
    if isinstance(by, CitizenActor) and any(item.on_paper for item in full):
        raise Refusal("supply.paper_needs_window")
    async with db.transaction():
        case = await recording.load_for(Verb.SUPPLY, case_no, by, now, seen=given.seen)
        awaited = await promises.of(case.id)
        keys = {paper.key for paper in awaited.papers} if awaited else set()
        for item in full:
            if item.key not in keys:
                raise Refusal("supply.not_awaited")
            await _keep(case, item, by, now)
        left = len(keys - {item.key for item in full})
        return await recording.record(case, Verb.SUPPLY, by=by, at=now, particulars={"papers": len(full), "left": left})


async def _keep(case: Case, item: PaperSupplied, by: CitizenActor | OfficerActor, now: datetime) -> None:
    if item.uploads:
        await uploads.claim(case, uploads.owner_of(by), item.uploads)
        await uploads.replace(case, item.key, item.uploads, now)
        return
    await db.execute(
        "UPDATE case_material SET how = $3, verdict = $4, verdict_by = $5, verdict_at = $6 "
        "WHERE case_id = $1 AND key = $2",
        case.id,
        item.key,
        GivenHow.PAPER,
        MaterialVerdict.FITS,
        by.id,
        now,
    )
