"""Reading a year's list of days off and make-up workdays, as the State Council's office publishes it, and what it changes.

Two spellings: TOML as in `backend/data/calendar.toml`, or CSV with a day and a word (休 or 班) a line. What can't be a
calendar is refused by name and line: a day that does not exist, a day both off and worked, a make-up day in the week.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from msgspec import Struct

from backend.domain.calendar import Calendar, CalendarYear, YearStatus
from backend.domain.refusal import Refusal
from shared_schemas.shapes import is_list, is_mapping

YEARS = range(2000, 2101)
MOST_LINES = 2000
_OFF = frozenset({"休", "放假", "假", "off", "holiday"})
_WORKED = frozenset({"班", "上班", "补班", "调休", "work", "workday", "makeup"})
_HEADINGS = frozenset({"日期", "date", "day"})
_DAY = re.compile(r"([0-9]{4})[-/年]([0-9]{1,2})[-/月]([0-9]{1,2})日?")


class YearChange(Struct, frozen=True):
    """What a new calendar changes about one year: days that become free, days that become worked, its standing."""

    year: int
    status: YearStatus
    was: YearStatus | None
    freed: tuple[date, ...] = ()
    worked: tuple[date, ...] = ()


def read(text: str) -> Mapping[int, CalendarYear]:
    """The years in `text`, TOML or CSV. Raises Refusal("calendar.…") with the line or day."""
    if not text.strip():
        raise Refusal("calendar.empty")
    years = _from_toml(text) if "[" in text else _from_csv(text)
    if not years:
        raise Refusal("calendar.empty")
    for number, year in years.items():
        _check(number, year)
    return years


def merged(before: Calendar, years: Mapping[int, CalendarYear]) -> Calendar:
    """`before` with these years put in the place of its own."""
    return Calendar({**before.years, **years})


def changes(before: Calendar, after: Calendar) -> tuple[YearChange, ...]:
    """Year by year, what is different; empty when nothing is."""
    found: list[YearChange] = []
    for number in sorted(after.years):
        days = [date(number, 1, 1) + timedelta(days=place) for place in range(366)]
        differ = [d for d in days if d.year == number and before.is_workday(d) != after.is_workday(d)]
        old = before.years.get(number)
        change = YearChange(
            number,
            after.years[number].status,
            old.status if old else None,
            tuple(day for day in differ if not after.is_workday(day)),
            tuple(day for day in differ if after.is_workday(day)),
        )
        if differ or change.status is not change.was:
            found.append(change)
    return tuple(found)


def plain(calendar: Calendar) -> dict[str, dict[str, object]]:
    """As `calendar_of` reads it: years by text, days as ISO text."""
    return {
        str(number): {
            "status": year.status.value,
            "off": sorted(day.isoformat() for day in year.off),
            "makeup_workdays": sorted(day.isoformat() for day in year.makeup_workdays),
        }
        for number, year in sorted(calendar.years.items())
    }


def _from_toml(text: str) -> dict[int, CalendarYear]:
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        raise Refusal("calendar.not_readable") from None
    years: dict[int, CalendarYear] = {}
    for name, entry in data.items():
        if not (name.isascii() and name.isdigit()):
            continue  # notes and test vectors stand beside the years
        if not is_mapping(entry):
            raise Refusal("calendar.not_readable")
        years[int(name[:6])] = CalendarYear(
            _status(entry.get("status", YearStatus.OFFICIAL)),
            frozenset(_days(entry.get("off", ()))),
            frozenset(_days(entry.get("makeup_workdays", ()))),
        )
    return years


def _status(word: object) -> YearStatus:
    try:
        return YearStatus(str(word))
    except ValueError:
        raise Refusal("calendar.not_readable") from None


def _days(values: object) -> Iterator[date]:
    if not is_list(values):
        raise Refusal("calendar.not_readable")
    for value in values:
        yield value if type(value) is date else _day(str(value))


def _day(text: str, line: int = 0) -> date:
    found = _DAY.fullmatch(text.strip())
    try:
        return date(*map(int, found.groups())) if found else date.fromisoformat(text.strip())
    except ValueError:
        raise Refusal("calendar.no_such_day", text=text.strip()[:30], line=line) from None


def _from_csv(text: str) -> dict[int, CalendarYear]:
    off: set[date] = set()
    worked: set[date] = set()
    lines = text.removeprefix("\ufeff").splitlines()
    if len(lines) > MOST_LINES:
        raise Refusal("calendar.not_readable")
    for number, cells in enumerate(csv.reader(lines), start=1):
        filled = [cell.strip() for cell in cells]
        if not any(filled) or filled[0].casefold() in _HEADINGS:
            continue
        day, word = _day(filled[0], number), (filled[1] if len(filled) > 1 else "").casefold()
        if word not in _OFF | _WORKED:
            raise Refusal("calendar.no_kind", text=word[:20], line=number)
        (off if word in _OFF else worked).add(day)
    numbers = sorted({day.year for day in off | worked})
    return {
        number: CalendarYear(
            YearStatus.OFFICIAL,
            frozenset(day for day in off if day.year == number),
            frozenset(day for day in worked if day.year == number),
        )
        for number in numbers
    }


def _check(number: int, year: CalendarYear) -> None:
    if number not in YEARS:
        raise Refusal("calendar.year_out_of_range", year=str(number))
    if stray := [day for day in year.off | year.makeup_workdays if day.year != number]:
        raise Refusal("calendar.other_year", day=min(stray).isoformat(), year=str(number))
    if both := year.off & year.makeup_workdays:
        raise Refusal("calendar.off_and_worked", day=min(both).isoformat())
    if weekdays := [day for day in year.makeup_workdays if day.weekday() < 5]:
        raise Refusal("calendar.makeup_on_weekday", day=min(weekdays).isoformat())
    if year.status is YearStatus.OFFICIAL and not year.off:
        raise Refusal("calendar.no_days_off", year=str(number))
