"""Days counted by hand on the State Council's lists, each counting written out: Spring Festival 2026, National Day 2025 and 2026.

Off in 2026: 15 to 23 February, 4 to 6 April, 1 to 5 May, 25 to 27 September, 1 to 7 October. Worked instead: Saturdays
14 and 28 February, 9 May, 10 October, Sunday 20 September. Off in 2025: 1 to 8 October. Worked instead: Sunday
28 September and Saturday 11 October 2025.
"""

from datetime import date, timedelta

import pytest

from backend import calendars
from backend.domain import clock, hearing
from shared_schemas.clock import ClockKind, Light, Standstill, StandstillKind
from shared_schemas.matter import Limit
from shared_schemas.vocabulary import TimeUnit
from tests.domain import slow
from tests.domain.slow import Span

CALENDAR = calendars.current()
WORKING, NATURAL, MONTH = TimeUnit.WORKING_DAY, TimeUnit.NATURAL_DAY, TimeUnit.MONTH


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize("vector", slow.DATA["vectors"], ids=lambda each: f"{each['start']}+{each['working_days']}")
def test_the_published_vectors_hold_for_the_slow_reckoning_too(vector):
    paused = "pause_from" in vector
    spans = [Span("testing", day(vector["pause_from"]), day(vector["pause_to"]), True)] if paused else []
    found = slow.due(day(vector["start"]), vector["working_days"], "working_day", spans, day(vector["due"]))
    assert found == (day(vector["due"]), False)


LIMITS = [
    # Fri 6 Feb 2026 + 10: Feb 9 10 11 12 13 (5), Sat 14 (6), Tue 24 25 26 27 (10).
    ("2026-02-06", 10, WORKING, "2026-02-27"),
    # One more is Sat 28 Feb, which is worked.
    ("2026-02-06", 11, WORKING, "2026-02-28"),
    # Fri 30 Jan 2026 + 20: Feb 2-6 (5), 9-13 (10), Sat 14 (11), 24-27 (15), Sat 28 (16), Mar 2 3 4 5 (20).
    ("2026-01-30", 20, WORKING, "2026-03-05"),
    # Accepted on a worked Saturday, 14 Feb 2026, + 5: 24 25 26 27 (4), Sat 28 (5).
    ("2026-02-14", 5, WORKING, "2026-02-28"),
    # In the middle of the festival, Tue 17 Feb 2026, + 1: Tue 24.
    ("2026-02-17", 1, WORKING, "2026-02-24"),
    # §42 joint handling, 45 from 30 Jan 2026: 20 on Mar 5, Fri 6 (21), 9-13 (26), 16-20 (31), 23-27 (36), Mar 30-Apr 3 (41),
    # Apr 4-6 off, Tue 7 8 9 10 (45).
    ("2026-01-30", 45, WORKING, "2026-04-10"),
    # Fri 26 Sep 2025 + 5: Sun 28 (1), 29 (2), 30 (3), Thu 9 Oct (4), 10 (5).
    ("2025-09-26", 5, WORKING, "2025-10-10"),
    # One more is Sat 11 Oct 2025, which is worked.
    ("2025-09-26", 6, WORKING, "2025-10-11"),
    # Fri 26 Sep 2025 + 20: 28 29 30 (3), Oct 9 10 11 (6), 13-17 (11), 20-24 (16), 27-30 (20).
    ("2025-09-26", 20, WORKING, "2025-10-30"),
    # Mon 14 Sep 2026 + 20: 15-18 (4), Sun 20 (5), 21-24 (9), Fri 25 off, 28 29 30 (12), Oct 8 9 (14), Sat 10 (15), 12-16 (20).
    ("2026-09-14", 20, WORKING, "2026-10-16"),
    # 45 from there: 19-23 (25), 26-30 (30), Nov 2-6 (35), 9-13 (40), 16-20 (45).
    ("2026-09-14", 45, WORKING, "2026-11-20"),
    # Natural days. 3 Feb 2026 + 15 = Wed 18 Feb, inside the festival: Tue 24.
    ("2026-02-03", 15, NATURAL, "2026-02-24"),
    # 30 Jan 2026 + 15 = Sat 14 Feb, which is worked: it stays.
    ("2026-01-30", 15, NATURAL, "2026-02-14"),
    # 20 Jan 2026 + 30 = 11 (to Jan 31) + 19 = Thu 19 Feb, inside the festival: Tue 24.
    ("2026-01-20", 30, NATURAL, "2026-02-24"),
    # 28 Sep 2025 + 7 = Sun 5 Oct, inside the week: Thu 9 Oct.
    ("2025-09-28", 7, NATURAL, "2025-10-09"),
    # 1 Oct 2025 + 10 = Sat 11 Oct, which is worked: it stays.
    ("2025-10-01", 10, NATURAL, "2025-10-11"),
    # 24 Sep 2026 + 3 = Sun 27 Sep, the last of the Mid-Autumn days: Mon 28.
    ("2026-09-24", 3, NATURAL, "2026-09-28"),
    # Months. 5 Sep 2026 + 1 = 5 Oct, inside the week: Thu 8. 15 Jan 2026 + 1 = 15 Feb, the festival's first day: Tue 24.
    ("2026-09-05", 1, MONTH, "2026-10-08"),
    ("2026-01-15", 1, MONTH, "2026-02-24"),
    # 31 Dec 2025 + 2: there is no 31 February, so 28 Feb 2026, a worked Saturday.
    ("2025-12-31", 2, MONTH, "2026-02-28"),
]  # fmt: skip


