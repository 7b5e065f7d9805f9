"""Deliveries on their way: claimed with a lease, tried outside any transaction, and what became of them written down."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any

import structlog

from backend import channels, clock, db
from backend.channels import INTERRUPTED, Channel, Outcome, Patience, State, Verdict
from backend.domain.notice_words import NOTICES
from backend.domain.quiet import may_ring_at
from backend.notices import composing
from backend.notices.people import readers
from shared_schemas.notice import NoticeKind

GIVEN_UP_AFTER = timedelta(hours=24)
_PATIENCE = Patience(timedelta(seconds=20), timedelta(hours=2))
_LEASE = timedelta(minutes=2)  # no try takes longer (channels.asking); past it, its sender is dead
_SIDE_BY_SIDE = 4
_MOST = 200  # of one round: then the loop looks whether it should stop

log = structlog.get_logger(__name__)

_CLAIM = """
UPDATE notice_delivery d SET attempts = d.attempts + 1, lease_until = $3
FROM (SELECT id, lease_until FROM notice_delivery WHERE channel = $1 AND state = 'queued' AND next_at <= $2
        AND (lease_until IS NULL OR lease_until <= $2)
      ORDER BY next_at, id LIMIT 1 FOR UPDATE SKIP LOCKED) due, notice n, case_file c
WHERE d.id = due.id AND n.id = d.notice AND c.id = n.case_id
RETURNING d.id, d.key, d.channel, d.device, d.address_sealed, d.lang, d.attempts, d.made_at, n.key AS notice_key, n.kind,
  n.facts, n.citizen, n.read_at, c.case_no, due.lease_until IS NOT NULL AS was_interrupted
"""


async def send_due(channel: Channel) -> int:
    """Send what is due on one channel, a few at a time; returns how many left."""
    return sum(await asyncio.gather(*(_one_after_another(channel) for _ in range(_SIDE_BY_SIDE))))


async def _one_after_another(channel: Channel) -> int:
    sent = 0
    for _turn in range(_MOST // _SIDE_BY_SIDE):
        now = clock.now()
        delivery = await db.fetchrow(_CLAIM, channel.name, now, now + _LEASE)
        if delivery is None:
            break
        sent += await _send_one(channel, delivery)
    return sent


async def _send_one(channel: Channel, delivery: Any) -> bool:
    """Try once. Returns whether it left."""
    if delivery["read_at"] is not None and not delivery["was_interrupted"]:
        await _end(delivery, Verdict("given_up", clock.now(), "read"), "")
        return False
    outcome = await _tried(channel, delivery)
    now = clock.now()
    verdict = channels.after(
        outcome,
        repeats_safely=channel.repeats_safely,
        attempts=delivery["attempts"],
        until=delivery["made_at"] + GIVEN_UP_AFTER,
        now=now,
        patience=_PATIENCE,
    )
    await _end(delivery, verdict, outcome.provider_id)
    if verdict.state in {"failed", "given_up"}:
        log.warning("notice.not_sent", channel=channel.name, state=verdict.state, reason=verdict.reason)
    return verdict.state in {"sent", "delivered"}


async def _tried(channel: Channel, delivery: Any) -> Outcome:
    if delivery["was_interrupted"] and not channel.repeats_safely:
        return INTERRUPTED
    to = await composing.address_of(delivery)
    if not to:
        return Outcome(State.FAILED, reason="no_address")
    return await channel.send(await composing.message(delivery, to))


async def _end(delivery: Any, verdict: Verdict, provider_id: str) -> None:
    """Write down what became of it; a provider's report that was faster stands."""
    has_left = verdict.state in {"sent", "delivered"}
    next_at = verdict.next_at
    if verdict.state == "queued":
        next_at = await _not_in_the_night(delivery, next_at)
    await db.execute(
        "UPDATE notice_delivery SET state = $2, next_at = $3, lease_until = NULL, is_unsure = $4, reason = $5, "
        "provider_id = $6, sent_at = $7, ended_at = $8 WHERE id = $1 AND state = 'queued'",
        delivery["id"],
        verdict.state,
        next_at,
        verdict.is_unsure,
        verdict.reason,
        provider_id[:200],
        verdict.next_at if has_left else None,
        verdict.next_at if verdict.state != "queued" else None,
    )
    if verdict.is_gone:
        await _forget(delivery)
    elif has_left and delivery["device"] is not None:
        await db.execute("UPDATE push_device SET last_ok_at = $2 WHERE id = $1", delivery["device"], verdict.next_at)


async def _not_in_the_night(delivery: Any, at: datetime) -> datetime:
    """A second try keeps quiet hours like the first."""
    found = await readers([delivery["citizen"]]) if delivery["citizen"] is not None else {}
    reader = found.get(delivery["citizen"])
    if reader is None:
        return at
    return may_ring_at(reader.quiet, at, is_urgent=NOTICES[NoticeKind(delivery["kind"])].is_urgent)


async def _forget(delivery: Any) -> None:
    """The address takes nothing any more: drop it, and what still waits for it."""
    if delivery["device"] is not None:
        await db.execute("DELETE FROM push_device WHERE id = $1", delivery["device"])
        await db.execute(
            "UPDATE notice_delivery SET state = 'failed', reason = 'gone', ended_at = $2 "
            "WHERE device = $1 AND state = 'queued' AND lease_until IS NULL",
            delivery["device"],
            clock.now(),
        )
    elif delivery["citizen"] is not None:
        await db.execute(
            "DELETE FROM channel_binding WHERE citizen = $1 AND channel = $2", delivery["citizen"], delivery["channel"]
        )
