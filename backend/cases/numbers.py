"""Numbers and codes handed out at receipt and with formal documents."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import date

from backend import db
from backend.domain.case_number import case_number

# A worker reserves this many case numbers at once, so that a filing needs no round trip for its number and does
# not queue behind every other filing of its department. A restart leaves at most this many numbers unused: a case
# number must be unique, not gapless (decision 0020). Formal documents are gapless, see `next_document_number`.
BLOCK = 20


@dataclass
class _Reserve:
    """Case sequences of one department and day that this worker may still use."""

    left: list[int] = field(default_factory=list)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


_reserves: dict[str, _Reserve] = {}


async def next_case_number(region: str, department_no: str, day: date) -> str:
    """A fresh case number of `department_no` (two digits) for `day`."""
    key = f"{region}{department_no}{day:%Y%m%d}"
    reserve = _reserves.setdefault(key, _Reserve())
    async with reserve.lock:
        if not reserve.left:
            last = await db.fetchval_apart(
                "INSERT INTO case_counter (key, last) VALUES ($1, $2) "
                "ON CONFLICT (key) DO UPDATE SET last = case_counter.last + $2 RETURNING last",
                key,
                BLOCK,
            )
            reserve.left = list(range(last, last - BLOCK, -1))
        return case_number(region, department_no, day, reserve.left.pop())


def forget() -> None:
    """Drop what this worker reserved: the database was put back to an earlier state and hands it out again."""
    _reserves.clear()


async def next_document_serial(organ: str, kind: str, year: int) -> int:
    """The next serial of `kind` for an organ and year, without gaps.

    Must be called inside the transaction that saves the document: the row lock makes the next one wait, a rollback
    gives the number back.
    """
    return await db.fetchval(
        "INSERT INTO document_counter (key, last) VALUES ($1, 1) "
        "ON CONFLICT (key) DO UPDATE SET last = document_counter.last + 1 RETURNING last",
        f"{organ}|{kind}|{year}",
    )
