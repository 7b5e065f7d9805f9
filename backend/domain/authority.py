"""What the law of approval knows of a case, and what a letter of authority covers.

Tiers are internal authorisation; the organ decides under its seal (DOMAIN.md, "Approval").
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType

from msgspec import Struct

from backend.domain.calendar import day_of
from backend.domain.refusal import Refusal
from backend.domain.rulebook import Needs
from shared_schemas.people import Authority, OfficerActor
from shared_schemas.side_ways import Extension, Hearing, Survey
from shared_schemas.vocabulary import ApprovalMode, Delivery, Role, Step, Tier, Verb

POWER = MappingProxyType({Tier.THIRD: 1, Tier.SECOND: 2, Tier.CHIEF: 3})
_ABOVE = MappingProxyType({Tier.THIRD: Tier.SECOND, Tier.SECOND: Tier.CHIEF, Tier.CHIEF: Tier.CHIEF})


class CaseFacts(Struct, frozen=True, kw_only=True):
    """What the law of approval needs to know of a case.

    `applicants` are hex blind indexes of the ID numbers of applicant and agent, `companies` credit codes.
    `recused` are officers who declared a conflict of interest in this case. Ids are officers'.

    `opinions_open` are the departments whose opinion was asked for and is still waited for. `owed_by` is the last day for
    what the applicant still owes: papers that were to follow (容缺), or the answer to a notice. `has_unsigned_promise`:
    papers are to follow, or a commitment stands for them, and nobody signed. `has_breach`: the commitment was untrue.
    `survey_conflict`: the conclusions of a joint survey differ.

    `mode`, `needs` and `is_raised` are what the rules of signing say of this case today (`rulebook.read`); `measures` are
    the numbers of its form. `recusals_open`: of `recused`, those whom nobody has answered yet; `recusal_superior` decides.
    """

    step: Step | None
    mode: ApprovalMode
    department: str
    matter: str
    needs: Needs
    measures: Mapping[str, Decimal] = MappingProxyType({})
    is_raised: bool = False
    applicants: frozenset[str] = frozenset()
    companies: frozenset[str] = frozenset()
    delivery: Delivery = Delivery.WINDOW
    handler: int | None = None
    handler_name: str = ""
    accepted_by: int | None = None
    surveyed_by: frozenset[int] = frozenset()
    reviewed_by: int | None = None
    checked_by: int | None = None
    decided_by: int | None = None
    recused: frozenset[int] = frozenset()
    recusals_open: frozenset[int] = frozenset()
    recusal_superior: int | None = None
    has_open_correction: bool = False
    lacks_materials: bool = False
    is_rated: bool = False
    owed_by: date | None = None
    has_unsigned_promise: bool = False
    has_commitment: bool = False
    has_breach: bool = False
    has_open_procedure: bool = False
    extension: Extension = Extension.NONE
    extension_asked_by: int | None = None
    needs_hearing: bool = False
    hearing: Hearing = Hearing.NONE
    hearing_presider: int | None = None
    needs_survey: bool = False
    survey: Survey = Survey.NONE
    surveyors: frozenset[int] = frozenset()
    survey_conflict: bool = False
    opinions_open: frozenset[str] = frozenset()
    needs_minutes: bool = False
    has_minutes: bool = False
    first_handler: int | None = None
    ended_as: Step | None = None


def raised(tier: Tier) -> Tier:
    """The tier above; the chief's stays the chief's."""
    return _ABOVE[tier]


def need_role(officer: OfficerActor, role: Role, verb: Verb) -> None:
    """Refuse whoever does not hold `role`. Raises Refusal("approval.wrong_role")."""
    if not officer.has(role):
        raise Refusal("approval.wrong_role", verb=verb, role=role)


def refuse_conflict(case: CaseFacts, officer: OfficerActor) -> None:
    """回避: nobody acts on his own, a near relative's or an interested company's case."""
    if is_related(case, officer) or officer.id in case.recused:
        raise Refusal("approval.conflict_of_interest")


def is_related(case: CaseFacts, officer: OfficerActor) -> bool:
    """Whether the applicant, or a company he acts for, is one that the officer declared, or himself."""
    return bool(case.applicants & officer.kin or case.companies & officer.companies)


def need_tier(case: CaseFacts, officer: OfficerActor, tier: Tier, verb: Verb, now: datetime) -> None:
    """Refuse whoever holds no letter for this case today, or a lower one.

    Raises Refusal: approval.out_of_scope, .above_cap, .tier_too_low.
    """
    in_scope = [letter for letter in officer.authorities if _is_in_scope(letter, case, now)]
    if not in_scope:
        raise Refusal("approval.out_of_scope", department=case.department, matter=case.matter, mode=case.mode)
    letters = [letter for letter in in_scope if is_within_cap(letter, case)]
    if not letters:
        raise Refusal("approval.above_cap", cap=format(in_scope[0].cap or 0, "f"))
    if max(POWER[letter.tier] for letter in letters) < POWER[tier]:
        raise Refusal("approval.tier_too_low", tier=tier, verb=verb)


def covers(letter: Authority, case: CaseFacts, now: datetime) -> bool:
    """Scope = department × matter × mode × cap, on a day both ends of the letter include."""
    return _is_in_scope(letter, case, now) and is_within_cap(letter, case)


def _is_in_scope(letter: Authority, case: CaseFacts, now: datetime) -> bool:
    today = day_of(now)
    return (
        letter.department == case.department
        and letter.matter in (None, case.matter)
        and case.mode in letter.modes
        and (letter.valid_from is None or letter.valid_from <= today)
        and (letter.valid_to is None or today <= letter.valid_to)
    )


def is_within_cap(letter: Authority, case: CaseFacts) -> bool:
    """Whether the case's number is at most the letter's cap; a form that doesn't ask for it knows no cap."""
    number = case.measures.get(letter.cap_field or "")
    return letter.cap is None or number is None or number <= letter.cap
