"""The daily anchor: one hash over the heads of all chains that grew, chained to the day before, kept outside as well.

Each event lies under exactly one anchor: its own day's, or the next one's for what was committed late.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import msgspec

from backend import db
from backend.domain import chain
from backend.domain.calendar import SHANGHAI, day_of
from backend.settings import settings
from shared_schemas.trail import Anchor

_ONE = timedelta(days=1)
# A day is closed when its last transactions have surely ended.
_GRACE = timedelta(minutes=10)
# The heads at the end of the day of every chain with an event since the days before, unless anchored at that place.
_HEADS = """
SELECT e.case_id, c.case_no, max(e.seq) AS seq FROM case_event e JOIN case_file c ON c.id = e.case_id
WHERE e.at < $1 AND ($2::timestamptz IS NULL OR e.at >= $2)
GROUP BY e.case_id, c.case_no
HAVING NOT EXISTS (SELECT FROM anchor_leaf l WHERE l.case_id = e.case_id AND l.seq >= max(e.seq))
ORDER BY e.case_id
"""
_INSERT_LEAVES = """
INSERT INTO anchor_leaf (anchor, place, case_id, case_no, seq, hash)
SELECT $1, row_number() OVER (ORDER BY r.case_id) - 1, r.case_id, r.case_no, r.seq, e.hash
FROM jsonb_to_recordset($2) AS r(case_id bigint, case_no text, seq integer)
JOIN case_event e ON e.case_id = r.case_id AND e.seq = r.seq
"""


def _end_of(day: date) -> datetime:
    return datetime.combine(day + _ONE, time(), SHANGHAI).astimezone(UTC)


async def anchor_due(now: datetime) -> list[Anchor]:
    """Make the anchor of every day that is over and has none; the first one takes all that was before.

    One worker at a time; an anchor is there whole or not at all.
    """
    last_closed = day_of(now - _GRACE) - _ONE
    made: list[Anchor] = []
    async with db.transaction():
        await db.execute("SELECT pg_advisory_xact_lock(hashtext('daily anchor'))")
        newest = await db.fetchval("SELECT max(day) FROM anchor")
        if newest is None:
            is_anything = await db.fetchval(
                "SELECT EXISTS (SELECT FROM case_event WHERE at < $1)", _end_of(last_closed)
            )
            days = [last_closed] if is_anything else []
        else:
            days = [newest + _ONE * place for place in range(1, (last_closed - newest).days + 1)]
        for day in days:
            made.append(await _anchor(day, now, is_first=newest is None))  # noqa: PERF401 - one after the other
        if made and settings.anchor_file:
            await asyncio.to_thread(_keep_outside, Path(settings.anchor_file), made)
    return made


async def _anchor(day: date, now: datetime, *, is_first: bool) -> Anchor:
    since = None if is_first else _end_of(day) - _ONE * 3
    rows = await db.fetch(_HEADS, _end_of(day), since)
    row = await db.fetchval("SELECT nextval('anchor_id_seq')")
    await db.execute(_INSERT_LEAVES, row, [dict(each) for each in rows])
    root = await asyncio.to_thread(chain.merkle_root, await leaves_of(row))
    previous = await db.fetchval("SELECT hash FROM anchor ORDER BY day DESC LIMIT 1") or b""
    digest = chain.anchor_hash(previous=previous, day=day, leaves=len(rows), root=root)
    await db.execute(
        "INSERT INTO anchor (id, day, leaves, root, previous_hash, hash, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        row,
        day,
        len(rows),
        root,
        previous,
        digest,
        now,
    )
    return Anchor(day, len(rows), root.hex(), previous.hex(), digest.hex(), now)


def _keep_outside(path: Path, anchors: list[Anchor]) -> None:
    """One JSON line an anchor, added to the file. Raises OSError: without its copy outside no anchor is made."""
    with path.open("ab") as file:
        for anchor in anchors:
            file.write(msgspec.json.encode(anchor) + b"\n")


async def leaves_of(anchor: int) -> list[bytes]:
    """The heads under an anchor, by place."""
    rows = await db.fetch("SELECT hash FROM anchor_leaf WHERE anchor = $1 ORDER BY place", anchor)
    return [row["hash"] for row in rows]


async def latest(*, before: date | None = None, at_most: int = 31) -> list[Anchor]:
    """Anchors, newest first, before a day."""
    rows = await db.fetch(
        "SELECT day, leaves, root, previous_hash, hash, made_at FROM anchor "
        "WHERE $1::date IS NULL OR day < $1 ORDER BY day DESC LIMIT $2",
        before,
        at_most,
    )
    return [
        Anchor(r["day"], r["leaves"], r["root"].hex(), r["previous_hash"].hex(), r["hash"].hex(), r["made_at"])
        for r in rows
    ]
