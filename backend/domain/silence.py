"""Silence of the organ: what it says nothing about in five working days counts as accepted (行政许可法 §32(4))."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from backend.domain import clock
from backend.domain.calendar import Calendar, day_of
from shared_schemas.case import Event
from shared_schemas.vocabulary import Step, Verb

# With each of these the papers lie with the organ, and its five days begin.
CAME_IN = frozenset({Verb.RECEIVE, Verb.ANSWER_CORRECTION})


def came_in_at(events: Sequence[Event]) -> datetime:
    """When the papers that now lie with the organ came in; corrections begin its time anew. `events` oldest first."""
    return [event.at for event in events if event.verb in CAME_IN][-1]


def deemed_accepted_at(step: Step, events: Sequence[Event], today: date, calendar: Calendar) -> datetime | None:
    """The instant from which a case counts as accepted by silence; None while the organ may still speak, or has spoken.

    A case stands in RECEIVED only as long as nothing was said: notice, acceptance and refusal all lead elsewhere.
    """
    if step is not Step.RECEIVED:
        return None
    at = came_in_at(events)
    return at if clock.deemed_accepted_on(day_of(at), today, calendar) else None
