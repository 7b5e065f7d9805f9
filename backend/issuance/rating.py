"""好差评: voluntary, five levels, one a case; no officer ever sees who rated."""

from __future__ import annotations

from datetime import datetime

from backend import crypto, db
from backend.cases import recording
from shared_schemas.case import Case
from shared_schemas.issuance import RatingGiven
from shared_schemas.people import CitizenActor
from shared_schemas.vocabulary import Verb


async def rate(case_no: str, given: RatingGiven, *, by: CitizenActor, now: datetime) -> Case:
    """评价. Raises Refusal("case.already_rated"). Level and words stay out of the log, which staff may read."""
    async with db.transaction():
        case = await recording.load_for(Verb.RATE, case_no, by, now)
        case = await recording.record(case, Verb.RATE, by=by, at=now, is_rated=True)
        window = await db.fetchval("SELECT number FROM window_desk WHERE officer = $1", case.first_handler)
        words = given.words.strip()
        await db.execute(
            "INSERT INTO case_rating (case_id, level, comment_sealed, at, window_no) VALUES ($1, $2, $3, $4, $5)",
            case.id,
            int(given.level),
            crypto.seal(words, f"case_rating|comment|{case.id}") if words else None,
            now,
            window,
        )
    return case
