"""Tables of the trunk. No rules here; `actions` are the only writers.

Personal columns end in `_sealed` (AES-256-GCM, see backend/crypto.py) and are searched by `_index` (blind HMAC).
"""

from __future__ import annotations

from piccolo.columns import (
    JSONB,
    BigInt,
    BigSerial,
    Boolean,
    Bytea,
    Date,
    Integer,
    SmallInt,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table


class CaseFile(Table, tablename="case_file"):
    """办件: one row a case. `step` and `seq` are a cache of the event log.

    `filing` is set where several cases were filed as one (一件事): `tracking_sealed` then holds the code of them all.
    """

    id = BigSerial(primary_key=True)
    case_no = Varchar(length=24, unique=True)
    tracking_hash = Bytea(unique=True)
    tracking_sealed = Bytea()
    tracking_revoked_at = Timestamptz(null=True, default=None)
    password_sealed = Bytea()
    password_failures = SmallInt(default=0)
    last_fours_sealed = Bytea()

    filing = BigInt(null=True, default=None)
    matter = Varchar(length=50)
    matter_version = Integer()
    department = Varchar(length=20)
    mode = Varchar(length=20)
    channel = Varchar(length=10)
    delivery = Varchar(length=10)

    step = Varchar(length=20)
    seq = Integer(default=1)

    citizen = BigInt(null=True, default=None)
    company = BigInt(null=True, default=None)
    filed_for = Varchar(length=20)
    applicant_kind = Varchar(length=10)
    applicant_name_sealed = Bytea()
    applicant_id_index = Bytea(null=True, default=None)
    mobile_index = Bytea(null=True, default=None)
    credit_code = Varchar(length=18, null=True, default=None)
    form_sealed = Bytea()
    rare_characters = Varchar(length=60, default="")
    told_sealed = Bytea(null=True, default=None)

    received_at = Timestamptz()
    received_by = BigInt(null=True, default=None)
    handler = BigInt(null=True, default=None)
    first_handler = BigInt(null=True, default=None)
    accepted_at = Timestamptz(null=True, default=None)
    accepted_by = BigInt(null=True, default=None)
    reviewed_by = BigInt(null=True, default=None)
    checked_by = BigInt(null=True, default=None)
    decided_by = BigInt(null=True, default=None)
    decided_at = Timestamptz(null=True, default=None)
    closed_at = Timestamptz(null=True, default=None)
    ended_as = Varchar(length=20, null=True, default=None)
    proposal = Varchar(length=10, null=True, default=None)
    is_rated = Boolean(default=False)

    promised_due_on = Date(null=True, default=None)
    statutory_due_on = Date(null=True, default=None)
    is_due_provisional = Boolean(default=False)
    extended_by = SmallInt(default=0)
    is_stopped = Boolean(default=False)
    step_since = Timestamptz(null=True, default=None)
    promised_amber_on = Date(null=True, default=None)
    statutory_amber_on = Date(null=True, default=None)


class CaseEvent(Table, tablename="case_event"):
    """One line of the log: the citizen's timeline, the audit trail and the outbox at once. Append-only."""

    id = BigSerial(primary_key=True)
    case_id = BigInt()
    seq = Integer()
    verb = Varchar(length=20)
    by_kind = Varchar(length=10)
    by_id = BigInt(null=True, default=None)
    by_name = Varchar(length=40, default="")
    at = Timestamptz()
    particulars = JSONB()
    previous_hash = Bytea()
    hash = Bytea()


class Standstill(Table, tablename="standstill"):
    """中止计时 (行政许可法 §45): counts from the day on which its notice was served, until its end. Days in Asia/Shanghai."""

    id = BigSerial(primary_key=True)
    case_id = BigInt(index=True)
    kind = Varchar(length=20)
    basis = Varchar(length=300, default="")
    notice = Varchar(length=60, default="")
    told_on = Date(null=True, default=None)
    ends_on = Date(null=True, default=None)


class Promise(Table, tablename="promise"):
    """容缺承诺: what the applicant signed for, and the last day, fixed at acceptance. One a case.

    `fixed_at` is when the applicant was told of the day. `signed_at` None: the law accepted the case before anybody
    signed. `signature_sealed` is the name as it was typed; `signed_before` the clerk at whose window that was, None for
    the applicant's own account. `is_committed`: it is a 告知承诺 too; `broken_at` when that was found untrue.
    """

    id = BigSerial(primary_key=True)
    case_id = BigInt(unique=True)
    signed_at = Timestamptz(null=True, default=None)
    signed_before = BigInt(null=True, default=None)
    signature_sealed = Bytea(null=True, default=None)
    fixed_at = Timestamptz(null=True, default=None)
    supply_by = Date(null=True, default=None)
    is_committed = Boolean(default=False)
    broken_at = Timestamptz(null=True, default=None)
    broken_by = BigInt(null=True, default=None)
    broken_sealed = Bytea(null=True, default=None)
    is_provisional = Boolean(default=False)


class CaseMaterial(Table, tablename="case_material"):
    """A required material of a case: how it came, and the clerk's tick."""

    id = BigSerial(primary_key=True)
    case_id = BigInt(index=True)
    key = Varchar(length=40)
    position = SmallInt()
    name = Varchar(length=300)
    is_required = Boolean(default=True)
    how = Varchar(length=10)
    verdict = Varchar(length=10, null=True, default=None)
    verdict_note_sealed = Bytea(null=True, default=None)
    verdict_by = BigInt(null=True, default=None)
    verdict_at = Timestamptz(null=True, default=None)


class CaseUpload(Table, tablename="case_upload"):
    """A stored file given for a material. A corrected file supersedes, never replaces."""

    id = BigSerial(primary_key=True)
    case_id = BigInt(index=True)
    material = Varchar(length=40)
    upload = Varchar(length=36)
    position = SmallInt(default=0)
    added_at = Timestamptz()
    superseded_at = Timestamptz(null=True, default=None)


class CaseRemark(Table, tablename="case_remark"):
    """Free text that belongs to an event: an opinion, a reason. Sealed and outside the hash, so that it can be erased.

    `erased_at`: the text is gone; the row stays and says so.
    """

    id = BigSerial(primary_key=True)
    case_id = BigInt(index=True)
    seq = Integer()
    text_sealed = Bytea(null=True, default=None)
    erased_at = Timestamptz(null=True, default=None)


class CaseCounter(Table, tablename="case_counter"):
    """The last case sequence handed out to a department on a day."""

    key = Varchar(length=20, primary_key=True)
    last = Integer(default=0)


class FormalDocument(Table, tablename="formal_document"):
    """文书: what was said, as data; the PDF is rendered from it and is the same every time."""

    id = BigSerial(primary_key=True)
    case_id = BigInt(index=True)
    kind = Varchar(length=30)
    number = Varchar(length=60)
    issued_at = Timestamptz()
    issued_by = BigInt(null=True, default=None)
    content_sealed = Bytea()


class DocumentCounter(Table, tablename="document_counter"):
    """The last number per organ, kind and year; taken inside the document's transaction, so without gaps."""

    key = Varchar(length=60, primary_key=True)
    last = Integer(default=0)


class FilingKey(Table, tablename="filing_key"):
    """Idempotency-Key of a filing, kept as long as the case: the same key is the same case."""

    id = BigSerial(primary_key=True)
    owner = Varchar(length=40)
    key = Varchar(length=120)
    body_hash = Bytea()
    case_id = BigInt()


class Deed(Table, tablename="deed"):
    """Idempotency-Key of a verb, kept as long as the case: the same key and body is done once."""

    id = BigSerial(primary_key=True)
    owner = Varchar(length=40)
    key = Varchar(length=128)
    body_hash = Bytea()
    case_no = Varchar(length=24, index=True)
    at = Timestamptz()


class Service(Table, tablename="service"):
    """送达: documents on their way to the applicant. `served_on` None: nobody said yet that they arrived."""

    id = BigSerial(primary_key=True)
    case_id = BigInt(index=True)
    documents = JSONB()
    method = Varchar(length=10)
    made_at = Timestamptz()
    carrier = Varchar(length=60, default="")
    tracking_no = Varchar(length=40, default="")
    sent_at = Timestamptz(null=True, default=None)
    served_on = Date(null=True, default=None)
    recipient_sealed = Bytea(null=True, default=None)
    relation = Varchar(length=20, default="")
