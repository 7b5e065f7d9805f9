"""From events to notices: each event of the log once, with its deliveries, in one transaction."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import structlog
from msgspec import Struct

from backend import calendars, channels, db
from backend.cases import sealing
from backend.domain import notices
from backend.domain.calendar import day_of
from backend.domain.notice_words import NOTICES
from backend.domain.notices import TELLS, Addressee, Facts
from backend.domain.quiet import QuietHours, may_ring_at
from backend.notices.people import Reader, readers, targets
from backend.people.sealing import sealed
from shared_schemas.notice import ChannelName, NoticeKind, Told
from shared_schemas.vocabulary import Step, Verb

BATCH = 100
_AGAIN = timedelta(seconds=30)
_LONGEST = timedelta(hours=1)

# A case that ends without a result says so by its decision: that it is closed too is no news.
_ENDED_OTHERWISE = frozenset({Step.NOT_ACCEPTED, Step.REFUSED, Step.WITHDRAWN, Step.TERMINATED})

log = structlog.get_logger(__name__)

# Whoever holds a row holds its event; who died gives it back. Nothing is remembered but what is still to be told.
_TAKE = """
WITH taken AS (
  DELETE FROM event_to_tell WHERE event IN (
    SELECT event FROM event_to_tell WHERE next_at <= $1 AND ($3::bigint IS NULL OR event = $3)
    ORDER BY next_at, event LIMIT $2 FOR UPDATE SKIP LOCKED)
  RETURNING event)
SELECT e.id AS event, e.seq, e.verb, e.by_kind, e.by_id, e.at, e.particulars,
  c.id AS case_id, c.case_no, c.citizen, c.promised_due_on, c.ended_as, c.told_sealed, a.id AS applicant,
  c.mobile_index IS NOT NULL AND c.mobile_index IS DISTINCT FROM o.mobile_index AS has_own_number,
  coalesce((SELECT f.is_together FROM bundle_filing f WHERE f.id = c.filing), false) AS is_together
