"""Answers posted when the session had died: kept sealed, given back to the draft's owner once they have signed in again."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

import msgspec

from backend import crypto, db
from backend.intake import queries
from backend.intake.actions import ANSWERS_AT_MOST
from backend.intake.sealing import open_kept, seal_kept

KEPT_FOR = timedelta(hours=12)
TOPIC = "_topic"
Posted = dict[str, list[str]]


async def keep_post(draft_id: str, posted: Posted, browser: str, now: datetime) -> tuple[str, str] | None:
    """Keep what was posted; returns the draft's owner and the token to take it back with.

    Nobody is signed in here: the answers are bound to the draft and come back to its owner only. A kiosk's page is not
    kept: nobody signs in there again, and what was typed was saved as it was typed. None for no such draft, or too much.
    """
    key = queries.as_uuid(draft_id)
    if key is None or len(msgspec.json.encode(posted)) > ANSWERS_AT_MOST // 8:
        return None
    token = secrets.token_urlsafe(24)
    owner = await db.fetchval(
        "WITH d AS (SELECT id, owner FROM draft WHERE id = $2 AND submitted_case_id IS NULL "
        "AND (SELECT count(*) FROM kept_post WHERE draft = $2) < 10), "
        "k AS (INSERT INTO kept_post (token_hash, draft, values_sealed, expires_at, browser) "
        "SELECT $1, id, $3, $4, $5 FROM d WHERE owner NOT LIKE 'kiosk:%') SELECT owner FROM d",
        crypto.hmac_token(token),
        key,
        seal_kept(draft_id, posted),
        now + KEPT_FOR,
        browser,
    )
    return (owner, token) if owner else None


async def take_back(draft_id: str, owner: str, *, token: str = "", browser: str = "", now: datetime) -> list[Posted]:
    """What was kept, for the draft's owner, once: by the token of the way they came, and what this browser posted.

    A post without a session can come from anybody who knows the draft's address, so nothing else is taken in.
    """
    await queries.draft(draft_id, owner)
    rows = await db.fetch(
        "DELETE FROM kept_post WHERE draft = $1 AND expires_at > $4 AND (token_hash = $2 OR (browser = $3 AND $3 <> '')) "
        "RETURNING values_sealed, expires_at",
        queries.as_uuid(draft_id),
        crypto.hmac_token(token),
        browser,
        now,
    )
    return [open_kept(draft_id, row["values_sealed"]) for row in sorted(rows, key=lambda row: row["expires_at"])]
