"""Kiosks are machines of the hall: enrolled one by one at a named place by an administrator, revoked in one step.

A kiosk is known by a token of 256 bits in a cookie of its own, of which the database keeps a hash. It says which machine
this is, never who stands before it.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie
from litestar.handlers.base import BaseRouteHandler
from msgspec import Struct

from backend import clock, crypto, db, ratelimit
from backend.domain.refusal import Refusal
from backend.people.audit import audit
from backend.people.challenges import hand_out, take_back
from backend.people.sessions import Visitor, end_at_kiosk
from backend.people.viewer import identify
from backend.settings import settings
from shared_schemas.people import Actor

CODE_LASTS = timedelta(hours=24)
_PURPOSE = "kiosk"
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that look alike on a screen
_CODE = 12  # 58 bits, for a day and ten tries in five minutes by address
_TRIES, _SECONDS = 10, 300
_COOKIE_DAYS = 400  # as long as browsers keep one; renewed at every visit to the start page
_SEEN_EVERY = timedelta(minutes=1)
_SLOT = "yimaban.kiosk"


class Kiosk(Struct, frozen=True):
    """One machine. `enrolled_at` None: its code was made and not used yet."""

    id: int
    name: str
    name_en: str
    made_at: datetime
    enrolled_at: datetime | None
    last_seen_at: datetime | None
    revoked_at: datetime | None


_COLUMNS = "id, name, name_en, made_at, enrolled_at, last_seen_at, revoked_at"


async def every() -> list[Kiosk]:
    """All machines by name, the revoked ones last."""
    rows = await db.fetch(f"SELECT {_COLUMNS} FROM kiosk ORDER BY revoked_at IS NOT NULL, name, id")
    return [Kiosk(**row) for row in rows]


async def add(name: str, name_en: str, *, by: Actor, now: datetime) -> tuple[int, str]:
    """A new machine at this place; returns (id, the code that enrols it). Raises Refusal("kiosk.name_taken")."""
    async with db.transaction():
        made = await db.fetchval(
            "INSERT INTO kiosk (name, name_en, made_at) SELECT $1::varchar, $2, $3 "
            "WHERE NOT EXISTS (SELECT FROM kiosk WHERE name = $1 AND revoked_at IS NULL) RETURNING id",
            name,
            name_en,
            now,
        )
        if made is None:
            raise Refusal("kiosk.name_taken")
        return made, await make_code(made, by=by, now=now)


async def make_code(kiosk: int, *, by: Actor, now: datetime) -> str:
    """A code that enrols a browser as this machine, once, for a day; an earlier one is void.

    Raises Refusal("kiosk.unknown"). The browser that was enrolled before stays this machine until the code is used.
    """
    if await db.fetchval("SELECT id FROM kiosk WHERE id = $1 AND revoked_at IS NULL", kiosk) is None:
        raise Refusal("kiosk.unknown")
    code = "".join(secrets.choice(_LETTERS) for _ in range(_CODE))
    async with db.transaction():
        await db.execute("DELETE FROM challenge WHERE purpose = $1 AND subject_id = $2", _PURPOSE, kiosk)
        await hand_out(code, _PURPOSE, now=now, lasting=CODE_LASTS, subject=("kiosk", kiosk))
        await audit(by, "kiosk.code", now=now, kiosk=kiosk)
    return "-".join(code[at : at + 4] for at in range(0, _CODE, 4))


async def enrol(code: str, visitor: Visitor, now: datetime) -> str:
    """Whoever enters the code has made this browser the machine; returns its token.

    Raises Refusal("kiosk.code_spent") for a wrong code as for a used or old one, "rate.limited".
    """
    await ratelimit.hit(f"kiosk_enrol|{visitor.ip}", _TRIES, _SECONDS, now)
    token = secrets.token_urlsafe(32)
    async with db.transaction():
        held = await take_back("".join(filter(str.isalnum, code.upper()))[:_CODE], _PURPOSE, now)
        enrolled = held and await db.fetchval(
            "UPDATE kiosk SET token_hash = $2, enrolled_at = $3, last_seen_at = $3 "
            "WHERE id = $1 AND revoked_at IS NULL RETURNING id",
            held.subject_id,
            crypto.hmac_token(token),
            now,
        )
        if not enrolled:
            raise Refusal("kiosk.code_spent")
        await end_at_kiosk(enrolled, now)
        await audit(None, "kiosk.enrolled", now=now, visitor=visitor, kiosk=enrolled)
    return token


async def revoke(kiosk: int, *, by: Actor, now: datetime) -> None:
    """The machine is no kiosk any more, from its next request on; whoever is signed in at it is out.

    Raises Refusal("kiosk.unknown").
    """
    async with db.transaction():
        done = await db.fetchval(
            "UPDATE kiosk SET revoked_at = $2, token_hash = NULL WHERE id = $1 AND revoked_at IS NULL RETURNING id",
            kiosk,
            now,
        )
        if done is None:
            raise Refusal("kiosk.unknown")
        await db.execute("DELETE FROM challenge WHERE purpose = $1 AND subject_id = $2", _PURPOSE, kiosk)
        await end_at_kiosk(kiosk, now)
        await audit(by, "kiosk.revoked", now=now, kiosk=kiosk)


async def here(connection: ASGIConnection, now: datetime) -> Kiosk | None:
    """Which machine sent this request; None for any other browser. Asked once a request."""
    scope = connection.scope
    if _SLOT not in scope:
        token = connection.cookies.get(settings.cookie("kiosk"), "")
        scope[_SLOT] = await _find(token, now) if token else None  # type: ignore[typeddict-unknown-key]
    return scope[_SLOT]  # type: ignore[typeddict-item]


async def _find(token: str, now: datetime) -> Kiosk | None:
    row = await db.fetchrow(f"SELECT {_COLUMNS} FROM kiosk WHERE token_hash = $1", crypto.hmac_token(token))
    if row is None:
        return None
    if now - row["last_seen_at"] >= _SEEN_EVERY:
        await db.execute("UPDATE kiosk SET last_seen_at = $2 WHERE id = $1", row["id"], now)
    return Kiosk(**row)


async def at_kiosk(connection: ASGIConnection, _handler: BaseRouteHandler) -> None:
    """Guard: only at a machine that was enrolled. Raises Refusal("kiosk.not_enrolled")."""
    await identify(connection, clock.now())
    if await here(connection, clock.now()) is None:
        raise Refusal("kiosk.not_enrolled")


def cookies(token: str | None) -> list[Cookie]:
    """What makes a browser this machine, or with None what takes it away: the token, and the mark that nothing is kept."""
    lasts = _COOKIE_DAYS * 24 * 3600 if token else 0

    def one(name: str, value: str, *, is_secret: bool) -> Cookie:
        return Cookie(
            key=name,
            value=value if token else "",
            path="/",
            max_age=lasts,
            httponly=is_secret,
            samesite="lax",
            secure=settings.is_secure,
        )

    return [one(settings.cookie("kiosk"), token or "", is_secret=True), one("device", "kiosk", is_secret=False)]
