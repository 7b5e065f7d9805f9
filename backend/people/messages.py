"""Text messages: written to the outbox in the transaction of their event, sent by the SMS channel afterwards.

The channel gets our template key and its parameters, as Chinese operators demand, and the whole text. A demonstration
hall sends nothing: its outbox page shows each message as the phone would.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import msgspec
from msgspec import Struct

from backend import channels, db
from backend.channels import INTERRUPTED, Channel, Message, Patience, Receipt, State, Urgency
from backend.people.sealing import mobile_index, next_id, opened, sealed

LASTING = timedelta(days=1)
_PATIENCE = Patience(timedelta(seconds=3), timedelta(minutes=30))
_LEASE = timedelta(minutes=2)  # no try takes longer; past it, its sender is dead
_REPORTED = {State.SENT: "sent", State.DELIVERED: "delivered", State.FAILED: "failed"}


class Text(Struct, frozen=True):
    """A message as its reader sees it. `mobile` in clear: mask before showing."""

    id: int
    mobile: str
    template: str
    text: str
    state: str
    created_at: datetime


class _Words(Struct, frozen=True):
    """What is sealed: the text as the phone shows it, and what fills the provider's template."""

    text: str
    params: dict[str, str] = {}


async def write(
    mobile: str,
    template: str,
    text: str,
    now: datetime,
    *,
    params: Mapping[str, str] | None = None,
    lasting: timedelta = LASTING,
) -> int:
    """Put a message into the outbox, in the current transaction.

    `params` fill the provider's template; after `lasting` it is of no use and no longer tried.
    """
    row = await next_id("outgoing_message")
    words = msgspec.json.encode(_Words(text, dict(params or {}))).decode()
    await db.execute(
        """INSERT INTO outgoing_message (id, key, to_sealed, to_index, template, text_sealed, created_at, next_at, until)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8)""",
        row,
        uuid4(),
        sealed("outgoing_message", "to_sealed", row, mobile),
        mobile_index(mobile),
        template,
        sealed("outgoing_message", "text_sealed", row, words),
        now,
        now + lasting,
    )
    return row


async def deliver(sms: Channel, now: datetime, *, at_most: int = 50) -> int:
    """Send what is due, oldest first; returns how many left. Workers running this side by side share the queue."""
    await db.execute(
        """UPDATE outgoing_message SET state = 'given_up', reason = 'too_late'
           WHERE state = 'queued' AND until < $1 AND lease_until IS NULL""",
        now,
    )
    sent = 0
    for _turn in range(at_most):
        # Claimed before it is sent and outside any transaction: whoever dies in between leaves the lease as a trace.
        row = await db.fetchrow(
            """UPDATE outgoing_message m SET attempts = m.attempts + 1, lease_until = $2
               FROM (SELECT id, lease_until FROM outgoing_message WHERE state = 'queued' AND next_at <= $1
                       AND (lease_until IS NULL OR lease_until <= $1)
                     ORDER BY next_at, id LIMIT 1 FOR UPDATE SKIP LOCKED) due
               WHERE m.id = due.id RETURNING m.id, m.key, m.to_sealed, m.template, m.text_sealed, m.attempts, m.until,
                 due.lease_until IS NOT NULL AS was_interrupted""",
            now,
            now + _LEASE,
        )
        if row is None:
            break
        sent += await _deliver_one(sms, row, now)
    return sent


async def _deliver_one(sms: Channel, row: Any, now: datetime) -> bool:
    if row["was_interrupted"] and not sms.repeats_safely:
        outcome = INTERRUPTED
    else:
        words = _words(row["id"], row["text_sealed"])
        outcome = await sms.send(
            Message(
                id=row["key"],
                channel="sms",
                to=opened("outgoing_message", "to_sealed", row["id"], row["to_sealed"]),
                template=row["template"],
                params=words.params,
                body=words.text,
                urgency=Urgency.HIGH,
            )
        )
    verdict = channels.after(
        outcome,
        repeats_safely=sms.repeats_safely,
        attempts=row["attempts"],
        until=row["until"],
        now=now,
        patience=_PATIENCE,
    )
    has_left = verdict.state in {"sent", "delivered"}
    await db.execute(
        """UPDATE outgoing_message SET state = $2, next_at = $3, lease_until = NULL, is_unsure = $4, reason = $5,
             provider_id = $6, sent_at = $7 WHERE id = $1 AND state = 'queued'""",
        row["id"],
        verdict.state,
        verdict.next_at,
        verdict.is_unsure,
        verdict.reason,
        outcome.provider_id[:80],
        now if has_left else None,
    )
    return has_left


async def run(now: datetime) -> int:
    """One round of sending through the configured gateway; nothing to do where none is set."""
    sms = channels.configured().get("sms")
    return await deliver(sms, now) if sms else 0


async def reported(receipt: Receipt) -> None:
    """A provider's later word on a message; said again it changes nothing, and what arrived has arrived."""
    state = _REPORTED.get(receipt.state)
    if state is None:
        return
    await db.execute(
        """UPDATE outgoing_message SET state = $3, reason = $4, is_unsure = FALSE, lease_until = NULL
           WHERE ((provider_id = $1 AND $1 <> '') OR key = $2) AND state IN ('queued', 'sent')""",
        receipt.provider_id,
        receipt.message,
        state,
        receipt.reason,
    )


async def latest(*, mobile: str | None = None, at_most: int = 50) -> list[Text]:
    """The newest messages, of one number or of all."""
    rows = await db.fetch(
        """SELECT id, to_sealed, template, text_sealed, state, created_at FROM outgoing_message
           WHERE $1::bytea IS NULL OR to_index = $1 ORDER BY id DESC LIMIT $2""",
        mobile_index(mobile) if mobile else None,
        at_most,
    )
    return [
        Text(
            id=row["id"],
            template=row["template"],
            state=row["state"],
            created_at=row["created_at"],
            mobile=opened("outgoing_message", "to_sealed", row["id"], row["to_sealed"]),
            text=_words(row["id"], row["text_sealed"]).text,
        )
        for row in rows
    ]


def _words(row: int, blob: bytes) -> _Words:
    return msgspec.json.decode(opened("outgoing_message", "text_sealed", row, blob), type=_Words)
