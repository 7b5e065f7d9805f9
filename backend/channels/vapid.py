"""Who we are to a push service: VAPID (RFC 8292)."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import msgspec
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_VALID_FOR = timedelta(hours=12)  # at most 24 (§2)


def unpadded(raw: bytes) -> str:
    """base64url without padding, as RFC 7515 wants it."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def padded(text: str) -> bytes:
    """The bytes of base64url with or without padding. Raises ValueError."""
    return base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=b"-_", validate=True)


def private_key(encoded: str) -> ec.EllipticCurvePrivateKey:
    """The P-256 key of setting PUSH_KEY (32 bytes, base64url). Raises ValueError."""
    return ec.derive_private_key(int.from_bytes(padded(encoded), "big"), ec.SECP256R1())


def public_key(encoded: str) -> str:
    """What `pushManager.subscribe` takes as applicationServerKey: the uncompressed point, base64url."""
    point = private_key(encoded).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return unpadded(point)


def authorization(encoded: str, contact: str, endpoint: str, now: datetime) -> str:
    """The Authorization header for one endpoint: a token for its origin only, signed with ES256 (RFC 7518 §3.4)."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((now + _VALID_FOR).timestamp()),
        "sub": contact,
    }
    header = {"typ": "JWT", "alg": "ES256"}
    signed = ".".join(unpadded(msgspec.json.encode(part)) for part in (header, claims))
    r, s = decode_dss_signature(private_key(encoded).sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
    token = f"{signed}.{unpadded(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"
    return f"vapid t={token}, k={public_key(encoded)}"
