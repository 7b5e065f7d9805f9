"""Who uses the hall: citizens, companies, officers, and what proves them. Columns only, no rules.

Personal columns (`*_sealed`) are AES-GCM under ``table|column|row id``; a `*_index` beside one is its blind
index. Nothing here is deleted by cascade: erasure is an action that leaves a receipt.
"""

from __future__ import annotations

from piccolo.columns import (
    JSONB,
    UUID,
    Array,
    BigInt,
    BigSerial,
    Boolean,
    Bytea,
    Date,
    ForeignKey,
    Integer,
    Numeric,
    SmallInt,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete
from piccolo.table import Table

KEEP = OnDelete.restrict


class Citizen(Table, tablename="citizen"):
    """A person who signs in with a mobile number. `mobile_at` is when this number last proved to be theirs."""

    id = BigSerial(primary_key=True)
    mobile_sealed = Bytea(default=None, null=True)
    mobile_index = Bytea(default=None, null=True)
    mobile_at = Timestamptz(default=None, null=True)
    name_sealed = Bytea(default=None, null=True)
    id_kind = Varchar(length=30, default=None, null=True)
    id_sealed = Bytea(default=None, null=True)
    id_index = Bytea(default=None, null=True)
    address_sealed = Bytea(default=None, null=True)
    verified_at = Timestamptz(default=None, null=True)
    created_at = Timestamptz(default=None, null=False)
    is_cancelled = Boolean(default=False, null=False)
    cancelled_at = Timestamptz(default=None, null=True)


class Consent(Table, tablename="consent"):
    """A citizen agreed to a notice (PIPL Art. 14): which one, in which version, when."""

    id = BigSerial(primary_key=True)
    citizen = ForeignKey(references=Citizen, on_delete=KEEP, null=False, index=True)
    notice = Varchar(length=40, null=False)
    version = Varchar(length=20, null=False)
    at = Timestamptz(default=None, null=False)
    withdrawn_at = Timestamptz(default=None, null=True)


class Company(Table, tablename="company"):
    """A company or organisation by its unified social credit code (public data, not sealed)."""

    id = BigSerial(primary_key=True)
    name = Varchar(length=120, null=False)
    credit_code = Varchar(length=18, null=False, unique=True)
    legal_representative = Varchar(length=60, default=None, null=True)
    created_at = Timestamptz(default=None, null=False)


class CompanyAuthorisation(Table, tablename="company_authorisation"):
    """A citizen may act for a company: capacity `legal_representative` or `authorised`."""

    id = BigSerial(primary_key=True)
    citizen = ForeignKey(references=Citizen, on_delete=KEEP, null=False, index=True)
    company = ForeignKey(references=Company, on_delete=KEEP, null=False, index=True)
    capacity = Varchar(length=30, null=False)
    granted_by = Varchar(length=60, null=False)
    declared_at = Timestamptz(default=None, null=False)
    valid_to = Date(default=None, null=True)
    revoked_at = Timestamptz(default=None, null=True)


class Dependent(Table, tablename="dependent"):
    """A parent or child for whom a citizen files: kind `parent` or `child`."""

    id = BigSerial(primary_key=True)
    citizen = ForeignKey(references=Citizen, on_delete=KEEP, null=False, index=True)
    kind = Varchar(length=10, null=False)
    name_sealed = Bytea(default=None, null=True)
    id_kind = Varchar(length=30, null=False)
    id_sealed = Bytea(default=None, null=True)
    id_index = Bytea(default=None, null=True)
    declared_at = Timestamptz(default=None, null=False)
    removed_at = Timestamptz(default=None, null=True)


class Officer(Table, tablename="officer"):
    """A member of staff. `kin` are hex blind indexes of ID numbers, `companies` credit codes (回避)."""

    id = BigSerial(primary_key=True)
    staff_no = Varchar(length=20, null=False, unique=True)
    name = Varchar(length=60, null=False)
    department = Varchar(length=20, default=None, null=True)
    phone = Varchar(length=30, default="", null=False)
    mobile_sealed = Bytea(default=None, null=True)
    is_active = Boolean(default=True, null=False)
    kin = Array(base_column=Text(), null=False)
    companies = Array(base_column=Text(), null=False)
    created_at = Timestamptz(default=None, null=False)


class OfficerRole(Table, tablename="officer_role"):
    """A role an officer holds from `at` until `revoked_at`. `granted_by` None: set up on the command line."""

    id = BigSerial(primary_key=True)
    officer = ForeignKey(references=Officer, on_delete=KEEP, null=False, index=True)
    role = Varchar(length=30, null=False)
    granted_by = ForeignKey(references=Officer, on_delete=KEEP, null=True)
    at = Timestamptz(default=None, null=False)
    revoked_at = Timestamptz(default=None, null=True)


class AuthorityLetter(Table, tablename="authority_letter"):
    """授权书: what an approver may sign, one department a row; `matter` None means all of its matters.

    `given_from`: the letter that this one is a delegation of; `grantor` holds it. `cap`: only up to this number of the
    form's `cap_field`.
    """

    id = BigSerial(primary_key=True)
    officer = ForeignKey(references=Officer, on_delete=KEEP, null=False, index=True)
    tier = Varchar(length=10, null=False)
    department = Varchar(length=20, null=False)
    matter = Varchar(length=50, default=None, null=True)
    modes = Array(base_column=Text(), null=False)
    grantor = ForeignKey(references=Officer, on_delete=KEEP, null=True)
    valid_from = Date(default=None, null=True)
    valid_to = Date(default=None, null=True)
    granted_at = Timestamptz(default=None, null=False)
    revoked_at = Timestamptz(default=None, null=True)
    revoked_by = BigInt(default=None, null=True)
    given_from = BigInt(default=None, null=True, index=True)
    reason = Varchar(length=200, default="", null=False)
    cap_field = Varchar(length=60, default=None, null=True)
    cap = Numeric(digits=(20, 4), default=None, null=True)


class OfficerPost(Table, tablename="officer_post"):
    """Who acts in an officer's absence (AB 岗), and who is the superior. A later row replaces an earlier one."""

    id = BigSerial(primary_key=True)
    officer = ForeignKey(references=Officer, on_delete=KEEP, null=False, index=True)
    deputy = ForeignKey(references=Officer, on_delete=KEEP, null=True)
    superior = ForeignKey(references=Officer, on_delete=KEEP, null=True)
    set_by = BigInt(default=None, null=True)
    at = Timestamptz(default=None, null=False)
    ended_at = Timestamptz(default=None, null=True)


class Absence(Table, tablename="absence"):
    """An officer is away from `from_at` until `until_at` (None: until he says so). `ended_at`: he was back earlier."""

    id = BigSerial(primary_key=True)
    officer = ForeignKey(references=Officer, on_delete=KEEP, null=False, index=True)
    reason = Varchar(length=100, default="", null=False)
    from_at = Timestamptz(default=None, null=False)
    until_at = Timestamptz(default=None, null=True)
    said_by = BigInt(default=None, null=True)
    said_at = Timestamptz(default=None, null=False)
    ended_at = Timestamptz(default=None, null=True)


class WindowDesk(Table, tablename="window_desk"):
    """One of the hall's windows and who sits there now; kind `general`, `help` or `cannot_do`."""

    id = BigSerial(primary_key=True)
    number = SmallInt(default=None, null=False, unique=True)
    name = Varchar(length=40, null=False)
    name_en = Varchar(length=60, default="", null=False)
    kind = Varchar(length=12, null=False)
    officer = ForeignKey(references=Officer, on_delete=KEEP, null=True, unique=True)
    seated_at = Timestamptz(default=None, null=True)


class Passkey(Table, tablename="passkey"):
    """A WebAuthn credential of a citizen or an officer (`subject_kind`, `subject_id`)."""

    id = BigSerial(primary_key=True)
    subject_kind = Varchar(length=10, null=False)
    subject_id = BigInt(default=None, null=False)
    credential_id = Bytea(default=None, null=False, unique=True)
    public_key = Bytea(default=None, null=False)
    sign_count = BigInt(default=0, null=False)
    transports = Array(base_column=Text(), null=False)
    name = Varchar(length=60, null=False)
    created_at = Timestamptz(default=None, null=False)
    last_used_at = Timestamptz(default=None, null=True)


class Challenge(Table, tablename="challenge"):
    """Something handed out once and taken back once, by the hash of its random part.

    `purpose`: passkey_sign_in, passkey_register, step_up, enrol, kiosk, prior_owner.
    """

    token_hash = Bytea(primary_key=True, default=None, null=False)
    purpose = Varchar(length=20, null=False)
    subject_kind = Varchar(length=10, default=None, null=True)
    subject_id = BigInt(default=None, null=True)
    session = BigInt(default=None, null=True)
    attempts = SmallInt(default=0, null=False)
    expires_at = Timestamptz(default=None, null=False, index=True)


class OneTimeCode(Table, tablename="one_time_code"):
    """The latest one-time code for a mobile number and purpose; the code itself is only kept as a hash."""

    id = BigSerial(primary_key=True)
    mobile_index = Bytea(default=None, null=False)
    purpose = Varchar(length=20, null=False)
    code_hash = Bytea(default=None, null=False)
    attempts = SmallInt(default=0, null=False)
    extensions = SmallInt(default=0, null=False)
    sent_at = Timestamptz(default=None, null=False)
    expires_at = Timestamptz(default=None, null=False)


class OutgoingMessage(Table, tablename="outgoing_message"):
    """A text message in the transaction of its event; state `queued`, `sent`, `delivered`, `failed` or `given_up`.

    `key` is what the gateway knows it by. Of no use after `until`. `lease_until` is set while somebody sends it.
    """

    id = BigSerial(primary_key=True)
    to_sealed = Bytea(default=None, null=False)
    to_index = Bytea(default=None, null=False)
    template = Varchar(length=40, null=False)
    text_sealed = Bytea(default=None, null=False)
    state = Varchar(length=10, default="queued", null=False)
    attempts = SmallInt(default=0, null=False)
    key = UUID(null=False, unique=True)
    is_unsure = Boolean(default=False, null=False)
    next_at = Timestamptz(default=None, null=False)
    until = Timestamptz(default=None, null=False)
    lease_until = Timestamptz(default=None, null=True)
    provider_id = Varchar(length=80, default="", null=False)
    reason = Varchar(length=80, default="", null=False)
    created_at = Timestamptz(default=None, null=False)
    sent_at = Timestamptz(default=None, null=True)


class Kiosk(Table, tablename="kiosk"):
    """A machine of the hall that was enrolled as a kiosk, by the place it stands at; only the hash of its token is here."""

    id = BigSerial(primary_key=True)
    name = Varchar(length=40, null=False)
    name_en = Varchar(length=60, default="", null=False)
    token_hash = Bytea(default=None, null=True, unique=True)
    made_at = Timestamptz(default=None, null=False)
    enrolled_at = Timestamptz(default=None, null=True)
    last_seen_at = Timestamptz(default=None, null=True)
    revoked_at = Timestamptz(default=None, null=True)


class Session(Table, tablename="session"):
    """A signed-in browser or API client; only its token's hash is here. `only_draft`: for that draft only, at `kiosk`."""

    id = BigSerial(primary_key=True)
    token_hash = Bytea(default=None, null=False, unique=True)
    subject_kind = Varchar(length=10, null=False)
    subject_id = BigInt(default=None, null=False)
    company = ForeignKey(references=Company, on_delete=KEEP, null=True)
    method = Varchar(length=12, null=False)
    created_at = Timestamptz(default=None, null=False)
    authenticated_at = Timestamptz(default=None, null=False)
    stepped_up_at = Timestamptz(default=None, null=True)
    last_seen_at = Timestamptz(default=None, null=False)
    expires_at = Timestamptz(default=None, null=False)
    idle_seconds = Integer(default=None, null=False)
    user_agent = Varchar(length=80, default="", null=False)
    ip = Varchar(length=45, default="", null=False)
    only_draft = UUID(default=None, null=True)
    kiosk = ForeignKey(references=Kiosk, on_delete=KEEP, null=True)
    revoked_at = Timestamptz(default=None, null=True)


class AuditEvent(Table, tablename="audit_event"):
    """Who did or looked at what (kept ≥ 6 months, GB/T 22239). Never holds personal data itself."""

    id = BigSerial(primary_key=True)
    at = Timestamptz(default=None, null=False, index=True)
    actor_kind = Varchar(length=10, null=False)
    actor_id = BigInt(default=None, null=True)
    what = Varchar(length=60, null=False)
    case_no = Varchar(length=40, default=None, null=True)
    citizen = BigInt(default=None, null=True)
    ip = Varchar(length=45, default="", null=False)
    request_id = Varchar(length=64, default="", null=False)
    particulars = JSONB(default="{}", null=False)
