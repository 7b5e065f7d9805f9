"""A standstill began or ended, an extension was granted: the case's stored days follow."""

from __future__ import annotations

from datetime import date
from typing import Any

from backend import catalogue, db
from backend.cases import clocks
from shared_schemas.case import Case


async def columns(case: Case, today: date, *, extended_by: int | None = None) -> dict[str, Any]:
    """The columns of both clocks as they are now, inside the caller's transaction."""
    matter = await catalogue.version(case.matter, case.matter_version)
    if case.accepted_at is None:
        return {}
    return clocks.reckoned(
        case.accepted_at,
        matter,
        extended_by=case.extended_by if extended_by is None else extended_by,
        standstills=await clocks.standstills_of(case.id),
        today=today,
    ).columns


async def keep(case: Case, today: date) -> None:
    """The same written to the row, where no verb is recorded that would carry them."""
    found = await columns(case, today)
    await db.execute(_KEEP, case.id, *(found[name] for name in _NAMES))


_NAMES = (
    "promised_due_on",
    "statutory_due_on",
    "is_due_provisional",
    "is_stopped",
    "promised_amber_on",
    "statutory_amber_on",
)
_KEEP = (
    "UPDATE case_file SET promised_due_on = $2, statutory_due_on = $3, is_due_provisional = $4, is_stopped = $5, "
    "promised_amber_on = $6, statutory_amber_on = $7 WHERE id = $1"
)
