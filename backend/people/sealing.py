"""Personal columns: sealed under their own place (table, column, row), found by blind index."""

from __future__ import annotations

from backend import crypto, db


def place(table: str, column: str, row: int) -> str:
    """The additional authenticated data of one cell: a sealed value moved to another row will not open."""
    return f"{table}|{column}|{row}"


def sealed(table: str, column: str, row: int, value: str | None) -> bytes | None:
    """`value` sealed for its cell; None stays None."""
    return None if value is None else crypto.seal(value, place(table, column, row))


def opened(table: str, column: str, row: int, blob: bytes | None) -> str:
    """The text of a sealed cell; an empty cell is the empty string."""
    return "" if blob is None else crypto.open_text(blob, place(table, column, row))


def mobile_index(mobile: str) -> bytes:
    """Blind index of a normal-form mobile number."""
    return crypto.blind_index("mobile", mobile)


def id_index(kind: str, number: str) -> bytes:
    """Blind index of an ID document: the same number under another kind is another person."""
    return crypto.blind_index("id", f"{kind}:{number}")


async def next_id(table: str) -> int:
    """The id a new row will have, needed before the row because it is part of what seals it."""
    return await db.fetchval("SELECT nextval($1::regclass)", f"{table}_id_seq")
