"""Certificates, their collection, and the citizen's rating. No rules here."""

from __future__ import annotations

from piccolo.columns import BigInt, BigSerial, Bytea, Date, Integer, SmallInt, Timestamptz, Varchar
from piccolo.table import Table


class Certificate(Table, tablename="certificate"):
    """证照: a signed PDF in the object store and what `/verify/{number}` may say of it. One that is not revoked a case."""

    id = BigSerial(primary_key=True)
    number = Varchar(length=60, unique=True)
    case_id = BigInt(index=True)
    title = Varchar(length=200)
    organ = Varchar(length=100)
    holder_sealed = Bytea()
    issued_on = Date()
    valid_until = Date(null=True, default=None)
    content_sealed = Bytea()
    path = Varchar(length=120)
    sha256 = Bytea()
    length = Integer()
    signed_at = Timestamptz()
    collected_at = Timestamptz(null=True, default=None)
    collected_how = Varchar(length=10, null=True, default=None)
    handed_by = BigInt(null=True, default=None)
    collector_sealed = Bytea(null=True, default=None)
    revoked_at = Timestamptz(null=True, default=None)


class CaseRating(Table, tablename="case_rating"):
    """好差评: one per case; staff never see who rated."""

    id = BigSerial(primary_key=True)
    case_id = BigInt(unique=True)
    level = SmallInt()
    comment_sealed = Bytea(null=True, default=None)
    at = Timestamptz()
    window_no = SmallInt(null=True, default=None)
    answered_at = Timestamptz(null=True, default=None)
