"""Text messages: written to the outbox in the transaction of their event, sent by a gateway afterwards.

The gateway gets a template id and its parameters, as Chinese operators demand, and the whole text for its log. In the
demo there is none: the outbox page shows each message as the phone would.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

import httpx
from msgspec import Struct

from backend import db
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


class Gateway(Protocol):
    """Sends one text message."""

    async def send(self, mobile: str, template: str, text: str) -> str:
        """Hand the message over; returns the provider's id. Raises httpx.HTTPError when it could not."""
        ...


class HttpGateway:
    """An SMS gateway that takes JSON over HTTPS: {"to", "template", "text"} -> {"id"}."""

    def __init__(self, client: httpx.AsyncClient, url: str, token: str) -> None:
        self._client = client
        self._url = url
        self._headers = {"authorization": f"Bearer {token}"} if token else {}

    async def send(self, mobile: str, template: str, text: str) -> str:
        """As `Gateway.send`."""
        body = {"to": mobile, "template": template, "text": text}
        answer = await self._client.post(self._url, json=body, headers=self._headers, timeout=10)
        answer.raise_for_status()
        return str(answer.json().get("id", ""))[:80]


async def write(mobile: str, template: str, text: str, now: datetime) -> int:
    """Put a message into the outbox, in the current transaction."""
    row = await next_id("outgoing_message")
    await db.execute(
        """INSERT INTO outgoing_message (id, to_sealed, to_index, template, text_sealed, created_at)
           VALUES ($1, $2, $3, $4, $5, $6)""",
        row,
        sealed("outgoing_message", "to_sealed", row, mobile),
        mobile_index(mobile),
        template,
        sealed("outgoing_message", "text_sealed", row, text),
        now,
    )
    return row


async def deliver(gateway: Gateway, now: datetime, *, at_most: int = 50) -> int:
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
            sent += await _deliver_one(gateway, row, now)
    return sent


async def _deliver_one(gateway: Gateway, row: Mapping[str, object], now: datetime) -> bool:
    message: int = row["id"]  # type: ignore[assignment]
    try:
        provider_id = await gateway.send(
            opened("outgoing_message", "to_sealed", message, row["to_sealed"]),  # type: ignore[arg-type]
            str(row["template"]),
            opened("outgoing_message", "text_sealed", message, row["text_sealed"]),  # type: ignore[arg-type]
        )
    except (httpx.HTTPError, ValueError):
        await db.execute(
            """UPDATE outgoing_message SET attempts = attempts + 1,
                 state = CASE WHEN attempts + 1 >= $2 THEN 'failed' ELSE 'queued' END WHERE id = $1""",
            message,
            RETRIES,
        )
        return False
    await db.execute(
        "UPDATE outgoing_message SET state = 'sent', provider_id = $2, sent_at = $3 WHERE id = $1",
        message,
        provider_id,
        now,
    )
    return True


async def run(now: datetime) -> int:
    """One round of sending through the configured gateway; nothing to do where none is set."""
    if not settings.sms_gateway_url:
        return 0
    async with httpx.AsyncClient() as client:
        return await deliver(HttpGateway(client, settings.sms_gateway_url, settings.sms_gateway_token), now)


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
            text=opened("outgoing_message", "text_sealed", row["id"], row["text_sealed"]),
        )
        for row in rows
    ]
