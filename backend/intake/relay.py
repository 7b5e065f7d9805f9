"""换个地方接着办: a code hands a draft to a window or a kiosk; its citizen takes it back whenever they like."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from backend import crypto, db, ratelimit
from backend.domain import relay as law
from backend.domain.refusal import Refusal
from backend.domain.relay import Place, Relay
from backend.intake import actions, queries, whereabouts
from backend.intake.owners import kiosk_owner, owner_of
from backend.people import sessions
from backend.people.audit import audit
from backend.people.sessions import Visitor
from backend.settings import settings
from shared_schemas.people import CitizenActor, OfficerActor

_TRIES = 8  # to draw a code that nobody else holds; one of a million is taken at a time


class Code(Struct, frozen=True):
    """What is shown once: the digits to say or type, the address for a QR."""

    code: str
    url: str
    expires_at: datetime


class Standing(Struct, frozen=True):
    """How a draft's handing over stands: nothing, a live code (`expires_at`), or away (`where`, `since`)."""

    is_away: bool = False
    where: str = ""
    place: Place | None = None
    since: datetime | None = None
    expires_at: datetime | None = None
    case_id: int | None = None


async def make(draft_id: str, by: CitizenActor, visitor: Visitor, now: datetime) -> Code:
    """A fresh code for one's own draft; an earlier one is dead. Raises Refusal("draft.not_found"), "draft.submitted"."""
    await ratelimit.hit(f"relay_make|{by.id}", law.MAKING.misses, law.MAKING.seconds, now)
    token = law.new_token()
    async with db.transaction():
        draft = await actions.open_draft(draft_id, owner_of(by))
        await db.execute(
            "UPDATE draft_relay SET revoked_at = $3 WHERE used_at IS NULL AND revoked_at IS NULL "
            "AND (draft = $1 OR made_at <= $2)",
            UUID(draft.id),
            now - law.LASTS,
            now,
        )
        code = await _keep(UUID(draft.id), by.id, token, now)
        await audit(by, "relay.made", now=now, citizen=by.id, visitor=visitor, draft=draft.id)
    return Code(code, law.url(settings.base_url, token), now + law.LASTS)


async def _keep(draft: UUID, citizen: int, token: str, now: datetime) -> str:
    for _ in range(_TRIES):
        code = law.new_code()
        made = await db.fetchval(
            "INSERT INTO draft_relay (draft, citizen, code_hash, token_hash, made_at, place) "
            "VALUES ($1, $2, $3, $4, $5, '') ON CONFLICT DO NOTHING RETURNING id",
            draft,
            citizen,
            _hash(code),
            _hash(token),
            now,
        )
        if made is not None:
            return code
    raise Refusal("server.unavailable")


def _hash(word: str) -> bytes:
    return crypto.hmac_token(f"relay|{word}")


async def revoke(draft_id: str, by: CitizenActor, visitor: Visitor, now: datetime) -> None:
    """The code is not to be used any more."""
    draft = await queries.draft(draft_id, owner_of(by))
    async with db.transaction():
        done = await db.fetch(
            "UPDATE draft_relay SET revoked_at = $2 WHERE draft = $1 AND used_at IS NULL AND revoked_at IS NULL RETURNING 1",
            UUID(draft.id),
            now,
        )
        if done:
            await audit(by, "relay.revoked", now=now, citizen=by.id, visitor=visitor, draft=draft.id)


