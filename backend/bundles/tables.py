"""Tables of filed bundles. No rules here. A case of a bundle names its filing in `case_file.filing`."""

from __future__ import annotations

from piccolo.columns import (
    JSONB,
    UUID,
    BigInt,
    BigSerial,
    Boolean,
    Bytea,
    Integer,
    SmallInt,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table


class BundleFiling(Table, tablename="bundle_filing"):
    """One filing: several cases in several departments under one tracking code.

    `owner` and `key` make it happen once, `body_hash` tells another filing under the same key. `is_together`: collected in
    one go, told once when all of it is ready (`told_ready_at`). `seq` counts what happened to it as a whole. The code itself is
    sealed with each of its cases.
    """

    id = BigSerial(primary_key=True)
    bundle = Varchar(length=50)
    bundle_version = Integer()
    owner = Varchar(length=40)
    key = Varchar(length=128)
    body_hash = Bytea()
    draft = UUID(null=True, default=None, index=True)
    citizen = BigInt(null=True, default=None, index=True)
    tracking_hash = Bytea(unique=True)
    tracking_revoked_at = Timestamptz(null=True, default=None)
    is_together = Boolean(default=True)
    seq = Integer(default=1)
    received_at = Timestamptz()
    told_ready_at = Timestamptz(null=True, default=None)


class BundlePart(Table, tablename="bundle_part"):
    """One matter of a filing. `after` holds the positions of the parts it waits for, `case_id` the case it became.

    `content_sealed` is what will be received (`NewCase`), kept only while the part waits.
    """

    id = BigSerial(primary_key=True)
    filing = BigInt(index=True)
    position = SmallInt()
    part = Varchar(length=8)
    matter = Varchar(length=50)
    matter_version = Integer()
    department = Varchar(length=20)
    after = JSONB(default="[]")
    otherwise = Varchar(length=10)
    brought = JSONB(default="{}")
    state = Varchar(length=10)
    case_id = BigInt(null=True, default=None, unique=True)
    content_sealed = Bytea(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)
    ended_by = Varchar(length=10, default="")
