"""Personal data at rest: sealed with a named key, bound to its place, found again by a blind index.

A sealed value is `version | algorithm | length of key id | key id | nonce | ciphertext and tag`. The additional data
(`table|column|row`) is authenticated, not stored: a value copied to another cell does not open. Keys live in the
settings, outside database and backups. The first key seals; all open, so that keys can be rotated.
Algorithms by name: SM4 (GM/T 0002-2012) where commercial cryptography rules ask for it.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from functools import cache
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from backend.settings import settings

_VERSION = 1
_NONCE_BYTES = 12
_TAG_BYTES = 16


class SealError(Exception):
    """A sealed value that does not open: altered, moved to another cell, or its key is gone."""


class _Sm4Gcm:
    """SM4 in GCM, with the interface of `AESGCM`. The 16-byte key is drawn from the 32-byte one."""

    def __init__(self, key: bytes) -> None:
        self._key = hmac.digest(key, b"SM4-GCM", hashlib.sha256)[:16]

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        sealing = Cipher(algorithms.SM4(self._key), modes.GCM(nonce)).encryptor()
        sealing.authenticate_additional_data(associated_data)
        return sealing.update(data) + sealing.finalize() + sealing.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        body, tag = data[:-_TAG_BYTES], data[-_TAG_BYTES:]
        opening = Cipher(algorithms.SM4(self._key), modes.GCM(nonce, tag)).decryptor()
        opening.authenticate_additional_data(associated_data)
        return opening.update(body) + opening.finalize()


class _Algorithm(NamedTuple):
    code: int
    make: type[AESGCM | _Sm4Gcm]


_ALGORITHMS = {"AES-256-GCM": _Algorithm(1, AESGCM), "SM4-GCM": _Algorithm(2, _Sm4Gcm)}
_BY_CODE = {algorithm.code: algorithm for algorithm in _ALGORITHMS.values()}


def seal(value: bytes | str, aad: str) -> bytes:
    """`value` (text is UTF-8) encrypted for the cell that `aad` names, as "table|column|row"."""
    name, key = settings.personal_data_keys[0]
    algorithm = _ALGORITHMS[settings.cipher]
    plain = value.encode() if isinstance(value, str) else value
    nonce = os.urandom(_NONCE_BYTES)
    head = bytes((_VERSION, algorithm.code, len(name))) + name.encode()
    body = _cipher(algorithm.code, key).encrypt(nonce, plain, head + aad.encode())
    return head + nonce + body


def open_(blob: bytes, aad: str) -> bytes:
    """What `seal` was given. Raises SealError for anything it did not make for this very cell."""
    if len(blob) < 3 or blob[0] != _VERSION:
        raise SealError("not a sealed value")
    start = 3 + blob[2]
    head, nonce, body = blob[:start], blob[start : start + _NONCE_BYTES], blob[start + _NONCE_BYTES :]
    key = _key_named(head[3:])
    if key is None or head[1] not in _BY_CODE or len(body) < _TAG_BYTES:
        raise SealError("sealed under a key or an algorithm that is not here")
    try:
        return _cipher(head[1], key).decrypt(nonce, body, head + aad.encode())
    except InvalidTag as error:
        raise SealError("the sealed value was altered or belongs to another cell") from error


def open_text(blob: bytes, aad: str) -> str:
    """`open_` as text."""
    return open_(blob, aad).decode()


def key_id(blob: bytes) -> str:
    """Which key sealed this value: what a rotation looks for."""
    return blob[3 : 3 + blob[2]].decode("ascii")


def blind_index(kind: str, value: str) -> bytes:
    """32 bytes that are equal for equal values of one kind and say nothing without the index key."""
    return hmac.digest(settings.blind_index_key, f"{kind}\0{value}".encode(), hashlib.sha256)


def hmac_token(token: str) -> bytes:
    """32 bytes to store instead of a bearer token (session, tracking code, query password)."""
    return sign("token", token)


def sign(purpose: str, message: str) -> bytes:
    """HMAC-SHA256 under the secret key; purposes never share a signature."""
    return hmac.digest(settings.secret_key, f"{purpose}\0{message}".encode(), hashlib.sha256)


def is_signed(purpose: str, message: str, signature: bytes) -> bool:
    """Whether `signature` is `sign`'s, compared in constant time."""
    return hmac.compare_digest(sign(purpose, message), signature)


def _key_named(name: bytes) -> bytes | None:
    return next((key for held, key in settings.personal_data_keys if held.encode() == name), None)


@cache
def _cipher(code: int, key: bytes) -> AESGCM | _Sm4Gcm:
    return _BY_CODE[code].make(key)
