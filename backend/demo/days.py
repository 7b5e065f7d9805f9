"""When things happen in the demo's story: so many working days ago, within the hall's hours, never in the future."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from backend import calendars
from backend.domain.calendar import SHANGHAI, day_of

_OPENS, _CLOSES = time(9, 5), time(16, 50)
_SHORTEST = timedelta(minutes=30)
_LATELY = timedelta(minutes=2)


def workday_before(today: date, count: int) -> date:
    """The working day `count` working days before `today`; 0 is today itself, whatever day it is."""
    day = today
    while count:
        day -= timedelta(days=1)
        count -= calendars.current().is_workday(day)
    return day


def day_off_before(day: date) -> date:
    """The last day before `day` on which the hall was closed."""
    day -= timedelta(days=1)
    while calendars.current().is_workday(day):
        day -= timedelta(days=1)
    return day


def hours_of(day: date, now: datetime) -> tuple[datetime, datetime]:
    """From when to when staff acted on `day`.

    Today it is what has passed of the opening hours. A demo that is opened at night or on a day off still shows a day
    at work: then it is what has passed of the day.
    """
    start, end = _at(day, _OPENS), _at(day, _CLOSES)
    if day < day_of(now):
        return start, end
    last = now - _LATELY
    if calendars.current().is_workday(day) and last - start >= _SHORTEST:
        return start, min(end, last)
    midnight = _at(day, time())
    return midnight, max(midnight, last)


def at_hour(day: date, hour: float) -> datetime:
    """That hour (20.5 is half past eight in the evening) of `day` in the hall's zone."""
    return _at(day, time()) + timedelta(hours=hour)


def _at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, SHANGHAI).astimezone(UTC)
