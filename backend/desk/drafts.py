"""An unsigned decision, kept while its officer confirms who he is."""

from __future__ import annotations

from datetime import datetime

import msgspec

from backend import crypto, db
from shared_schemas.case import Case
from shared_schemas.people import OfficerActor


async def keep(case: Case, by: OfficerActor, words: dict[str, str], now: datetime) -> None:
    """Keep what was typed; the newest stands."""
    sealed = crypto.seal(msgspec.json.encode(words), f"decision_draft|{by.id}|{case.case_no}")
    await db.execute(
        "INSERT INTO decision_draft (officer, case_id, content_sealed, at) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (officer, case_id) DO UPDATE SET content_sealed = $3, at = $4",
        by.id,
        case.id,
        sealed,
        now,
    )


async def of(case: Case, by: OfficerActor) -> dict[str, str]:
    """What this officer typed before; empty when nothing is kept."""
    blob = await db.fetchval(
        "SELECT content_sealed FROM decision_draft WHERE officer = $1 AND case_id = $2", by.id, case.id
    )
    if blob is None:
        return {}
    return msgspec.json.decode(crypto.open_(blob, f"decision_draft|{by.id}|{case.case_no}"), type=dict[str, str])


async def forget(case_no: str, by: OfficerActor) -> None:
    """Signed: the draft is done with."""
    await db.execute(
        "DELETE FROM decision_draft d USING case_file c WHERE c.id = d.case_id AND c.case_no = $1 AND d.officer = $2",
        case_no,
        by.id,
    )
