"""容缺受理: accepted without what may follow, on the applicant's own signed promise, until a day inside the promised limit.

行政许可法 §32 asks for complete papers; what the hall waives for a while is the hall's own rule [L] and the applicant's
choice, so it is signed for, and late means that the case is terminated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType

from backend.domain.authority import CaseFacts, need_role
from backend.domain.calendar import Calendar
from backend.domain.refusal import Refusal
from shared_schemas.clock import Due
from shared_schemas.people import OfficerActor
from shared_schemas.vocabulary import Role, Verb

SUPPLY_WITHIN = 5  # [L] working days after acceptance
CITIZENS = frozenset({Verb.PROMISE, Verb.SUPPLY})


def supply_by(accepted_on: date, promised: Due | None, calendar: Calendar) -> Due:
    """The last day for what was to follow, never later than the promised day of the result."""
    within = calendar.add_workdays(accepted_on, SUPPLY_WITHIN)
    return min(within, promised) if promised else within


def is_late(due: Due, today: date) -> bool:
    """Whether the hall ends the case by itself: a day that rests on an unpublished year never does that."""
    return today > due.day and not due.is_provisional


def refuse_settled(case: CaseFacts, verb: Verb) -> None:
    """Raises Refusal("case.nothing_promised") or "case.nothing_follows" where nothing is left to sign or to hand in."""
    if verb is Verb.PROMISE and not case.has_unsigned_promise:
        raise Refusal("case.nothing_promised")
    if verb is Verb.SUPPLY and not case.lacks_materials:
        raise Refusal("case.nothing_follows")


def is_signature_of(typed: str, names: frozenset[str]) -> bool:
    """Whether a typed signature is one of these full names; spaces and the dot of minority names are spelled freely."""
    return _plain(typed) in {_plain(name) for name in names if _plain(name)}


def _plain(name: str) -> str:
    return "".join(name.split()).replace("•", "·").replace("・", "·").casefold()


def _at_any_window(verb: Verb) -> Callable[[CaseFacts, OfficerActor, datetime], None]:
    def judge(case: CaseFacts, officer: OfficerActor, _now: datetime) -> None:
        need_role(officer, Role.ACCEPTANCE_CLERK, verb)
        refuse_settled(case, verb)

    return judge


CHECKS: Mapping[Verb, Callable[[CaseFacts, OfficerActor, datetime], None]] = MappingProxyType(
    {verb: _at_any_window(verb) for verb in sorted(CITIZENS)}
)
