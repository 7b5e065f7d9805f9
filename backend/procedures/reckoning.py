"""A standstill began or ended, an extension was granted: the case's stored days follow."""

from __future__ import annotations

from datetime import date
from typing import Any

from backend import catalogue
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
