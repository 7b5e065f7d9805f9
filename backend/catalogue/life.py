"""Which life events a matter belongs to: rules are data (data/life_events.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path

import msgspec
from msgspec import Struct

from shared_schemas.life_event import LifeEvent
from shared_schemas.matter import Matter
from shared_schemas.vocabulary import ApplicantKind

_SOURCE = Path(__file__).parent.parent / "data" / "life_events.toml"


class Rule(Struct, frozen=True, forbid_unknown_fields=True):
    """One event and what draws a matter into it."""

    code: str
    zh: str
    en: str
    icon: str
    departments: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    not_words: tuple[str, ...] = ()
    matters: frozenset[str] = frozenset()
    applicants: frozenset[ApplicantKind] = frozenset()
    is_rest: bool = False  # takes what no other event takes, so that browsing reaches every matter

    def takes(self, matter: Matter) -> bool:
        """True when the matter belongs to this event."""
        if matter.code in self.matters:
            return True
        if any(word in matter.name for word in self.not_words):
            return False
        if self.applicants and not self.applicants.intersection(matter.applicants):
            return False
        if matter.department in self.departments or self.groups.intersection(matter.groups):
            return True
        said = "\n".join((matter.name, *matter.aliases))
        return any(word in said for word in self.words)


def _rules() -> tuple[Rule, ...]:
    rows = tomllib.loads(_SOURCE.read_text(encoding="utf-8"))["life_events"]
    return msgspec.convert(rows, tuple[Rule, ...])


RULES = _rules()
EVENTS = tuple(LifeEvent(rule.code, rule.zh, rule.en, rule.icon) for rule in RULES)


def sort_out(matters: Iterable[Matter]) -> dict[str, tuple[str, ...]]:
    """{matter code: life event codes}, in the order of the data file."""
    rest = tuple(rule.code for rule in RULES if rule.is_rest)
    return {m.code: tuple(rule.code for rule in RULES if rule.takes(m)) or rest for m in matters}
