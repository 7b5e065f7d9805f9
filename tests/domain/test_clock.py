"""The two clocks of a case, against the published vectors and an independent, slow reckoning."""

import tomllib
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend import calendars
from backend.domain import clock
from backend.domain.clock import ClockRules
from shared_schemas.clock import ClockKind, Due, Light, Standstill, StandstillKind
from shared_schemas.matter import Limit
from shared_schemas.vocabulary import TimeUnit

DATA = tomllib.loads(calendars.DATA.read_text(encoding="utf-8"))
CALENDAR = calendars.current()
FRIDAY = date(2026, 11, 20)


def working(n: int) -> Limit:
    return Limit(n, TimeUnit.WORKING_DAY)


@pytest.mark.parametrize("vector", DATA["vectors"], ids=lambda vector: f"{vector['start']}+{vector['working_days']}")
def test_published_vectors(vector):
    pauses = ()
    if "pause_from" in vector:
        span = (date.fromisoformat(vector["pause_from"]), date.fromisoformat(vector["pause_to"]))
        pauses = (Standstill(StandstillKind.EXPERT_REVIEW, *span),)
    start = date.fromisoformat(vector["start"])
    assert clock.due(start, working(vector["working_days"]), pauses, CALENDAR) == Due(date.fromisoformat(vector["due"]))


DAYS = st.dates(date(2025, 1, 1), date(2026, 9, 1))


@st.composite
def standstills(draw) -> tuple[Standstill, ...]:
    spans = draw(st.lists(st.tuples(st.integers(-10, 40), st.integers(0, 30)), max_size=3))
    start = draw(DAYS)
    return start, tuple(
        Standstill(StandstillKind.TESTING, start + timedelta(days=after), start + timedelta(days=after + length))
        for after, length in spans
    )


def slow_due(start: date, limit: Limit, pauses: tuple[Standstill, ...]) -> date:
    """Written from the law, not from the code: list the days, strike some out, take the n-th, roll over."""
    holidays = {day for year in ("2025", "2026", "2027") for day in DATA[year]["off"]}
    makeup = {day for year in ("2025", "2026", "2027") for day in DATA[year]["makeup_workdays"]}

    def is_open(day: date) -> bool:
        return day.isoformat() in makeup or (day.isoweekday() <= 5 and day.isoformat() not in holidays)

    struck = {p.starts_on + timedelta(days=n) for p in pauses for n in range(1, (p.ends_on - p.starts_on).days + 1)}
    days = [start + timedelta(days=n) for n in range(1, 800)]
    days = [day for day in days if day not in struck]
    if limit.unit is TimeUnit.WORKING_DAY:
        return [start, *filter(is_open, days)][limit.n]
    if limit.unit is TimeUnit.NATURAL_DAY:
        wanted = limit.n
    else:
        year, month, day = start.year, start.month + limit.n, start.day
        while month > 12:
            year, month = year + 1, month - 12
        while True:
            try:
                end = date(year, month, day)
                break
            except ValueError:
                day -= 1
        wanted = (end - start).days
    last = [start, *days][wanted]
    while not is_open(last):
        last += timedelta(days=1)
    return last


@given(standstills(), st.integers(0, 45), st.sampled_from([TimeUnit.WORKING_DAY, TimeUnit.NATURAL_DAY, TimeUnit.MONTH]))
def test_due_days_agree_with_the_slow_reckoning(case, n, unit):
    start, pauses = case
    limit = Limit(n % 5 if unit is TimeUnit.MONTH else n, unit)
    assert clock.due(start, limit, pauses, CALENDAR).day == slow_due(start, limit, pauses)


@given(standstills(), st.integers(1, 30), st.integers(0, 60))
def test_used_and_left_add_up_to_the_limit_until_it_is_over(case, n, later):
    start, pauses = case
    today = start + timedelta(days=later)
    reading = clock.read(start, working(n), pauses, CALENDAR, today)
    assert (reading.light is Light.RED) == (today > reading.due.day)
    if today <= reading.due.day:
        assert reading.used + reading.left == n
    else:
        assert reading.left <= 0, "0 on the weekend after a Friday: over, though no workday has gone by"


@given(DAYS, st.integers(1, 30), st.integers(1, 20))
def test_a_longer_standstill_never_brings_the_day_nearer(start, n, length):
    pause = Standstill(StandstillKind.HEARING, start, start + timedelta(days=length))
    longer = Standstill(StandstillKind.HEARING, start, start + timedelta(days=length + 1))
    assert (
        clock.due(start, working(n), (), CALENDAR)
        <= clock.due(start, working(n), (pause,), CALENDAR)
        <= clock.due(start, working(n), (longer,), CALENDAR)
    )