FROM taken JOIN case_event e ON e.id = taken.event JOIN case_file c ON c.id = e.case_id
LEFT JOIN citizen o ON o.id = c.citizen AND NOT o.is_cancelled
LEFT JOIN citizen a ON a.id_index = c.applicant_id_index AND NOT a.is_cancelled
ORDER BY e.id
"""


class Telling(Struct, frozen=True, kw_only=True):
    """A notice about to be made for one addressee. `mobile` only where no account knows it."""

    case_id: int
    seq: int
    kind: NoticeKind
    facts: Facts
    at: datetime
    to: Addressee
    is_loud: bool
    lang: str
    mobile: str = ""


async def tell(now: datetime) -> int:
    """Make the notices of every event that waits; returns how many events were told.

    An event that can't be told waits alone, longer each time: the others go on.
    """
    told = 0
    while True:
        try:
            count = await _tell(now, BATCH)
        except Exception as error:  # noqa: BLE001 - one of the batch is at fault: now one by one
            log.warning("notices.batch_failed", kind=type(error).__name__)
            return told + await _one_by_one(now)
        told += count
        if count < BATCH:
            return told


async def _one_by_one(now: datetime) -> int:
    told = 0
    for row in await db.fetch(
        "SELECT event FROM event_to_tell WHERE next_at <= $1 ORDER BY next_at LIMIT $2", now, BATCH
    ):
        try:
            told += await _tell(now, 1, row["event"])
        except Exception as error:  # noqa: BLE001 - whatever it is, it must not stop what comes after
            log.error("notices.event_failed", kind=type(error).__name__, case_event=row["event"])
            await db.execute(
                "UPDATE event_to_tell SET attempts = attempts + 1, "
                "next_at = $2::timestamptz + least($3::interval * power(2, attempts), $4) WHERE event = $1",
                row["event"],
                now,
                _AGAIN,
                _LONGEST,
            )
    return told


async def _tell(now: datetime, at_most: int, event: int | None = None) -> int:
    async with db.transaction():
        rows = await db.fetch(_TAKE, now, at_most, event)
        await make([telling for row in rows for telling in _tellings(row, now)], now)
    return len(rows)


def _tellings(row: Any, now: datetime) -> list[Telling]:
    verb = Verb(row["verb"])
    kind = TELLS[verb]
    if (
        kind is None
        or not notices.is_told(kind, row["particulars"])
        or (kind is NoticeKind.CLOSED and row["ended_as"] in _ENDED_OTHERWISE)
    ):
        return []
    if kind is NoticeKind.CERTIFICATE_READY and row["is_together"]:
        return []  # 一件事: told once, when all of it can be collected (backend.bundles.readiness)
    facts = notices.facts_of(kind, row["particulars"], day_of(row["at"]), row["promised_due_on"], calendars.current())
    own = row["by_id"] if row["by_kind"] == "citizen" else None
    return [
        Telling(
            case_id=row["case_id"],
            seq=row["seq"],
            kind=kind,
            facts=facts,
            at=row["at"],
            to=to,
            is_loud=to.is_loud
            and notices.is_loud(kind, verb, is_own_act=own is not None and own == to.citizen, age=now - row["at"]),
            lang=told.lang,
            mobile=told.number_of(to.party) if to.citizen is None else "",
        )
        for told, to in told_to(row)
    ]


def told_to(row: Any) -> list[tuple[Told, Addressee]]:
    """Who is told of the case in `row` (case_no, citizen, applicant, has_own_number, told_sealed)."""
    blob = row["told_sealed"]
    told = sealing.told_of(row["case_no"], blob) if blob else Told()
    found = notices.addressees(
        told.who,
        row["citizen"],
        row["applicant"],
        has_own_number=row["has_own_number"] and bool(told.mobile),
        has_helper_number=bool(told.helper),
    )
    return [(told, to) for to in found]


async def make(tellings: list[Telling], now: datetime) -> None:
    """Write notices and their deliveries, in the current transaction; one that is there already stays as it is."""
    if not tellings:
        return
    fresh = await db.fetch(
        "INSERT INTO notice (key, case_id, seq, party, citizen, kind, facts, at, made_at) "
        "SELECT r.key, r.case_id, r.seq, r.party, r.citizen, r.kind, r.facts, r.at, $2 FROM jsonb_to_recordset($1) AS "
        "r(key uuid, case_id bigint, seq integer, party text, citizen bigint, kind text, facts jsonb, at timestamptz) "
        "ON CONFLICT (case_id, seq, party, kind) DO NOTHING RETURNING id, key",
        [_row(telling, str(uuid4())) for telling in tellings],
        now,
    )
    if not fresh:
        return
    known = await readers({t.to.citizen for t in tellings if t.to.citizen is not None and t.is_loud})
    ids = await db.fetch(
        "SELECT n.id, n.case_id, n.seq, n.party, n.kind FROM notice n WHERE n.id = ANY($1)", [r["id"] for r in fresh]
    )
    by_place = {(r["case_id"], r["seq"], r["party"], r["kind"]): r["id"] for r in ids}
    for telling in tellings:
        notice = by_place.get((telling.case_id, telling.seq, telling.to.party, telling.kind))
        if notice is not None and telling.is_loud:
            await _deliveries(notice, telling, known.get(telling.to.citizen or 0), now)


def _row(telling: Telling, key: str) -> dict[str, object]:
    return {
        "key": key,
        "case_id": telling.case_id,
        "seq": telling.seq,
        "party": telling.to.party,
        "citizen": telling.to.citizen,
        "kind": telling.kind,
        "facts": telling.facts,
        "at": telling.at,
    }


async def _deliveries(notice: int, telling: Telling, reader: Reader | None, now: datetime) -> None:
    said = NOTICES[telling.kind]
    if telling.to.citizen is None:
        if telling.mobile and said.is_worth_sms and ChannelName.SMS in reachable():
            at = may_ring_at(QuietHours(), now, is_urgent=False)
            await _deliver(notice, ChannelName.SMS, None, telling.lang, at, now, address=telling.mobile)
        return
    if reader is None:
        return
    at = may_ring_at(reader.quiet, now, is_urgent=said.is_urgent)
    for channel in sorted(reachable()):
        if notices.is_wanted(said.topic, channel, reader.chosen):
            for device, lang in targets(reader, channel, telling.lang):
                await _deliver(notice, channel, device, lang, at, now)


def reachable() -> frozenset[ChannelName]:
    """The channels this hall has."""
    return frozenset(ChannelName(name) for name in channels.configured())


async def _deliver(
    notice: int, channel: ChannelName, device: int | None, lang: str, at: datetime, now: datetime, *, address: str = ""
) -> None:
    row = await db.fetchval("SELECT nextval('notice_delivery_id_seq')")
    await db.execute(
        "INSERT INTO notice_delivery (id, key, notice, channel, device, address_sealed, lang, state, is_unsure, attempts, "
        "next_at, provider_id, reason, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 'queued', false, 0, $8, '', '', $9)",
        row,
        uuid4(),
        notice,
        channel,
        device,
        sealed("notice_delivery", "address_sealed", row, address or None),
        lang,
        at,
        now,
    )
