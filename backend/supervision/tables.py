"""Tables of supervision. No rules here; the slice's actions are the only writers. What people write is sealed."""

from __future__ import annotations

from piccolo.columns import JSONB, Array, BigInt, BigSerial, Boolean, Bytea, Date, SmallInt, Text, Timestamptz, Varchar
from piccolo.table import Table


class WatchRule(Table, tablename="watch_rule"):
    """A rule of supervision as a supervisor changed it; one that is not here goes by `data/watching.toml`."""

    key = Varchar(length=20, primary_key=True)
    audience = Array(base_column=Text(), null=False)
    days = SmallInt()
    again_every = SmallInt()
    is_on = Boolean(default=True)
    changed_by = BigInt()
    changed_at = Timestamptz()


class Reminder(Table, tablename="reminder"):
    """One reminder about one case: by a rule (`key` = rule, what it is about, which time) or by a supervisor (催办).

    `told` are the officers who were told.
    """

    id = BigSerial(primary_key=True)
    case_id = BigInt()
    key = Varchar(length=120)
    trigger = Varchar(length=20, null=True, default=None)
    since = Date(null=True, default=None)
    round = SmallInt(default=0)
    by_id = BigInt(null=True, default=None)
    word_sealed = Bytea(null=True, default=None)
    told = Array(base_column=BigInt(), null=False)
    at = Timestamptz()


class OfficerNotice(Table, tablename="officer_notice"):
    """One thing one officer was told. `kind`: a trigger, or reminded, overseen, answered, handed_on, took_over.

    `case_id` None: about several cases. Facts hold no personal data; what somebody wrote stands sealed where it belongs.
    """

    id = BigSerial(primary_key=True)
    officer = BigInt()
    case_id = BigInt(null=True, default=None)
    kind = Varchar(length=20)
    key = Varchar(length=160)
    reminder = BigInt(null=True, default=None)
    oversight = BigInt(null=True, default=None)
    facts = JSONB(default="{}")
    at = Timestamptz()
    read_at = Timestamptz(null=True, default=None)


class Oversight(Table, tablename="oversight"):
    """督办: a supervisor wants an answer from `officer` by a day; one open a case."""

    id = BigSerial(primary_key=True)
    case_id = BigInt()
    set_by = BigInt()
    set_at = Timestamptz()
    officer = BigInt()
    word_sealed = Bytea()
    answer_by = Date()
    answered_by = BigInt(null=True, default=None)
    answered_at = Timestamptz(null=True, default=None)
    answer_sealed = Bytea(null=True, default=None)
