"""From a session token to who is signed in, in one query."""

from __future__ import annotations

from datetime import datetime

from litestar.connection import ASGIConnection
from msgspec import Struct

from backend import crypto, csrf, db
from backend.domain import one_draft
from backend.domain.calendar import day_of
from backend.domain.refusal import Refusal
from backend.edge import client_ip
from backend.people import sessions
from backend.people.roster import COLUMNS, officer_of
from backend.people.sealing import opened
from backend.people.sessions import Session, Visitor
from backend.settings import settings
from shared_schemas.people import Actor, CitizenActor, OfficerActor

_FIND = f"""
SELECT s.id, s.subject_kind, s.subject_id, s.method, s.created_at, s.authenticated_at, s.stepped_up_at,
       s.last_seen_at, s.expires_at, s.idle_seconds, s.user_agent, s.ip, s.only_draft,
       c.name_sealed, c.mobile_sealed, encode(c.id_index, 'hex') AS id_index,
       k.id AS company, k.name AS company_name,
       {COLUMNS}
FROM session s
LEFT JOIN citizen c ON s.subject_kind = 'citizen' AND c.id = s.subject_id AND NOT c.is_cancelled
LEFT JOIN officer o ON s.subject_kind = 'officer' AND o.id = s.subject_id AND o.is_active
LEFT JOIN company k ON k.id = s.company AND EXISTS (
    SELECT FROM company_authorisation a WHERE a.company = k.id AND a.citizen = c.id AND a.revoked_at IS NULL
      AND (a.valid_to IS NULL OR a.valid_to >= $4))
WHERE s.token_hash = $1 AND s.revoked_at IS NULL AND s.expires_at > $2
  AND s.last_seen_at + make_interval(secs => s.idle_seconds) > $2 AND (c.id IS NOT NULL OR o.id IS NOT NULL)
"""
_SESSION_FIELDS = Session.__struct_fields__
_SLOT = csrf.SIGNED_IN
_LIMITED = "yimaban.limited"  # scope key: a session came that may not be here
PERSON_HEADER = "x-yimaban-person"


class SignedIn(Struct, frozen=True):
    """Who is signed in, by which session; `token` is what the client presented."""

    session: Session
    actor: CitizenActor | OfficerActor
    token: str

    @property
    def person(self) -> str:
        """What a browser files this account's things under: 16 hex digits that tell nothing about the account."""
        return crypto.sign("person", f"{self.session.subject_kind}:{self.session.subject_id}").hex()[:16]


def token_of(connection: ASGIConnection) -> str | None:
    """The presented session token: `Authorization: Bearer` for API clients, else the cookie."""
    header = connection.headers.get("authorization", "")
    if header[:7].lower() == "bearer ":
        return header[7:].strip() or None
    return connection.cookies.get(sessions.cookie_name()) or None


def visitor_of(connection: ASGIConnection) -> Visitor:
    """Address (behind our own proxies: of the visitor) and browser of this request."""
    return Visitor(ip=client_ip(connection.scope), user_agent=connection.headers.get("user-agent", ""))


async def find(token: str, now: datetime) -> SignedIn | None:
    """The living session behind `token` and its subject; None when expired, revoked or never issued."""
    row = await db.fetchrow(_FIND, sessions.hash_of(token), now, settings.deputy_after_hours, day_of(now))
    if row is None:
        return None
    session = Session(**{name: row[name] for name in _SESSION_FIELDS})
    return SignedIn(session=session, actor=_actor(row), token=token)


async def identify(connection: ASGIConnection, now: datetime) -> SignedIn | None:
    """Who sent this request; looked up once per request, and not at all when no token came.

    What a phone kept and sends later names the account it was kept for. Raises Refusal("session.other_person") when
    somebody else has signed in on it since: nobody's words end up under another one's name.
    """
    scope = connection.scope
    if _SLOT not in scope:
        token = token_of(connection)
        found = await find(token, now) if token else None
        if found:
            await sessions.touch(found.session, now)
            meant = connection.headers.get(PERSON_HEADER)
            if meant and meant != found.person:
                raise Refusal("session.other_person")
            if not _may_be_here(found, connection):
                scope[_LIMITED], found = True, None  # type: ignore[typeddict-unknown-key]
        scope[_SLOT] = found  # type: ignore[typeddict-unknown-key]
    return scope[_SLOT]  # type: ignore[typeddict-item]


def _may_be_here(found: SignedIn, connection: ASGIConnection) -> bool:
    """Whether the session reaches this far. One that a kiosk opened for a draft is nobody's anywhere else."""
    draft = found.session.only_draft
    return draft is None or one_draft.may(str(draft), connection.scope.get("method", "GET"), connection.scope["path"])


def is_limited(connection: ASGIConnection) -> bool:
    """Whether `identify` found a session that doesn't reach this far."""
    return bool(connection.scope.get(_LIMITED))


def viewer_of(connection: ASGIConnection) -> Actor | None:
    """Who `identify` found, without looking anything up: what templates show as `viewer`."""
    found: SignedIn | None = connection.scope.get(_SLOT)  # type: ignore[assignment]
    return found.actor if found else None


def remember(connection: ASGIConnection, signed_in: SignedIn | None) -> None:
    """Within this request, `signed_in` is who is signed in now (just after sign-in or sign-out)."""
    connection.scope[_SLOT] = signed_in  # type: ignore[typeddict-unknown-key]


def _actor(row: db.Record) -> CitizenActor | OfficerActor:
    subject = row["subject_id"]
    if row["subject_kind"] == "citizen":
        return CitizenActor(
            id=subject,
            name=opened("citizen", "name_sealed", subject, row["name_sealed"]),
            mobile=opened("citizen", "mobile_sealed", subject, row["mobile_sealed"]),
            id_index=row["id_index"],
            company_id=row["company"],
            company_name=row["company_name"],
            only_draft=str(row["only_draft"]) if row["only_draft"] else None,
        )
    return officer_of(subject, row)