def test_on_the_spot_is_today_and_none_has_no_day():
    assert clock.due(FRIDAY, Limit(0, TimeUnit.ON_THE_SPOT), (), CALENDAR) == Due(FRIDAY)
    assert clock.due(FRIDAY, Limit(), (), CALENDAR) is None
    assert clock.read(FRIDAY, Limit(), (), CALENDAR, FRIDAY) is None
    spot = Limit(0, TimeUnit.ON_THE_SPOT)
    assert clock.read(FRIDAY, spot, (), CALENDAR, FRIDAY).light is Light.AMBER
    assert clock.read(FRIDAY, spot, (), CALENDAR, FRIDAY + timedelta(days=1)).light is Light.RED


def test_a_month_ends_on_the_corresponding_day_or_the_last():
    month = Limit(1, TimeUnit.MONTH)
    assert clock.due(date(2026, 3, 16), month, (), CALENDAR).day == date(2026, 4, 16)
    assert clock.due(date(2026, 1, 31), month, (), CALENDAR).day == date(2026, 2, 28), "28 February 2026 is worked"


def test_natural_days_roll_over_a_holiday():
    # 20 September + 15 = 5 October 2026, inside the National Day week that ends on the 7th.
    assert clock.due(date(2026, 9, 20), Limit(15, TimeUnit.NATURAL_DAY), (), CALENDAR).day == date(2026, 10, 8)


def test_an_open_standstill_is_reckoned_until_today_and_says_so():
    still = Standstill(StandstillKind.APPRAISAL, FRIDAY)
    due = clock.due(FRIDAY, working(5), (still,), CALENDAR, today=date(2026, 11, 25))
    assert due == Due(date(2026, 12, 2), is_stopped=True)


def test_amber_at_80_percent_and_red_the_day_after():
    start = date(2026, 11, 2)
    lights = {day: clock.read(start, working(10), (), CALENDAR, date(2026, 11, day)).light for day in (11, 12, 16, 17)}
    assert lights == {11: Light.GREEN, 12: Light.AMBER, 16: Light.AMBER, 17: Light.RED}
    assert clock.read(start, working(10), (), CALENDAR, date(2026, 11, 18)).left == -2


def test_only_article_45_stops_the_statutory_clock_and_only_when_told_in_writing():
    untold = Standstill(StandstillKind.TESTING, FRIDAY, was_told_in_writing=False)
    told = Standstill(StandstillKind.TESTING, FRIDAY)
    supplement = Standstill(StandstillKind.SUPPLEMENT, FRIDAY)
    survey = Standstill(StandstillKind.SURVEY, FRIDAY)
    everything = (untold, told, supplement, survey)
    assert clock.of_clock(everything, ClockKind.STATUTORY) == (told,)
    assert clock.of_clock(everything, ClockKind.PROMISED) == (told,)
    rules = ClockRules(supplement_stops_promised=True, survey_stops_clock=True)
    assert clock.of_clock(everything, ClockKind.STATUTORY, rules) == (told, survey)
    assert clock.of_clock(everything, ClockKind.PROMISED, rules) == (told, supplement, survey)


def test_silence_for_five_workdays_is_acceptance_from_the_day_of_receipt():
    assert clock.told_by(FRIDAY, CALENDAR) == Due(date(2026, 11, 27))
    assert clock.deemed_accepted_on(FRIDAY, date(2026, 11, 27), CALENDAR) is None
    assert clock.deemed_accepted_on(FRIDAY, date(2026, 11, 28), CALENDAR) == FRIDAY
    assert clock.deemed_accepted_on(date(2027, 1, 4), date(2027, 2, 1), CALENDAR) is None, "the calendar may change"


def test_if_you_answered_today():
    assert clock.if_answered_today(FRIDAY, working(5), CALENDAR) == Due(date(2026, 12, 4))
    assert clock.if_answered_today(FRIDAY, Limit(), CALENDAR) is None
    assert clock.if_answered_today(FRIDAY, working(25), CALENDAR).is_provisional


def test_an_extension_keeps_the_unit():
    assert clock.extended(working(20), working(10)) == working(30)
    with pytest.raises(ValueError, match="extended"):
        clock.extended(working(20), Limit(10, TimeUnit.NATURAL_DAY))


@pytest.mark.parametrize(
    ("limit", "own", "added"),
    [
        (Limit(20, TimeUnit.WORKING_DAY), Limit(), 10),
        (Limit(20, TimeUnit.WORKING_DAY), Limit(5, TimeUnit.WORKING_DAY), 5),
        (Limit(2, TimeUnit.MONTH), Limit(1, TimeUnit.MONTH), 1),
        (Limit(2, TimeUnit.MONTH), Limit(), None),
        (Limit(0, TimeUnit.ON_THE_SPOT), Limit(), None),
        (Limit(), Limit(), None),
    ],
)
def test_one_extension_adds_the_matters_own_span_or_the_laws_ten_working_days(limit, own, added):
    span = clock.extension_of(limit, own)
    assert (span.n if span else None) == added
