"""Handing a draft over: a code for one draft, used once, within ten minutes; and what may be done where it went.

Six digits are few: whoever types wrong ones is stopped soon (`ONE_ADDRESS`, `ONE_CODE`), and at kiosks, where anybody
may type, everybody together is (`ALL_KIOSKS`). The QR holds 128 random bits instead and needs no such patience.
"""

from __future__ import annotations

import re
import secrets
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from msgspec import Struct

from backend.domain.refusal import Refusal
from shared_schemas.labelled import Labelled
from shared_schemas.numbers import half_width, plain_number

LASTS = timedelta(minutes=10)
PATH = "/relay/"
_DIGITS, _TOKEN_BYTES = 6, 16
_CODE = re.compile(r"[0-9]{6}\Z")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}\Z")


class Limit(Struct, frozen=True):
    """How many misses in how many seconds."""

    misses: int
    seconds: int


ONE_ADDRESS = Limit(10, 300)
ONE_CODE = Limit(5, 600)
ALL_KIOSKS = Limit(30, 600)
MAKING = Limit(10, 600)


class Place(Labelled):
    """Where a draft can be handed to."""

    WINDOW = "window", "窗口", "A window"
    KIOSK = "kiosk", "自助机", "A kiosk"


class Relay(Struct, frozen=True):
    """One handing over, from its code to its end."""

    made_at: datetime
    used_at: datetime | None = None
    revoked_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def expires_at(self) -> datetime:
        """Until when the code may be used."""
        return self.made_at + LASTS

    def is_open(self, now: datetime) -> bool:
        """Whether the code still works."""
        return self.used_at is None and self.revoked_at is None and now < self.expires_at

    @property
    def is_away(self) -> bool:
        """Whether the draft is where it was handed to."""
        return self.used_at is not None and self.ended_at is None


def new_code() -> str:
    """Six digits, evenly drawn."""
    return f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}}"


def new_token() -> str:
    """What the QR holds: nobody guesses it."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def url(base_url: str, token: str) -> str:
    """The address in the QR."""
    return f"{base_url.rstrip('/')}{PATH}{token}"


def scanned(text: str, base_url: str) -> str:
    """The code or the token in what was typed or scanned: six digits, our own address, or the bare token.

    Raises Refusal("relay.unknown"), the answer for codes that nobody has, and "relay.foreign_address" for an address that
    is not ours.
    """
    text = half_width(text).strip()
    if _CODE.match(digits := plain_number(text)):
        return digits
    if "/" not in text and ":" not in text:
        return _token(text)
    try:
        given, own = urlsplit(text), urlsplit(base_url)
        same = (given.scheme, given.hostname, given.port) == (own.scheme, own.hostname, own.port)
    except ValueError:
        raise Refusal("relay.foreign_address") from None
    path = own.path.rstrip("/") + PATH
    is_plain = not (given.username or given.password or given.query or given.fragment)
    if not (same and is_plain and given.path.startswith(path)):
        raise Refusal("relay.foreign_address")
    return _token(given.path[len(path) :])


def is_relay(text: str) -> bool:
    """Whether a clerk's scan is about a draft: six digits, or an address that leads to one."""
    return bool(_CODE.match(plain_number(text))) or PATH in text


def is_code(word: str) -> bool:
    """Whether it was typed: few digits, so that misses count."""
    return bool(_CODE.match(word))


def _token(text: str) -> str:
    if not _TOKEN.match(text):
        raise Refusal("relay.unknown")
    return text


def check_use(relay: Relay | None, now: datetime) -> None:
    """Refuse a code that nobody has, that was used, taken back, or is too old: all alike, so that guesses learn nothing."""
    if relay is None or not relay.is_open(now):
        raise Refusal("relay.unknown")


def check_conflict(
    applicants: frozenset[str], companies: frozenset[str], kin: frozenset[str], own: frozenset[str]
) -> None:
    """回避: nobody takes in a filing of their own, of near relatives, or of a company they have an interest in."""
    if applicants & kin or companies & own:
        raise Refusal("approval.conflict_of_interest")
