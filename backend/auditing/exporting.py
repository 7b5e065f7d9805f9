"""A case's trail as a file: events, who looked, what was made, the verdict, its place in the day's anchor."""

from __future__ import annotations

import asyncio
from datetime import datetime

from backend import catalogue, db
from backend.auditing.anchoring import leaves_of
from backend.cases import log, papers, reading, remarks, scope
from backend.domain import chain
from backend.domain.refusal import Refusal
from backend.people.audit import audit
from backend.people.sessions import Visitor
from backend.review.looking import look
from backend.settings import settings
from shared_schemas.case import Case, Event
from shared_schemas.people import OfficerActor
from shared_schemas.trail import (
    FORMAT,
    Exporter,
    RemarkState,
    Trail,
    TrailAnchor,
    TrailEvent,
    TrailLook,
    TrailPaper,
    Verdict,
)
from shared_schemas.vocabulary import Role

_LOOKS = """
SELECT a.at, a.actor_kind, coalesce(o.name, '') AS who, a.what FROM audit_event a
LEFT JOIN officer o ON a.actor_kind = 'officer' AND o.id = a.actor_id WHERE a.case_no = $1 ORDER BY a.id
"""
_ANCHORED = """
SELECT l.anchor, l.place, l.seq, a.day, a.leaves, a.root, a.previous_hash, a.hash
FROM anchor_leaf l JOIN anchor a ON a.id = l.anchor WHERE l.case_id = $1 ORDER BY a.day DESC LIMIT 1
"""


async def export(
    case_no: str, *, by: OfficerActor, now: datetime, what: str = "case.trail_exported", visitor: Visitor | None = None
) -> Trail:
    """The trail, as far as `by` may read it; that he took it is on record (and the last line of its looks).

    A supervisor (or whoever is in scope) reads the remarks; an audit administrator gets the log without them: he sees
    no case. Raises Refusal("case.not_found"), "approval.conflict_of_interest".
    """
    case = await reading.by_number(case_no)
    may_read_words = await scope.may_read(case, by)
    if may_read_words:
        await look(case, by, now, what=what, visitor=visitor)
    elif by.has(Role.AUDIT_ADMINISTRATOR):
        await audit(by, what, now=now, case_no=case_no, visitor=visitor)
    else:
        raise Refusal("case.not_found")
    events = await log.of(case.id)
    matter = await catalogue.version(case.matter, case.matter_version)
    fault = chain.first_fault(case_no, events) if events else 1
    looks = await db.fetch(_LOOKS, case_no)
    return Trail(
        format=FORMAT,
        hall=settings.hall_name,
        case_no=case_no,
        matter=matter.name,
        department=catalogue.current().department(case.department).label("zh"),
        exported_at=now,
        exported_by=Exporter(by.name, by.staff_no),
        events=await _events(case, events, may_read_words=may_read_words),
        looks=tuple(TrailLook(row["at"], row["actor_kind"], row["who"], row["what"]) for row in looks),
        papers=tuple(TrailPaper(p.kind.zh, p.number, p.issued_at) for p in await papers.of(case.id)),
        verdict=Verdict(fault is None, fault, events[-1].hash.hex() if events else ""),
        anchor=await _anchor(case),
    )


async def _events(case: Case, events: list[Event], *, may_read_words: bool) -> tuple[TrailEvent, ...]:
    words, erased = await remarks.of(case), await remarks.erased(case.id)
    kept = RemarkState.KEPT if may_read_words else RemarkState.WITHHELD

    def state(seq: int) -> RemarkState:
        return kept if seq in words else RemarkState.ERASED if seq in erased else RemarkState.NONE

    return tuple(
        TrailEvent(
            seq=event.seq,
            verb=event.verb,
            verb_zh=event.verb.zh,
            by_kind=event.by_kind,  # type: ignore[arg-type]  # one of three, written by log.signature alone
            by_id=event.by_id,
            by_name=event.by_name,
            at=event.at,
            particulars=event.particulars,
            previous_hash=event.previous_hash.hex(),
            hash=event.hash.hex(),
            remark=state(event.seq),
            remark_text=words.get(event.seq, "") if may_read_words else "",
        )
        for event in events
    )


async def _anchor(case: Case) -> TrailAnchor | None:
    """The newest anchor that holds an event of this case; None before the first night."""
    row = await db.fetchrow(_ANCHORED, case.id)
    if row is None:
        return None
    leaves = await leaves_of(row["anchor"])
    proof = await asyncio.to_thread(chain.inclusion_proof, leaves, row["place"])
    return TrailAnchor(
        row["day"],
        row["seq"],
        row["place"],
        row["leaves"],
        tuple(each.hex() for each in proof),
        row["root"].hex(),
        row["previous_hash"].hex(),
        row["hash"].hex(),
    )
