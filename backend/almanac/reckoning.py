"""Every open case under a calendar, a chunk at a time: cases that share acceptance, matter and limit are reckoned once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

from msgspec import Struct

from backend import catalogue, db
from backend.cases import clocks
from backend.domain.calendar import Calendar, day_of
from shared_schemas.clock import Standstill, StandstillKind

CHUNK = 5000
_OPEN = (
    "SELECT id, case_no, seq, matter, matter_version, department, accepted_at, extended_by, promised_due_on, "
    "statutory_due_on, is_due_provisional, is_stopped, promised_amber_on, statutory_amber_on FROM case_file "
    "WHERE accepted_at IS NOT NULL AND decided_at IS NULL AND id > $1 ORDER BY id LIMIT $2"
)
_Known = dict[tuple[date, str, int, int], clocks.Clocks]


class Reckoned(Struct, frozen=True):
    """One open case: as its row stands, and as it comes out."""

    row: Any
    clocks: clocks.Clocks

    @property
    def due(self) -> tuple[date | None, date | None, bool, bool]:
        """Promised and statutory day, provisional, stopped: as they come out."""
        columns = self.clocks.columns
        names = ("promised_due_on", "statutory_due_on", "is_due_provisional", "is_stopped")
        return tuple(columns[name] for name in names)  # type: ignore[return-value]

    @property
    def near(self) -> tuple[date | None, date | None]:
        """From which day on 80 % of each limit are used, as it comes out."""
        return self.clocks.promised_amber_on, self.clocks.statutory_amber_on

    @property
    def is_stale(self) -> bool:
        """Whether the row has to be written: a day for people moved, or one that only alarms go by."""
        is_near = self.near != (self.row["promised_amber_on"], self.row["statutory_amber_on"])
        return self.is_moved or (is_near and not self.due[3])

    @property
    def is_moved(self) -> bool:
        """Whether a day, or its being provisional, is another than before.

        While a clock stands still its day moves on by itself; it is reckoned, by the calendar of then, when that ends.
        """
        row = self.row
        return not self.due[3] and self.due[:3] != (
            row["promised_due_on"],
            row["statutory_due_on"],
            row["is_due_provisional"],
        )


async def every_open(calendar: Calendar, today: date, *, locked: bool = False) -> AsyncIterator[list[Reckoned]]:
    """All open cases, chunk by chunk. `locked`: the rows of a chunk stay locked until the caller's transaction ends."""
    known: _Known = {}
    last = 0
    while rows := await db.fetch(f"{_OPEN}{' FOR UPDATE' if locked else ''}", last, CHUNK):
        stops = await _standstills(rows[0]["id"], rows[-1]["id"])
        yield [Reckoned(row, await _one(row, stops.get(row["id"], ()), calendar, today, known)) for row in rows]
        last = rows[-1]["id"]


async def _one(
    row: Any, stops: tuple[Standstill, ...], calendar: Calendar, today: date, known: _Known
) -> clocks.Clocks:
    key = (day_of(row["accepted_at"]), row["matter"], row["matter_version"], row["extended_by"])
    if not stops and key in known:
        return known[key]
    matter = await catalogue.version(row["matter"], row["matter_version"])
    found = clocks.reckoned(
        row["accepted_at"], matter, extended_by=row["extended_by"], standstills=stops, today=today, calendar=calendar
    )
    if not stops:
        known[key] = found
    return found


async def _standstills(first: int, last: int) -> dict[int, tuple[Standstill, ...]]:
    rows = await db.fetch(
        "SELECT case_id, kind, basis, notice, told_on, ends_on FROM standstill "
        "WHERE case_id BETWEEN $1 AND $2 AND told_on IS NOT NULL ORDER BY id",
        first,
        last,
    )
    found: dict[int, tuple[Standstill, ...]] = {}
    for row in rows:
        stop = Standstill(
            StandstillKind(row["kind"]), row["told_on"], row["ends_on"], basis=row["basis"], notice=row["notice"]
        )
        found[row["case_id"]] = (*found.get(row["case_id"], ()), stop)
    return found
