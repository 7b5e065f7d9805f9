"""Sessions of our own: ids are made here and nowhere else, rotate at sign-in and step-up, and live in PostgreSQL.

Litestar's server-side sessions accept any id a client plants and write a row for every anonymous visitor
(SECURITY.md, traps). Here a token is 256 random bits, the database knows its hash only, and no row exists
before somebody signs in.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from litestar.datastructures import Cookie
from msgspec import Struct

from backend import crypto, db
from backend.settings import settings

TOKEN_BYTES = 32
SEEN_EVERY = timedelta(minutes=1)
FRESH = timedelta(minutes=5)


class Session(Struct, frozen=True):
    """One signed-in browser or API client. Instants are aware UTC."""

    id: int
    subject_kind: str
    subject_id: int
    method: str
    created_at: datetime
    authenticated_at: datetime
    stepped_up_at: datetime | None
    last_seen_at: datetime
    expires_at: datetime
    idle_seconds: int
    company: int | None = None
    user_agent: str = ""
    ip: str = ""
    only_draft: UUID | None = None

    def is_fresh(self, now: datetime) -> bool:
        """Whether the holder proved who they are, by any means, in the last five minutes."""
        return now - max(self.authenticated_at, self.stepped_up_at or self.authenticated_at) < FRESH

    def is_stepped_up(self, now: datetime) -> bool:
        """Whether a passkey was used in the last five minutes."""
        return self.stepped_up_at is not None and now - self.stepped_up_at < FRESH


class Visitor(Struct, frozen=True):
    """Where a sign-in comes from, as shown in the list of sessions."""

    ip: str = ""
    user_agent: str = ""


_DEVICES = ("iPhone", "iPad", "HarmonyOS", "Android", "Windows", "Macintosh", "Linux")
_BROWSERS = (
    ("MicroMessenger", "WeChat"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


def device_of(user_agent: str) -> str:
    """Such as "iPhone · WeChat": enough for its owner to know a device again, too little to track anybody."""
    device = next((name for name in _DEVICES if name in user_agent), "")
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    return (
        " · ".join(filter(None, (device.replace("Macintosh", "Mac"), browser)))
        or user_agent.split("/", maxsplit=1)[0][:20]
    )


def hash_of(token: str) -> bytes:
    """What the database keeps of a token: an HMAC, so that a stolen table can't be checked against anything."""
    return crypto.hmac_token(token)


def lifetime(subject_kind: str) -> tuple[timedelta, timedelta]:
    """(idle, absolute) life of a session. The demo is lenient so that a tour is not cut off."""
    whole = timedelta(hours=settings.session_hours)
    if settings.demo:
        return whole, whole
    idle = settings.session_idle_minutes if subject_kind == "citizen" else settings.tablet_idle_minutes
    return timedelta(minutes=idle), whole


async def begin(
    subject_kind: str,
    subject_id: int,
    *,
    method: str,
    visitor: Visitor,
    now: datetime,
    replacing: str | None = None,
    stepped_up: bool = False,
    only_draft: UUID | None = None,
    kiosk: int | None = None,
) -> str:
    """Sign somebody in and return the new token; the session the browser came with, if any, dies.

    `method` is "code", "passkey", "enrolment", "relay" or "demo"; `only_draft` makes it a session for one draft at the machine `kiosk`.
    A passkey sign-in counts as a step-up, and so does whatever the caller vouches for with `stepped_up`.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    idle, whole = lifetime(subject_kind)
    if only_draft is not None:
        idle = timedelta(seconds=settings.kiosk_idle_seconds)
    stepped_up_at = now if stepped_up or method == "passkey" else None
    async with db.transaction():
        if replacing:
            await db.execute(
                "UPDATE session SET revoked_at = $2 WHERE token_hash = $1 AND revoked_at IS NULL",
                hash_of(replacing),
                now,
            )
        await db.execute(
            """INSERT INTO session (token_hash, subject_kind, subject_id, method, created_at, authenticated_at,
                 stepped_up_at, last_seen_at, expires_at, idle_seconds, user_agent, ip, only_draft, kiosk)
               VALUES ($1, $2, $3, $4, $5, $5, $6, $5, $7, $8, $9, $10, $11, $12)""",
            hash_of(token),
            subject_kind,
            subject_id,
            method,
            now,
            stepped_up_at,
            now + whole,
            int(idle.total_seconds()),
            device_of(visitor.user_agent),
            visitor.ip[:45],
            only_draft,
            kiosk,
        )
    return token


async def renew(session: Session, *, now: datetime, stepped_up: bool) -> str:
    """A new token for the same session after its holder proved again who they are; the old token is dead."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    await db.execute(
        """UPDATE session SET token_hash = $2, authenticated_at = $3, last_seen_at = $3,
             stepped_up_at = CASE WHEN $4 THEN $3 ELSE stepped_up_at END
           WHERE id = $1 AND revoked_at IS NULL""",
        session.id,
        hash_of(token),
        now,
        stepped_up,
    )
    return token


