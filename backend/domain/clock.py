"""The promised and the statutory clock of a case, each with its standstills.

The day of start is not counted (民法典 §201), a last day on which the hall is closed rolls over (§203), make-up
workdays count. While the citizen corrects before acceptance no clock runs: a clock starts with acceptance only.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta

from msgspec import Struct

from backend.domain.calendar import Calendar
from shared_schemas.clock import ClockKind, Due, Light, Reading, Standstill, StandstillKind
from shared_schemas.matter import Limit
from shared_schemas.vocabulary import TimeUnit

_ONE = timedelta(days=1)
# 行政许可法 §32(4): tell everything that is missing within five (working, §82) days, or it counts as accepted.
TELL_WITHIN = 5
AMBER_PERCENT = 80
BY_LAW = Limit(10, TimeUnit.WORKING_DAY)  # §42: the head of the organ may extend once by ten (working, §82) days

# §45 names these and no other. A supplement asked for after acceptance is not among them.
STOPS_BY_LAW = frozenset(StandstillKind) - {StandstillKind.SURVEY, StandstillKind.SUPPLEMENT}


class ClockRules(Struct, frozen=True):
    """What the hall's rules [L] and the matter's own law add to §45."""

    supplement_stops_promised: bool = False
    survey_stops_clock: bool = False


BY_LAW_ALONE = ClockRules()


def stops(standstill: Standstill, kind: ClockKind, rules: ClockRules = BY_LAW_ALONE) -> bool:
    """Whether this standstill stops this clock. By law only after the applicant was told the time in writing."""
    if standstill.kind is StandstillKind.SUPPLEMENT:
        return kind is ClockKind.PROMISED and rules.supplement_stops_promised
    is_named = standstill.kind in STOPS_BY_LAW or rules.survey_stops_clock
    return is_named and standstill.was_told_in_writing


def of_clock(
    standstills: Iterable[Standstill], kind: ClockKind, rules: ClockRules = BY_LAW_ALONE
) -> tuple[Standstill, ...]:
    """The standstills that stop the clock of this kind."""
    return tuple(each for each in standstills if stops(each, kind, rules))


def due(
    accepted_on: date,
    limit: Limit,
    standstills: Iterable[Standstill],
    calendar: Calendar,
    today: date | None = None,
) -> Due | None:
    """The last day of `limit` counted from acceptance; None where there is no limit.

    `standstills` are those of this clock (`of_clock`); they may overlap. One that still lasts is reckoned as if it
    ended `today`, and the answer says `is_stopped`.
    """
    standstills = tuple(standstills)
    spans = _spans(standstills, today)
    is_stopped = any(each.ends_on is None for each in standstills)
    match limit.unit:
        case TimeUnit.NONE:
            return None
        case TimeUnit.ON_THE_SPOT:
            return Due(accepted_on)
        case TimeUnit.WORKING_DAY:
            last = _counted(accepted_on, limit.n, spans, calendar)
        case TimeUnit.NATURAL_DAY:
            last = calendar.rolled_over(_counted(accepted_on, limit.n, spans, None))
        case TimeUnit.MONTH:
            last = calendar.rolled_over(_months_on(accepted_on, limit.n, spans))
    return Due(last, _is_provisional(accepted_on, last, limit.unit, calendar), is_stopped)


def _is_provisional(start: date, last: date, unit: TimeUnit, calendar: Calendar) -> bool:
    if unit is TimeUnit.WORKING_DAY:
        return calendar.rests_on_unpublished(start, last)
    # Natural days and months only ask the calendar whether the hall is open at the end.
    return not calendar.is_settled(last)


def _spans(standstills: Iterable[Standstill], today: date | None) -> tuple[tuple[date, date], ...]:
    """(from, to) of every standstill, its first day not included."""
    return tuple((each.starts_on, each.ends_on or today or each.starts_on) for each in standstills)


def _is_still(day: date, spans: tuple[tuple[date, date], ...]) -> bool:
    return any(start < day <= end for start, end in spans)


def _counted(start: date, count: int, spans: tuple[tuple[date, date], ...], calendar: Calendar | None) -> date:
    """The `count`-th day after `start` that is not in a standstill (and, given a calendar, is a workday)."""
    day = start
    while count > 0:
        day += _ONE
        if not _is_still(day, spans) and (calendar is None or calendar.is_workday(day)):
            count -= 1
    return day


def _months_on(start: date, months: int, spans: tuple[tuple[date, date], ...]) -> date:
    """The corresponding day `months` later, plus the days the clock stood still before that.

    The month's last day where there is none (民法典 §202).
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    corresponding = date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
    return _counted(start, (corresponding - start).days, spans, None)


