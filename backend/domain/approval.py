"""Who may do what to a case, and when: one question for the screen (`open_verbs`) and the server (`check`).

Tiers are internal authorisation; the organ decides under its seal (DOMAIN.md, "Approval"). Rules:
whoever accepted or surveyed never decides; reviewer, checker and decider are different people; a refusal goes up
a tier; 回避: nobody acts on his own, a near relative's or an interested company's case. Which tier signs what comes with
the facts (`CaseFacts.needs`): it is data of the hall (`domain.rulebook`), not code.
"""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from backend.domain import beside
from backend.domain.authority import POWER, CaseFacts, covers, need_role, need_tier, raised, refuse_conflict
from backend.domain.case import next_step, verbs_from
from backend.domain.refusal import Refusal
from backend.domain.rulebook import DECIDING
from shared_schemas.people import OfficerActor
from shared_schemas.signing import Behalf
from shared_schemas.vocabulary import Delivery, Role, Step, Tier, Verb

JUDGING = frozenset({Verb.ASK_CORRECTION, Verb.ACCEPT, Verb.DECLINE})
_APPROVING = frozenset({Verb.REVIEW, Verb.CHECK, Verb.SEND_BACK}) | DECIDING
# Any of the undifferentiated windows takes papers for any matter and hands out any result.
_AT_ANY_WINDOW = frozenset({Verb.RECEIVE, Verb.ANSWER_CORRECTION, Verb.ANSWER_SUPPLEMENT, Verb.MAIL, Verb.HAND_OVER})
_CITIZENS = (
    frozenset({Verb.ANSWER_CORRECTION, Verb.ANSWER_SUPPLEMENT, Verb.WITHDRAW, Verb.DOWNLOAD, Verb.RATE})
    | beside.CITIZENS
)


def open_verbs(case: CaseFacts, officer: OfficerActor, now: datetime) -> tuple[Verb, ...]:
    """Exactly the verbs for which `check` does not refuse, in the table's order."""
    return tuple(verb for verb in verbs_from(case.step) if is_open(case, officer, verb, now))


def is_open(case: CaseFacts, officer: OfficerActor, verb: Verb, now: datetime) -> bool:
    """Whether `check` does not refuse."""
    try:
        check(case, officer, verb, now)
    except Refusal:
        return False
    return True


def check(case: CaseFacts, officer: OfficerActor, verb: Verb, now: datetime) -> None:
    """Refuse unless `officer` may do `verb` to `case` now.

    Raises Refusal with one of: case.wrong_step, case.taken_by, case.open_correction, case.materials_missing,
    approval.wrong_role, .conflict_of_interest, .out_of_scope, .above_cap, .tier_too_low, .wrong_mode, .accepted_it_yourself,
    .surveyed_it_yourself, .presides_the_hearing, .reviewer_is_checker, .checker_is_decider, .not_the_decider;
    case.open_procedure, .open_hearing, .hearing_not_told, .survey_missing, .open_opinion, .minutes_missing; and those of `beside.check`.
    """
    refuse_while_waiting(case.step, verb)
    next_step(case.step, verb)
    refuse_conflict(case, officer)
    if verb in beside.CHECKS:
        beside.check(case, officer, verb, now)
    elif verb is Verb.TAKE or verb in JUDGING:
        _check_clerk(case, officer, verb)
    elif verb in _AT_ANY_WINDOW:
        need_role(officer, Role.ACCEPTANCE_CLERK, verb)
    elif verb is Verb.ASK_SUPPLEMENT:
        _check_supplement(case, officer, now)
    elif verb in _APPROVING:
        _check_approver(case, officer, verb, now)
    elif verb is Verb.ISSUE:
        need_role(officer, Role.APPROVER, verb)
        if officer.id != case.decided_by:
            raise Refusal("approval.not_the_decider", verb=verb)
    else:
        # WITHDRAW, DOWNLOAD and RATE are the citizen's, CLOSE and DEEM_ACCEPTED are the hall's own.
        raise Refusal("approval.wrong_role", verb=verb)


def refuse_while_waiting(step: Step | None, verb: Verb) -> None:
    """Nothing is decided while the applicant still has a notice to answer. Raises Refusal("case.open_correction")."""
    if verb in DECIDING and step in (Step.CORRECTING, Step.SUPPLEMENTING):
        raise Refusal("case.open_correction")


def may_read(department: str, officer: OfficerActor) -> bool:
    """Scope: clerks and supervisors know of any case, approvers and department officers of their departments' cases.

    For everybody else there is no such case.
    """
    if officer.has(Role.ACCEPTANCE_CLERK) or officer.has(Role.SUPERVISOR):
        return True
    if officer.has(Role.APPROVER) and any(letter.department == department for letter in officer.authorities):
        return True
    return officer.has(Role.DEPARTMENT_OFFICER) and officer.department == department