async def standing(draft_id: str, by: CitizenActor, now: datetime) -> Standing:
    """How it stands, for the citizen whose draft it is. Raises Refusal("draft.not_found")."""
    key = queries.as_uuid(draft_id)
    draft = key and await db.fetchrow("SELECT owner, citizen, submitted_case_id FROM draft WHERE id = $1", key)
    if not draft or draft["citizen"] != by.id or by.only_draft:
        raise Refusal("draft.not_found")
    found = await whereabouts.away(key)
    if found is not None:
        return Standing(
            is_away=True, where=found.where, place=found.place, since=found.since, case_id=draft["submitted_case_id"]
        )
    if draft["owner"] != owner_of(by):  # a clerk's own walk-in for somebody with an account
        raise Refusal("draft.not_found")
    made = await db.fetchval(
        "SELECT made_at FROM draft_relay WHERE draft = $1 AND used_at IS NULL AND revoked_at IS NULL AND made_at > $2",
        key,
        now - law.LASTS,
    )
    return Standing(expires_at=made + law.LASTS if made else None, case_id=draft["submitted_case_id"])


async def take_to_window(text: str, by: OfficerActor, visitor: Visitor, now: datetime) -> str:
    """The clerk enters or scans the code: the draft is theirs to finish with its citizen. Returns its id.

    Raises Refusal("relay.unknown"), "relay.foreign_address", "rate.limited", "approval.conflict_of_interest".
    """
    word = law.scanned(text, settings.base_url)
    async with _limited(word, f"officer:{by.id}", now), db.transaction():
        row = await _claimed(word, now)
        await _check_conflict(row, by)
        await _use(row, Place.WINDOW, now, officer=by)
        await whereabouts.move(row["draft"], row["owner"], owner_of(by))
        await audit(by, "relay.taken", now=now, citizen=row["citizen"], visitor=visitor, draft=str(row["draft"]))
    return str(row["draft"])


async def open_at_kiosk(
    text: str, visitor: Visitor, now: datetime, *, kiosk: int, replacing: str | None = None
) -> tuple[str, str]:
    """Somebody enters or scans the code at this machine: a session for this draft only. Returns (draft, session token)."""
    word = law.scanned(text, settings.base_url)
    async with (
        _limited(word, visitor.ip, now, is_kiosk=True),
        db.transaction(),
    ):
        row = await _claimed(word, now)
        await _use(row, Place.KIOSK, now)
        await whereabouts.move(row["draft"], row["owner"], kiosk_owner(str(row["draft"])))
        await sessions.end_of_draft(row["draft"], now)
        token = await sessions.begin(
            "citizen",
            row["citizen"],
            method="relay",
            visitor=visitor,
            now=now,
            replacing=replacing,
            only_draft=row["draft"],
            kiosk=kiosk,
        )
        facts = {"draft": str(row["draft"]), "kiosk": kiosk}
        await audit(None, "relay.opened", now=now, citizen=row["citizen"], visitor=visitor, **facts)
    return str(row["draft"]), token


async def is_own(token: str, by: CitizenActor, now: datetime) -> str | None:
    """The id of one's own draft behind a scanned token: another phone of the same person just opens it."""
    return await db.fetchval(
        "SELECT d.id::text FROM draft_relay r JOIN draft d ON d.id = r.draft "
        "WHERE r.token_hash = $1 AND d.owner = $2 AND r.made_at > $3",
        _hash(token),
        owner_of(by),
        now - law.LASTS,
    )


@asynccontextmanager
async def _limited(word: str, who: str, now: datetime, *, is_kiosk: bool = False) -> AsyncIterator[None]:
    """Tries count before they are answered, so that a burst does; misses for who tries, for what is tried, and at kiosks."""
    address = law.ONE_ADDRESS
    await ratelimit.hit(f"relay_try|{who}", 2 * address.misses, address.seconds, now)
    counted = {f"relay|{who}": address, f"relay_word|{word}": law.ONE_CODE}
    if is_kiosk and law.is_code(word):
        counted["relay_kiosks"] = law.ALL_KIOSKS
    async with AsyncExitStack() as stack:
        for key, limit in counted.items():
            await stack.enter_async_context(ratelimit.misses(key, limit.misses, limit.seconds, now))
        yield


