"""Who may do what to a case, and when: one question for the screen (`open_verbs`) and the server (`check`).

Tiers are internal authorisation; the organ decides under its seal (DOMAIN.md, "Approval"). Rules:
whoever accepted or surveyed never decides; reviewer, checker and decider are different people; a refusal goes up
a tier; 回避: nobody acts on his own, a near relative's or an interested company's case.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from backend.domain import beside
from backend.domain.authority import POWER, CaseFacts, need_role, need_tier, raised, refuse_conflict
from backend.domain.case import next_step, verbs_from
from backend.domain.refusal import Refusal
from shared_schemas.people import Authority, OfficerActor
from shared_schemas.vocabulary import ApprovalMode, Delivery, Role, Step, Tier, Verb

# (mode, step, verb) -> the lowest tier that may sign it. What is missing is done at another step of that mode.
TIER_FOR: Mapping[tuple[ApprovalMode, Step | None, Verb], Tier] = MappingProxyType(
    {
        (ApprovalMode.SOLE, Step.ACCEPTED, Verb.GRANT): Tier.THIRD,
        (ApprovalMode.SOLE, Step.ACCEPTED, Verb.REFUSE): Tier.SECOND,
        # Sole review closes grants only: a third tier that would refuse reviews, and the second tier decides.
        (ApprovalMode.SOLE, Step.ACCEPTED, Verb.REVIEW): Tier.THIRD,
        (ApprovalMode.SOLE, Step.REVIEWED, Verb.GRANT): Tier.SECOND,
        (ApprovalMode.SOLE, Step.REVIEWED, Verb.REFUSE): Tier.SECOND,
        (ApprovalMode.SOLE, Step.REVIEWED, Verb.SEND_BACK): Tier.SECOND,
        (ApprovalMode.REVIEW_AND_CHECK, Step.ACCEPTED, Verb.REVIEW): Tier.THIRD,
        (ApprovalMode.REVIEW_AND_CHECK, Step.REVIEWED, Verb.GRANT): Tier.SECOND,
        (ApprovalMode.REVIEW_AND_CHECK, Step.REVIEWED, Verb.REFUSE): Tier.SECOND,
        (ApprovalMode.REVIEW_AND_CHECK, Step.REVIEWED, Verb.SEND_BACK): Tier.SECOND,
        (ApprovalMode.SUBMIT, Step.ACCEPTED, Verb.REVIEW): Tier.THIRD,
        (ApprovalMode.SUBMIT, Step.REVIEWED, Verb.CHECK): Tier.SECOND,
        (ApprovalMode.SUBMIT, Step.REVIEWED, Verb.SEND_BACK): Tier.SECOND,
        (ApprovalMode.SUBMIT, Step.CHECKED, Verb.GRANT): Tier.CHIEF,
        (ApprovalMode.SUBMIT, Step.CHECKED, Verb.REFUSE): Tier.CHIEF,
        (ApprovalMode.SUBMIT, Step.CHECKED, Verb.SEND_BACK): Tier.CHIEF,
    }
)

JUDGING = frozenset({Verb.ASK_CORRECTION, Verb.ACCEPT, Verb.DECLINE})
DECIDING = frozenset({Verb.GRANT, Verb.REFUSE})
_APPROVING = frozenset({Verb.REVIEW, Verb.CHECK, Verb.SEND_BACK}) | DECIDING
# Any of the undifferentiated windows takes papers for any matter and hands out any result.
_AT_ANY_WINDOW = frozenset({Verb.RECEIVE, Verb.ANSWER_CORRECTION, Verb.ANSWER_SUPPLEMENT, Verb.HAND_OVER})
_CITIZENS = (
    frozenset({Verb.ANSWER_CORRECTION, Verb.ANSWER_SUPPLEMENT, Verb.WITHDRAW, Verb.DOWNLOAD, Verb.RATE})
    | beside.CITIZENS
)
MOST_DELEGATED_DAYS = 30


def open_verbs(case: CaseFacts, officer: OfficerActor, now: datetime) -> tuple[Verb, ...]:
    """Exactly the verbs for which `check` does not refuse, in the table's order."""
    return tuple(verb for verb in verbs_from(case.step) if _is_open(case, officer, verb, now))


