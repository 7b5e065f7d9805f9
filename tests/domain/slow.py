"""The law's days, counted a second time: slowly, one day after the other, from DOMAIN.md and the statutes themselves.

Nothing of `backend.domain` is used here, so that a mistake there can't hide behind itself: the calendar is read from its
file, a limit is a list of days of which some are struck out. Who changes a rule of counting must change it here too.
"""

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

_FILE = Path(__file__).parents[2] / "backend/data/calendar.toml"
DATA = tomllib.loads(_FILE.read_text(encoding="utf-8"))
_YEARS = [year for year in DATA if year.isdigit()]
_OFF = {day for year in _YEARS for day in DATA[year]["off"]}
_MAKEUP = {day for year in _YEARS for day in DATA[year]["makeup_workdays"]}
_PUBLISHED = {int(year) for year in _YEARS if DATA[year]["status"] == "official"}
# 行政许可法 §45, word for word: 听证、招标、拍卖、检验、检测、检疫、鉴定和专家评审.
ARTICLE_45 = {"hearing", "tender", "auction", "inspection", "testing", "quarantine", "appraisal", "expert_review"}


class Span(NamedTuple):
    """A standstill: days after `begins` up to and including `ends` (None: it lasts) are struck out."""

    kind: str
    begins: date
    ends: date | None
    is_told: bool


class Hall(NamedTuple):
    """What the hall's own rules [L] and the matter's own law add."""

    supplement_stops_promised: bool = False
    survey_stops_clock: bool = False


def is_open(day: date) -> bool:
    """Whether the hall works: make-up days count, days off do not, else Monday to Friday."""
    if day.isoformat() in _MAKEUP:
        return True
    return day.isoformat() not in _OFF and day.isoweekday() <= 5


def is_settled(day: date) -> bool:
    """Whether no notice can change this day any more; the last four of December are in the next year's too."""
    needed = {day.year, day.year + 1} if day.month == 12 and day.day >= 28 else {day.year}
    return needed <= _PUBLISHED


def after(day: date, days: int = 1) -> date:
    """So many days later."""
    return day + timedelta(days=days)


def open_days(start: date, count: int) -> date:
    """The `count`-th open day after `start`, which is not counted itself (民法典 §201)."""
    day = start
    for _ in range(count):
        day = after(day)
        while not is_open(day):
            day = after(day)
    return day


def stops(span: Span, clock: str, hall: Hall) -> bool:
    """Whether a standstill stops this clock: "statutory" or "promised"."""
    if span.kind == "supplement":  # not in §45: never the statutory one, the promised one where the hall says so
        return clock == "promised" and hall.supplement_stops_promised
    if span.kind == "survey":  # a task inside the clock, unless the matter's own law says otherwise
        return hall.survey_stops_clock and span.is_told
    return span.kind in ARTICLE_45 and span.is_told


def struck(spans: list[Span], today: date) -> set[date]:
    """The days that do not count; what still lasts is struck out up to today."""
    out: set[date] = set()
    for span in spans:
        day = after(span.begins)
        while day <= (span.ends or today):
            out.add(day)
            day = after(day)
    return out


class Due(NamedTuple):
    """The last day of a limit, and whether it may still change with an unpublished calendar."""

    day: date
    is_provisional: bool


def due(start: date, n: int, unit: str, spans: list[Span], today: date) -> Due | None:
    """The last day of `n` days, working days or months after `start`; `spans` are those that stop this clock."""
    if unit == "none":
        return None
    if unit == "on_the_spot":
        return Due(start, False)
    out = struck(spans, today)
    if unit == "working_day":
        day, counted, rests_on = start, 0, []
        while counted < n:
            day = after(day)
            rests_on.append(day)
            counted += day not in out and is_open(day)
        return Due(day, not all(map(is_settled, rests_on)))
    wanted, day = (n if unit == "natural_day" else (corresponding(start, n) - start).days), start
    while wanted:
        day = after(day)
        wanted -= day not in out
    rests_on = [day]
    while not is_open(day):  # 民法典 §203: the last day is a holiday
        day = after(day)
        rests_on.append(day)
    return Due(day, not is_settled(rests_on[-1]))


def corresponding(start: date, months: int) -> date:
    """The same day so many months later, or the month's last day (民法典 §202)."""
    year, month = start.year, start.month
    for _ in range(months):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    for day in range(start.day, 0, -1):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")


def used(start: date, today: date, unit: str, spans: list[Span]) -> int:
    """Days of the limit gone by at the end of today."""
    out, day, count = struck(spans, today), start, 0
    while day < today:
        day = after(day)
        count += day not in out and (unit != "working_day" or is_open(day))
    return count


def light(start: date, today: date, last: date, n: int, unit: str, spans: list[Span]) -> str:
    """Red after the last day, amber on it and from 80 % of the limit on [L]."""
    if today > last:
        return "red"
    gone = used(start, today, unit, spans)
    whole = n
    if unit != "working_day":  # in natural days, those that are still to come and will count included
        out, day, whole = struck(spans, today), today, gone
        while day < last:
            day = after(day)
            whole += day not in out
    return "amber" if today == last or gone * 5 >= whole * 4 else "green"


def is_deemed(came_in: date, today: date) -> bool:
    """§32(4): five working days over without a word. Never by a calendar that may still change."""
    last = open_days(came_in, 5)
    rests_on = [after(came_in, place) for place in range(1, (last - came_in).days + 1)]
    return today > last and all(map(is_settled, rests_on))


def hearing_days(asked: date, today: date) -> tuple[date, date]:
    """§47 and §48: at least seven working days' notice, within twenty of the request; the notice comes first."""
    first = open_days(today, 7)
    return first, max(first, open_days(asked, 20))