@pytest.mark.parametrize(("start", "n", "unit", "last"), LIMITS)
def test_a_limit_ends_on_the_day_counted_by_hand(start, n, unit, last):
    found = clock.due(day(start), Limit(n, unit), (), CALENDAR)
    assert (found.day, found.is_provisional) == (day(last), False)
    assert slow.due(day(start), n, str(unit), [], day(start)) == (day(last), False)


STANDSTILLS = [
    # Mon 9 Feb 2026 + 5, testing from Wed 11 to Wed 25: 10 (1), 11 (2: its first day counts), 12-25 struck out,
    # 26 (3), 27 (4), Sat 28 (5).
    ("2026-02-09", 5, WORKING, ("2026-02-11", "2026-02-25"), "2026-02-28"),
    # The same over the days that are off anyhow, Sat 14 to Mon 23: 10 11 12 13 (4), 14 (5: the first day counts).
    ("2026-02-09", 5, WORKING, ("2026-02-14", "2026-02-23"), "2026-02-14"),
    # … from Fri 13: 10 11 12 13 (4), Sat 14 struck out, Tue 24 (5).
    ("2026-02-09", 5, WORKING, ("2026-02-13", "2026-02-23"), "2026-02-24"),
    # Fri 26 Sep 2025 + 5, Mon 29 Sep to Fri 10 Oct: Sun 28 (1), 29 (2), struck out to 10 Oct, Sat 11 (3), 13 (4), 14 (5).
    ("2025-09-26", 5, WORKING, ("2025-09-29", "2025-10-10"), "2025-10-14"),
    # Mon 14 Sep 2026 + 10, 16 to 24 Sep: 15 16 (2), struck out, 28 29 30 (5), Oct 8 9 (7), Sat 10 (8), 12 13 (10).
    ("2026-09-14", 10, WORKING, ("2026-09-16", "2026-09-24"), "2026-10-13"),
    # 20 Sep 2026 + 15 natural, struck out 26 to 30 Sep (5 days): to 25 Sep (5), 1-10 Oct (15): Sat 10, worked.
    ("2026-09-20", 15, NATURAL, ("2026-09-25", "2026-09-30"), "2026-10-10"),
    # 5 Sep 2026 + 1 month is 30 days; 7-10 Sep struck out (4): 5 Oct + 4 = Fri 9 Oct.
    ("2026-09-05", 1, MONTH, ("2026-09-06", "2026-09-10"), "2026-10-09"),
]  # fmt: skip


@pytest.mark.parametrize(("start", "n", "unit", "still", "last"), STANDSTILLS)
def test_a_standstill_is_struck_out_as_by_hand(start, n, unit, still, last):
    began, ended = map(day, still)
    told = Standstill(StandstillKind.TESTING, began, ended)
    assert clock.due(day(start), Limit(n, unit), (told,), CALENDAR).day == day(last)
    assert slow.due(day(start), n, str(unit), [Span("testing", began, ended, True)], ended).day == day(last)
    for kind in ClockKind:  # not told in writing, or not in §45: nothing stands still
        silent = Standstill(StandstillKind.TESTING, began, ended, was_told_in_writing=False)
        supplement = Standstill(StandstillKind.SUPPLEMENT, began, ended)
        assert clock.of_clock((silent, supplement), kind) == ()


EXTENSIONS = [
    # §42(1), twenty and ten from 30 Jan 2026: 20 on Thu 5 Mar, Fri 6 (21), 9-13 (26), 16 17 18 19 (30).
    ("2026-01-30", 20, Limit(), "2026-03-05", "2026-03-19"),
    # Twenty and ten from Fri 26 Sep 2025: 20 on Thu 30 Oct, Fri 31 (21), Nov 3-7 (26), 10 11 12 13 (30).
    ("2025-09-26", 20, Limit(), "2025-10-30", "2025-11-13"),
    # Twenty and ten from Mon 14 Sep 2026: 20 on Fri 16 Oct, 19-23 (25), 26-30 (30).
    ("2026-09-14", 20, Limit(), "2026-10-16", "2026-10-30"),
    # §42(2), joint, forty-five and fifteen from 30 Jan 2026: 45 on Fri 10 Apr, 13-17 (50), 20-24 (55), 27-30 (59),
    # 1-5 May off, Wed 6 May (60).
    ("2026-01-30", 45, Limit(15, WORKING), "2026-04-10", "2026-05-06"),
    # Joint from Mon 14 Sep 2026: 45 on Fri 20 Nov, 23-27 (50), Nov 30-Dec 4 (55), 7-11 (60).
    ("2026-09-14", 45, Limit(15, WORKING), "2026-11-20", "2026-12-11"),
]  # fmt: skip


