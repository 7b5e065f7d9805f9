"""The demonstration hall's SMS gateway: it sends nothing. What would have gone stands on the page /demo/outbox."""

from __future__ import annotations

from backend.channels.message import Message, Outcome, State


class PretendSms:
    """Takes everything."""

    name = "sms"
    repeats_safely = True

    async def send(self, message: Message) -> Outcome:
        """As `Channel.send`."""
        return Outcome(State.SENT, provider_id=f"demo-{message.id.hex[:12]}")
