"""Things handed out once and taken back once: WebAuthn challenges, enrolment links, the prior-owner question."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from backend import crypto, db


class Challenge(Struct, frozen=True):
    """What a random token stood for."""

    purpose: str
    subject_kind: str | None
    subject_id: int | None
    session: int | None
    attempts: int


async def hand_out(
    token: str,
    purpose: str,
    *,
    now: datetime,
    lasting: timedelta,
    subject: tuple[str, int] | None = None,
    session: int | None = None,
) -> None:
    """Remember that `token` was handed out; expired ones are swept by the way."""
    kind, subject_id = subject or (None, None)
    await db.execute("DELETE FROM challenge WHERE expires_at < $1", now)
    await db.execute(
        """INSERT INTO challenge (token_hash, purpose, subject_kind, subject_id, session, expires_at)
           VALUES ($1, $2, $3, $4, $5, $6)""",
        crypto.hmac_token(token),
        purpose,
        kind,
        subject_id,
        session,
        now + lasting,
    )


async def take_back(token: str, purpose: str, now: datetime) -> Challenge | None:
    """Spend the token; None when it is unknown, spent, expired or was meant for something else."""
    row = await db.fetchrow(
        """DELETE FROM challenge WHERE token_hash = $1 AND purpose = $2 AND expires_at > $3
           RETURNING purpose, subject_kind, subject_id, session, attempts""",
        crypto.hmac_token(token),
        purpose,
        now,
    )
    return Challenge(**row) if row else None


async def look_at(token: str, purpose: str, now: datetime) -> Challenge | None:
    """As `take_back`, without spending it."""
    row = await db.fetchrow(
        """SELECT purpose, subject_kind, subject_id, session, attempts FROM challenge
           WHERE token_hash = $1 AND purpose = $2 AND expires_at > $3""",
        crypto.hmac_token(token),
        purpose,
        now,
    )
    return Challenge(**row) if row else None


async def try_on(token: str, purpose: str, now: datetime, *, at_most: int) -> Challenge | None:
    """Count one try; None when the token is no good or its tries are used up."""
    row = await db.fetchrow(
        """UPDATE challenge SET attempts = attempts + 1
           WHERE token_hash = $1 AND purpose = $2 AND expires_at > $3 AND attempts < $4
           RETURNING purpose, subject_kind, subject_id, session, attempts""",
        crypto.hmac_token(token),
        purpose,
        now,
        at_most,
    )
    return Challenge(**row) if row else None
