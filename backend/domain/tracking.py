"""Tracking codes (追踪码) and query passwords: their form, and reading what somebody scanned or typed.

`code_of` and `password_of` are pure; `new_tracking_code` and `new_query_password` feed them fresh random bytes.
"""

from __future__ import annotations

import re
import secrets
from urllib.parse import urlsplit

from backend.domain.refusal import Refusal
from shared_schemas.fields import CROCKFORD
from shared_schemas.numbers import half_width, plain_number

TOKEN_BYTES = 16
CODE_LENGTH = 26
PASSWORD_BYTES = 8
PATH = "/t/"

_CODE = re.compile("[0-7][0-9A-HJKMNP-TV-Z]{25}")
# Crockford: what people take for a digit is read as the digit. U is never a symbol.
_LOOKALIKES = str.maketrans("OIL", "011")


def code_of(token: bytes) -> str:
    """16 random bytes (128 bits) as 26 Crockford base32 characters. Unrelated to the case number."""
    if len(token) != TOKEN_BYTES:
        msg = f"a tracking code is made of {TOKEN_BYTES} random bytes"
        raise ValueError(msg)
    value = int.from_bytes(token, "big")
    return "".join(CROCKFORD[value >> shift & 31] for shift in range(125, -1, -5))


def new_tracking_code() -> str:
    """A code nobody has and nobody can guess."""
    return code_of(secrets.token_bytes(TOKEN_BYTES))


def parse(text: str) -> str:
    """The code in its one form. Case, spaces, dashes, full width and O/I/L are forgiven.

    Raises Refusal("tracking.unknown"): the same answer as for a code nobody has, so that guesses learn nothing.
    """
    if _CODE.fullmatch(text):  # as it stands in every QR code
        return text
    code = plain_number(text).translate(_LOOKALIKES)
    if not _CODE.fullmatch(code):
        raise Refusal("tracking.unknown")
    return code


def grouped(code: str) -> str:
    """For paper: 01KAR-5Z7W3-C8Q2N-9V4T6-H0MXB-E."""
    return "-".join(code[start : start + 5] for start in range(0, len(code), 5))


def url(base_url: str, code: str) -> str:
    """What the QR holds."""
    return f"{base_url.rstrip('/')}{PATH}{code}"


def scanned(text: str, base_url: str) -> str:
    """The code in a scanned text: our own HTTPS address, or the bare code.

    A QR that leads anywhere else was swapped: Refusal("tracking.foreign_address"). Scheme, host and port must be
    those of `base_url`, without user, query or fragment.
    """
    text = half_width(text).strip()
    if "/" not in text and ":" not in text and "." not in text:
        return parse(text)
    try:
        given, own = urlsplit(text), urlsplit(base_url)
        same = (given.scheme, given.hostname, given.port) == (own.scheme, own.hostname, own.port)
    except ValueError:
        raise Refusal("tracking.foreign_address") from None
    path = own.path.rstrip("/") + PATH
    is_plain = not (given.username or given.password or given.query or given.fragment)
    if not (same and is_plain and given.path.startswith(path)):
        raise Refusal("tracking.foreign_address")
    return parse(given.path[len(path) :])


def password_of(token: bytes) -> str:
    """Eight digits from 8 random bytes (bias below 10⁻¹¹): a number keypad is enough for the elderly.

    It opens a case only with its number and the last four of ID or mobile, and locks after five tries.
    """
    if len(token) != PASSWORD_BYTES:
        msg = f"a query password is made of {PASSWORD_BYTES} random bytes"
        raise ValueError(msg)
    return f"{int.from_bytes(token, 'big') % 10**8:08}"


def new_query_password() -> str:
    """A fresh password for the receipt."""
    return password_of(secrets.token_bytes(PASSWORD_BYTES))


def parse_password(text: str) -> str:
    """A typed query password. Raises Refusal("query_password.format")."""
    password = plain_number(text)
    if not re.fullmatch("[0-9]{8}", password):
        raise Refusal("query_password.format")
    return password
