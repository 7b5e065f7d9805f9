"""Versions of the working calendar, and the cases that a new one moved. No rules here."""

from __future__ import annotations

from piccolo.columns import JSONB, BigInt, BigSerial, Boolean, Date, Integer, Timestamptz, Varchar
from piccolo.table import Table


class CalendarRelease(Table, tablename="calendar_release"):
    """One version of the whole calendar. In force is the one confirmed last.

    `settled_at`: reckoned once more, for cases that another process accepted by the old one in the same seconds.
    """

    id = BigSerial(primary_key=True)
    source = Varchar(length=200)
    years = JSONB()
    proposed_by = BigInt()
    proposed_at = Timestamptz()
    confirmed_by = BigInt(null=True, default=None)
    confirmed_at = Timestamptz(null=True, default=None)
    moved = Integer(default=0)
    settled_at = Timestamptz(null=True, default=None)


class DueMove(Table, tablename="due_move"):
    """The promised day of one case, moved by a new calendar: told to the applicant and shown on the case's page."""

    id = BigSerial(primary_key=True)
    case_id = BigInt(index=True)
    release = BigInt()
    was_due_on = Date(null=True, default=None)
    due_on = Date(null=True, default=None)
    is_told = Boolean(default=False)
    at = Timestamptz()
