"""How the personal columns of a case are sealed: the case number is the row's name in the AAD."""

from __future__ import annotations

from typing import Any

import msgspec

from backend import crypto
from shared_schemas.notice import Told


def seal(case_no: str, column: str, value: str | bytes) -> bytes:
    """`value` sealed for `case_file.column` of this case."""
    return crypto.seal(value, f"case_file|{column}|{case_no}")


def seal_json(case_no: str, column: str, value: Any) -> bytes:
    """`value` as JSON, sealed."""
    return seal(case_no, column, msgspec.json.encode(value))


def unseal(case_no: str, column: str, blob: bytes) -> str:
    """The text sealed in `case_file.column`."""
    return crypto.open_text(blob, f"case_file|{column}|{case_no}")


def unseal_json(case_no: str, column: str, blob: bytes) -> Any:
    """The JSON value sealed in `case_file.column`."""
    return msgspec.json.decode(crypto.open_(blob, f"case_file|{column}|{case_no}"))


def told_of(case_no: str, blob: bytes) -> Told:
    """Whom the notices of this case go to, as it was filed."""
    return msgspec.json.decode(crypto.open_(blob, f"case_file|told|{case_no}"), type=Told)
