"""Rules of signing, and what several decide together. Free text is sealed: it may name people."""

from __future__ import annotations

from piccolo.columns import BigInt, BigSerial, Boolean, Bytea, Date, Numeric, Timestamptz, Varchar
from piccolo.table import Table


class SigningRule(Table, tablename="signing_rule"):
    """A rule of signing. Nothing is changed or deleted: a later row of the same place replaces an earlier one."""

    id = BigSerial(primary_key=True)
    kind = Varchar(length=10)
    department = Varchar(length=20, null=True, default=None)
    matter = Varchar(length=50, null=True, default=None)
    mode = Varchar(length=20, null=True, default=None)
    step = Varchar(length=20, null=True, default=None)
    verb = Varchar(length=20, null=True, default=None)
    tier = Varchar(length=10, null=True, default=None)
    needs_minutes = Boolean(default=False)
    field = Varchar(length=60, null=True, default=None)
    above = Numeric(digits=(20, 4), null=True, default=None)
    effect = Varchar(length=10, null=True, default=None)
    is_lifted = Boolean(default=False)
    valid_from = Date()
    reason = Varchar(length=500)
    made_by = BigInt()
    made_at = Timestamptz()


class Opinion(Table, tablename="opinion"):
    """征求意见: one department asked about one case. `lapsed_at`: its day went by without an answer."""

    id = BigSerial(primary_key=True)
    case_id = BigInt(index=True)
    department = Varchar(length=20)
    question_sealed = Bytea()
    due_on = Date()
    asked_by = BigInt()
    asked_at = Timestamptz()
    reminded_at = Timestamptz(null=True, default=None)
    answered_by = BigInt(null=True, default=None)
    answered_at = Timestamptz(null=True, default=None)
    stance = Varchar(length=10, null=True, default=None)
    answer_sealed = Bytea(null=True, default=None)
    lapsed_at = Timestamptz(null=True, default=None)


class Minutes(Table, tablename="minutes"):
    """集体讨论记录: one a case."""

    id = BigSerial(primary_key=True)
    case_id = BigInt(unique=True)
    held_on = Date()
    place = Varchar(length=100)
    present_sealed = Bytea()
    record_sealed = Bytea()
    resolution = Varchar(length=10)
    recorded_by = BigInt()
    recorded_at = Timestamptz()


class Recusal(Table, tablename="recusal"):
    """回避, as declared for one case. `is_upheld` None: nobody has decided; the officer stays off the case meanwhile."""

    id = BigSerial(primary_key=True)
    case_id = BigInt(index=True)
    officer = BigInt(index=True)
    reason_sealed = Bytea()
    declared_at = Timestamptz()
    answered_by = BigInt(null=True, default=None)
    answered_at = Timestamptz(null=True, default=None)
    is_upheld = Boolean(null=True, default=None)
    successor = BigInt(null=True, default=None)
    answer_sealed = Bytea(null=True, default=None)


class OfficerInterest(Table, tablename="officer_interest"):
    """回避: a near relative, or a company of interest, as an officer declared it. `officer.kin`, `.companies` follow it."""

    id = BigSerial(primary_key=True)
    officer = BigInt(index=True)
    kind = Varchar(length=10, null=False)
    relation = Varchar(length=30, default="", null=False)
    name_sealed = Bytea(default=None, null=True)
    id_kind = Varchar(length=30, default=None, null=True)
    id_sealed = Bytea(default=None, null=True)
    id_index = Bytea(default=None, null=True)
    credit_code = Varchar(length=18, default=None, null=True)
    declared_at = Timestamptz(default=None, null=False)
    removed_at = Timestamptz(default=None, null=True)
