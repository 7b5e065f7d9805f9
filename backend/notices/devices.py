"""Browsers that take pushes: one comes in by its endpoint, moves when it renews it, and goes when told to."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from backend import channels, db
from backend.channels.vapid import padded
from backend.domain.refusal import Refusal
from backend.people.sealing import sealed
from backend.settings import settings

MOST = 20  # of one person: the one unused longest makes room
_NAMED = (
    ("Edg/", "Edge"),
    ("MicroMessenger", "WeChat"),
    ("HuaweiBrowser", "HUAWEI"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_ON = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)

Endpoint = Annotated[str, Meta(min_length=10, max_length=800)]


class PushKeys(Struct, frozen=True):
    """The browser's public key and secret, base64url."""

    p256dh: Annotated[str, Meta(max_length=120)]
    auth: Annotated[str, Meta(max_length=60)]


class PushSubscription(Struct, frozen=True):
    """`PushSubscription.toJSON()` of a browser. `replaces`: the endpoint this very browser had before."""

    endpoint: Endpoint
    keys: PushKeys
    replaces: Endpoint | None = None


class PushEndpoint(Struct, frozen=True, forbid_unknown_fields=True):
    """A browser's endpoint."""

    endpoint: Endpoint


def fingerprint(endpoint: str) -> bytes:
    """What an endpoint is found by."""
    return hashlib.sha256(endpoint.encode()).digest()


async def add(citizen: int, given: PushSubscription, *, agent: str, lang: str, now: datetime) -> int:
    """Take pushes in this browser for this person; whoever had it before is no longer told here.

    Raises Refusal("push.off"), "push.not_a_service" (an address that is none of a push service), "push.keys".
    """
    if not settings.push_key:
        raise Refusal("push.off")
    channels.check_endpoint(given.endpoint, settings.push_hosts)
    _check_keys(given.keys)
    plain = msgspec.json.encode(
        {"endpoint": given.endpoint, "keys": {"p256dh": given.keys.p256dh, "auth": given.keys.auth}}
    ).decode()
    async with db.transaction():
        if given.replaces:
            await remove(citizen, given.replaces)
        await db.execute("DELETE FROM push_device WHERE endpoint_hash = $1", fingerprint(given.endpoint))
        await db.execute(
            "DELETE FROM push_device WHERE id IN (SELECT id FROM push_device WHERE citizen = $1 "
            "ORDER BY coalesce(last_ok_at, made_at) DESC OFFSET $2)",
            citizen,
            MOST - 1,
        )
        row = await db.fetchval("SELECT nextval('push_device_id_seq')")
        await db.execute(
            "INSERT INTO push_device (id, citizen, endpoint_hash, subscription_sealed, name, lang, made_at) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7)",
            row,
            citizen,
            fingerprint(given.endpoint),
            sealed("push_device", "subscription_sealed", row, plain),
            named(agent),
            lang,
            now,
        )
    return row


def _check_keys(keys: PushKeys) -> None:
    try:
        is_fit = len(padded(keys.p256dh)) == 65 and len(padded(keys.auth)) == 16
    except ValueError:
        is_fit = False
    if not is_fit:
        raise Refusal("push.keys")


async def remove(citizen: int, endpoint: str) -> None:
    """No more pushes to this browser, by its endpoint; one that is not there is no fault."""
    await db.execute(
        "DELETE FROM push_device WHERE citizen = $1 AND endpoint_hash = $2", citizen, fingerprint(endpoint)
    )


async def forget(citizen: int, device: int) -> None:
    """No more pushes to one of this person's browsers. Raises Refusal("push.no_device")."""
    if (
        await db.fetchval("DELETE FROM push_device WHERE citizen = $1 AND id = $2 RETURNING id", citizen, device)
        is None
    ):
        raise Refusal("push.no_device")


def named(agent: str) -> str:
    """What a person calls this browser: "Chrome · Android"."""
    browser = next((name for mark, name in _NAMED if mark in agent), "")
    system = next((name for mark, name in _ON if mark in agent), "")
    return " · ".join(part for part in (browser, system) if part)
