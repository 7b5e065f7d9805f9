"""集体讨论记录: the minutes of a collective decision, once a case, before the chief decides."""

from __future__ import annotations

import re
from datetime import datetime

from backend import db
from backend.cases import recording, sealing
from backend.domain.calendar import day_of
from backend.domain.refusal import Refusal
from shared_schemas.case import Case
from shared_schemas.collegial import MinutesRecorded
from shared_schemas.people import OfficerActor
from shared_schemas.vocabulary import Verb

_BETWEEN = re.compile(r"[、，,;；\s]+")
FEWEST = 2  # one alone discusses nothing collectively


async def record(case_no: str, given: MinutesRecorded, *, by: OfficerActor, now: datetime) -> Case:
    """Keep the minutes. Raises Refusal("minutes.in_the_future"), "minutes.alone"."""
    if given.held_on > day_of(now):
        raise Refusal("minutes.in_the_future")
    if len({name for name in _BETWEEN.split(given.present) if name}) < FEWEST:
        raise Refusal("minutes.alone")
    async with db.transaction():
        case = await recording.load_for(Verb.RECORD_MINUTES, case_no, by, now, seen=given.seen)
        await db.execute(
            "INSERT INTO minutes (case_id, held_on, place, present_sealed, record_sealed, resolution, recorded_by, "
            "recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            case.id,
            given.held_on,
            given.place.strip(),
            sealing.seal(case_no, "minutes|present", given.present.strip()),
            sealing.seal(case_no, "minutes|record", given.record.strip()),
            given.resolution,
            by.id,
            now,
        )
        return await recording.record(
            case,
            Verb.RECORD_MINUTES,
            by=by,
            at=now,
            particulars={"held_on": given.held_on.isoformat(), "resolution": given.resolution},
        )
