"""Web push: a note the phone shows even when the app is closed (RFC 8030), readable by that browser alone (RFC 8291)."""

from __future__ import annotations

import os
from collections.abc import Sequence

import http_ece
import httpx
import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from msgspec import Struct

from backend import clock
from backend.channels.asking import TIMEOUT, ask, by_status
from backend.channels.message import Message, Outcome, State
from backend.channels.reaching import PublicOnly, check_endpoint
from backend.channels.vapid import authorization, padded
from backend.domain.refusal import Refusal

MOST_BYTES = 3000  # services take 4096 with the encryption's own; some fewer
_LONGEST_TTL_S = 28 * 86_400  # what FCM takes


class Keys(Struct):
    """The browser's public key (uncompressed P-256 point) and 16 secret bytes, base64url."""

    p256dh: str
    auth: str


class Subscription(Struct):
    """`PushSubscription.toJSON()` of a browser."""

    endpoint: str
    keys: Keys


class WebPush:
    """Sends to push services. A second copy replaces the first: the same Topic there, the same tag on the phone."""

    name = "push"
    repeats_safely = True

    def __init__(self, key: str, contact: str, hosts: Sequence[str], client: httpx.AsyncClient | None = None) -> None:
        self._key = key
        self._contact = contact
        self._hosts = hosts
        self._client = client or httpx.AsyncClient(transport=PublicOnly(hosts), timeout=TIMEOUT, trust_env=False)

    async def send(self, message: Message) -> Outcome:
        """As `Channel.send`; 404 and 410 are gone (RFC 8030 §7.3)."""
        try:
            to = msgspec.json.decode(message.to, type=Subscription)
            check_endpoint(to.endpoint, self._hosts)
            body = sealed(to.keys, payload(message))
        except (msgspec.DecodeError, UnicodeDecodeError, ValueError, http_ece.ECEException):
            return Outcome(State.GONE, reason="subscription")
        except Refusal as refusal:
            return Outcome(State.GONE, reason=refusal.code)
        now = clock.now()
        headers = {
            "authorization": authorization(self._key, self._contact, to.endpoint, now),
            "content-encoding": "aes128gcm",
            "content-type": "application/octet-stream",
            "ttl": str(max(0, min(message.ttl_s, _LONGEST_TTL_S))),
            "urgency": message.urgency.value,
            "topic": message.id.hex,  # 32 characters of base64url: just what §5.4 takes
        }
        answer = await ask(self._client, self._client.build_request("POST", to.endpoint, content=body, headers=headers))
        if isinstance(answer, Outcome):
            return answer
        if answer.is_success:
            return Outcome(State.SENT, provider_id=answer.headers.get("location", "")[:200])
        if answer.status_code in {404, 410}:
            return Outcome(State.GONE, reason=f"http_{answer.status_code}")
        return by_status(answer, now) or Outcome(State.FAILED, reason=f"http_{answer.status_code}")

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()


def payload(message: Message) -> bytes:
    """What the worker reads: id, title, body and where a tap leads. Cut to fit; never more than MOST_BYTES."""
    words = {"id": message.id.hex, "title": message.title[:100], "body": message.body, "url": message.url}
    encoded = msgspec.json.encode(words)
    while len(encoded) > MOST_BYTES and words["body"]:
        words["body"] = words["body"][: len(words["body"]) * 3 // 4]
        encoded = msgspec.json.encode(words)
    if len(encoded) > MOST_BYTES:
        raise ValueError("payload")
    return encoded


def sealed(keys: Keys, content: bytes) -> bytes:
    """`content` for this browser only: aes128gcm with a fresh key pair and salt (RFC 8291 §4)."""
    return http_ece.encrypt(
        content,
        salt=os.urandom(16),
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=padded(keys.p256dh),
        auth_secret=padded(keys.auth),
        version="aes128gcm",
    )
