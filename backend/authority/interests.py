"""回避: near relatives and companies that an officer declares. Sealed, found by blind index, never shown to colleagues."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import asyncpg
from msgspec import Meta, Struct

from backend import db
from backend.domain.calendar import day_of
from backend.domain.masking import mask_id, mask_name
from backend.domain.refusal import Refusal
from backend.i18n import language
from backend.people.audit import audit
from backend.people.sealing import id_index, next_id, opened, sealed
from shared_schemas.faults import Fault
from shared_schemas.id_kind import IdKind
from shared_schemas.identity import fault_in_credit_code, fault_in_id_document, fault_in_name, plain_name, plain_number
from shared_schemas.labelled import Labelled
from shared_schemas.people import OfficerActor
from shared_schemas.reasons import sentence

_TABLE = "officer_interest"


class Relation(Labelled):
    """Whose case one keeps off (公务员法 §76: spouse, lineal relatives, collaterals within three generations, in-laws)."""

    SELF = "self", "本人", "Myself"
    SPOUSE = "spouse", "配偶", "Spouse"
    LINEAL = "lineal", "父母、子女等直系亲属", "Parents, children, lineal relatives"
    COLLATERAL = "collateral", "兄弟姐妹等三代以内旁系亲属", "Siblings and collaterals within three generations"
    IN_LAW = "in_law", "近姻亲", "Near relatives by marriage"


class RelativeDeclared(Struct, frozen=True, forbid_unknown_fields=True):
    """A person one is related to."""

    relation: Relation
    name: Annotated[str, Meta(min_length=1, max_length=60)]
    id_number: Annotated[str, Meta(min_length=1, max_length=40)]
    id_kind: IdKind = IdKind.RESIDENT


class CompanyDeclared(Struct, frozen=True, forbid_unknown_fields=True):
    """A company or organisation one has an interest in."""

    name: Annotated[str, Meta(min_length=1, max_length=120, pattern=r"\S")]
    credit_code: Annotated[str, Meta(min_length=1, max_length=40)]


class Interest(Struct, frozen=True):
    """One line of the officer's own list; a person's name and number masked."""

    id: int
    kind: str
    relation: Relation | None
    name: str
    number: str


async def declared_by(officer: OfficerActor) -> list[Interest]:
    """The officer's own list, oldest first."""
    rows = await db.fetch(
        "SELECT id, kind, relation, name_sealed, id_sealed, credit_code FROM officer_interest "
        "WHERE officer = $1 AND removed_at IS NULL ORDER BY id",
        officer.id,
    )
    return [_interest(row) for row in rows]


def _interest(row: db.Record) -> Interest:
    name = opened(_TABLE, "name_sealed", row["id"], row["name_sealed"])
    if row["kind"] == "company":
        return Interest(row["id"], "company", None, name, row["credit_code"])
    number = mask_id(opened(_TABLE, "id_sealed", row["id"], row["id_sealed"]))
    return Interest(row["id"], "relative", Relation(row["relation"]), mask_name(name), number)


async def declare_relative(given: RelativeDeclared, *, by: OfficerActor, now: datetime) -> int:
    """A near relative: from now on none of their cases is the officer's. Raises "input.invalid", "interest.twice"."""
    name, number = plain_name(given.name), plain_number(given.id_number)
    _refuse({"name": fault_in_name(name), "id_number": fault_in_id_document(given.id_kind, number, day_of(now))})
    index = id_index(given.id_kind, number)
    row = await next_id(_TABLE)
    try:
        async with db.transaction():
            await db.execute(
                "INSERT INTO officer_interest (id, officer, kind, relation, name_sealed, id_kind, id_sealed, id_index, "
                "declared_at) VALUES ($1, $2, 'relative', $3, $4, $5, $6, $7, $8)",
                row,
                by.id,
                given.relation,
                sealed(_TABLE, "name_sealed", row, name),
                given.id_kind,
                sealed(_TABLE, "id_sealed", row, number),
                index,
                now,
            )
            await db.execute(
                "UPDATE officer SET kin = array_append(array_remove(kin, $2), $2) WHERE id = $1", by.id, index.hex()
            )
            await audit(by, "interest.declared", now=now, kind="relative")
    except asyncpg.UniqueViolationError:
        raise Refusal("interest.twice") from None
    return row


async def declare_company(given: CompanyDeclared, *, by: OfficerActor, now: datetime) -> int:
    """A company of interest. Raises "input.invalid", "interest.twice"."""
    code = plain_number(given.credit_code)
    _refuse({"credit_code": fault_in_credit_code(code)})
    row = await next_id(_TABLE)
    try:
        async with db.transaction():
            await db.execute(
                "INSERT INTO officer_interest (id, officer, kind, name_sealed, credit_code, declared_at) "
                "VALUES ($1, $2, 'company', $3, $4, $5)",
                row,
                by.id,
                sealed(_TABLE, "name_sealed", row, given.name.strip()),
                code,
                now,
            )
            await db.execute(
                "UPDATE officer SET companies = array_append(array_remove(companies, $2), $2) WHERE id = $1",
                by.id,
                code,
            )
            await audit(by, "interest.declared", now=now, kind="company")
    except asyncpg.UniqueViolationError:
        raise Refusal("interest.twice") from None
    return row


async def remove(interest: int, *, by: OfficerActor, now: datetime) -> None:
    """Take a line off the list, on record. Raises Refusal("interest.unknown")."""
    async with db.transaction():
        row = await db.fetchrow(
            "UPDATE officer_interest SET removed_at = $3 WHERE id = $1 AND officer = $2 AND removed_at IS NULL "
            "RETURNING encode(id_index, 'hex') AS kin, credit_code",
            interest,
            by.id,
            now,
        )
        if row is None:
            raise Refusal("interest.unknown")
        await db.execute(
            "UPDATE officer SET kin = array_remove(kin, $2), companies = array_remove(companies, $3) WHERE id = $1",
            by.id,
            row["kin"],
            row["credit_code"],
        )
        await audit(by, "interest.removed", now=now, interest=interest)


def _refuse(faults: dict[str, Fault | None]) -> None:
    errors = {field: sentence(fault, language()) for field, fault in faults.items() if fault}
    if errors:
        raise Refusal("input.invalid", errors=errors)