async def _claimed(word: str, now: datetime) -> Any:
    """The relay and draft behind the word, locked. Raises Refusal("relay.unknown"), also for a filed or moved draft."""
    row = await db.fetchrow(_BY_CODE if law.is_code(word) else _BY_TOKEN, _hash(word))
    law.check_use(_relay(row) if row else None, now)
    return row


_CLAIM = (
    "SELECT r.id, r.draft, r.citizen, r.made_at, r.used_at, r.revoked_at, r.ended_at, d.owner "
    "FROM draft_relay r JOIN draft d ON d.id = r.draft AND d.owner = 'citizen:' || r.citizen AND d.submitted_case_id IS NULL"
)
_LOCKED = "ORDER BY r.id DESC LIMIT 1 FOR UPDATE OF r, d"
_BY_CODE = f"{_CLAIM} WHERE r.code_hash = $1 {_LOCKED}"
_BY_TOKEN = f"{_CLAIM} WHERE r.token_hash = $1 {_LOCKED}"


def _relay(row: Any) -> Relay:
    return Relay(row["made_at"], row["used_at"], row["revoked_at"], row["ended_at"])


async def _use(row: Any, place: Place, now: datetime, *, officer: OfficerActor | None = None) -> None:
    await db.execute(
        "UPDATE draft_relay SET used_at = $2, place = $3, officer = $4, window_no = $5 WHERE id = $1",
        row["id"],
        now,
        place,
        officer.id if officer else None,
        officer.window if officer else None,
    )


async def _check_conflict(row: Any, by: OfficerActor) -> None:
    draft = await queries.draft(str(row["draft"]), row["owner"])
    index = await db.fetchval("SELECT encode(id_index, 'hex') FROM citizen WHERE id = $1", row["citizen"])
    code = str(draft.values.get("uscc") or "")
    law.check_conflict(frozenset({index} if index else ()), frozenset({code} if code else ()), by.kin, by.companies)


async def come_home(draft_id: str, by: CitizenActor | OfficerActor, visitor: Visitor, now: datetime) -> None:
    """收回, or the clerk gives it back. Until it is filed; files and answers come along.

    Raises Refusal("draft.not_found") for who neither handed it over nor has it, "draft.submitted".
    """
    key = queries.as_uuid(draft_id)
    async with db.transaction():
        found = await whereabouts.away(key, for_update=True) if key else None
        if found is None:
            await queries.draft(draft_id, owner_of(by))  # it is home already, or was never theirs
            return
        if not _concerns(found, by):
            raise Refusal("draft.not_found")
        if found.is_filed:
            raise Refusal("draft.submitted")
        await whereabouts.bring_home(found, now)
        what = "relay.taken_back" if isinstance(by, CitizenActor) else "relay.given_back"
        await audit(by, what, now=now, citizen=found.citizen, visitor=visitor, draft=str(found.draft))


def _concerns(found: whereabouts.Away, by: CitizenActor | OfficerActor) -> bool:
    if isinstance(by, OfficerActor):
        return found.officer == by.id
    return found.citizen == by.id and not by.only_draft


async def leave_kiosk(draft: UUID, visitor: Visitor, now: datetime) -> None:
    """The kiosk is done with the draft, filed or not: it is its citizen's again."""
    async with db.transaction():
        found = await whereabouts.away(draft, for_update=True)
        if found is not None and found.place is Place.KIOSK:
            await whereabouts.bring_home(found, now)
            await audit(None, "relay.ended", now=now, citizen=found.citizen, visitor=visitor, draft=str(draft))


async def recall_all(citizen: int, now: datetime) -> None:
    """Whatever the citizen handed over comes home, as before their account is closed. In a transaction."""
    rows = await db.fetch(
        "SELECT draft FROM draft_relay WHERE citizen = $1 AND used_at IS NOT NULL AND ended_at IS NULL", citizen
    )
    for row in rows:
        if (found := await whereabouts.away(row["draft"], for_update=True)) is not None:
            await whereabouts.bring_home(found, now)
