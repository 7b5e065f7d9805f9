"""One-time notices and supplements: what is missing, by when, and what came back. No rules here."""

from __future__ import annotations

from piccolo.columns import BigInt, BigSerial, Bytea, Date, SmallInt, Text, Timestamptz, Varchar
from piccolo.table import Table


class Correction(Table, tablename="correction"):
    """One notice with all its defects. `kind` is "correction" (before acceptance) or "supplement" (after).

    `again_reason` says why a material is asked for a second time: 一次性告知 means once (行政许可法 §32).
    """

    id = BigSerial(primary_key=True)
    case_id = BigInt(index=True)
    kind = Varchar(length=12)
    asked_by = BigInt()
    asked_at = Timestamptz()
    due_on = Date()
    again_reason = Text(default="")
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
