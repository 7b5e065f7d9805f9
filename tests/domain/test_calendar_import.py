"""A published list is read in either spelling, and what can't be a calendar is refused by line or day."""

from __future__ import annotations

from datetime import date

import pytest

from backend import calendars
from backend.domain import calendar_import
from backend.domain.calendar import YearStatus, calendar_of
from backend.domain.refusal import Refusal

CALENDAR = calendars.shipped()
CSV = "日期,类型\n2027-02-06,休\n2027-02-08,休\n2027/2/9,放假\n2027年2月20日,班\n"
TOML = '[2027]\nstatus = "official"\noff = ["2027-02-06", "2027-02-08", 2027-02-09]\nmakeup_workdays = ["2027-02-20"]\n'


@pytest.mark.parametrize("text", [CSV, TOML, "\ufeff" + CSV, CSV.replace("\n", "\r\n")])
def test_both_spellings_say_the_same(text: str) -> None:
    year = calendar_import.read(text)[2027]
    assert year.status is YearStatus.OFFICIAL
    assert year.off == {date(2027, 2, 6), date(2027, 2, 8), date(2027, 2, 9)}
    assert year.makeup_workdays == {date(2027, 2, 20)}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "calendar.empty"),
        ("  \n ", "calendar.empty"),
        ("日期,类型\n", "calendar.empty"),
        ("2027-02-30,休", "calendar.no_such_day"),
        ("2027-13-01,休", "calendar.no_such_day"),
        ("2027-02,休", "calendar.no_such_day"),
        ("过年,休", "calendar.no_such_day"),
        ("2027-02-06,也许", "calendar.no_kind"),
        ("2027-02-06", "calendar.no_kind"),
        ("2027-02-06,休\n2027-02-06,班", "calendar.off_and_worked"),
        ("2027-02-06,休\n2027-02-22,班", "calendar.makeup_on_weekday"),
        ("2027-02-20,班", "calendar.no_days_off"),
        ("1066-10-14,休", "calendar.year_out_of_range"),
        ('[2027]\noff = ["2028-01-01"]', "calendar.other_year"),
        ('[2027]\noff = ["2027-02-30"]', "calendar.no_such_day"),
        ("[2027]\noff = 7", "calendar.not_readable"),
        ('[2027]\nstatus = "perhaps"\noff = ["2027-01-01"]', "calendar.not_readable"),
        ("[2027", "calendar.not_readable"),
        ("[2027]\noff = [2027-02-06T10:00:00]", "calendar.no_such_day"),
    ],
)
def test_what_can_not_be_a_calendar_is_refused_by_name(text: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        calendar_import.read(text)
    assert refused.value.code == code


def test_a_line_that_is_wrong_is_named() -> None:
    with pytest.raises(Refusal) as refused:
        calendar_import.read("2027-02-06,休\n2027-02-31,休")
    assert (refused.value.facts["line"], refused.value.facts["text"]) == (2, "2027-02-31")


def test_what_changes_is_told_year_by_year() -> None:
    after = calendar_import.merged(CALENDAR, calendar_import.read(CSV))
    (change,) = calendar_import.changes(CALENDAR, after)
    assert (change.year, change.was, change.status) == (2027, YearStatus.PROVISIONAL, YearStatus.OFFICIAL)
    assert change.freed == (date(2027, 2, 9),)
    # New year's day and others of the provisional list are not in this one; the 20th is worked though a Saturday.
    assert date(2027, 2, 20) in change.worked and date(2027, 1, 1) in change.worked
    assert calendar_import.changes(after, after) == ()


def test_kept_and_read_again_it_is_the_same() -> None:
    assert calendar_of(calendar_import.plain(CALENDAR)) == CALENDAR
