"""What happens to a citizen's own record: created by a mobile number, named once, moved, closed."""

from __future__ import annotations

from datetime import datetime, timedelta

import asyncpg

from backend import db
from backend.domain.calendar import day_of
from backend.domain.refusal import Refusal
from backend.i18n import language
from backend.people.audit import audit
from backend.people.sealing import id_index, mobile_index, next_id, opened, sealed
from shared_schemas.identity import IdKind, fault_in_id_document, fault_in_name, plain_name, plain_number
from shared_schemas.people import Actor, CitizenActor
from shared_schemas.reasons import sentence

PRIVACY_NOTICE = "privacy"
PRIVACY_VERSION = "2026-11"

# A number unused for this long may have been given to somebody else (operators re-issue after about 90 days).
NUMBER_GOES_STALE = timedelta(days=90)


async def by_mobile(mobile: str) -> asyncpg.Record | None:
    """The citizen who holds this number: id, mobile_at, id_kind, id_index, verified_at."""
    return await db.fetchrow(
        """SELECT id, mobile_at, id_kind, id_index, verified_at FROM citizen
           WHERE mobile_index = $1 AND NOT is_cancelled""",
        mobile_index(mobile),
    )


async def by_id_index(index: bytes) -> int | None:
    """The account of the person with this ID document, if there is one."""
    return await db.fetchval("SELECT id FROM citizen WHERE id_index = $1 AND NOT is_cancelled", index)


async def create(mobile: str, now: datetime) -> int:
    """A new citizen who just proved to hold `mobile`; two at once get the same one."""
    row = await next_id("citizen")
    made = await db.fetchval(
        """INSERT INTO citizen (id, mobile_sealed, mobile_index, mobile_at, created_at) VALUES ($1, $2, $3, $4, $4)
           ON CONFLICT (mobile_index) WHERE mobile_index IS NOT NULL AND NOT is_cancelled DO UPDATE
             SET mobile_at = excluded.mobile_at
           RETURNING id""",
        row,
        sealed("citizen", "mobile_sealed", row, mobile),
        mobile_index(mobile),
        now,
    )
    await consent(made, now)
    return made


async def consent(citizen: int, now: datetime) -> None:
    """The citizen agreed to the privacy notice in its present version (PIPL Art. 14), once per version."""
    await db.execute(
        """INSERT INTO consent (citizen, notice, version, at) SELECT $1, $2::varchar, $3::varchar, $4
           WHERE NOT EXISTS (SELECT FROM consent WHERE citizen = $1 AND notice = $2 AND version = $3
                               AND withdrawn_at IS NULL)""",
        citizen,
        PRIVACY_NOTICE,
        PRIVACY_VERSION,
        now,
    )


async def release_number(citizen: int, now: datetime) -> None:
    """The number now belongs to somebody else: take it off the old account and end that account's sessions."""
    async with db.transaction():
        await db.execute(
            "UPDATE citizen SET mobile_sealed = NULL, mobile_index = NULL, mobile_at = NULL WHERE id = $1", citizen
        )
        await db.execute(
            """UPDATE session SET revoked_at = $2
               WHERE subject_kind = 'citizen' AND subject_id = $1 AND revoked_at IS NULL""",
            citizen,
            now,
        )
        await audit(None, "citizen.number_released", now=now, citizen=citizen)


async def change_mobile(citizen: int, mobile: str, *, by: Actor, now: datetime) -> None:
    """Give the citizen another number, proved beforehand by a code sent to it.

    An account without a name that holds the number is the same person's first try with it and gives it up.
    Raises Refusal("people.mobile_taken") when the account of a named person holds it.
    """
    try:
        async with db.transaction():
            held = await by_mobile(mobile)
            if held and held["id"] != citizen and not held["verified_at"]:
                await release_number(held["id"], now)
            await db.execute(
                "UPDATE citizen SET mobile_sealed = $2, mobile_index = $3, mobile_at = $4 WHERE id = $1",
                citizen,
                sealed("citizen", "mobile_sealed", citizen, mobile),
                mobile_index(mobile),
                now,
            )
            await audit(by, "citizen.mobile_changed", now=now, citizen=citizen)
    except asyncpg.UniqueViolationError:
        raise Refusal("people.mobile_taken") from None


async def verify(citizen: int, *, name: str, kind: IdKind, number: str, by: Actor, now: datetime) -> None:
    """Put real name and ID document on record, once.

    Raises Refusal("input.invalid", errors={field: sentence}), "people.already_verified" or "people.id_taken".
    """
    name, number = plain_name(name), plain_number(number)
    faults = {"name": fault_in_name(name), "id_number": fault_in_id_document(kind, number, day_of(now))}
    errors = {field: sentence(fault, language()) for field, fault in faults.items() if fault}
    if errors:
        raise Refusal("input.invalid", errors=errors)
    try:
        async with db.transaction():
            done = await db.fetchval(
                """UPDATE citizen SET name_sealed = $2, id_kind = $3, id_sealed = $4, id_index = $5, verified_at = $6
                   WHERE id = $1 AND verified_at IS NULL RETURNING id""",
                citizen,
                sealed("citizen", "name_sealed", citizen, name),
                kind,
                sealed("citizen", "id_sealed", citizen, number),
                id_index(kind, number),
                now,
            )
            if done is None:
                raise Refusal("people.already_verified")
            await audit(by, "citizen.verified", now=now, citizen=citizen, id_kind=kind)
    except asyncpg.UniqueViolationError:
        raise Refusal("people.id_taken") from None


async def set_address(citizen: CitizenActor, address: str) -> None:
    """The home address that forms are prefilled with; empty removes it."""
    await db.execute(
        "UPDATE citizen SET address_sealed = $2 WHERE id = $1",
        citizen.id,
        sealed("citizen", "address_sealed", citizen.id, address.strip() or None),
    )


async def last_four_fits(citizen: int, typed: str) -> bool:
    """Whether `typed` is the end of the citizen's ID number."""
    blob = await db.fetchval("SELECT id_sealed FROM citizen WHERE id = $1", citizen)
    number = opened("citizen", "id_sealed", citizen, blob)
    return len(number) > 4 and plain_number(typed) == number[-4:]
