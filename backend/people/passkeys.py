"""Passkeys (WebAuthn level 3): registering, signing in, confirming. Keys are discoverable and verify their user."""

from __future__ import annotations

import json
import secrets
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import webauthn
from msgspec import Struct
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, parse_client_data_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from backend import crypto, db
from backend.domain.refusal import Refusal
from backend.people.audit import audit
from backend.people.challenges import Challenge, hand_out, take_back
from backend.settings import settings
from shared_schemas.people import Actor

_LASTING = timedelta(minutes=5)
_TRANSPORTS = frozenset(item.value for item in AuthenticatorTransport)
Subject = tuple[str, int]


class Passkey(Struct, frozen=True):
    """One passkey as its owner sees it."""

    id: int
    name: str
    created_at: datetime
    last_used_at: datetime | None


def rp_id() -> str:
    """The relying party: the host of our public address."""
    return urlsplit(settings.base_url).hostname or "localhost"


def origin() -> str:
    """The one origin whose ceremonies count."""
    parts = urlsplit(settings.base_url)
    return f"{parts.scheme}://{parts.netloc}"


async def registration_options(
    subject: Subject, display_name: str, *, session: int | None, now: datetime
) -> dict[str, Any]:
    """Options for `navigator.credentials.create`, as JSON. The user handle says nothing about the person."""
    held = await db.fetch(
        "SELECT credential_id, transports FROM passkey WHERE subject_kind = $1 AND subject_id = $2", *subject
    )
    challenge = secrets.token_bytes(32)
    options = webauthn.generate_registration_options(
        rp_id=rp_id(),
        rp_name="一码办",
        user_name=display_name,
        user_display_name=display_name,
        user_id=crypto.sign("passkey-user", f"{subject[0]}:{subject[1]}"),
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=[_descriptor(row["credential_id"], row["transports"]) for row in held],
    )
    await _hand_out(challenge, "passkey_register", now, subject=subject, session=session)
    return json.loads(webauthn.options_to_json(options))


async def register(
    subject: Subject, credential: dict[str, Any], name: str, *, session: int | None, by: Actor | None, now: datetime
) -> int:
    """Keep a new passkey. Raises Refusal("passkey.failed") or "passkey.known"."""
    challenge = await _taken(credential, "passkey_register", now)
    if (challenge.subject_kind, challenge.subject_id) != subject or challenge.session != session:
        raise Refusal("passkey.failed")
    try:
        verified = webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=_challenge_of(credential),
            expected_rp_id=rp_id(),
            expected_origin=origin(),
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, TypeError, KeyError):
        raise Refusal("passkey.failed") from None
    given = credential.get("response", {}).get("transports") or []
    transports = [item for item in given if item in _TRANSPORTS]
    try:
        async with db.transaction():
            made = await db.fetchval(
                """INSERT INTO passkey (subject_kind, subject_id, credential_id, public_key, sign_count, transports,
                     name, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id""",
                *subject,
                verified.credential_id,
                verified.credential_public_key,
                verified.sign_count,
                transports,
                name.strip()[:60] or "Passkey",
                now,
            )
            await audit(by, "passkey.added", now=now, subject_kind=subject[0], subject=subject[1], passkey=made)
    except asyncpg.UniqueViolationError:
        raise Refusal("passkey.known") from None
    return made


async def sign_in_options(now: datetime) -> dict[str, Any]:
    """Options for `navigator.credentials.get` before anybody is known: the authenticator offers what it holds."""
    return await _get_options("passkey_sign_in", now)


async def sign_in(credential: dict[str, Any], now: datetime) -> Subject:
    """Who proved to hold a passkey. Raises Refusal("passkey.failed") or "passkey.unknown"."""
    await _taken(credential, "passkey_sign_in", now)
    return await _assert(credential, now)


async def step_up_options(subject: Subject, session: int, now: datetime) -> dict[str, Any]:
    """Options for confirming within a session, with the subject's own passkeys."""
    held = await db.fetch(
        "SELECT credential_id, transports FROM passkey WHERE subject_kind = $1 AND subject_id = $2", *subject
    )
    if not held:
        raise Refusal("passkey.unknown")
    allowed = [_descriptor(row["credential_id"], row["transports"]) for row in held]
    return await _get_options("step_up", now, allowed=allowed, subject=subject, session=session)


async def step_up(subject: Subject, session: int, credential: dict[str, Any], now: datetime) -> None:
    """The holder of this session confirmed. Raises Refusal("passkey.failed")."""
    challenge = await _taken(credential, "step_up", now)
    if challenge.session != session or await _assert(credential, now) != subject:
        raise Refusal("passkey.failed")


