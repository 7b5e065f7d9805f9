"""收件 of a bundle: one filing becomes several cases, each pushed to its department at once, in one transaction.

What needs another's certificate is kept, sealed, until that is there: its own receipt, and with it the law's clock, begins
then (行政许可法 §32).
"""

from __future__ import annotations

from datetime import datetime

import msgspec
from asyncpg import UniqueViolationError
from msgspec import Struct

from backend import crypto, db
from backend.bundles import starting as _starting  # noqa: F401 - follows the certificate of what others wait for
from backend.bundles.sealing import seal_part
from backend.cases import numbers, receiving, sealing
from backend.domain import tracking
from backend.domain.refusal import Refusal
from shared_schemas.bundle import BundlePart, PartState
from shared_schemas.case import NewCase, Receipt
from shared_schemas.people import Actor


class NewPart(Struct, frozen=True):
    """One matter of a filing: the positions it waits for, what whose certificate brings, and the case it becomes."""

    part: BundlePart
    after: tuple[int, ...]
    brought: dict[str, int]
    case: NewCase


async def receive(whole: NewCase, parts: tuple[NewPart, ...], *, by: Actor, now: datetime) -> tuple[Receipt, ...]:
    """The receipts of the parts that begin at once, all under one tracking code and one query password.

    The same `owner` and `idempotency_key` of `whole` give the same cases again, ten times or after a crash.
    Raises Refusal("filing.key_reused") when that key was used for another filing.
    """
    for _attempt in range(receiving.ATTEMPTS):
        try:
            async with db.transaction():
                return await _write(whole, parts, by, now)
        except UniqueViolationError as collision:
            if before := await _already(whole):
                return before
            if collision.constraint_name == "case_file_case_no_key":
                numbers.forget()
    raise Refusal("filing.try_again")


async def _write(whole: NewCase, parts: tuple[NewPart, ...], by: Actor, now: datetime) -> tuple[Receipt, ...]:
    code, password = tracking.new_tracking_code(), tracking.new_query_password()
    filing = await _filing(whole, code, now)
    receipts: list[Receipt] = []
    for position, new in enumerate(parts):
        case = msgspec.structs.replace(
            new.case,
            filing=filing,
            tracking_code=code,
            query_password=password,
            draft=None if receipts else whole.draft,
            # Under the filing's own key its first case is found again, as any filing is.
            idempotency_key=new.case.idempotency_key if receipts else whole.idempotency_key,
        )
        is_waiting = bool(new.after)
        receipt = None if is_waiting else await receiving.receive(case, by=by, now=now)
        await _part(filing, position, new, case if is_waiting else None, receipt.case_no if receipt else None)
        receipts += [receipt] if receipt else []
    await _hold(parts, receipts[0].case_no)
    return tuple(receipts)


async def _hold(parts: tuple[NewPart, ...], case_no: str) -> None:
    """Files of what waits belong to the filing's first case until then: nobody can take them out or sweep them away."""
    waiting = [upload for new in parts if new.after for material in new.case.materials for upload in material.uploads]
    await db.execute(
        "UPDATE upload SET case_id = (SELECT id FROM case_file WHERE case_no = $2) "
        "WHERE id::text = ANY($1) AND case_id IS NULL",
        waiting,
        case_no,
    )


async def _filing(whole: NewCase, code: str, now: datetime) -> int:
    filing: int = await db.fetchval("SELECT nextval('bundle_filing_id_seq')")
    await db.execute(
        "INSERT INTO bundle_filing (id, bundle, bundle_version, owner, key, body_hash, draft, citizen, tracking_hash, "
        "is_together, seq, received_at) VALUES ($1, $2, $3, $4, $5, $6, $7::text::uuid, $8, $9, true, 1, $10)",
        filing,
        whole.matter,
        whole.matter_version,
        whole.owner,
        whole.idempotency_key,
        whole.body_hash,
        whole.draft,
        whole.citizen,
        crypto.hmac_token(code),
        now,
    )
    return filing


async def _part(filing: int, position: int, new: NewPart, kept: NewCase | None, case_no: str | None) -> None:
    await db.execute(
        "INSERT INTO bundle_part (filing, position, part, matter, matter_version, department, after, otherwise, brought, "
        "state, case_id, content_sealed, ended_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, "
        "(SELECT id FROM case_file WHERE case_no = $11), $12, '')",
        filing,
        position,
        new.part.key,
        new.case.matter,
        new.case.matter_version,
        new.case.department,
        list(new.after),
        new.part.otherwise,
        new.brought,
        PartState.STARTED if case_no else PartState.WAITING,
        case_no,
        seal_part(filing, position, kept) if kept else None,
    )


async def _already(whole: NewCase) -> tuple[Receipt, ...]:
    """The receipts of the filing that was received under this key before; () when there is none."""
    rows = await db.fetch(
        "SELECT f.body_hash, c.case_no, c.tracking_sealed, c.password_sealed FROM bundle_filing f "
        "JOIN bundle_part p ON p.filing = f.id JOIN case_file c ON c.id = p.case_id "
        "WHERE f.owner = $1 AND f.key = $2 ORDER BY p.position",
        whole.owner,
        whole.idempotency_key,
    )
    if rows and rows[0]["body_hash"] != whole.body_hash:
        raise Refusal("filing.key_reused")
    return tuple(
        Receipt(
            row["case_no"],
            sealing.unseal(row["case_no"], "tracking", row["tracking_sealed"]),
            sealing.unseal(row["case_no"], "password", row["password_sealed"]),
            is_new=False,
        )
        for row in rows
    )
