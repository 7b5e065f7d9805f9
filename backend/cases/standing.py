"""Where a case stands, in the shape pages and API show it: headline, beads, clock and timeline.

Built from the row and the log alone, without personal data, so the same value serves a public scan and the owner.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from backend.cases import clocks, timeline
from backend.domain import clock, silence
from backend.domain.calendar import Calendar, day_of
from backend.domain.case import DECIDED, STAGE_OF
from shared_schemas.case import Case, Event
from shared_schemas.clock import Due, Reading, Standstill
from shared_schemas.matter import Matter
from shared_schemas.vocabulary import Stage, Step, Verb

# Steps in which the next move is the citizen's: the only things that are boat red.
YOUR_MOVE = frozenset({Step.CORRECTING, Step.SUPPLEMENTING, Step.ISSUED})
# Verbs after which the way ends before its last bead, and the bead at which it ends.
_ENDED_BY = {
    Verb.DECLINE: Stage.ACCEPTANCE,
    Verb.REFUSE: Stage.DECISION,
    Verb.WITHDRAW: Stage.RECEIPT,
    Verb.TERMINATE: Stage.REVIEW,
}
_ENDED_EN = {Verb.WITHDRAW: "Withdrawn", Verb.REFUSE: "Refused", Verb.TERMINATE: "Terminated"}


class Bead(Struct, frozen=True):
    """One of the five beads; `state` is done, now (your move), go (ours), bad (ended here) or ""."""

    zh: str
    en: str
    state: str


class Standing(Struct, frozen=True):
    """Where a case stands.

    `stops`: the standstills so far, told in writing; `paused`: days of the clock that they took. `if_answered`: with a
    correction open, the last day of the decision if it were answered today. `told_by`: before acceptance, the day by
    which the applicant hears from the hall. `is_decided`: the clocks have stopped for good, `is_over`: nothing more is
    waited for.
    """

    headline_zh: str
    headline_en: str
    is_your_move: bool
    beads: tuple[Bead, ...]
    lines: tuple[timeline.Line, ...]
    clock: Reading | None = None
    told_by: date | None = None
    is_over: bool = False
    is_decided: bool = False
    stops: tuple[Standstill, ...] = ()
    paused: int = 0
    is_extended: bool = False
    if_answered: Due | None = None

    @property
    def is_stopped(self) -> bool:
        """Whether the clock stands still now."""
        return self.clock is not None and self.clock.due.is_stopped


def headline(case: Case, *, for_public: bool = False) -> tuple[str, str]:
    """One line, in Chinese and English; a stranger is not told that it is his turn."""
    if case.ended_as in timeline.ENDED:
        return timeline.ENDED[case.ended_as]
    return (timeline.STANDS_PUBLIC if for_public else timeline.STANDS)[case.step]


def is_over(step: Step) -> bool:
    """Whether nothing more will happen that the citizen waits for."""
    return step in DECIDED and step not in (Step.GRANTED, Step.ISSUED)


def of(
    case: Case,
    matter: Matter,
    events: list[Event],
    calendar: Calendar,
    today: date,
    standstills: tuple[Standstill, ...] = (),
    *,
    for_public: bool = False,
) -> Standing:
    """The standing of `case` on `today`; `events` oldest first, `matter` in the version it was filed under."""
    zh, en = headline(case, for_public=for_public)
    return Standing(
        headline_zh=zh,
        headline_en=en,
        is_your_move=case.step in YOUR_MOVE,
        beads=_beads(case.step, [event.verb for event in events]),
        lines=tuple(timeline.lines(events)),
        clock=clocks.read(case, matter, standstills, today),
        stops=standstills,
        paused=clocks.paused(case, matter, standstills, today),
        is_extended=case.extended_by > 0,
        if_answered=clock.if_answered_today(today, matter.promised, calendar) if case.step is Step.CORRECTING else None,
        told_by=_told_by(case, events, calendar),
        is_over=is_over(case.step),
        is_decided=case.step in DECIDED,
    )


def _beads(step: Step, verbs: list[Verb]) -> tuple[Bead, ...]:
    if Verb.REOPEN in verbs:  # how it ended before is over
        verbs = [Verb.ACCEPT, *verbs[len(verbs) - verbs[::-1].index(Verb.REOPEN) :]]
    ending = next((verb for verb in reversed(verbs) if verb in _ENDED_BY), None)
    if ending is Verb.WITHDRAW:
        here = STAGE_OF[Step.ACCEPTED] if {Verb.ACCEPT, Verb.DEEM_ACCEPTED} & set(verbs) else Stage.RECEIPT
    else:
        here = _ENDED_BY[ending] if ending else STAGE_OF[step]
    stages = list(Stage)
    if ending:
        ended = Bead(ending.zh, _ENDED_EN.get(ending, "Not accepted"), "bad")
        return (*(Bead(s.zh, s.en, "done") for s in stages[: stages.index(here)]), ended)
    state = "done" if step in (Step.COLLECTED, Step.CLOSED) else "now" if step in YOUR_MOVE else "go"
    at = stages.index(here)
    return tuple(
        Bead(s.zh, s.en, "done" if place < at else state if place == at else "") for place, s in enumerate(stages)
    )


def _told_by(case: Case, events: list[Event], calendar: Calendar) -> date | None:
    """§32(4) counts from receipt, and anew from the day the corrections came in."""
    if case.step is not Step.RECEIVED:
        return None
    return clock.told_by(day_of(silence.came_in_at(events)), calendar).day
