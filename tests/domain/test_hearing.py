"""行政许可法 §46 to §48 in days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend import calendars
from backend.domain import hearing
from backend.domain.refusal import Refusal

CALENDAR = calendars.current()
DAYS = st.dates(date(2025, 1, 2), date(2026, 11, 1))


def test_five_working_days_to_choose_over_national_day():
    # 2026: off 1 to 7 October, make-up days 20 September and 10 October.
    assert hearing.choose_by(date(2026, 9, 28), CALENDAR) == date(2026, 10, 10)


@given(DAYS, st.integers(0, 30))
def test_a_hearing_gives_seven_days_notice_and_comes_within_twenty_if_it_can(asked, later):
    today = asked + timedelta(days=later)
    first, last = hearing.may_be_held(asked, today, CALENDAR)
    assert CALENDAR.workdays_between(today, first) == hearing.TELL_BEFORE
    assert first <= last
    if last != first:
        assert CALENDAR.workdays_between(asked, last) == hearing.HOLD_WITHIN


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2026, 11, 30), "hearing.too_soon"),
        (date(2026, 12, 2), None),
        (date(2026, 12, 5), "hearing.closed_day"),
        (date(2026, 12, 21), None),
        (date(2026, 12, 22), "hearing.too_late"),
    ],
)
def test_the_day_is_checked(day, code):
    asked = today = date(2026, 11, 23)
    if code is None:
        hearing.check_day(day, asked, today, CALENDAR)
        return
    with pytest.raises(Refusal) as caught:
        hearing.check_day(day, asked, today, CALENDAR)
    assert caught.value.code == code
