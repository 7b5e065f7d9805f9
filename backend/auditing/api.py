"""Trails and anchors as JSON."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from litestar import get, post
from msgspec import Meta, Struct

from backend.auditing import anchoring, exporting, verifying
from backend.auditing.pages import MAY_PROVE
from backend.people.audit import audit
from backend.people.guards import requires
from backend.people.sessions import Visitor
from shared_schemas.people import OfficerActor
from shared_schemas.trail import Anchor, ChainReport, Trail

_PROVERS = [requires(*MAY_PROVE)]


class Verification(Struct, frozen=True, forbid_unknown_fields=True):
    """Which chains: those under one day's anchor, or (null) all."""

    day: Annotated[date, Meta(description="A day with an anchor")] | None = None


@get(
    "/cases/{case_no:str}/trail",
    guards=_PROVERS,
    tags=["audit"],
    summary="The audit trail of a case as a file",
    operation_id="CaseTrail",
    description="Every event with its hash, who looked, the verdict, and its place in the day's anchor. `yimaban audit "
    "verify` checks it without the database. Audit administrators get it without remarks. The export is on record.",
)
async def trail(officer: OfficerActor, case_no: str, visitor: Visitor, now: datetime) -> Trail:
    """The trail."""
    return await exporting.export(case_no, by=officer, now=now, visitor=visitor)


@get(
    "/anchors",
    guards=_PROVERS,
    tags=["audit"],
    summary="Daily anchors of all chains",
    operation_id="Anchors",
    description="Newest first, 31 at a time; `before` goes on. Each hash covers the day's Merkle root and the anchor before.",
)
async def anchors(officer: OfficerActor, now: datetime, before: date | None = None) -> list[Anchor]:
    """The list."""
    await audit(officer, "chains.read", now=now)
    return await anchoring.latest(before=before)


@post(
    "/anchors/verification",
    guards=_PROVERS,
    status_code=200,
    tags=["audit"],
    summary="Verify chains against their anchors",
    operation_id="VerifyChains",
    description="All chains, or those under one day's anchor: finds a changed event, a removed case, a changed anchor. "
    "What was found is on record.",
)
async def verify(officer: OfficerActor, now: datetime, data: Verification) -> ChainReport:
    """The report."""
    report = await verifying.verify(now, day=data.day)
    await audit(officer, "chains.verified", now=now, day=data.day, cases=report.cases, faults=len(report.faults))
    return report


handlers = [trail, anchors, verify]