def _check_clerk(case: CaseFacts, officer: OfficerActor, verb: Verb) -> None:
    """Nobody has taken it: any clerk may. Once taken, only its handler judges (首办责任), or who stands in for him."""
    need_role(officer, Role.ACCEPTANCE_CLERK, verb)
    if case.handler not in (None, officer.id, *officer.stands_in):
        raise Refusal("case.taken_by", who=case.handler_name, handler=case.handler)
    if verb is Verb.TAKE and case.handler == officer.id:
        raise Refusal("case.already_yours")


def _check_supplement(case: CaseFacts, officer: OfficerActor, now: datetime) -> None:
    """The first handler, who stays responsible to the end, or whoever may review the case."""
    own = {officer.id, *officer.stands_in}
    is_handler = officer.has(Role.ACCEPTANCE_CLERK) and bool(own & {case.handler, case.accepted_by})
    if not is_handler:
        need_role(officer, Role.APPROVER, Verb.ASK_SUPPLEMENT)
        need_tier(case, officer, Tier.THIRD, Verb.ASK_SUPPLEMENT, now)


def _check_approver(case: CaseFacts, officer: OfficerActor, verb: Verb, now: datetime) -> None:
    need_role(officer, Role.APPROVER, verb)
    need_tier(case, officer, tier_for(case, verb), verb, now)
    _refuse_same_person(case, officer, verb)
    if verb in DECIDING:
        beside.refuse_undecided(case, verb)


def tier_for(case: CaseFacts, verb: Verb) -> Tier:
    """The lowest tier that may sign `verb` now. Raises Refusal("approval.wrong_mode") where it is done at another step."""
    need = case.needs.get((case.mode, case.step, verb)) if case.step else None
    if need is None:
        raise Refusal("approval.wrong_mode", mode=case.mode, step=case.step, verb=verb)
    # Conclusions that differ, or more than the cap: not for whoever would sign the plain case.
    is_raised = verb in DECIDING and (case.survey_conflict or case.is_raised)
    return raised(need.tier) if is_raised else need.tier


def behalf_of(case: CaseFacts, officer: OfficerActor, verb: Verb, now: datetime) -> Behalf | None:
    """In whose place `officer` does what he may do now; None with an authority of his own."""
    own = replace(officer, authorities=tuple(letter for letter in officer.authorities if letter.behalf is None))
    if is_open(case, own, verb, now):
        return None
    lent = [letter for letter in officer.authorities if letter.behalf and covers(letter, case, now)]
    return max(lent, key=lambda letter: POWER[letter.tier]).behalf if lent else None


def _refuse_same_person(case: CaseFacts, officer: OfficerActor, verb: Verb) -> None:
    if officer.id == case.accepted_by:
        raise Refusal("approval.accepted_it_yourself")
    # §48(1)3: the presider is somebody else than those who judge the case, before the hearing and after it.
    if officer.id == case.hearing_presider:
        raise Refusal("approval.presides_the_hearing")
    if verb in DECIDING and officer.id in case.surveyed_by:
        raise Refusal("approval.surveyed_it_yourself")
    # A review counts while the case stands on it; one that was sent back is over.
    if case.step in (Step.REVIEWED, Step.CHECKED) and officer.id == case.reviewed_by:
        raise Refusal("approval.reviewer_is_checker")
    if case.step is Step.CHECKED and officer.id == case.checked_by:
        raise Refusal("approval.checker_is_decider")


def citizen_verbs(case: CaseFacts, *, is_owner: bool) -> tuple[Verb, ...]:
    """What the citizen may do to the case now: nothing unless it is his own."""

    def is_open(verb: Verb) -> bool:
        try:
            check_citizen(case, verb, is_owner=is_owner)
        except Refusal:
            return False
        return True

    return tuple(verb for verb in verbs_from(case.step) if is_open(verb))


def check_citizen(case: CaseFacts, verb: Verb, *, is_owner: bool = True) -> None:
    """Refuse unless the case's owner may do `verb` now.

    Raises Refusal: case.not_the_owner, case.wrong_step, approval.wrong_role, case.collect_at_window,
    case.already_rated. A case of somebody else must look like no case at all: that is the caller's job.
    """
    if not is_owner:
        raise Refusal("case.not_the_owner")
    if case.step is None and verb is Verb.RECEIVE:
        return
    next_step(case.step, verb)
    if verb not in _CITIZENS:
        raise Refusal("approval.wrong_role", verb=verb)
    if verb is Verb.DOWNLOAD and case.delivery is not Delivery.DOWNLOAD:
        raise Refusal("case.collect_at_window")
    if verb is Verb.RATE and case.is_rated:
        raise Refusal("case.already_rated")
    if verb in beside.CITIZENS:
        beside.check_citizen(case, verb)
