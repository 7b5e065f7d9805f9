"""A push service: checks who sends (RFC 8292), reads what only its browser can read (RFC 8291), keeps one per topic."""

from __future__ import annotations

import base64
import json
import os
from typing import Any

import http_ece
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from backend import clock
from tests.channels.providers.serving import Answer, Asked, Provider


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class PushService(Provider):
    """`shown`: what the browser got, by topic; `subscription` as its toJSON() gives it."""

    def __init__(self, sender: str) -> None:
        super().__init__()
        self._sender = sender
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._auth = os.urandom(16)
        self.shown: dict[str, dict[str, Any]] = {}

    @property
    def subscription(self) -> str:
        point = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return json.dumps({"endpoint": f"{self.url}/p/1", "keys": {"p256dh": _b64(point), "auth": _b64(self._auth)}})

    def take(self, asked: Asked) -> Answer:
        if not self._is_signed(asked.headers.get("authorization", "")):
            return Answer(403)
        topic = asked.headers["topic"]
        if "ttl" not in asked.headers or len(topic) > 32 or len(asked.body) > 4096:
            return Answer(400)
        text = http_ece.decrypt(asked.body, private_key=self._key, auth_secret=self._auth, version="aes128gcm")
        self.shown[topic] = json.loads(text)
        return Answer(201, headers={"location": f"{self.url}/m/{topic}"})

    def _is_signed(self, header: str) -> bool:
        scheme, _, rest = header.partition(" ")
        given = dict(part.strip().split("=", 1) for part in rest.split(","))
        signed, _, signature = given["t"].rpartition(".")
        claims = json.loads(_raw(signed.split(".")[1]))
        left = claims["exp"] - clock.now().timestamp()
        r, s = (int.from_bytes(half, "big") for half in (_raw(signature)[:32], _raw(signature)[32:]))
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _raw(given["k"]))
        try:
            key.verify(encode_dss_signature(r, s), signed.encode(), ec.ECDSA(hashes.SHA256()))
        except InvalidSignature:
            return False
        right = claims["aud"] == self.url and claims["sub"].startswith("mailto:") and 0 < left <= 86_400
        return scheme == "vapid" and given["k"] == self._sender and right
