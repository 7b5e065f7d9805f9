"""One case as the machine leads it: its facts, its papers' days, its standstills, and the log."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from backend.domain import chain
from backend.domain.authority import CaseFacts
from backend.domain.calendar import day_of
from backend.domain.case import UNDER_WAY
from shared_schemas.case import Event
from shared_schemas.clock import Standstill, StandstillKind
from shared_schemas.matter import Limit
from shared_schemas.people import OfficerActor
from shared_schemas.vocabulary import Verb
from tests.domain import slow
from tests.domain.slow import ARTICLE_45, Hall, Span, open_days
from tests.domain.writes import NOTHING, Given, fold

CASE_NO = "3304020120261122000017"


class Deed(Struct, frozen=True):
    """A line of the log, for who judges: `kind` is officer, citizen or law; the facts before and after it."""

    verb: Verb
    kind: str
    by: OfficerActor | None
    on: date
    before: CaseFacts
    after: CaseFacts
    given: Given


@dataclass
class Life:
    """The case with everything the hall's rows know of it."""

    facts: CaseFacts
    now: datetime
    promised: Limit
    statutory: Limit
    span: Limit | None
    hall: Hall
    events: list[Event] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    standstills: list[Standstill] = field(default_factory=list)
    accepted_on: date | None = None
    decided_on: date | None = None
    extended_by: int = 0
    answer_by: date | None = None
    supply_by: slow.Due | None = None
    told_on: date | None = None
    asked_on: date | None = None
    held_on: date | None = None

    @property
    def today(self) -> date:
        return day_of(self.now)

    @property
    def came_in(self) -> date:
        """When the papers that lie with the organ came in: at receipt, or with the last answer."""
        brought = (Verb.RECEIVE, Verb.ANSWER_CORRECTION)
        return [day_of(event.at) for event in self.events if event.verb in brought][-1]

    def seen(self) -> CaseFacts:
        """The facts as loaded now, with the first day on which something of the applicant's is due."""
        answer = self.answer_by if self.facts.has_open_correction else None
        supply = self.supply_by.day if self.supply_by and self.facts.step in UNDER_WAY else None
        supply = supply if self.facts.lacks_materials else None
        return replace(self.facts, owed_by=min((day for day in (answer, supply) if day), default=None))

    def do(self, verb: Verb, kind: str, by: OfficerActor | None, given: Given = NOTHING) -> None:
        """Write the verb down: event, facts, days. Whether it may be done was asked before."""
        before = self.seen()
        if verb is Verb.GIVE_OPINION and by is not None and by.department is not None:
            given = replace(given, department=by.department)
        self.facts = fold(before, verb, by.id if by else None, given)
        self._log(verb, kind, by)
        DAYS.get(verb, _no_day)(self, given)
        self.deeds.append(Deed(verb, kind, by, self.today, before, self.seen(), given))
        self.now += timedelta(minutes=1)

    def _log(self, verb: Verb, kind: str, by: OfficerActor | None) -> None:
        previous = self.events[-1].hash if self.events else chain.START
        number, name = (by.id, by.name) if by else (None, kind)
        seq = len(self.events) + 1
        signed = chain.signatory(kind, number, name)
        digest = chain.event_hash(
            previous=previous, case_no=CASE_NO, seq=seq, verb=verb, by=signed, at=self.now, particulars={}
        )
        self.events.append(Event(seq, verb, kind, number, name, self.now, {}, previous, digest))

    def stop(self, kind: StandstillKind, *, is_told: bool = True) -> None:
        self.standstills.append(Standstill(kind, self.today, was_told_in_writing=is_told))

    def go_on(self, *kinds: StandstillKind) -> None:
        self.standstills = [
            replace(each, ends_on=self.today) if each.kind in kinds and each.ends_on is None else each
            for each in self.standstills
        ]

    def serve(self, on: date) -> None:
        """The notice that was not served yet arrived on this day; the clock stands still from then on."""
        self.standstills = [
            replace(each, starts_on=on, was_told_in_writing=True)
            if each.ends_on is None and not each.was_told_in_writing
            else each
            for each in self.standstills
        ]

    def spans(self) -> list[Span]:
        """The standstills for the slow reckoning."""
        return [Span(str(s.kind), s.starts_on, s.ends_on, s.was_told_in_writing) for s in self.standstills]


def _no_day(_life: Life, _given: Given) -> None:
    """Most verbs move no day."""


def _accepted(life: Life, _given: Given) -> None:
    """Both clocks begin; what follows is due within five working days, and never after the promised day."""
    life.accepted_on, life.decided_on, life.standstills, life.extended_by = life.today, None, [], 0
    within = slow.due(life.today, 5, "working_day", [], life.today)
    promised = slow.due(life.today, life.promised.n, str(life.promised.unit), [], life.today)
    life.supply_by = min(each for each in (within, promised) if each) if life.facts.lacks_materials else None


def _deemed(life: Life, given: Given) -> None:
    """§32(4): what the law accepts is dated back to the day on which the papers came in."""
    _accepted(life, given)
    life.accepted_on = life.came_in


def _asked(life: Life, given: Given) -> None:
    life.answer_by = open_days(life.today, given.answer_within)


def _supplement(life: Life, given: Given) -> None:
    _asked(life, given)
    life.stop(StandstillKind.SUPPLEMENT)


def _answered(life: Life, _given: Given) -> None:
    life.answer_by = None
    life.go_on(StandstillKind.SUPPLEMENT)


def _told(life: Life, _given: Given) -> None:
    life.told_on = life.today


def _wanted(life: Life, _given: Given) -> None:
    life.asked_on = life.today


def _fixed(life: Life, _given: Given) -> None:
    """Put off, or given to another presider: the clock that stands still stays so."""
    if not any(each.kind is StandstillKind.HEARING and each.ends_on is None for each in life.standstills):
        life.stop(StandstillKind.HEARING)


def _extended(life: Life, _given: Given) -> None:
    life.extended_by = life.span.n if life.span else 0


def _decided(life: Life, _given: Given) -> None:
    life.decided_on = life.today


_PROCEDURES = tuple(StandstillKind(name) for name in sorted(ARTICLE_45 - {"hearing"}))
DAYS: Mapping[Verb, Callable[[Life, Given], None]] = MappingProxyType(
    {
        Verb.ACCEPT: _accepted,
        Verb.REOPEN: _accepted,
        Verb.DEEM_ACCEPTED: _deemed,
        Verb.ASK_CORRECTION: _asked,
        Verb.ASK_SUPPLEMENT: _supplement,
        Verb.ANSWER_CORRECTION: _answered,
        Verb.ANSWER_SUPPLEMENT: _answered,
        Verb.START_PROCEDURE: lambda life, given: life.stop(given.kind, is_told=given.is_served),
        Verb.END_PROCEDURE: lambda life, _given: life.go_on(*_PROCEDURES),
        Verb.TELL_HEARING: _told,
        Verb.ASK_HEARING: _wanted,
        Verb.FIX_HEARING: _fixed,
        Verb.HOLD_HEARING: lambda life, _given: life.go_on(StandstillKind.HEARING),
        Verb.DISPATCH_SURVEY: lambda life, _given: life.stop(StandstillKind.SURVEY),
        Verb.CONCLUDE_SURVEY: lambda life, _given: life.go_on(StandstillKind.SURVEY),
        Verb.EXTEND: _extended,
        Verb.GRANT: _decided,
        Verb.REFUSE: _decided,
        Verb.WITHDRAW: _decided,
        Verb.TERMINATE: _decided,
    }
)
