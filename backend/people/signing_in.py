"""How a citizen comes in: by a code to the phone, by a passkey, and what if the number had another owner."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct

from backend import db, ratelimit
from backend.domain.refusal import Refusal
from backend.i18n import gettext as _
from backend.people import challenges, citizens, codes, passkeys, sessions
from backend.people.audit import audit
from backend.people.messages import write
from backend.people.sealing import opened
from backend.people.sessions import Session, Visitor
from backend.settings import settings
from shared_schemas.people import Actor, CitizenActor

PURPOSE = "sign_in"
_QUESTION = "prior_owner"
_QUESTION_LASTS = timedelta(minutes=10)
_QUESTION_TRIES = 5
_WINDOW_S = 300
# A second factor, as PyPI counts it.
_STEP_UPS = 5
_STEP_UPS_AN_HOUR = 20
_HOUR_S = 3600


class Arrival(Struct, frozen=True):
    """Either a session `token`, or a `question` that must be answered first: the number may have changed hands."""

    token: str | None = None
    question: str | None = None
    is_new: bool = False
    has_passkey: bool = False


async def by_code(mobile: str, code: str, *, visitor: Visitor, now: datetime, replacing: str | None = None) -> Arrival:
    """Sign in with the code sent to `mobile` (normal form). Raises Refusal("code.…") or "rate.limited".

    A number that was not used here for long may have been re-issued (SECURITY attack 28): its record is shown only
    to who knows the end of the ID number on it, and a record without an ID starts afresh.
    """
    await codes.use(mobile, PURPOSE, code, ip=visitor.ip, now=now)
    found = await citizens.by_mobile(mobile)
    if found and now - found["mobile_at"] > citizens.NUMBER_GOES_STALE:
        if found["verified_at"]:
            question = secrets.token_urlsafe(32)
            await challenges.hand_out(
                question, _QUESTION, now=now, lasting=_QUESTION_LASTS, subject=("citizen", found["id"])
            )
            return Arrival(question=question)
        await citizens.release_number(found["id"], now)
        found = None
    citizen = found["id"] if found else await citizens.create(mobile, now)
    return await _arrive(citizen, is_new=found is None, visitor=visitor, now=now, replacing=replacing)


async def same_owner(
    question: str, last_four: str, *, visitor: Visitor, now: datetime, replacing: str | None = None
) -> Arrival:
    """Answer the question with the last four of the ID. Raises Refusal("prior_owner.wrong"), "code.spent"."""
    asked = await challenges.try_on(question, _QUESTION, now, at_most=_QUESTION_TRIES)
    if asked is None or asked.subject_id is None:
        raise Refusal("code.spent")
    if not await citizens.last_four_fits(asked.subject_id, last_four):
        await audit(None, "citizen.prior_owner_wrong", now=now, citizen=asked.subject_id, visitor=visitor)
        raise Refusal("prior_owner.wrong", left=_QUESTION_TRIES - asked.attempts)
    await challenges.take_back(question, _QUESTION, now)
    return await _arrive(asked.subject_id, is_new=False, visitor=visitor, now=now, replacing=replacing)


async def new_owner(
    question: str, mobile: str, *, visitor: Visitor, now: datetime, replacing: str | None = None
) -> Arrival:
    """The number has a new owner: free it from the old record and start a fresh one."""
    asked = await challenges.take_back(question, _QUESTION, now)
    held = await citizens.by_mobile(mobile)
    if asked is None or held is None or held["id"] != asked.subject_id:
        raise Refusal("code.spent")
    await citizens.release_number(held["id"], now)
    citizen = await citizens.create(mobile, now)
    return await _arrive(citizen, is_new=True, visitor=visitor, now=now, replacing=replacing)


async def by_passkey(
    credential: dict[str, Any], *, visitor: Visitor, now: datetime, replacing: str | None = None
) -> tuple[str, str]:
    """Sign in a citizen or an officer by passkey; returns (token, subject kind)."""
    async with ratelimit.misses(f"passkey|ip|{visitor.ip}", settings.sign_in_limit, _WINDOW_S, now):
        kind, subject = await passkeys.sign_in(credential, now)
    token = await sessions.begin(kind, subject, method="passkey", visitor=visitor, now=now, replacing=replacing)
    if kind == "officer":
        await audit(None, "officer.signed_in", now=now, visitor=visitor, officer=subject)
    return token, kind


async def confirm_by_code(session: Session, actor: CitizenActor, code: str, *, visitor: Visitor, now: datetime) -> str:
    """A citizen proves once more to hold the phone; returns the session's new token."""
    await codes.use(actor.mobile, "confirm", code, ip=visitor.ip, now=now)
    return await sessions.renew(session, now=now, stepped_up=False)


async def confirm_by_passkey(session: Session, credential: dict[str, Any], now: datetime) -> str:
    """Step-up: the holder of the session used a passkey; returns the session's new token."""
    who = f"{session.subject_kind}|{session.subject_id}"
    async with (
        ratelimit.misses(f"step_up|{who}", _STEP_UPS, _WINDOW_S, now),
        ratelimit.misses(f"step_up|hour|{who}", _STEP_UPS_AN_HOUR, _HOUR_S, now),
    ):
        await passkeys.step_up((session.subject_kind, session.subject_id), session.id, credential, now)
    return await sessions.renew(session, now=now, stepped_up=True)


async def tell_of_new_passkey(actor: Actor, device: str, now: datetime) -> None:
    """Another channel hears of it (SECURITY attack 5): whoever did not add it, notices."""
    mobile = actor.mobile if isinstance(actor, CitizenActor) else ""
    if not mobile and not isinstance(actor, CitizenActor):
        officer = actor.id  # type: ignore[union-attr]
        blob = await db.fetchval("SELECT mobile_sealed FROM officer WHERE id = $1", officer)
        mobile = opened("officer", "mobile_sealed", officer, blob)
    if mobile:
        text = _(
            "【一码办】您的账号刚加了一把通行密钥（%(device)s）。不是您？马上登录删掉它，或打大厅电话。", device=device
        )
        await write(mobile, "passkey_added", text, now, params={"device": device})


async def _arrive(citizen: int, *, is_new: bool, visitor: Visitor, now: datetime, replacing: str | None) -> Arrival:
    async with db.transaction():
        await db.execute("UPDATE citizen SET mobile_at = $2 WHERE id = $1", citizen, now)
        await citizens.consent(citizen, now)
        token = await sessions.begin("citizen", citizen, method="code", visitor=visitor, now=now, replacing=replacing)
    return Arrival(token=token, is_new=is_new, has_passkey=bool(await passkeys.list_of(("citizen", citizen))))