async def list_of(subject: Subject) -> list[Passkey]:
    """The subject's passkeys, oldest first."""
    rows = await db.fetch(
        """SELECT id, name, created_at, last_used_at FROM passkey
           WHERE subject_kind = $1 AND subject_id = $2 ORDER BY id""",
        *subject,
    )
    return [Passkey(**row) for row in rows]


async def rename(subject: Subject, passkey: int, name: str) -> None:
    """Give a passkey another name. Raises Refusal("passkey.missing")."""
    done = await db.fetchval(
        "UPDATE passkey SET name = $4 WHERE id = $3 AND subject_kind = $1 AND subject_id = $2 RETURNING id",
        *subject,
        passkey,
        name.strip()[:60] or "Passkey",
    )
    if done is None:
        raise Refusal("passkey.missing")


async def remove(subject: Subject, passkey: int, *, by: Actor, now: datetime) -> None:
    """Forget a passkey. An officer keeps at least one: without it there is no way in."""
    async with db.transaction():
        held = await db.fetch("SELECT id FROM passkey WHERE subject_kind = $1 AND subject_id = $2 FOR UPDATE", *subject)
        if passkey not in {row["id"] for row in held}:
            raise Refusal("passkey.missing")
        if subject[0] == "officer" and len(held) == 1:
            raise Refusal("passkey.last")
        await db.execute("DELETE FROM passkey WHERE id = $1", passkey)
        await audit(by, "passkey.removed", now=now, subject_kind=subject[0], subject=subject[1], passkey=passkey)


async def _get_options(
    purpose: str,
    now: datetime,
    *,
    allowed: list[PublicKeyCredentialDescriptor] | None = None,
    subject: Subject | None = None,
    session: int | None = None,
) -> dict[str, Any]:
    challenge = secrets.token_bytes(32)
    options = webauthn.generate_authentication_options(
        rp_id=rp_id(),
        challenge=challenge,
        allow_credentials=allowed,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    await _hand_out(challenge, purpose, now, subject=subject, session=session)
    return json.loads(webauthn.options_to_json(options))


async def _assert(credential: dict[str, Any], now: datetime) -> Subject:
    """Verify the signature; the row lock makes two uses of one counter take turns."""
    try:
        credential_id = base64url_to_bytes(str(credential.get("id", "")))
    except ValueError:
        raise Refusal("passkey.failed") from None
    async with db.transaction():
        row = await db.fetchrow(
            """SELECT p.id, p.subject_kind, p.subject_id, p.public_key, p.sign_count FROM passkey p
               WHERE credential_id = $1 AND (
                 EXISTS (SELECT FROM citizen c WHERE subject_kind = 'citizen' AND c.id = subject_id AND NOT is_cancelled)
                 OR EXISTS (SELECT FROM officer o WHERE subject_kind = 'officer' AND o.id = subject_id AND is_active))
               FOR UPDATE OF p""",
            credential_id,
        )
        if row is None:
            raise Refusal("passkey.unknown")
        try:
            verified = webauthn.verify_authentication_response(
                credential=credential,
                expected_challenge=_challenge_of(credential),
                expected_rp_id=rp_id(),
                expected_origin=origin(),
                credential_public_key=row["public_key"],
                credential_current_sign_count=row["sign_count"],
                require_user_verification=True,
            )
        except (WebAuthnException, ValueError, TypeError, KeyError):
            raise Refusal("passkey.failed") from None
        await db.execute(
            "UPDATE passkey SET sign_count = $2, last_used_at = $3 WHERE id = $1",
            row["id"],
            verified.new_sign_count,
            now,
        )
    return row["subject_kind"], row["subject_id"]


async def _hand_out(
    challenge: bytes, purpose: str, now: datetime, *, subject: Subject | None, session: int | None
) -> None:
    await hand_out(bytes_to_base64url(challenge), purpose, now=now, lasting=_LASTING, subject=subject, session=session)


async def _taken(credential: dict[str, Any], purpose: str, now: datetime) -> Challenge:
    """Spend the challenge that the browser's answer carries: an answer counts once, whatever comes of it."""
    challenge = await take_back(bytes_to_base64url(_challenge_of(credential)), purpose, now)
    if challenge is None:
        raise Refusal("passkey.failed")
    return challenge


def _challenge_of(credential: dict[str, Any]) -> bytes:
    try:
        data = base64url_to_bytes(credential["response"]["clientDataJSON"])
        return parse_client_data_json(data).challenge
    except (WebAuthnException, ValueError, TypeError, KeyError):
        raise Refusal("passkey.failed") from None


def _descriptor(credential_id: bytes, transports: list[str]) -> PublicKeyCredentialDescriptor:
    return PublicKeyCredentialDescriptor(
        id=credential_id, transports=[AuthenticatorTransport(item) for item in transports] or None
    )
