"""What intake holds about a citizen: filings in the making, and files given by them or for them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from backend import db
from backend.intake import queries, relay
from backend.intake.sealing import open_name
from backend.people.closing import HOLDINGS, Holding


def _owner(citizen: int) -> str:
    return f"citizen:{citizen}"


async def _drafts(citizen: int) -> list[dict[str, Any]]:
    rows = await db.fetch(
        f"SELECT {queries.DRAFT_COLUMNS} FROM draft WHERE owner = $1 OR id IN (SELECT draft FROM draft_relay "
        "WHERE citizen = $2 AND used_at IS NOT NULL AND ended_at IS NULL) ORDER BY created_at, id",
        _owner(citizen),
        citizen,
    )
    drafts = [queries.draft_of(row) for row in rows]
    return [
        {
            "matter": draft.matter,
            "filed_for": draft.filed_for,
            "created_at": draft.created_at,
            "updated_at": draft.updated_at,
            "is_filed": draft.submitted_case_id is not None,
            "answers": draft.values,
        }
        for draft in drafts
    ]


async def _uploads(citizen: int) -> list[dict[str, Any]]:
    """Own files, and those a clerk took in for a case of theirs."""
    rows = await db.fetch(
        "SELECT u.id, u.name_sealed, u.material, u.media_type, u.length, u.state, u.created_at, c.case_no "
        "FROM upload u LEFT JOIN case_file c ON c.id = u.case_id "
        "WHERE (u.owner = $1 OR c.citizen = $2) AND u.removed_at IS NULL ORDER BY u.created_at, u.id",
        _owner(citizen),
        citizen,
    )
    return [
        {
            "id": str(row["id"]),
            "name": open_name(str(row["id"]), row["name_sealed"]),
            "material": row["material"],
            "media_type": row["media_type"],
            "bytes": row["length"],
            "state": row["state"],
            "sent_at": row["created_at"],
            "case_no": row["case_no"],
        }
        for row in rows
    ]


async def _erase_drafts(citizen: int, now: datetime) -> None:
    """Answers typed for filings, those of filed ones too: the case has its own copy."""
    await relay.recall_all(citizen, now)
    await db.execute("DELETE FROM draft_relay WHERE citizen = $1", citizen)
    await db.execute("DELETE FROM kept_post WHERE draft IN (SELECT id FROM draft WHERE owner = $1)", _owner(citizen))
    await db.execute("DELETE FROM draft WHERE owner = $1", _owner(citizen))


async def _erase_uploads(citizen: int, now: datetime) -> None:
    """Files that belong to no case; the hourly sweep deletes their bytes."""
    await db.execute(
        "UPDATE upload SET removed_at = $2, updated_at = $2, draft = NULL "
        "WHERE owner = $1 AND case_id IS NULL AND removed_at IS NULL",
        _owner(citizen),
        now,
    )


HOLDINGS["drafts"] = Holding(export=_drafts, erase=_erase_drafts)
HOLDINGS["uploads"] = Holding(export=_uploads, erase=_erase_uploads)
