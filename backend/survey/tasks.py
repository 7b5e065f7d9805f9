"""A matter that needs a survey gets its task in the very transaction in which it is accepted, by a clerk or by law."""

from __future__ import annotations

from datetime import datetime

from backend import catalogue, db
from backend.cases import following
from backend.domain.case import UNDER_WAY
from shared_schemas.case import Case
from shared_schemas.vocabulary import Verb


@following.with_(Verb.ACCEPT, Verb.DEEM_ACCEPTED)
async def make(case: Case, now: datetime) -> None:
    """The task, where the case's own version of its matter needs a survey."""
    matter = await catalogue.version(case.matter, case.matter_version)
    if matter.has_survey:
        await ensure(case, now)


async def ensure(case: Case, now: datetime) -> int:
    """The current task of a case; made if there is none. Its id."""
    made = await db.fetchval(
        "INSERT INTO survey (case_id, department, made_at, is_current, inspectors, signed_by, is_signed, is_disputed) "
        "VALUES ($1, $2, $3, true, '{}', '{}', false, false) "
        "ON CONFLICT (case_id) WHERE is_current DO NOTHING RETURNING id",
        case.id,
        case.department,
        now,
    )
    return made or await db.fetchval("SELECT id FROM survey WHERE case_id = $1 AND is_current", case.id)


async def make_missing(now: datetime) -> int:
    """Tasks for cases that were accepted before their matter needed a survey, or before there were tasks; how many."""
    needing = [matter.code for matter in catalogue.current().matters.values() if matter.has_survey]
    return await db.fetchval(
        "WITH made AS (INSERT INTO survey (case_id, department, made_at, is_current, inspectors, signed_by, is_signed, "
        "is_disputed) SELECT c.id, c.department, $2, true, '{}', '{}', false, false FROM case_file c "
        "WHERE c.step = ANY($3) AND c.matter = ANY($1) AND NOT EXISTS (SELECT FROM survey s WHERE s.case_id = c.id) "
        "ON CONFLICT (case_id) WHERE is_current DO NOTHING RETURNING 1) SELECT count(*) FROM made",
        needing,
        now,
        UNDER_WAY,
    )
