"""收件: from a complete filing to a case, in one statement.

The case, its materials, its first event, its receipt and the idempotency key are written together or not at all.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

import msgspec
from asyncpg import UniqueViolationError

from backend import crypto, db
from backend.cases import log, numbers, papers, sealing
from backend.domain import tracking
from backend.domain.calendar import day_of
from backend.domain.masking import last_four
from backend.domain.refusal import Refusal
from backend.people.sealing import id_index, mobile_index
from backend.settings import settings
from shared_schemas.case import Event, NewCase, Receipt
from shared_schemas.notice import WhoIsTold
from shared_schemas.people import Actor, OfficerActor
from shared_schemas.vocabulary import DocumentKind, GivenHow, Step, Verb

_STATEMENT = """
WITH c AS (
  INSERT INTO case_file (case_no, tracking_hash, tracking_sealed, password_sealed, password_failures, matter,
    matter_version, department, mode, channel, delivery, step, seq, citizen, company, filed_for, applicant_kind,
    applicant_name_sealed, applicant_id_index, mobile_index, credit_code, form_sealed, rare_characters, received_at,
    received_by, is_due_provisional, is_rated, last_fours_sealed, told_sealed, filing, step_since)
  VALUES ($1, $2, $3, $4, 0, $5, $6, $7, $8, $9, $10, $11, 1, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
    $22, $23, false, false, $39, $40, $41, $22)
  RETURNING id
), k AS (
  INSERT INTO filing_key (owner, key, body_hash, case_id) SELECT $24, $25, $26, id FROM c
), m AS (
  INSERT INTO case_material (case_id, key, position, name, is_required, how)
  SELECT c.id, r.key, r.position, r.name, r.is_required, r.how
  FROM c, jsonb_to_recordset($27) AS r(key text, position smallint, name text, is_required boolean, how text)
), u AS (
  INSERT INTO case_upload (case_id, material, upload, position, added_at)
  SELECT c.id, r.material, r.upload, r.position, $22
  FROM c, jsonb_to_recordset($28) AS r(material text, upload text, position smallint)
), g AS (
  UPDATE upload SET case_id = c.id FROM c
  WHERE upload.id IN (SELECT r.upload::uuid FROM jsonb_to_recordset($28) AS r(upload text))
    AND upload.case_id IS NULL
), f AS (
  UPDATE draft SET submitted_case_id = c.id, updated_at = $22 FROM c WHERE draft.id = $29::uuid
), d AS (
  INSERT INTO formal_document (case_id, kind, number, issued_at, issued_by, content_sealed)
  SELECT id, $30, $1, $22, $23, $31 FROM c
)
INSERT INTO case_event (case_id, seq, verb, by_kind, by_id, by_name, at, particulars, previous_hash, hash)
SELECT id, 1, $32, $33, $34, $35, $22, $36, $37, $38 FROM c
"""

ATTEMPTS = 4


async def receive(new: NewCase, *, by: Actor, now: datetime) -> Receipt:
    """Make the case, its number, tracking code, query password and receipt.

    The same `owner` and `idempotency_key` give the same case again, ten times or after a crash.
    Raises Refusal("filing.key_reused") when that key was used for another filing.
    """
    for _attempt in range(ATTEMPTS):
        try:
            return await _write(new, by, now)
        except UniqueViolationError as collision:
            if (before := await _already(new)) is not None:
                return before
            # The database was restored from a backup and hands out numbers again that this worker still holds.
            if collision.constraint_name == "case_file_case_no_key":
                numbers.forget()
    raise Refusal("filing.try_again")


async def _write(new: NewCase, by: Actor, now: datetime) -> Receipt:
    case_no = await numbers.next_case_number(settings.region_code, new.department_no, day_of(now))
    receipt = Receipt(
        case_no,
        new.tracking_code or tracking.new_tracking_code(),
        new.query_password or tracking.new_query_password(),
    )
    event = log.line(
        case_no,
        1,
        Verb.RECEIVE,
        by,
        now,
        {"channel": new.channel, "matter": new.matter, "materials": len(new.materials)},
        b"",
    )
    await db.execute(_STATEMENT, *_values(new, receipt, event, by, now))
    return receipt


async def _already(new: NewCase) -> Receipt | None:
    row = await db.fetchrow(
        "SELECT k.body_hash, c.case_no, c.tracking_sealed, c.password_sealed FROM filing_key k "
        "JOIN case_file c ON c.id = k.case_id WHERE k.owner = $1 AND k.key = $2",
        new.owner,
        new.idempotency_key,
    )
    if row is None:
        return None
    if row["body_hash"] != new.body_hash:
        raise Refusal("filing.key_reused")
    case_no = row["case_no"]
    return Receipt(
        case_no,
        sealing.unseal(case_no, "tracking", row["tracking_sealed"]),
        sealing.unseal(case_no, "password", row["password_sealed"]),
        is_new=False,
    )


def _values(new: NewCase, receipt: Receipt, event: Event, by: Actor, now: datetime) -> tuple[object, ...]:
    """The statement's parameters, in its order."""
    case_no = receipt.case_no
    content = papers.receipt(new, receipt, by, now)
    return (
        case_no,
        # The code of a bundle opens the bundle: nobody ever gets one that opens this case alone.
        crypto.hmac_token(tracking.new_tracking_code() if new.tracking_code else receipt.tracking_code),
        sealing.seal(case_no, "tracking", receipt.tracking_code),
        sealing.seal(case_no, "password", receipt.query_password),
        new.matter,
        new.matter_version,
        new.department,
        new.mode,
        new.channel,
        new.delivery,
        Step.RECEIVED,
        new.citizen,
        new.company,
        new.filed_for,
        new.applicant_kind,
        sealing.seal(case_no, "applicant_name", new.applicant_name),
        id_index(new.applicant_id_kind, new.applicant_id_no) if new.applicant_id_no else None,
        mobile_index(new.mobile) if new.mobile else None,
        new.credit_code,
        sealing.seal_json(case_no, "form", new.form),
        new.rare_characters,
        now,
        by.id if isinstance(by, OfficerActor) else None,
        new.owner,
        new.idempotency_key,
        new.body_hash,
        [
            {"key": m.key, "position": m.position, "name": m.name, "is_required": m.is_required, "how": m.how}
            for m in new.materials
        ],
        _uploads(new),
        new.draft,
        DocumentKind.RECEIPT,
        papers.seal(case_no, DocumentKind.RECEIPT, content),
        event.verb,
        event.by_kind,
        event.by_id,
        event.by_name,
        event.particulars,
        event.previous_hash,
        event.hash,
        sealing.seal_json(case_no, "last_fours", [last_four(n) for n in (new.applicant_id_no, new.mobile) if n]),
        _told(case_no, new),
        new.filing,
    )


def _told(case_no: str, new: NewCase) -> bytes | None:
    """Whom the notices go to; None where that is whoever filed, by their account, in Chinese."""
    is_plain = new.citizen is not None and new.told.who is WhoIsTold.HELPER and new.told.lang == "zh"
    return None if is_plain else sealing.seal_json(case_no, "told", new.told)


def _uploads(new: NewCase) -> list[dict[str, object]]:
    return [
        {"material": material.key, "upload": upload, "position": position}
        for material in new.materials
        if material.how in (GivenHow.UPLOAD, GivenHow.REUSE)
        for position, upload in enumerate(material.uploads)
    ]


def body_hash(filing: object) -> bytes:
    """SHA-256 over the canonical JSON of what was filed, to recognise a repeated filing."""
    return hashlib.sha256(msgspec.json.encode(filing, order="deterministic")).digest()
