"""What will be received of a part that waits: sealed until then."""

from __future__ import annotations

import msgspec

from backend import crypto
from shared_schemas.case import NewCase

_case = msgspec.json.Decoder(NewCase)


def _aad(filing: int, position: int) -> str:
    return f"bundle_part|content_sealed|{filing}.{position}"


def seal_part(filing: int, position: int, case: NewCase) -> bytes:
    """What will be received of a part that waits."""
    return crypto.seal(msgspec.json.encode(case), _aad(filing, position))


def open_part(filing: int, position: int, blob: bytes) -> NewCase:
    """What is to be received of a part that waited."""
    return _case.decode(crypto.open_(blob, _aad(filing, position)))
