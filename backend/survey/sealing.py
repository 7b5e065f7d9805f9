"""How places, wishes and records of surveys are sealed: bound to the row they stand in."""

from __future__ import annotations

from typing import TypeVar

import msgspec
from msgspec import Struct

from backend import crypto

T = TypeVar("T", bound=Struct)


def seal(column: str, row: int, text: str) -> bytes:
    """A text of the visit `row`."""
    return crypto.seal(text, f"survey_visit|{column}|{row}")


def unseal(column: str, row: int, blob: bytes | None) -> str:
    """The text, "" where there is none."""
    return crypto.open_text(blob, f"survey_visit|{column}|{row}") if blob else ""


def seal_record(survey: int, record: Struct) -> bytes:
    """The record of one survey."""
    return crypto.seal(msgspec.json.encode(record), f"survey|record|{survey}")


def unseal_record(survey: int, blob: bytes, shape: type[T]) -> T:
    """The record as it was kept."""
    return msgspec.json.decode(crypto.open_(blob, f"survey|record|{survey}"), type=shape)
