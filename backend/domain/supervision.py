"""Supervision: with whom a case is and since when, what makes it stall, and when a rule speaks (again).

Amber at 80 % of the limit, red when over [L] (DOMAIN.md, "Case and its law"); a clock that stands still reminds nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from types import MappingProxyType

from msgspec import Struct

from backend.domain.authority import POWER, CaseFacts
from backend.domain.calendar import Calendar, day_of
from backend.domain.case import next_step
from shared_schemas.case import Event
from shared_schemas.clock import Light
from shared_schemas.supervision import Holder, Trigger, WatchRule
from shared_schemas.vocabulary import Step, Tier, Verb

# Somebody of the hall still has to do something, or the applicant has to come for it.
IN_CARE = (
    Step.RECEIVED,
    Step.CORRECTING,
    Step.ACCEPTED,
    Step.SUPPLEMENTING,
    Step.REVIEWED,
    Step.CHECKED,
    Step.GRANTED,
    Step.ISSUED,
)
_HELD_BY = MappingProxyType(
    {
        Step.CORRECTING: Holder.APPLICANT,
        Step.SUPPLEMENTING: Holder.APPLICANT,
        Step.ACCEPTED: Holder.APPROVERS,
        Step.REVIEWED: Holder.APPROVERS,
        Step.CHECKED: Holder.APPROVERS,
        Step.GRANTED: Holder.DECIDER,
        Step.ISSUED: Holder.COLLECTION,
    }
)
_ONE = timedelta(days=1)
_FORWARD = (Verb.GRANT, Verb.CHECK, Verb.REVIEW)


class Stay(Struct, frozen=True):
    """A span in which a case stood at one step. `by_name` moved it there (empty: the applicant or the hall itself).

    `until` None: it stands there now.
    """

    step: Step
    since: datetime
    verb: Verb
    by_name: str
    until: datetime | None = None


def stays(events: Iterable[Event]) -> tuple[Stay, ...]:
    """Every stay of a case, oldest first; what happens beside the path moves nothing."""
    found: list[Stay] = []
    step: Step | None = None
    for event in events:
        after = next_step(step, event.verb)
        if after is not step:
            if found:
                last = found[-1]
                found[-1] = Stay(last.step, last.since, last.verb, last.by_name, event.at)
            found.append(Stay(after, event.at, event.verb, event.by_name if event.by_kind == "officer" else ""))
        step = after
    return tuple(found)


def held_by(step: Step, *, is_taken: bool) -> Holder:
    """With whom a case at `step` is; `is_taken`: a clerk took it."""
    if step is Step.RECEIVED:
        return Holder.CLERK if is_taken else Holder.POOL
    return _HELD_BY.get(step, Holder.NOBODY)


def tier_of(case: CaseFacts) -> Tier | None:
    """The lowest tier whose signature leads the case on; None where none does. The rules of signing come with the facts."""
    moves = [(case.mode, case.step, verb) for verb in _FORWARD if case.step]
    tiers = [case.needs[move].tier for move in moves if move in case.needs]
    return min(tiers, key=lambda tier: POWER[tier], default=None)


def had_it(case: CaseFacts) -> frozenset[int | None]:
    """Who can't sign any more: he accepted, surveyed or signed the case on its way here."""
    signed = {case.reviewed_by, case.checked_by} if case.step in (Step.REVIEWED, Step.CHECKED) else set[int | None]()
    return frozenset({case.accepted_by, *case.surveyed_by, *signed})


def light_of(on: date, amber_on: date | None, due_on: date | None) -> Light:
    """One clock on the day `on` (the day it stopped, for one that stands still)."""
    if due_on is not None and on > due_on:
        return Light.RED
    return Light.AMBER if amber_on is not None and on >= amber_on else Light.GREEN


class Began(Struct, frozen=True):
    """A stall: since which day, and what it is about, so that the next one of its kind is another."""

    since: date
    about: str


class Times(Struct, frozen=True, kw_only=True):
    """The days of an open case that rules look at."""

    step: Step
    step_since: datetime
    is_stopped: bool = False
    promised_amber_on: date | None = None
    promised_due_on: date | None = None
    statutory_amber_on: date | None = None
    statutory_due_on: date | None = None


def began(rule: WatchRule, case: Times, calendar: Calendar, today: date) -> Began | None:
    """Whether a rule about limits or waiting speaks of this case today. A clock that stands still reminds nobody."""
    if case.is_stopped:
        return None
    found: Began | None = None
    match rule.trigger:
        case Trigger.AMBER:
            found = _near(case.promised_amber_on, case.promised_due_on, today)
        case Trigger.RED:
            found = _over(case.promised_due_on, today)
        case Trigger.LAW_AMBER:
            found = _near(case.statutory_amber_on, case.statutory_due_on, today)
        case Trigger.LAW_RED:
            found = _over(case.statutory_due_on, today)
        case Trigger.WAITING if rule.step is case.step:
            found = late(day_of(case.step_since), rule.days, calendar, today, about=case.step_since.isoformat())
        case _:
            pass
    return found


def _near(amber_on: date | None, due_on: date | None, today: date) -> Began | None:
    if amber_on is None or due_on is None or not amber_on <= today <= due_on:
        return None
    return Began(amber_on, due_on.isoformat())


def _over(due_on: date | None, today: date) -> Began | None:
    if due_on is None or today <= due_on:
        return None
    return Began(due_on + _ONE, due_on.isoformat())


def late(since: date, days: int, calendar: Calendar, today: date, *, about: str) -> Began | None:
    """What was to happen within `days` working days after `since` did not."""
    last = calendar.add_workdays(since, days).day
    return Began(last + _ONE, about) if today > last else None


def round_of(rule: WatchRule, began_on: date, calendar: Calendar, today: date) -> int:
    """Which time the rule speaks: 0 at first, then one more every `again_every` working days.

    A job that slept for a month speaks once, not for every round it missed.
    """
    if not rule.again_every:
        return 0
    return max(0, calendar.workdays_between(began_on, today)) // rule.again_every
