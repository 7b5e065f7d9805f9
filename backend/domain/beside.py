"""Who may take a case's side ways, and which of them keep it from being decided.

Special procedures (行政许可法 §45), extension (§42), hearing (§46 to §48), papers that follow (`supplying`), survey (§34,
`surveying`), opinions, minutes and stepping aside (`collegial`), handing on (`handing_on`): they leave the case where it
stands. Other ends and what comes after one: `ending`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from backend.domain import collegial, committing, ending, handing_on, supplying, surveying
from backend.domain.authority import CaseFacts, need_role, need_tier
from backend.domain.refusal import Refusal
from shared_schemas.people import OfficerActor
from shared_schemas.side_ways import Extension, Hearing, Survey
from shared_schemas.vocabulary import Role, Tier, Verb

_CHOOSES_HEARING = frozenset({Verb.ASK_HEARING, Verb.WAIVE_HEARING})
CITIZENS = _CHOOSES_HEARING | supplying.CITIZENS
# While one of these stands open the organ can't have heard everything it must hear.
_HEARING_OPEN = frozenset({Hearing.TOLD, Hearing.ASKED, Hearing.FIXED})

_Check = Callable[[CaseFacts, OfficerActor, datetime], None]


def check(case: CaseFacts, officer: OfficerActor, verb: Verb, now: datetime) -> None:
    """Refuse unless `officer` may do this side verb now; step and conflict of interest were asked before.

    Raises Refusal with one of: approval.wrong_role, .out_of_scope, .tier_too_low, .not_the_presider, .asked_it_yourself;
    .not_asked, .wrong_mode; case.open_procedure, .no_open_procedure, .extension_once, .no_extension_asked, .hearing_once,
    .no_hearing_asked, .no_hearing_fixed, .minutes_once, .no_recusal; and those of `supplying`, `surveying`, `ending`
    and `handing_on`.
    """
    CHECKS[verb](case, officer, now)


def check_citizen(case: CaseFacts, verb: Verb) -> None:
    """The same for the applicant, whose choice it is. Raises Refusal("case.no_hearing_told") and those of `supplying`."""
    if verb in supplying.CITIZENS:
        supplying.refuse_settled(case, verb)
    elif verb in _CHOOSES_HEARING:
        _refuse_unless(case.hearing is Hearing.TOLD, "case.no_hearing_told")


def refuse_undecided(case: CaseFacts, verb: Verb) -> None:
    """Refuse a decision (grant, refuse) while something it rests on is open.

    Raises Refusal: case.open_correction, .open_procedure, .survey_missing, .open_hearing, .hearing_not_told,
    .open_opinion, .minutes_missing, .materials_missing, .commitment_broken.
    """
    _refuse_unless(not case.has_open_correction, "case.open_correction")
    _refuse_unless(not case.has_open_procedure, "case.open_procedure")
    is_surveyed = case.survey is Survey.CONCLUDED or (case.survey is Survey.NONE and not case.needs_survey)
    _refuse_unless(is_surveyed, "case.survey_missing")
    _refuse_unless(case.hearing not in _HEARING_OPEN, "case.open_hearing")
    # §47: told before the decision, where the law gives the right.
    is_told = not case.needs_hearing or case.hearing is not Hearing.NONE
    _refuse_unless(verb is Verb.GRANT or is_told, "case.hearing_not_told")
    _refuse_unless(not case.opinions_open, "case.open_opinion")
    need = case.needs.get((case.mode, case.step, verb)) if case.step else None
    needs_minutes = case.needs_minutes or (need is not None and need.needs_minutes)
    _refuse_unless(case.has_minutes or not needs_minutes, "case.minutes_missing")
    _refuse_unless(verb is Verb.REFUSE or not case.lacks_materials, "case.materials_missing")
    _refuse_unless(verb is Verb.REFUSE or not case.has_breach, "case.commitment_broken")


def _refuse_unless(is_so: bool, code: str) -> None:  # noqa: FBT001 - the condition reads first
    if not is_so:
        raise Refusal(code)


def _approver(case: CaseFacts, officer: OfficerActor, tier: Tier, verb: Verb, now: datetime) -> None:
    need_role(officer, Role.APPROVER, verb)
    need_tier(case, officer, tier, verb, now)


def _start_procedure(case: CaseFacts, officer: OfficerActor, now: datetime) -> None:
    _approver(case, officer, Tier.THIRD, Verb.START_PROCEDURE, now)
    _refuse_unless(not case.has_open_procedure, "case.open_procedure")


def _end_procedure(case: CaseFacts, officer: OfficerActor, now: datetime) -> None:
    _approver(case, officer, Tier.THIRD, Verb.END_PROCEDURE, now)
    _refuse_unless(case.has_open_procedure, "case.no_open_procedure")


def _ask_extension(case: CaseFacts, officer: OfficerActor, now: datetime) -> None:
    _approver(case, officer, Tier.THIRD, Verb.ASK_EXTENSION, now)
    _refuse_unless(case.extension is Extension.NONE, "case.extension_once")


def _answer_extension(verb: Verb) -> _Check:
    """§42: the head of the organ, who did not ask himself."""

    def judge(case: CaseFacts, officer: OfficerActor, now: datetime) -> None:
        _approver(case, officer, Tier.CHIEF, verb, now)
        _refuse_unless(case.extension is Extension.ASKED, "case.no_extension_asked")
        _refuse_unless(officer.id != case.extension_asked_by, "approval.asked_it_yourself")

    return judge


def _tell_hearing(case: CaseFacts, officer: OfficerActor, now: datetime) -> None:
    _approver(case, officer, Tier.THIRD, Verb.TELL_HEARING, now)
    _refuse_unless(case.hearing is Hearing.NONE, "case.hearing_once")


def _fix_hearing(case: CaseFacts, officer: OfficerActor, now: datetime) -> None:
    """Also once more: another day, or another presider when the one who was named can't any longer."""
    _approver(case, officer, Tier.SECOND, Verb.FIX_HEARING, now)
    _refuse_unless(case.hearing in (Hearing.ASKED, Hearing.FIXED), "case.no_hearing_asked")


