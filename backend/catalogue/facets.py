"""Which matters each filter leaves: sets of positions, made once per catalogue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct

from shared_schemas.matter import Matter
from shared_schemas.vocabulary import ApplicantKind, Channel

Positions = frozenset[int]


class Facets(Struct, frozen=True):
    """{value: positions} for each filter."""

    department: Mapping[str, Positions]
    life_event: Mapping[str, Positions]
    applicant: Mapping[str, Positions]
    channel: Mapping[str, Positions]
    everything: Positions

    @classmethod
    def of(cls, matters: Sequence[Matter], events: Mapping[str, Sequence[str]]) -> Facets:
        """Sort the matters, in their order, by every filter."""
        department: dict[str, set[int]] = defaultdict(set)
        life_event: dict[str, set[int]] = defaultdict(set)
        applicant: dict[str, set[int]] = defaultdict(set)
        channel: dict[str, set[int]] = defaultdict(set)
        for at, matter in enumerate(matters):
            department[matter.department].add(at)
            for event in events.get(matter.code, ()):
                life_event[event].add(at)
            for kind in matter.applicants:
                applicant[kind].add(at)
            for way in matter.channels:
                channel[way].add(at)
        return cls(
            _frozen(department),
            _frozen(life_event),
            _frozen(applicant),
            _frozen(channel),
            frozenset(range(len(matters))),
        )

    def narrow(
        self,
        department: str = "",
        life_event: str = "",
        applicant: ApplicantKind | None = None,
        channel: Channel | None = None,
    ) -> Positions:
        """The positions that every given filter leaves; an unknown department or event leaves none."""
        left = self.everything
        if department:
            left &= self.department.get(department, frozenset())
        if life_event:
            left &= self.life_event.get(life_event, frozenset())
        if applicant:
            left &= self.applicant.get(applicant, frozenset())
        if channel:
            left &= self.channel.get(channel, frozenset())
        return left


def _frozen(found: Mapping[str, set[int]]) -> dict[str, Positions]:
    return {value: frozenset(positions) for value, positions in found.items()}
