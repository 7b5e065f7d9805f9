"""One collection: who collects everything in one go is told once, when nothing of the filing is under way any more."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from backend import db
from backend.notices.telling import Telling, make, told_to
from shared_schemas.notice import NoticeKind

_WHO = (
    "c.id AS case_id, c.case_no, c.citizen, c.told_sealed, a.id AS applicant, "
    "c.mobile_index IS NOT NULL AND c.mobile_index IS DISTINCT FROM o.mobile_index AS has_own_number"
)
_JOINED = (
    "LEFT JOIN citizen o ON o.id = c.citizen AND NOT o.is_cancelled "
    "LEFT JOIN citizen a ON a.id_index = c.applicant_id_index AND NOT a.is_cancelled"
)
# Filings of which something lies ready, nothing waits, and every other case has come to its end.
_READY = """
SELECT f.id, count(*) FILTER (WHERE c.step = 'issued') AS ready FROM bundle_filing f
JOIN bundle_part p ON p.filing = f.id LEFT JOIN case_file c ON c.id = p.case_id
WHERE f.is_together AND f.told_ready_at IS NULL GROUP BY f.id
HAVING count(*) FILTER (WHERE c.step = 'issued') > 0 AND count(*) FILTER (WHERE p.state = 'waiting' OR
  (p.state = 'started' AND c.step NOT IN ('issued', 'collected', 'closed', 'archived', 'not_accepted', 'refused',
  'withdrawn', 'terminated'))) = 0
ORDER BY f.id LIMIT 100
"""


async def tell_ready(now: datetime) -> int:
    """Tell of every filing that is ready as a whole; returns how many. Safe to run as often as one likes."""
    rows = await db.fetch(_READY)
    for row in rows:
        async with db.transaction():
            claimed = await db.fetchval(
                "UPDATE bundle_filing SET told_ready_at = $2, seq = seq + 1 WHERE id = $1 AND told_ready_at IS NULL RETURNING id",
                row["id"],
                now,
            )
            if claimed is not None:
                last = await db.fetchval(
                    "SELECT id FROM case_file WHERE filing = $1 AND step = 'issued' ORDER BY decided_at DESC, id DESC LIMIT 1",
                    row["id"],
                )
                await tell(last, NoticeKind.BUNDLE_READY, row["ready"], now)
    return len(rows)


async def tell(case_id: int, kind: NoticeKind, n: int, now: datetime) -> None:
    """Tell whoever is told of this case something of its whole filing, in the caller's transaction."""
    row = await db.fetchrow(f"SELECT {_WHO}, c.seq FROM case_file c {_JOINED} WHERE c.id = $1", case_id)
    await make(_tellings(row, kind, n, now), now)


def _tellings(row: Any, kind: NoticeKind, n: int, now: datetime) -> list[Telling]:
    return [
        Telling(
            case_id=row["case_id"],
            seq=row["seq"],
            kind=kind,
            facts={"n": n},
            at=now,
            to=to,
            is_loud=to.is_loud,
            lang=told.lang,
            mobile=told.number_of(to.party) if to.citizen is None else "",
        )
        for told, to in told_to(row)
    ]