def used(accepted_on: date, today: date, unit: TimeUnit, standstills: Iterable[Standstill], calendar: Calendar) -> int:
    """Days of the limit used up at the end of `today`, in its unit (months in natural days)."""
    spans = _spans(standstills, today)
    only_workdays = unit is TimeUnit.WORKING_DAY
    days = (accepted_on + _ONE * place for place in range(1, (today - accepted_on).days + 1))
    return sum(not _is_still(day, spans) and (not only_workdays or calendar.is_workday(day)) for day in days)


def left(today: date, last: Due, unit: TimeUnit, standstills: Iterable[Standstill], calendar: Calendar) -> int:
    """Days left after `today`; negative when over the limit. Days to come in a standstill don't count."""
    if last.day < today:
        return -used(last.day, today, unit, (), calendar)
    spans = _spans(standstills, today)
    only_workdays = unit is TimeUnit.WORKING_DAY
    days = (today + _ONE * place for place in range(1, (last.day - today).days + 1))
    return sum(not _is_still(day, spans) and (not only_workdays or calendar.is_workday(day)) for day in days)


def light(today: date, last: Due, days_used: int, total: int) -> Light:
    """Red after the last day; amber from 80 % of the limit on [L] (and on the last day of any limit)."""
    if today > last.day:
        return Light.RED
    return Light.AMBER if today == last.day or days_used * 100 >= AMBER_PERCENT * total else Light.GREEN


def amber_on(
    accepted_on: date, limit: Limit, standstills: Iterable[Standstill], calendar: Calendar, today: date | None = None
) -> date | None:
    """The first day on which `light` is no longer green: 80 % used up, or the last day; None where there is no limit."""
    standstills = tuple(standstills)
    last = due(accepted_on, limit, standstills, calendar, today)
    if last is None:
        return None
    spans = _spans(standstills, today)
    counted = calendar if limit.unit is TimeUnit.WORKING_DAY else None
    total = limit.n if counted else used(accepted_on, last.day, limit.unit, standstills, calendar)
    return min(last.day, _counted(accepted_on, -(-AMBER_PERCENT * total // 100), spans, counted))


def read(
    accepted_on: date, limit: Limit, standstills: Iterable[Standstill], calendar: Calendar, today: date
) -> Reading | None:
    """One clock on `today` (the day of decision for a case that is decided); None where there is no limit."""
    standstills = tuple(standstills)
    last = due(accepted_on, limit, standstills, calendar, today)
    if last is None:
        return None
    days_used = used(accepted_on, today, limit.unit, standstills, calendar)
    days_left = left(today, last, limit.unit, standstills, calendar)
    total = limit.n if limit.unit is TimeUnit.WORKING_DAY else days_used + days_left
    return Reading(last, days_used, days_left, total, light(today, last, days_used, total))


def extended(limit: Limit, by: Limit) -> Limit:
    """A limit with its extension (§42: 10 working days). Raises ValueError when the units differ."""
    if limit.unit is not by.unit:
        msg = f"a limit in {limit.unit} can't be extended in {by.unit}"
        raise ValueError(msg)
    return Limit(limit.n + by.n, limit.unit)


def extension_of(limit: Limit, own: Limit) -> Limit | None:
    """What one extension adds: the matter's own, else §42's ten working days; None where the units don't fit.

    A matter done on the spot, or without a limit, has nothing to extend.
    """
    by = own or BY_LAW
    return by if limit.n and by.n and by.unit is limit.unit else None


def told_by(complete_on: date, calendar: Calendar) -> Due:
    """The last day to say what is missing in papers received (or corrected) on `complete_on`."""
    return calendar.add_workdays(complete_on, TELL_WITHIN)


def deemed_accepted_on(complete_on: date, today: date, calendar: Calendar) -> date | None:
    """The day of acceptance by silence, counted from receipt (§32(4)); None while the organ may still speak.

    Ask only for a case about which the applicant was told nothing. A day that is provisional never deems.
    """
    last = told_by(complete_on, calendar)
    return complete_on if today > last.day and not last.is_provisional else None


def if_answered_today(today: date, limit: Limit, calendar: Calendar) -> Due | None:
    """Of "if you correct today, decided by … at the latest": the full time to look at it, then the full limit."""
    accepted_by = told_by(today, calendar)
    last = due(accepted_by.day, limit, (), calendar)
    if last is None:
        return None
    return Due(last.day, last.is_provisional or accepted_by.is_provisional)
