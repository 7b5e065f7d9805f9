"""The working calendar against its published vectors and a slow second reckoning."""

import tomllib
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from backend import calendars
from backend.domain.calendar import Calendar, CalendarYear, YearStatus, calendar_of, day_of

DATA = tomllib.loads(calendars.DATA.read_text(encoding="utf-8"))
CALENDAR = calendars.current()
DAYS = st.dates(date(2025, 1, 1), date(2026, 11, 1))


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_year_has_as_many_workdays_as_published(year):
    days = (date(year, 1, 1) + timedelta(days=place) for place in range(365))
    assert sum(map(CALENDAR.is_workday, days)) == DATA[str(year)]["workdays_total"]


def test_makeup_days_count_and_holidays_do_not():
    assert CALENDAR.is_workday(date(2026, 10, 10)), "a Saturday worked for the National Day week"
    assert not CALENDAR.is_workday(date(2026, 10, 7))


@given(DAYS, st.integers(0, 40))
def test_adding_and_counting_workdays_agree(start, count):
    due = CALENDAR.add_workdays(start, count)
    assert CALENDAR.workdays_between(start, due.day) == count
    assert CALENDAR.workdays_between(due.day, start) == -count
    assert due.day == start or CALENDAR.is_workday(due.day)
    assert CALENDAR.is_workday(CALENDAR.rolled_over(start)) and CALENDAR.rolled_over(start) >= start


def test_a_day_that_rests_on_an_unpublished_year_says_so():
    assert not CALENDAR.add_workdays(date(2026, 11, 23), 20).is_provisional
    assert CALENDAR.add_workdays(date(2026, 12, 28), 5).is_provisional
    assert CALENDAR.add_workdays(date(2027, 6, 1), 1).is_provisional
    assert CALENDAR.add_workdays(date(2031, 6, 2), 1).is_provisional, "a year we know nothing of"
    assert CALENDAR.add_workdays(date(2026, 12, 24), 5).is_provisional, "late December belongs to the next notice"
    assert not CALENDAR.add_workdays(date(2025, 12, 24), 5).is_provisional


@given(st.dates(date(2024, 6, 1), date(2028, 6, 1)), st.integers(0, 900))
@example(date(2024, 12, 31), 1)  # the last day of a year that was never published is not among the days after it
def test_unpublished_days_are_found_as_by_looking_at_each(start, days):
    end = start + timedelta(days=days)
    each = (start + timedelta(days=place) for place in range(1, days + 1))
    assert CALENDAR.rests_on_unpublished(start, end) == (not all(map(CALENDAR.is_settled, each)))


def test_the_day_is_shanghais():
    assert day_of(datetime(2026, 11, 22, 15, 59, tzinfo=UTC)) == date(2026, 11, 22)
    assert day_of(datetime(2026, 11, 22, 16, 0, tzinfo=UTC)) == date(2026, 11, 23)
    with pytest.raises(ValueError, match="aware"):
        day_of(datetime(2026, 11, 22))


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"status": "maybe"}, "maybe"),
        ({"status": "official", "off": "2027-01-01"}, r"2027\.off"),
        ({"status": "official", "off": ["2026-01-01"]}, "another year"),
        ({"status": "official", "off": ["2027-01-01"], "makeup_workdays": ["2027-01-01"]}, "both off and a workday"),
    ],
)
def test_wrong_data_is_refused_with_its_place(entry, words):
    with pytest.raises(ValueError, match=words):
        calendar_of({"2027": entry})


def test_negative_counts_are_refused():
    with pytest.raises(ValueError, match="forward"):
        Calendar({2026: CalendarYear(YearStatus.OFFICIAL)}).add_workdays(date(2026, 1, 1), -1)
