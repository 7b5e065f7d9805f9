"""Tables of surveys. No rules here; the slice's actions are the only writers. Texts and places are sealed."""

from __future__ import annotations

from piccolo.columns import JSONB, Array, BigInt, BigSerial, Boolean, Bytea, Timestamptz, Varchar
from piccolo.table import Table


class SurveyVisit(Table, tablename="survey_visit"):
    """One visit to one place: the times that were offered, what the applicant said to them, the time that holds."""

    id = BigSerial(primary_key=True)
    place_sealed = Bytea()
    offered = JSONB()
    offered_at = Timestamptz(null=True, default=None)
    times_offered = BigInt(default=1)
    wish_sealed = Bytea(null=True, default=None)
    wished_at = Timestamptz(null=True, default=None)
    fixed_at = Timestamptz(null=True, default=None, index=True)
    agreed_at = Timestamptz(null=True, default=None)
    agreed_by = BigInt(null=True, default=None)
    made_by = BigInt()
    made_at = Timestamptz()


class Survey(Table, tablename="survey"):
    """勘查任务 of one case: made at acceptance, sent out with a visit, concluded once.

    `joint` is the first visit of those that belong together; a repeated survey takes the place of the one before
    (`is_current`) and stays in its joint. `agreed_by` of the visit is the officer who agreed on its time by telephone.
    """

    id = BigSerial(primary_key=True)
    case_id = BigInt(index=True)
    department = Varchar(length=20)
    made_at = Timestamptz()
    is_current = Boolean(default=True)
    visit = BigInt(null=True, default=None)
    joint = BigInt(null=True, default=None, index=True)
    inspectors = Array(base_column=BigInt(), default=list)
    dispatched_by = BigInt(null=True, default=None)
    dispatched_at = Timestamptz(null=True, default=None)
    surveyed_at = Timestamptz(null=True, default=None)
    concluded_by = BigInt(null=True, default=None)
    concluded_at = Timestamptz(null=True, default=None)
    conclusion = Varchar(length=10, null=True, default=None)
    signed_by = Array(base_column=BigInt(), default=list)
    is_signed = Boolean(default=False)
    is_disputed = Boolean(default=False)
    record_sealed = Bytea(null=True, default=None)
