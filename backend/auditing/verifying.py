"""Are all chains as they were? Anchors against their list, their list against the log, the log against itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import date, datetime
from itertools import groupby, takewhile

from backend import db
from backend.auditing.anchoring import leaves_of
from backend.domain import chain
from shared_schemas.case import Event
from shared_schemas.trail import Anchor, ChainFault, ChainReport, FaultKind
from shared_schemas.vocabulary import Verb

MOST_FAULTS = 200
_BATCH = 500
_VERBS = frozenset(Verb)
_ANCHORS = (
    "SELECT id, day, leaves, root, previous_hash, hash FROM anchor WHERE $1::date IS NULL OR day = $1 ORDER BY day"
)
# A leaf whose event is gone, or is another one now.
_STRAY = """
SELECT l.case_no, l.seq, a.day, e.hash IS NULL AS is_gone FROM anchor_leaf l JOIN anchor a ON a.id = l.anchor
LEFT JOIN case_event e ON e.case_id = l.case_id AND e.seq = l.seq
LEFT JOIN case_file c ON c.id = l.case_id
WHERE ($1::date IS NULL OR a.day = $1) AND (e.hash IS DISTINCT FROM l.hash OR c.id IS NULL)
ORDER BY a.day, l.place LIMIT 200
"""
_CASES = """
SELECT id, case_no FROM case_file c WHERE id > $1
  AND ($2::date IS NULL OR id IN (SELECT l.case_id FROM anchor_leaf l JOIN anchor a ON a.id = l.anchor WHERE a.day = $2))
ORDER BY id LIMIT $3
"""
_EVENTS = """
SELECT case_id, seq, verb, by_kind, by_id, by_name, at, particulars, previous_hash, hash
FROM case_event WHERE case_id = ANY($1) ORDER BY case_id, seq
"""


async def verify(now: datetime, *, day: date | None = None, kept_outside: Sequence[Anchor] = ()) -> ChainReport:
    """All chains, or those under one day's anchor. `kept_outside`: anchors from a file, to compare with.

    Every stored anchor is checked against its leaves, every leaf against the log, every chain against itself.
    """
    anchors = await db.fetch(_ANCHORS, day)
    faults = _outside(anchors, kept_outside)
    faults += await _anchors(anchors, is_whole_list=day is None)
    for row in await db.fetch(_STRAY, day):
        kind = FaultKind.CASE_REMOVED if row["is_gone"] else FaultKind.EVENT_CHANGED
        faults.append(ChainFault(kind, row["day"], row["case_no"], row["seq"]))
    cases = events = 0
    async for case_no, lines in _chains(day):
        cases, events = cases + 1, events + len(lines)
        fault = chain.first_fault(case_no, lines) if lines else 1
        if fault is not None:
            faults.append(ChainFault(FaultKind.CHAIN_BROKEN, None, case_no, fault))
        if len(faults) >= MOST_FAULTS:
            break
    return ChainReport(now, len(anchors), cases, events, tuple(dict.fromkeys(faults))[:MOST_FAULTS])


def _outside(anchors: Sequence[db.Record], kept: Sequence[Anchor]) -> list[ChainFault]:
    """What the copy outside the database knows better."""
    inside = {row["day"]: row["hash"].hex() for row in anchors}
    faults = [ChainFault(FaultKind.ANCHOR_MISSING, each.day) for each in kept if each.day not in inside]
    return faults + [
        ChainFault(FaultKind.ANCHOR_CHANGED, each.day) for each in kept if inside.get(each.day, each.hash) != each.hash
    ]


async def _anchors(anchors: Sequence[db.Record], *, is_whole_list: bool) -> list[ChainFault]:
    faults: list[ChainFault] = []
    previous: db.Record | None = None
    for row in anchors:
        expected = chain.anchor_hash(
            previous=row["previous_hash"], day=row["day"], leaves=row["leaves"], root=row["root"]
        )
        before = previous["hash"] if previous else chain.START
        if row["hash"] != expected or (is_whole_list and row["previous_hash"] != before):
            faults.append(ChainFault(FaultKind.ANCHOR_CHANGED, row["day"]))
        leaves = await leaves_of(row["id"])
        if len(leaves) != row["leaves"] or await asyncio.to_thread(chain.merkle_root, leaves) != row["root"]:
            faults.append(ChainFault(FaultKind.LEAVES_CHANGED, row["day"]))
        if is_whole_list and previous and (row["day"] - previous["day"]).days != 1:
            faults.append(ChainFault(FaultKind.ANCHOR_MISSING, row["day"]))
        previous = row
    return faults


async def _chains(day: date | None) -> AsyncIterator[tuple[str, list[Event]]]:
    last = 0
    while rows := await db.fetch(_CASES, last, day, _BATCH):
        numbers = {row["id"]: row["case_no"] for row in rows}
        logs: dict[int, list[Event]] = {}
        events = await db.fetch(_EVENTS, list(numbers))
        for case_id, lines in groupby(events, key=lambda line: line["case_id"]):
            logs[case_id] = _readable(list(lines))
        for case_id, case_no in numbers.items():
            yield case_no, logs.get(case_id, [])
        last = rows[-1]["id"]


def _readable(lines: list[db.Record]) -> list[Event]:
    """The events up to the first whose verb is no word of the hall: what follows is a gap in the chain."""
    known = list(takewhile(lambda line: line["verb"] in _VERBS, lines))
    events = [Event(line[1], Verb(line[2]), *list(line.values())[3:]) for line in known]
    if len(known) == len(lines):
        return events
    return [*events, Event(0, Verb.RECEIVE, "system", None, "", lines[len(known)]["at"], {})]
