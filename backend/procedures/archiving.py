"""归档: the first handler puts a closed case away, its papers counted."""

from __future__ import annotations

from datetime import datetime

from backend import db
from backend.cases import papers, recording, remarks
from shared_schemas.case import Case
from shared_schemas.ending import Archiving
from shared_schemas.people import OfficerActor
from shared_schemas.vocabulary import Verb


async def archive(case_no: str, given: Archiving, *, by: OfficerActor, now: datetime) -> Case:
    """Put it away. The log says how many documents and files the archive holds; where, is kept beside it."""
    async with db.transaction():
        case = await recording.load_for(Verb.ARCHIVE, case_no, by, now, seen=given.seen)
        files = await db.fetchval("SELECT count(*) FROM case_upload WHERE case_id = $1", case.id)
        held = {"documents": len(await papers.of(case.id)), "files": files}
        case = await recording.record(case, Verb.ARCHIVE, by=by, at=now, particulars=held)
        await remarks.write(case, given.place)
    return case
