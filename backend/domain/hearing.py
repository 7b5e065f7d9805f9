"""听证 (行政许可法 §46 to §48): who may ask until when, when it is held, and who does not preside.

Days of this law are working days (§82).
"""

from __future__ import annotations

from datetime import date

from backend.domain.calendar import Calendar
from backend.domain.refusal import Refusal

ASK_WITHIN = 5  # §47(1): five days after being told
HOLD_WITHIN = 20  # §47(1): within twenty days after it was asked for
TELL_BEFORE = 7  # §48(1)1: seven days before it is held


def choose_by(told_on: date, calendar: Calendar) -> date:
    """The last day on which the applicant may ask for a hearing."""
    return calendar.add_workdays(told_on, ASK_WITHIN).day


def may_be_held(asked_on: date, today: date, calendar: Calendar) -> tuple[date, date]:
    """First and last day on which a hearing that is fixed `today` may be held; the first may come after the last.

    Too late to keep both: then only the notice of seven days binds, since it protects the applicant.
    """
    first = calendar.add_workdays(today, TELL_BEFORE).day
    return first, max(first, calendar.add_workdays(asked_on, HOLD_WITHIN).day)


def check_day(day: date, asked_on: date, today: date, calendar: Calendar) -> None:
    """Refuse a day that gives too short a notice, comes too late, or on which the hall is closed.

    Raises Refusal("hearing.too_soon", first), "hearing.too_late" (last), "hearing.closed_day".
    """
    first, last = may_be_held(asked_on, today, calendar)
    if day < first:
        raise Refusal("hearing.too_soon", first=first)
    if day > last:
        raise Refusal("hearing.too_late", last=last)
    if not calendar.is_workday(day):
        raise Refusal("hearing.closed_day")
