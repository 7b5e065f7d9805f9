"""An officer's first passkey: by a link that works once, for a day, made by the system administrator."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from backend import db
from backend.domain.refusal import Refusal
from backend.people import passkeys, sessions
from backend.people.audit import audit
from backend.people.challenges import hand_out, look_at, take_back
from backend.people.sessions import Visitor, device_of
from backend.settings import settings
from shared_schemas.people import Actor

_LASTING = timedelta(hours=24)
_PURPOSE = "enrol"


async def make_link(officer: int, *, by: Actor, now: datetime) -> str:
    """A new enrolment link for this officer; earlier unused ones are void."""
    if await db.fetchval("SELECT id FROM officer WHERE id = $1 AND is_active", officer) is None:
        raise Refusal("people.officer_unknown")
    link = secrets.token_urlsafe(32)
    async with db.transaction():
        await db.execute(
            "DELETE FROM challenge WHERE purpose = $1 AND subject_kind = 'officer' AND subject_id = $2",
            _PURPOSE,
            officer,
        )
        await hand_out(link, _PURPOSE, now=now, lasting=_LASTING, subject=("officer", officer))
        await audit(by, "officer.enrolment_link", now=now, officer=officer)
    return f"{settings.base_url}/staff/enrol/{link}"


async def whose(link: str, now: datetime) -> tuple[int, str, str]:
    """(id, name, staff number) of the officer the link is for. Raises Refusal("enrolment.spent")."""
    held = await look_at(link, _PURPOSE, now)
    row = held and await db.fetchrow(
        "SELECT id, name, staff_no FROM officer WHERE id = $1 AND is_active", held.subject_id
    )
    if not row:
        raise Refusal("enrolment.spent")
    return row["id"], row["name"], row["staff_no"]


async def options(link: str, now: datetime) -> dict[str, Any]:
    """Options for creating the passkey."""
    officer, name, staff_no = await whose(link, now)
    return await passkeys.registration_options(("officer", officer), f"{name} {staff_no}", session=None, now=now)


async def finish(
    link: str, credential: dict[str, Any], *, visitor: Visitor, now: datetime, replacing: str | None
) -> str:
    """Keep the passkey, spend the link, sign in; returns the session token. Two at once: one wins."""
    officer, _name, _staff_no = await whose(link, now)
    async with db.transaction():
        await passkeys.register(
            ("officer", officer), credential, device_of(visitor.user_agent), session=None, by=None, now=now
        )
        if await take_back(link, _PURPOSE, now) is None:
            raise Refusal("enrolment.spent")
        return await sessions.begin(
            "officer", officer, method="enrolment", visitor=visitor, now=now, replacing=replacing
        )
