"""The working calendar: weekends, holidays off, make-up workdays (调休), year by year.

A year that is not published yet is reckoned with what is known of it, and every day that rests on it is marked
provisional: never silently wrong, never blocking (DOMAIN.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum

from msgspec import Struct

from shared_schemas.clock import Due
from shared_schemas.shapes import is_list

# China has one zone and no summer time since 1992, so a fixed offset needs no zone data.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
_ONE = timedelta(days=1)


def day_of(now: datetime) -> date:
    """The day in Asia/Shanghai on which the aware instant `now` falls."""
    if now.tzinfo is None:
        msg = "an instant must be aware"
        raise ValueError(msg)
    return now.astimezone(SHANGHAI).date()


class YearStatus(StrEnum):
    """Whether the State Council has published the year."""

    OFFICIAL = "official"
    PROVISIONAL = "provisional"


class CalendarYear(Struct, frozen=True):
    """What one year changes about plain weekdays."""

    status: YearStatus
    off: frozenset[date] = frozenset()
    makeup_workdays: frozenset[date] = frozenset()


class Calendar(Struct, frozen=True):
    """Years by number; a year that is missing has plain weekends and is provisional."""

    years: Mapping[int, CalendarYear]

    def is_workday(self, day: date) -> bool:
        """Whether the hall works on `day`."""
        year = self.years.get(day.year)
        if year is not None:
            if day in year.makeup_workdays:
                return True
            if day in year.off:
                return False
        return day.weekday() < 5

    def is_settled(self, day: date) -> bool:
        """Whether what `is_workday` says of `day` can no longer change.

        The last days of December belong to the next year's notice: 29 December 2018, a Saturday, was made a
        workday by the notice for 2019 (国办发明电〔2018〕15号).
        """
        depends_on = [day.year + 1, day.year] if (day.month, day.day) >= (12, 28) else [day.year]
        years = (self.years.get(number) for number in depends_on)
        return all(year is not None and year.status is YearStatus.OFFICIAL for year in years)

    def rests_on_unpublished(self, start: date, end: date) -> bool:
        """Whether any day after `start` up to and including `end` is not settled."""
        if end <= start:
            return False
        if not (self.is_settled(start + _ONE) and self.is_settled(end)):
            return True
        # Only year ends can be unsettled between two settled days.
        return any(not self.is_settled(date(year, 12, 31)) for year in range((start + _ONE).year, end.year))

    def add_workdays(self, start: date, count: int) -> Due:
        """The `count`-th workday after `start`; `start` itself is not counted. Zero gives `start`."""
        if count < 0:
            msg = "workdays are counted forward"
            raise ValueError(msg)
        day, left = start, count
        while left:
            day += _ONE
            left -= self.is_workday(day)
        return Due(day, self.rests_on_unpublished(start, day))

    def workdays_between(self, start: date, end: date) -> int:
        """Workdays after `start` up to and including `end`; negative when `end` comes first."""
        if end < start:
            return -self.workdays_between(end, start)
        return sum(self.is_workday(start + _ONE * place) for place in range(1, (end - start).days + 1))

    def rolled_over(self, day: date) -> date:
        """`day`, or the next workday when the hall is closed on it (民法典 §203)."""
        while not self.is_workday(day):
            day += _ONE
        return day


def calendar_of(data: Mapping[str, Mapping[str, object]]) -> Calendar:
    """A calendar from parsed data: {"2026": {"status", "off": [days], "makeup_workdays": [days]}, …}.

    Days are ISO text or dates. Other keys (notes, test vectors) are passed over. Raises ValueError with the place.
    """
    years: dict[int, CalendarYear] = {}
    for name, entry in data.items():
        if name.isdigit():
            number = int(name)
            years[number] = CalendarYear(
                YearStatus(str(entry["status"])),
                _days(number, "off", entry.get("off", ())),
                _days(number, "makeup_workdays", entry.get("makeup_workdays", ())),
            )
            if twice := years[number].off & years[number].makeup_workdays:
                msg = f"calendar {number}: {min(twice)} is both off and a workday"
                raise ValueError(msg)
    return Calendar(years)


def _days(year: int, key: str, values: object) -> frozenset[date]:
    if not is_list(values):
        msg = f"calendar {year}.{key}: a list of days is needed"
        raise ValueError(msg)
    days = frozenset(value if isinstance(value, date) else date.fromisoformat(str(value)) for value in values)
    if stray := [day for day in days if day.year != year]:
        msg = f"calendar {year}.{key}: {min(stray)} is of another year"
        raise ValueError(msg)
    return days
