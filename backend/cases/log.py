"""The event log of a case: reading it, and the next line of it with its hash."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from backend import db
from backend.domain import chain
from shared_schemas.case import Case, Event
from shared_schemas.people import Actor, CitizenActor, OfficerActor
from shared_schemas.vocabulary import Verb


def signature(by: Actor) -> tuple[str, int | None, str]:
    """How the log names an actor: kind, id, and a name only for officers, who answer for what they sign."""
    match by:
        case CitizenActor():
            return "citizen", by.id, ""
        case OfficerActor():
            return "officer", by.id, by.name
        case _:
            return "system", None, by.name


def line(
    case_no: str, seq: int, verb: Verb, by: Actor, at: datetime, particulars: dict[str, Any], previous: bytes
) -> Event:
    """The event that follows `previous` (b"" at receipt) with its place in the chain."""
    kind, by_id, name = signature(by)
    digest = chain.event_hash(
        previous=previous,
        case_no=case_no,
        seq=seq,
        verb=verb,
        by=chain.signatory(kind, by_id, name),
        at=at,
        particulars=particulars,
    )
    return Event(seq, verb, kind, by_id, name, at, particulars, previous, digest)


async def of(case_id: int) -> list[Event]:
    """The whole log of a case, oldest first."""
    rows = await db.fetch(
        "SELECT seq, verb, by_kind, by_id, by_name, at, particulars, previous_hash, hash "
        "FROM case_event WHERE case_id = $1 ORDER BY seq",
        case_id,
    )
    return [Event(r[0], Verb(r[1]), *r[2:]) for r in rows]


async def last_of(case_id: int) -> Event:
    """The newest event of a case."""
    row = await db.fetchrow(
        "SELECT seq, verb, by_kind, by_id, by_name, at, particulars, previous_hash, hash "
        "FROM case_event WHERE case_id = $1 ORDER BY seq DESC LIMIT 1",
        case_id,
    )
    return Event(row[0], Verb(row[1]), *row[2:])


async def last_at(case_id: int, verb: Verb) -> datetime | None:
    """When this verb was last done; None if it never was."""
    return await db.fetchval("SELECT max(at) FROM case_event WHERE case_id = $1 AND verb = $2", case_id, verb)


async def append(case: Case, event: Event) -> None:
    """Write `event` as the next line of the case's log. The unique key (case, seq) is the last guard in a race."""
    await db.execute(
        "INSERT INTO case_event (case_id, seq, verb, by_kind, by_id, by_name, at, particulars, previous_hash, hash) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        case.id,
        event.seq,
        event.verb,
        event.by_kind,
        event.by_id,
        event.by_name,
        event.at,
        event.particulars,
        event.previous_hash,
        event.hash,
    )
