"""The parents and children a citizen files for (DOMAIN: agent for a parent or child)."""

from __future__ import annotations

from datetime import datetime

import asyncpg
from msgspec import Struct

from backend import db
from backend.domain.calendar import day_of
from backend.domain.refusal import Refusal
from backend.i18n import language
from backend.people.audit import audit
from backend.people.sealing import id_index, next_id, opened, sealed
from shared_schemas.id_kind import IdKind
from shared_schemas.identity import fault_in_id_document, fault_in_name, plain_name, plain_number
from shared_schemas.people import CitizenActor
from shared_schemas.reasons import sentence
from shared_schemas.vocabulary import FiledFor

KINDS = (FiledFor.PARENT, FiledFor.CHILD)


class Relative(Struct, frozen=True):
    """A parent or child. `name` and `id_number` in clear: mask them before showing."""

    id: int
    kind: FiledFor
    name: str
    id_kind: IdKind
    id_number: str
    id_index: str


async def of(citizen: int) -> list[Relative]:
    """The citizen's family, parents first."""
    rows = await db.fetch(
        """SELECT id, kind, name_sealed, id_kind, id_sealed, encode(id_index, 'hex') AS id_index
           FROM dependent WHERE citizen = $1 AND removed_at IS NULL ORDER BY kind DESC, id""",
        citizen,
    )
    return [
        Relative(
            id=row["id"],
            kind=FiledFor(row["kind"]),
            id_kind=IdKind(row["id_kind"]),
            id_index=row["id_index"],
            name=opened("dependent", "name_sealed", row["id"], row["name_sealed"]),
            id_number=opened("dependent", "id_sealed", row["id"], row["id_sealed"]),
        )
        for row in rows
    ]


async def add(
    citizen: CitizenActor,
    *,
    kind: FiledFor,
    name: str,
    id_number: str,
    id_kind: IdKind = IdKind.RESIDENT,
    now: datetime,
) -> int:
    """Declare a parent or child. Raises Refusal("input.invalid"), "people.relative_known", "people.relative_self"."""
    name, number = plain_name(name), plain_number(id_number)
    faults = {"name": fault_in_name(name), "id_number": fault_in_id_document(id_kind, number, day_of(now))}
    errors = {field: sentence(fault, language()) for field, fault in faults.items() if fault}
    if errors:
        raise Refusal("input.invalid", errors=errors)
    index = id_index(id_kind, number)
    if index.hex() == citizen.id_index:
        raise Refusal("people.relative_self")
    row = await next_id("dependent")
    try:
        async with db.transaction():
            await db.execute(
                """INSERT INTO dependent (id, citizen, kind, name_sealed, id_kind, id_sealed, id_index, declared_at)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8)""",
                row,
                citizen.id,
                kind,
                sealed("dependent", "name_sealed", row, name),
                id_kind,
                sealed("dependent", "id_sealed", row, number),
                index,
                now,
            )
            await audit(citizen, "family.declared", now=now, citizen=citizen.id, kind=kind)
    except asyncpg.UniqueViolationError:
        raise Refusal("people.relative_known") from None
    return row


async def remove(citizen: CitizenActor, relative: int, now: datetime) -> None:
    """Take somebody off the list; cases already filed keep their applicant."""
    async with db.transaction():
        done = await db.fetchval(
            "UPDATE dependent SET removed_at = $3 WHERE id = $1 AND citizen = $2 AND removed_at IS NULL RETURNING id",
            relative,
            citizen.id,
            now,
        )
        if done is None:
            raise Refusal("people.relative_unknown")
        await audit(citizen, "family.removed", now=now, citizen=citizen.id)