@pytest.mark.parametrize(("start", "n", "own", "before", "last"), EXTENSIONS)
def test_an_extension_adds_its_days_at_the_end(start, n, own, before, last):
    limit = Limit(n, WORKING)
    assert clock.due(day(start), limit, (), CALENDAR).day == day(before)
    span = clock.extension_of(limit, own)
    longer = clock.extended(limit, span)
    assert clock.due(day(start), longer, (), CALENDAR).day == day(last)
    assert slow.due(day(start), longer.n, "working_day", [], day(start)).day == day(last)


SILENCE = [
    # Received Thu 12 Feb 2026: 13 (1), Sat 14 (2), 24 (3), 25 (4), 26 (5).
    ("2026-02-12", "2026-02-26"),
    # By phone in the middle of the festival, Sun 15 Feb: 24 25 26 27 (4), Sat 28 (5).
    ("2026-02-15", "2026-02-28"),
    # Tue 30 Sep 2025: Oct 9 10 (2), Sat 11 (3), 13 14 (5).
    ("2025-09-30", "2025-10-14"),
    # Sat 19 Sep 2026: Sun 20 (1), 21-24 (5).
    ("2026-09-19", "2026-09-24"),
    # Wed 30 Sep 2026: Oct 8 9 (2), Sat 10 (3), 12 13 (5).
    ("2026-09-30", "2026-10-13"),
]


@pytest.mark.parametrize(("received", "last"), SILENCE)
def test_silence_accepts_on_the_day_after_the_fifth_and_back_to_receipt(received, last):
    start, end = day(received), day(last)
    assert clock.told_by(start, CALENDAR).day == end
    assert clock.deemed_accepted_on(start, end, CALENDAR) is None
    assert not slow.is_deemed(start, end)
    assert clock.deemed_accepted_on(start, end + timedelta(days=1), CALENDAR) == start
    assert slow.is_deemed(start, end + timedelta(days=1))


def test_a_hearing_over_spring_festival():
    # Told Tue 10 Feb 2026, five days to choose: 11 12 13 (3), Sat 14 (4), Tue 24 (5).
    assert hearing.choose_by(day("2026-02-10"), CALENDAR) == day("2026-02-24") == slow.open_days(day("2026-02-10"), 5)
    # Asked on the last of them, fixed on Wed 25. Seven days' notice: 26 27 (2), Sat 28 (3), Mar 2 3 4 5 (7).
    # Within twenty of the request: 25 26 27 (3), Sat 28 (4), Mar 2-6 (9), 9-13 (14), 16-20 (19), Mon 23 (20).
    days = (day("2026-03-05"), day("2026-03-23"))
    assert hearing.may_be_held(day("2026-02-24"), day("2026-02-25"), CALENDAR) == days
    assert slow.hearing_days(day("2026-02-24"), day("2026-02-25")) == days


def test_a_hearing_over_national_day():
    # Asked Fri 18 Sep 2026, fixed the same day. Notice: Sun 20 (1), 21-24 (5), 28 29 (7).
    # Within twenty: 20 (1), 21-24 (5), 28-30 (8), Oct 8 9 (10), Sat 10 (11), 12-16 (16), 19 20 21 22 (20).
    days = (day("2026-09-29"), day("2026-10-22"))
    assert hearing.may_be_held(day("2026-09-18"), day("2026-09-18"), CALENDAR) == days
    assert slow.hearing_days(day("2026-09-18"), day("2026-09-18")) == days
    # Fixed so late that both can't be kept: only the notice binds. From Mon 19 Oct: 20-23 (4), 26 27 28 (7).
    late = (day("2026-10-28"), day("2026-10-28"))
    assert hearing.may_be_held(day("2026-09-18"), day("2026-10-19"), CALENDAR) == late


def test_amber_and_red_over_national_day():
    # Twenty from Mon 14 Sep 2026 end on Fri 16 Oct. Sat 10 Oct is the fifteenth (75 %), Mon 12 the sixteenth (80 %).
    lights = {
        text: clock.read(day("2026-09-14"), Limit(20, WORKING), (), CALENDAR, day(text)).light
        for text in ("2026-10-10", "2026-10-11", "2026-10-12", "2026-10-16", "2026-10-17")
    }
    assert list(lights.values()) == [Light.GREEN, Light.GREEN, Light.AMBER, Light.AMBER, Light.RED]


def test_what_rests_on_the_unpublished_year_is_said_to_be_provisional():
    # Thu 10 Dec 2026 + 20: 11 (1), 14-18 (6), 21-25 (11), 28-31 (15), Fri 1 Jan off, 4-8 Jan 2027 (20), if it stays so.
    found = clock.due(day("2026-12-10"), Limit(20, WORKING), (), CALENDAR)
    assert (found.day, found.is_provisional) == (day("2027-01-08"), True)
    assert slow.due(day("2026-12-10"), 20, "working_day", [], day("2026-12-10")) == (day("2027-01-08"), True)
