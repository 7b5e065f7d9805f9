"""Tables of the side ways. No rules here; the slice's actions are the only writers. Texts are sealed: they may quote."""

from __future__ import annotations

from piccolo.columns import BigInt, BigSerial, Boolean, Bytea, Date, SmallInt, Timestamptz, Varchar
from piccolo.table import Table


class Procedure(Table, tablename="procedure"):
    """特别程序: one row each, with the standstill (table of the trunk) that its served notice begins."""

    id = BigSerial(primary_key=True)
    case_id = BigInt(index=True)
    kind = Varchar(length=20)
    standstill = BigInt()
    needed_days = SmallInt()
    reason_sealed = Bytea()
    started_by = BigInt()
    started_at = Timestamptz()
    ended_by = BigInt(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)
    result_sealed = Bytea(null=True, default=None)


class Extension(Table, tablename="extension"):
    """延期: asked for once, answered once by the head of the organ."""

    id = BigSerial(primary_key=True)
    case_id = BigInt(unique=True)
    asked_by = BigInt()
    asked_at = Timestamptz()
    reason_sealed = Bytea()
    answered_by = BigInt(null=True, default=None)
    answered_at = Timestamptz(null=True, default=None)
    is_given = Boolean(null=True, default=None)
    opinion_sealed = Bytea(null=True, default=None)


class Hearing(Table, tablename="hearing"):
    """听证: told, chosen, fixed, held; one a case."""

    id = BigSerial(primary_key=True)
    case_id = BigInt(unique=True)
    told_by = BigInt()
    told_at = Timestamptz()
    choose_by = Date()
    chosen_at = Timestamptz(null=True, default=None)
    is_wanted = Boolean(null=True, default=None)
    fixed_by = BigInt(null=True, default=None)
    fixed_at = Timestamptz(null=True, default=None)
    held_at = Timestamptz(null=True, default=None)
    place = Varchar(length=200, default="")
    presider = BigInt(null=True, default=None)
    standstill = BigInt(null=True, default=None)
    recorded_at = Timestamptz(null=True, default=None)
    record_sealed = Bytea(null=True, default=None)
