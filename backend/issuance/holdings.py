"""What issuance holds about a citizen: certificates and ratings of their cases, for the export of one's data.

Nothing is erased with the account: a certificate stays genuine or not for everybody who is shown it, and a rating names
nobody.
"""

from __future__ import annotations

from typing import Any

from backend import crypto, db
from backend.people.closing import HOLDINGS, Holding


async def _certificates(citizen: int) -> list[dict[str, Any]]:
    rows = await db.fetch(
        "SELECT c.case_no, t.number, t.title, t.organ, t.issued_on, t.valid_until, t.collected_at, t.collected_how, "
        "t.revoked_at FROM certificate t JOIN case_file c ON c.id = t.case_id WHERE c.citizen = $1 ORDER BY t.id",
        citizen,
    )
    return [dict(row) for row in rows]


async def _ratings(citizen: int) -> list[dict[str, Any]]:
    rows = await db.fetch(
        "SELECT c.case_no, r.case_id, r.level, r.comment_sealed, r.at FROM case_rating r "
        "JOIN case_file c ON c.id = r.case_id WHERE c.citizen = $1 ORDER BY r.id",
        citizen,
    )
    return [
        {
            "case_no": row["case_no"],
            "level": row["level"],
            "words": _words(row["case_id"], row["comment_sealed"]),
            "at": row["at"],
        }
        for row in rows
    ]


def _words(case_id: int, blob: bytes | None) -> str:
    return crypto.open_text(blob, f"case_rating|comment|{case_id}") if blob else ""


HOLDINGS["certificates"] = Holding(export=_certificates)
HOLDINGS["ratings"] = Holding(export=_ratings)