async def touch(session: Session, now: datetime) -> None:
    """Push the idle limit, writing at most once a minute, at a kiosk a little more often."""
    if now - session.last_seen_at >= min(SEEN_EVERY, timedelta(seconds=session.idle_seconds) / 9):
        await db.execute("UPDATE session SET last_seen_at = $2 WHERE id = $1 AND last_seen_at < $2", session.id, now)


async def wear(session: Session, company: int | None) -> None:
    """Put on a company's hat, or take it off with None. Whether it may be worn is the caller's business."""
    await db.execute("UPDATE session SET company = $2 WHERE id = $1", session.id, company)


async def end(session_id: int, now: datetime) -> None:
    """Sign out one session."""
    await db.execute("UPDATE session SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL", session_id, now)


async def end_of_subject(kind: str, subject_id: int, now: datetime, *, session_id: int | None = None) -> int:
    """Sign out one session of this subject (`session_id`), or all of them; returns how many ended."""
    rows = await db.fetch(
        """UPDATE session SET revoked_at = $3
           WHERE subject_kind = $1 AND subject_id = $2 AND revoked_at IS NULL AND ($4::bigint IS NULL OR id = $4)
           RETURNING id""",
        kind,
        subject_id,
        now,
        session_id,
    )
    return len(rows)


async def end_of_draft(draft: UUID, now: datetime) -> None:
    """Sign out whatever kiosk has this draft open."""
    await db.execute("UPDATE session SET revoked_at = $2 WHERE only_draft = $1 AND revoked_at IS NULL", draft, now)


async def end_at_kiosk(kiosk: int, now: datetime) -> None:
    """Sign out whoever is at this machine."""
    await db.execute("UPDATE session SET revoked_at = $2 WHERE kiosk = $1 AND revoked_at IS NULL", kiosk, now)


async def list_of(kind: str, subject_id: int, now: datetime) -> list[Session]:
    """The subject's living sessions, the most recently used first."""
    rows = await db.fetch(
        """SELECT id, subject_kind, subject_id, method, created_at, authenticated_at, stepped_up_at, last_seen_at,
                  expires_at, idle_seconds, company, user_agent, ip
           FROM session
           WHERE subject_kind = $1 AND subject_id = $2 AND revoked_at IS NULL AND expires_at > $3
             AND last_seen_at + make_interval(secs => idle_seconds) > $3
           ORDER BY last_seen_at DESC""",
        kind,
        subject_id,
        now,
    )
    return [Session(**dict(row)) for row in rows]


def cookie_name() -> str:
    """`__Host-yimaban` over https; plain http://localhost gets the bare name."""
    return settings.cookie("yimaban")


def cookie_for(token: str | None) -> Cookie:
    """The session cookie, or with None the cookie that removes it. A session cookie: it ends with the browser."""
    return Cookie(
        key=cookie_name(),
        value=token or "",
        path="/",
        httponly=True,
        samesite="lax",
        secure=settings.is_secure,
        max_age=None if token else 0,
    )
