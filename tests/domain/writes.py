"""What each verb writes into the case's rows, in one place: the facts that the law will be asked with next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from backend.domain.authority import CaseFacts
from backend.domain.case import next_step
from shared_schemas.clock import StandstillKind
from shared_schemas.side_ways import Extension, Hearing, Survey
from shared_schemas.vocabulary import Step, Verb


class Given(Struct, frozen=True):
    """What the doer of a verb chose: the one form of all verbs, of which each reads its own."""

    kind: StandstillKind = StandstillKind.TESTING
    is_served: bool = True
    answer_within: int = 5
    successor: int = 1
    presider: int = 12
    surveyors: frozenset[int] = frozenset({71, 72})
    is_conflict: bool = False
    department: str = "hjj"
    is_upheld: bool = True


NOTHING = Given()
Writes = Callable[[CaseFacts, int | None, Given], dict[str, Any]]


def fold(facts: CaseFacts, verb: Verb, by: int | None, given: Given) -> CaseFacts:
    """The facts after `verb`, done by the officer `by` (None: the applicant, or the hall itself)."""
    step = next_step(facts.step, verb)
    changes = WRITES[verb](facts, by, given) if verb in WRITES else {}
    return replace(facts, step=step, has_open_correction=step in (Step.CORRECTING, Step.SUPPLEMENTING), **changes)


def _in_hand(facts: CaseFacts, by: int | None, _given: Given) -> dict[str, Any]:
    return {"handler": by, "first_handler": facts.first_handler or by}


def _sent_back(facts: CaseFacts, _by: int | None, _given: Given) -> dict[str, Any]:
    return {"checked_by": None} if facts.step is Step.CHECKED else {"reviewed_by": None}


def _stepped_aside(facts: CaseFacts, by: int | None, _given: Given) -> dict[str, Any]:
    """Off the case at once; what lay on his desk goes back to the pool."""
    assert by is not None
    in_hand = facts.step is Step.RECEIVED and facts.handler == by
    declared = {"recused": facts.recused | {by}, "recusals_open": facts.recusals_open | {by}}
    return declared | ({"handler": None} if in_hand else {})


def _handed_on(facts: CaseFacts, _by: int | None, given: Given) -> dict[str, Any]:
    in_hand = {"handler": given.successor} if facts.handler == facts.first_handler else {}
    return {"first_handler": given.successor, **in_hand}


def whose_recusal(facts: CaseFacts) -> int:
    """Of several that wait, the one that is answered first."""
    return min(facts.recusals_open)


def _recusal_answered(facts: CaseFacts, _by: int | None, given: Given) -> dict[str, Any]:
    """Upheld: a first handler has a successor, so that no case is nobody's. Denied: he may go on."""
    whose = whose_recusal(facts)
    changes: dict[str, Any] = {"recusals_open": facts.recusals_open - {whose}}
    if not given.is_upheld:
        return changes | {"recused": facts.recused - {whose}}
    if facts.first_handler == whose:
        changes["first_handler"] = given.successor
    if facts.handler == whose or (facts.handler is None and facts.first_handler == whose):
        changes["handler"] = given.successor if facts.first_handler == whose else None
    return changes


def _surveyed(facts: CaseFacts, _by: int | None, given: Given) -> dict[str, Any]:
    return {
        "survey": Survey.CONCLUDED,
        "surveyed_by": facts.surveyed_by | facts.surveyors,
        "surveyors": frozenset[int](),
        "survey_conflict": given.is_conflict,
    }


def _made_anew(_facts: CaseFacts, _by: int | None, _given: Given) -> dict[str, Any]:
    """From acceptance on: the decision and what it rested on is gone, who accepted it is not."""
    gone = ("reviewed_by", "checked_by", "decided_by", "ended_as")
    return (
        dict.fromkeys(gone)
        | {"has_minutes": False, "has_open_procedure": False, "has_breach": False}
        | {
            "extension": Extension.NONE,
            "extension_asked_by": None,
        }
    )


# Verbs that are not here move the case and write nothing else that the law asks for.
WRITES: Mapping[Verb, Writes] = MappingProxyType(
    {
        Verb.TAKE: _in_hand,
        Verb.ASK_CORRECTION: _in_hand,
        Verb.ACCEPT: lambda facts, by, given: _in_hand(facts, by, given) | {"accepted_by": by},
        Verb.DECLINE: lambda facts, by, given: _in_hand(facts, by, given) | {"decided_by": by},
        Verb.REVIEW: lambda _f, by, _g: {"reviewed_by": by},
        Verb.CHECK: lambda _f, by, _g: {"checked_by": by},
        Verb.SEND_BACK: _sent_back,
        Verb.GRANT: lambda _f, by, _g: {"decided_by": by},
        Verb.REFUSE: lambda _f, by, _g: {"decided_by": by},
        Verb.RATE: lambda _f, _by, _g: {"is_rated": True},
        Verb.CLOSE: lambda facts, _by, _g: {"ended_as": facts.step},
        Verb.PROMISE: lambda _f, _by, _g: {"has_unsigned_promise": False, "has_commitment": True},
        Verb.RECORD_BREACH: lambda _f, _by, _g: {"has_breach": True},
        Verb.SUPPLY: lambda _f, _by, _g: {"lacks_materials": False, "has_unsigned_promise": False},
        Verb.TERMINATE: lambda _f, by, _g: {"decided_by": by},
        Verb.START_PROCEDURE: lambda _f, _by, _g: {"has_open_procedure": True},
        Verb.END_PROCEDURE: lambda _f, _by, _g: {"has_open_procedure": False},
        Verb.ASK_EXTENSION: lambda _f, by, _g: {"extension": Extension.ASKED, "extension_asked_by": by},
        Verb.EXTEND: lambda _f, _by, _g: {"extension": Extension.GIVEN},
        Verb.DENY_EXTENSION: lambda _f, _by, _g: {"extension": Extension.DENIED},
        Verb.TELL_HEARING: lambda _f, _by, _g: {"hearing": Hearing.TOLD},
        Verb.ASK_HEARING: lambda _f, _by, _g: {"hearing": Hearing.ASKED},
        Verb.WAIVE_HEARING: lambda _f, _by, _g: {"hearing": Hearing.OVER},
        Verb.FIX_HEARING: lambda _f, _by, given: {"hearing": Hearing.FIXED, "hearing_presider": given.presider},
        Verb.HOLD_HEARING: lambda _f, _by, _g: {"hearing": Hearing.HELD},
        Verb.DISPATCH_SURVEY: lambda _f, _by, given: {"survey": Survey.OPEN, "surveyors": given.surveyors},
        Verb.CONCLUDE_SURVEY: _surveyed,
        Verb.ASK_OPINION: lambda facts, _by, given: {"opinions_open": facts.opinions_open | {given.department}},
        Verb.GIVE_OPINION: lambda facts, _by, given: {"opinions_open": facts.opinions_open - {given.department}},
        Verb.RECORD_MINUTES: lambda _f, _by, _g: {"has_minutes": True},
        Verb.HAND_ON: _handed_on,
        Verb.RECUSE: _stepped_aside,
        Verb.ANSWER_RECUSAL: _recusal_answered,
        Verb.REOPEN: _made_anew,
    }
)