def _hold_hearing(case: CaseFacts, officer: OfficerActor, _now: datetime) -> None:
    """§48(3): whoever reviewed the case does not preside."""
    need_role(officer, Role.APPROVER, Verb.HOLD_HEARING)
    _refuse_unless(case.hearing is Hearing.FIXED, "case.no_hearing_fixed")
    _refuse_unless(officer.id == case.hearing_presider, "approval.not_the_presider")
    # Named first and sent to survey it later: then another one presides (FIX_HEARING once more).
    _refuse_unless(may_preside(case, officer.id), "approval.worked_on_it_yourself")


def may_preside(case: CaseFacts, officer: int) -> bool:
    """§48(3): anybody but who accepts, reviews, checks or surveys the case."""
    return officer not in {case.accepted_by, case.reviewed_by, case.checked_by, *case.surveyed_by, *case.recused}


CHECKS: Mapping[Verb, _Check] = MappingProxyType(
    {
        **supplying.CHECKS,
        **committing.CHECKS,
        **ending.CHECKS,
        Verb.START_PROCEDURE: _start_procedure,
        Verb.END_PROCEDURE: _end_procedure,
        Verb.ASK_EXTENSION: _ask_extension,
        Verb.EXTEND: _answer_extension(Verb.EXTEND),
        Verb.DENY_EXTENSION: _answer_extension(Verb.DENY_EXTENSION),
        Verb.TELL_HEARING: _tell_hearing,
        Verb.FIX_HEARING: _fix_hearing,
        Verb.HOLD_HEARING: _hold_hearing,
        Verb.ASK_OPINION: collegial.ask_opinion,
        Verb.GIVE_OPINION: collegial.give_opinion,
        Verb.RECORD_MINUTES: collegial.record_minutes,
        Verb.RECUSE: collegial.recuse,
        Verb.ANSWER_RECUSAL: collegial.answer_recusal,
        Verb.DISPATCH_SURVEY: surveying.check_dispatch,
        Verb.CONCLUDE_SURVEY: surveying.check_conclude,
        Verb.HAND_ON: handing_on.check,
    }
)
