"""One-time notices and supplements: what is missing, by when, and what came back. No rules here."""

from __future__ import annotations

from piccolo.columns import JSONB, BigInt, BigSerial, Boolean, Bytea, Date, SmallInt, Text, Timestamptz, Varchar
from piccolo.table import Table


class Correction(Table, tablename="correction"):
    """One notice with all its defects. `kind` is "correction" (before acceptance) or "supplement" (after).

    `again_reason` says why a material is asked for a second time, in the words of the supervisor who allowed it
    (`second_notice`): 一次性告知 means once (行政许可法 §32).
    """

    id = BigSerial(primary_key=True)
    case_id = BigInt(index=True)
    kind = Varchar(length=12)
    asked_by = BigInt()
    asked_at = Timestamptz()
    due_on = Date()
    again_reason = Text(default="")
    second_notice = BigInt(null=True, default=None)
    answered_at = Timestamptz(null=True, default=None)


class CorrectionItem(Table, tablename="correction_item"):
    """One defect: of a material (its key) or of a form field (`field`). `words_sealed`: problem, requirement, how to fix."""

    id = BigSerial(primary_key=True)
    correction = BigInt(index=True)
    position = SmallInt()
    material = Varchar(length=40, null=True, default=None)
    field = Varchar(length=60, null=True, default=None)
    label = Varchar(length=300)
    words_sealed = Bytea()
    answer_sealed = Bytea(null=True, default=None)
    answered_at = Timestamptz(null=True, default=None)


class SecondNotice(Table, tablename="second_notice"):
    """再次告知: asked for by an officer, given or denied by a supervisor, used by one notice. `places` as in a notice."""

    id = BigSerial(primary_key=True)
    case_id = BigInt(index=True)
    places = JSONB()
    asked_by = BigInt()
    asked_at = Timestamptz()
    reason_sealed = Bytea()
    answered_by = BigInt(null=True, default=None)
    answered_at = Timestamptz(null=True, default=None)
    is_given = Boolean(null=True, default=None)
    answer_sealed = Bytea(null=True, default=None)
    used_at = Timestamptz(null=True, default=None)
