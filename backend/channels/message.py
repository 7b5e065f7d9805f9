"""What goes out, what became of it, and what the provider reports later."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Literal, Protocol, runtime_checkable
from uuid import UUID

from msgspec import Struct

Name = Literal["push", "sms", "wechat", "alipay"]


class Urgency(StrEnum):
    """How soon the phone should wake (RFC 8030 §5.3)."""

    NORMAL = "normal"
    HIGH = "high"


class State(StrEnum):
    """What became of one try.

    `sent`: the provider has it. `delivered`: the phone has it. `failed`: no use in trying again. `gone`: this address
    no longer takes anything, forget it. `busy`: not taken now, try later.
    """

    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    GONE = "gone"
    BUSY = "busy"


class Message(Struct, frozen=True, kw_only=True):
    """One message to one address. Nothing in it may name a person: it passes through other people's computers.

    `id` is the same at every try. `to`: a mobile number; a push subscription as JSON {endpoint, keys {p256dh, auth}}; an
    openid; an Alipay user id. `template` is our key, mapped to the provider's id by a setting; `params` fill it.
    `url` is relative to the hall. `ttl_s`: seconds after which it is of no use.
    """

    id: UUID
    channel: Name
    to: str
    template: str
    params: dict[str, str] = {}
    title: str = ""
    body: str = ""
    url: str = "/"
    urgency: Urgency = Urgency.NORMAL
    ttl_s: int = 86_400


class Outcome(Struct, frozen=True):
    """What became of one try.

    `reason` is a short code for the record: `http_500`, `limit`, `number`, `no_template`, the provider's own code.
    `retry_after` is seconds. `is_unsure`: the message was handed over and no answer came; it counts as sent, and is
    tried again only where `Channel.repeats_safely`.
    """

    state: State
    provider_id: str = ""
    retry_after: int | None = None
    reason: str = ""
    is_unsure: bool = False


class Channel(Protocol):
    """One way out. `repeats_safely`: the same message sent twice reaches its reader once."""

    name: str
    repeats_safely: bool

    async def send(self, message: Message) -> Outcome:
        """Try once. Never raises for anything a network or a provider does."""
        ...


@runtime_checkable
class Bindable(Protocol):
    """A channel whose address is an account elsewhere, proved by a code that only its mini program can get."""

    async def identify(self, code: str) -> str | None:
        """The account behind the code; None where the provider knows of none or doesn't answer."""
        ...


class Receipt(Struct, frozen=True):
    """A provider's later word. `message` is our id where it came back, for those of which no answer had come."""

    provider_id: str
    state: State
    reason: str
    at: datetime
    message: UUID | None = None
