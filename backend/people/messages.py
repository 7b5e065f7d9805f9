"""Text messages: written to the outbox in the transaction of their event, sent by the SMS channel afterwards.

The channel gets our template key and its parameters, as Chinese operators demand, and the whole text. In the demo there
is none: the outbox page shows each message as the phone would.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

import msgspec
from msgspec import Struct

from backend import channels, db
from backend.channels import Channel, Message, State, Urgency
from backend.people.sealing import mobile_index, next_id, opened, sealed
from backend.settings import settings

RETRIES = 5


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


async def write(mobile: str, template: str, text: str, now: datetime, **params: str) -> int:
    """Put a message into the outbox, in the current transaction; `params` fill the provider's template."""
    row = await next_id("outgoing_message")
    words = msgspec.json.encode(_Words(text, params)).decode()
    await db.execute(
        """INSERT INTO outgoing_message (id, to_sealed, to_index, template, text_sealed, created_at)
           VALUES ($1, $2, $3, $4, $5, $6)""",
        row,
        sealed("outgoing_message", "to_sealed", row, mobile),
        mobile_index(mobile),
        template,
        sealed("outgoing_message", "text_sealed", row, words),
        now,
    )
    return row


async def deliver(sms: Channel, now: datetime, *, at_most: int = 50) -> int:
    """Send what is queued, oldest first; returns how many left. Workers running this side by side share the queue."""
    sent = 0
    for _turn in range(at_most):
        async with db.transaction():
            row = await db.fetchrow(
                """SELECT id, to_sealed, template, text_sealed, attempts FROM outgoing_message
                   WHERE state = 'queued' ORDER BY attempts, id LIMIT 1 FOR UPDATE SKIP LOCKED"""
            )
            if row is None:
                break
            sent += await _deliver_one(sms, row, now)
    return sent


async def _deliver_one(sms: Channel, row: Mapping[str, object], now: datetime) -> bool:
    number: int = row["id"]  # type: ignore[assignment]
    words = _words(number, row["text_sealed"])
    outcome = await sms.send(
        Message(
            id=uuid5(NAMESPACE_URL, f"{settings.base_url}/messages/{number}"),
            channel="sms",
            to=opened("outgoing_message", "to_sealed", number, row["to_sealed"]),  # type: ignore[arg-type]
            template=str(row["template"]),
            params=words.params,
            body=words.text,
            urgency=Urgency.HIGH,
        )
    )
    # No answer after it was handed over: again only where the provider tells a second copy from a second message.
    if outcome.state is State.BUSY or (outcome.is_unsure and sms.repeats_safely):
        await db.execute(
            """UPDATE outgoing_message SET attempts = attempts + 1,
                 state = CASE WHEN attempts + 1 >= $2 THEN 'failed' ELSE 'queued' END WHERE id = $1""",
            number,
            RETRIES,
        )
        return False
    has_left = outcome.state in {State.SENT, State.DELIVERED}
    await db.execute(
        "UPDATE outgoing_message SET state = $2, attempts = attempts + 1, provider_id = $3, sent_at = $4 WHERE id = $1",
        number,
        "sent" if has_left else "failed",
        outcome.provider_id,
        now if has_left else None,
    )
    return has_left


async def run(now: datetime) -> int:
    """One round of sending through the configured gateway; nothing to do where none is set."""
    sms = channels.configured().get("sms")
    return await deliver(sms, now) if sms else 0


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


def _words(row: int, blob: object) -> _Words:
    return msgspec.json.decode(opened("outgoing_message", "text_sealed", row, blob), type=_Words)  # type: ignore[arg-type]
