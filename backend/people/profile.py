"""A citizen's own record: masked for screens, in clear for forms and documents."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from backend import db
from backend.domain import masking
from backend.domain.refusal import Refusal
from backend.people.sealing import opened
from shared_schemas.id_kind import IdKind
from shared_schemas.people import CitizenActor


class Profile(Struct, frozen=True):
    """What a screen shows: never a whole ID or mobile number."""

    id: int
    name: str
    mobile_masked: str
    id_kind: IdKind | None
    id_masked: str
    address: str
    is_verified: bool
    verified_at: datetime | None
    company: int | None
    company_name: str | None


class Person(Struct, frozen=True):
    """The citizen in clear, for prefilling forms and for documents. Audit who reads it."""

    name: str
    mobile: str
    id_kind: IdKind | None
    id_number: str
    address: str


async def person(citizen: int) -> Person:
    """The record in clear. Raises Refusal("people.citizen_unknown")."""
    row = await db.fetchrow(
        "SELECT name_sealed, mobile_sealed, id_kind, id_sealed, address_sealed FROM citizen WHERE id = $1", citizen
    )
    if row is None:
        raise Refusal("people.citizen_unknown")
    clear = {
        column.removesuffix("_sealed"): opened("citizen", column, citizen, row[column])
        for column in ("name_sealed", "mobile_sealed", "id_sealed", "address_sealed")
    }
    return Person(
        name=clear["name"],
        mobile=clear["mobile"],
        id_number=clear["id"],
        address=clear["address"],
        id_kind=IdKind(row["id_kind"]) if row["id_kind"] else None,
    )


async def profile(citizen: CitizenActor) -> Profile:
    """The citizen's own record, masked for any screen that others may look at."""
    clear = await person(citizen.id)
    verified_at = await db.fetchval("SELECT verified_at FROM citizen WHERE id = $1", citizen.id)
    return Profile(
        id=citizen.id,
        name=clear.name,
        mobile_masked=masking.mask_mobile(clear.mobile),
        id_kind=clear.id_kind,
        id_masked=masking.mask_id(clear.id_number),
        address=clear.address,
        is_verified=verified_at is not None,
        verified_at=verified_at,
        company=citizen.company_id,
        company_name=citizen.company_name,
    )
