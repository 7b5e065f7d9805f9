"""What is told, to whom, in which words; and when a phone may ring."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.calendar import SHANGHAI
from backend.domain.notice_words import LEADS, NOTICES
from backend.domain.notices import (
    OLD_NEWS,
    TELLS,
    addressees,
    correction_reminder,
    is_loud,
    is_wanted,
)
from backend.domain.quiet import DAY, QuietHours, may_ring_at
from shared_schemas.notice import ChannelName, NoticeKind, NoticeTopic, Party, WhoIsTold
from shared_schemas.vocabulary import Verb

CHINESE = re.compile(r"[\u4e00-\u9fff]")
MINUTES = st.integers(0, DAY - 1)
INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))
QUIET = st.builds(QuietHours, st.booleans(), MINUTES, MINUTES, st.booleans())
ACCOUNTS = st.none() | st.integers(1, 3)


def test_every_verb_says_whether_it_is_told() -> None:
    assert set(TELLS) == set(Verb)
    assert {kind for kind in TELLS.values() if kind} <= set(NOTICES) == set(NoticeKind)


@pytest.mark.parametrize("kind", NoticeKind)
def test_words_are_whole_in_both_languages_and_name_nobody(kind: NoticeKind) -> None:
    notice = NOTICES[kind]
    assert notice.leads in LEADS
    for words, day in ((notice.zh, "11月26日"), (notice.en, "26 Nov")):
        told = [words.title, words.said(day, 2), words.button, *([words.said("", 2)] if words.plain else [])]
        assert all(told)
        assert not [text for text in told if re.search(r"[{}]", text)]
        assert all(bool(CHINESE.search(text)) == (words is notice.zh) for text in told if day not in text)
        places = {*re.findall(r"{(\w+)}", words.say + words.plain)}
        assert places <= {"due", "n"}, "a day and a count are all a notice may carry"


def test_what_time_runs_out_for_is_the_readers_move() -> None:
    assert all(notice.topic is NoticeTopic.YOUR_MOVE for notice in NOTICES.values() if notice.is_urgent)


@given(QUIET, INSTANTS, st.booleans())
def test_nobody_is_rung_in_quiet_hours_and_never_earlier(quiet: QuietHours, at: datetime, is_urgent: bool) -> None:
    rung = may_ring_at(quiet, at, is_urgent=is_urgent)
    local = rung.astimezone(SHANGHAI)
    assert at <= rung < at + timedelta(days=1)
    if not (is_urgent and quiet.urgent_anyway):
        assert not quiet.holds_at(local.hour * 60 + local.minute)
    assert may_ring_at(quiet, rung, is_urgent=is_urgent) == rung


@given(QUIET, INSTANTS)
def test_outside_quiet_hours_nothing_waits(quiet: QuietHours, at: datetime) -> None:
    local = at.astimezone(SHANGHAI)
    if not quiet.holds_at(local.hour * 60 + local.minute):
        assert may_ring_at(quiet, at, is_urgent=False) == at


def test_the_default_night_ends_at_seven() -> None:
    late = datetime(2026, 11, 23, 22, 30, 5, tzinfo=SHANGHAI)
    assert may_ring_at(QuietHours(), late, is_urgent=True) == datetime(2026, 11, 24, 7, 0, tzinfo=SHANGHAI)
    assert may_ring_at(QuietHours(urgent_anyway=True), late, is_urgent=True) == late
    assert may_ring_at(QuietHours(urgent_anyway=True), late, is_urgent=False) > late


@given(st.sampled_from(WhoIsTold), ACCOUNTS, ACCOUNTS, st.booleans(), st.booleans())
def test_somebody_is_told_and_nobody_twice(
    who: WhoIsTold, owner: int | None, applicant: int | None, has_own_number: bool, has_helper_number: bool
) -> None:
    found = addressees(who, owner, applicant, has_own_number=has_own_number, has_helper_number=has_helper_number)
    accounts = [to.citizen for to in found if to.citizen is not None]
    assert len(accounts) == len(set(accounts))
    assert len({to.party for to in found}) == len(found)
    if owner is not None:  # the inbox of whoever filed is the record, whoever else is told
        assert found[0].citizen == owner
        assert found[0].party is Party.OWNER
    if owner is not None or applicant is not None or has_own_number:
        assert any(to.is_loud for to in found)
    if who is WhoIsTold.HELPER and owner is not None:
        assert len(found) == 1


def test_a_helper_may_leave_the_ringing_to_the_applicant() -> None:
    helper, mother = addressees(WhoIsTold.APPLICANT, 1, None, has_own_number=True)
    assert (helper.is_loud, mother.is_loud, mother.citizen) == (False, True, None)


def test_old_news_and_what_one_did_oneself_ring_no_bell() -> None:
    fresh = timedelta(minutes=1)
    assert is_loud(NoticeKind.GRANTED, Verb.GRANT, is_own_act=False, age=fresh)
    assert not is_loud(NoticeKind.GRANTED, Verb.GRANT, is_own_act=False, age=OLD_NEWS + fresh)
    assert not is_loud(NoticeKind.WITHDRAWN, Verb.WITHDRAW, is_own_act=True, age=fresh)
    assert is_loud(NoticeKind.RECEIVED, Verb.RECEIVE, is_own_act=True, age=fresh)
    assert not is_loud(NoticeKind.CLOSED, Verb.CLOSE, is_own_act=False, age=fresh)


def test_a_choice_wins_over_the_default() -> None:
    assert is_wanted(NoticeTopic.YOUR_MOVE, ChannelName.SMS, {})
    assert not is_wanted(NoticeTopic.PROGRESS, ChannelName.SMS, {})
    assert not is_wanted(NoticeTopic.YOUR_MOVE, ChannelName.SMS, {("your_move", "sms"): False})
    assert is_wanted(NoticeTopic.PROGRESS, ChannelName.SMS, {("progress", "sms"): True})


def test_a_correction_is_reminded_of_the_day_before_and_after() -> None:
    due = date(2026, 11, 26)
    assert [correction_reminder(due, due + timedelta(days=days)) for days in (-3, -2, -1, 0, 1, 9)] == [
        None,
        None,
        NoticeKind.CORRECTION_DUE,
        NoticeKind.CORRECTION_DUE,
        NoticeKind.CORRECTION_OVER,
        NoticeKind.CORRECTION_OVER,
    ]