def _is_open(case: CaseFacts, officer: OfficerActor, verb: Verb, now: datetime) -> bool:
    try:
        check(case, officer, verb, now)
    except Refusal:
        return False
    return True


def check(case: CaseFacts, officer: OfficerActor, verb: Verb, now: datetime) -> None:
    """Refuse unless `officer` may do `verb` to `case` now.

    Raises Refusal with one of: case.wrong_step, case.taken_by, case.open_correction, case.materials_missing,
    approval.wrong_role, .conflict_of_interest, .out_of_scope, .tier_too_low, .wrong_mode, .accepted_it_yourself,
    .surveyed_it_yourself, .reviewer_is_checker, .checker_is_decider, .not_the_decider; case.open_procedure,
    .open_hearing, .hearing_not_told, .survey_missing, .open_opinion, .minutes_missing; and those of `beside.check`.
    """
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
    """Nobody has taken it: any clerk may. Once taken, only its handler judges (首办责任)."""
    need_role(officer, Role.ACCEPTANCE_CLERK, verb)
    if case.handler not in (None, officer.id):
        raise Refusal("case.taken_by", who=case.handler_name, handler=case.handler)
    if verb is Verb.TAKE and case.handler == officer.id:
        raise Refusal("case.already_yours")


def _check_supplement(case: CaseFacts, officer: OfficerActor, now: datetime) -> None:
    """The first handler, who stays responsible to the end, or whoever may review the case."""
    is_handler = officer.has(Role.ACCEPTANCE_CLERK) and officer.id in (case.handler, case.accepted_by)
    if not is_handler:
        need_role(officer, Role.APPROVER, Verb.ASK_SUPPLEMENT)
        need_tier(case, officer, Tier.THIRD, Verb.ASK_SUPPLEMENT, now)


def _check_approver(case: CaseFacts, officer: OfficerActor, verb: Verb, now: datetime) -> None:
    need_role(officer, Role.APPROVER, verb)
    tier = TIER_FOR.get((case.mode, case.step, verb))
    if tier is None:
        raise Refusal("approval.wrong_mode", mode=case.mode, step=case.step, verb=verb)
    # Conclusions that differ are not for whoever would sign the plain case.
    need_tier(case, officer, raised(tier) if case.survey_conflict and verb in DECIDING else tier, verb, now)
    _refuse_same_person(case, officer, verb)
    if verb in DECIDING:
        beside.refuse_undecided(case, verb)


def _refuse_same_person(case: CaseFacts, officer: OfficerActor, verb: Verb) -> None:
    if officer.id == case.accepted_by:
        raise Refusal("approval.accepted_it_yourself")
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


def check_letter(letter: Authority, given_by: Authority, *, is_delegated: bool = False) -> None:
    """Refuse a delegation that the law of the hall does not know.

    It is named, for at most 30 days, of the same or lower mode and tier, inside the giver's own scope, and never
    passed on (DOMAIN.md, "Approval").

    Raises Refusal("delegation.…"). `is_delegated`: the giver holds his letter by delegation himself.
    """
    if is_delegated:
        raise Refusal("delegation.of_a_delegation")
    start, end = letter.valid_from, letter.valid_to
    if start is None or end is None or not 0 <= (end - start).days < MOST_DELEGATED_DAYS:
        raise Refusal("delegation.too_long", most=MOST_DELEGATED_DAYS)
    is_inside = (
        letter.department == given_by.department
        and given_by.matter in (None, letter.matter)
        and letter.modes <= given_by.modes
        and POWER[letter.tier] <= POWER[given_by.tier]
        and (given_by.valid_from is None or given_by.valid_from <= start)
        and (given_by.valid_to is None or end <= given_by.valid_to)
    )
    if not is_inside:
        raise Refusal("delegation.beyond_own")
