"""What the people of the demonstration have been told: everything, and all but the newest they have opened already."""

from __future__ import annotations

from datetime import datetime, timedelta

from backend import db
from backend.notices import queries, telling

_NEW_FOR = timedelta(days=1)
_OPENED_AFTER = timedelta(hours=2)


async def fill(now: datetime) -> None:
    """Tell of every act of the story; unread stays what still waits for its reader, and of each case the news of this day.

    Everything else was opened two hours after it came: a newcomer finds the inbox of somebody who reads it.
    """
    await telling.tell(now)
    await db.execute(
        "UPDATE notice n SET read_at = least(n.at + $2, $3) FROM case_file c "
        "WHERE c.id = n.case_id AND n.read_at IS NULL AND NOT (n.kind || ':' || c.step = ANY($4)) AND (n.at < $1 OR EXISTS "
        "(SELECT FROM notice later WHERE later.case_id = n.case_id AND later.citizen = n.citizen AND later.id > n.id))",
        now - _NEW_FOR,
        _OPENED_AFTER,
        now,
        [f"{kind}:{step}" for kind, steps in queries.MOVES_ON.items() for step in steps],
    )
