"""Drafts and uploads: everything a person gave before there is a case. No rules here."""

from __future__ import annotations

from piccolo.columns import (
    JSONB,
    UUID,
    BigInt,
    BigSerial,
    Bytea,
    Integer,
    SmallInt,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table


class Draft(Table, tablename="draft"):
    """A filing in the making. `owner` is "citizen:7" or, for walk-in intake, "officer:3".

    `values_sealed` holds answers, their revisions and rivals; `materials` how each material is given, `told` who is told once
    it is filed ("" until somebody chose). `filing_key` is
    the first Idempotency-Key it was filed under: whatever key comes later, the draft becomes one case.
    """

    id = UUID(primary_key=True)
    owner = Varchar(length=40, index=True)
    citizen = BigInt(null=True, default=None)
    company = BigInt(null=True, default=None)
    dependent = BigInt(null=True, default=None)
    filed_for = Varchar(length=20)
    matter = Varchar(length=50)
    matter_version = Integer()
    values_sealed = Bytea()
    topics_done = JSONB(default="[]")
    materials = JSONB(default="{}")
    delivery = Varchar(length=10)
    told = Varchar(length=10, default="")
    revision = Integer(default=0)
    created_at = Timestamptz()
    updated_at = Timestamptz()
    filing_key = Varchar(length=128, null=True, default=None)
    submitted_case_id = BigInt(null=True, default=None)


class KeptPost(Table, tablename="kept_post"):
    """Answers posted after the session had died, until their owner has signed in again (half a day at most).

    `browser` is the mark of the device they were posted from: there their owner finds them without a token too.
    """

    token_hash = Bytea(primary_key=True, default=None)
    draft = UUID(index=True)
    browser = Varchar(length=12, default="")
    values_sealed = Bytea()
    expires_at = Timestamptz(index=True)


class DraftRelay(Table, tablename="draft_relay"):
    """A draft handed over: by a code of which only hashes are here, to a window or a kiosk, until it comes back.

    `citizen` is whose draft it is and comes back to. `ended_at`: taken or given back, or the kiosk is done with it.
    """

    id = BigSerial(primary_key=True)
    draft = UUID(index=True)
    citizen = BigInt(index=True)
    code_hash = Bytea()
    token_hash = Bytea(unique=True)
    made_at = Timestamptz()
    revoked_at = Timestamptz(null=True, default=None)
    used_at = Timestamptz(null=True, default=None)
    place = Varchar(length=10, default="")
    officer = BigInt(null=True, default=None)
    window_no = SmallInt(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)


class Upload(Table, tablename="upload"):
    """A file on its way in (tus) or stored. `sha256` and `path` are set only once the stored object was verified.

    `client_id` is what the device calls it: begun again under that name, it is the same upload.
    """

    id = UUID(primary_key=True)
    owner = Varchar(length=40, index=True)
    draft = UUID(null=True, default=None, index=True)
    case_id = BigInt(null=True, default=None, index=True)
    client_id = UUID(null=True, default=None)
    material = Varchar(length=40)
    position = SmallInt(default=0)
    name_sealed = Bytea()
    declared_type = Varchar(length=100, default="")
    length = BigInt()
    received = BigInt(default=0)
    state = Varchar(length=12)
    refusal = JSONB(null=True, default=None)
    media_type = Varchar(length=60, default="")
    sha256 = Bytea(null=True, default=None)
    path = Varchar(length=120, default="")
    stored_length = BigInt(default=0)
    pages = SmallInt(default=1)
    created_at = Timestamptz()
    updated_at = Timestamptz()
    removed_at = Timestamptz(null=True, default=None)
