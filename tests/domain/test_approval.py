"""The approval table of DOMAIN.md, row by row."""

from datetime import date

import pytest
from msgspec.structs import replace

from backend.domain import approval, delegation
from backend.domain.refusal import Refusal
from shared_schemas.people import OfficerActor
from shared_schemas.signing import Behalf, BehalfHow
from shared_schemas.vocabulary import ApprovalMode, Delivery, Step, Tier, Verb
from tests.domain import staff
from tests.domain.staff import NOW, facts, letter

SOLE, CHECK, SUBMIT = ApprovalMode.SOLE, ApprovalMode.REVIEW_AND_CHECK, ApprovalMode.SUBMIT


def refusal(case: approval.CaseFacts, officer: OfficerActor, verb: Verb) -> str | None:
    try:
        approval.check(case, officer, verb, NOW)
    except Refusal as refused:
        return refused.code
    return None


ROWS = [
    # mode, step, verb, who, what he is told
    (SOLE, Step.ACCEPTED, Verb.GRANT, staff.THIRD, None),
    (SOLE, Step.ACCEPTED, Verb.GRANT, staff.CHIEF, None),
    (SOLE, Step.ACCEPTED, Verb.REFUSE, staff.THIRD, "approval.tier_too_low"),
    (SOLE, Step.ACCEPTED, Verb.REFUSE, staff.SECOND, None),
    (SOLE, Step.ACCEPTED, Verb.REVIEW, staff.THIRD, None),
    (SOLE, Step.REVIEWED, Verb.REFUSE, staff.SECOND, None),
    (SOLE, Step.REVIEWED, Verb.GRANT, staff.OTHER_THIRD, "approval.tier_too_low"),
    (CHECK, Step.ACCEPTED, Verb.GRANT, staff.CHIEF, "approval.wrong_mode"),
    (CHECK, Step.ACCEPTED, Verb.REVIEW, staff.THIRD, None),
    (CHECK, Step.REVIEWED, Verb.GRANT, staff.OTHER_THIRD, "approval.tier_too_low"),
    (CHECK, Step.REVIEWED, Verb.GRANT, staff.SECOND, None),
    (CHECK, Step.REVIEWED, Verb.REFUSE, staff.SECOND, None),
    (CHECK, Step.REVIEWED, Verb.CHECK, staff.SECOND, "approval.wrong_mode"),
    (SUBMIT, Step.ACCEPTED, Verb.REVIEW, staff.THIRD, None),
    (SUBMIT, Step.REVIEWED, Verb.CHECK, staff.THIRD, "approval.tier_too_low"),
    (SUBMIT, Step.REVIEWED, Verb.CHECK, staff.SECOND, None),
    (SUBMIT, Step.REVIEWED, Verb.GRANT, staff.CHIEF, "approval.wrong_mode"),
    (SUBMIT, Step.CHECKED, Verb.GRANT, staff.SECOND, "approval.tier_too_low"),
    (SUBMIT, Step.CHECKED, Verb.GRANT, staff.CHIEF, None),
    (SUBMIT, Step.CHECKED, Verb.REFUSE, staff.CHIEF, None),
    (SUBMIT, Step.CHECKED, Verb.SEND_BACK, staff.CHIEF, None),
    (SUBMIT, Step.RECEIVED, Verb.ACCEPT, staff.CHIEF, "approval.wrong_role"),
    (SUBMIT, Step.ACCEPTED, Verb.REVIEW, staff.CLERK, "approval.wrong_role"),
    (SUBMIT, Step.ISSUED, Verb.HAND_OVER, staff.OTHER_CLERK, None),
    (SUBMIT, Step.ISSUED, Verb.HAND_OVER, staff.CHIEF, "approval.wrong_role"),
    (SUBMIT, Step.CORRECTING, Verb.ANSWER_CORRECTION, staff.OTHER_CLERK, None),
    (SUBMIT, Step.ACCEPTED, Verb.WITHDRAW, staff.CLERK, "approval.wrong_role"),
    (SUBMIT, Step.COLLECTED, Verb.CLOSE, staff.CLERK, "approval.wrong_role"),
    (SUBMIT, Step.CLOSED, Verb.GRANT, staff.CHIEF, "case.wrong_step"),
    (SUBMIT, None, Verb.RECEIVE, staff.CLERK, None),
]


@pytest.mark.parametrize(("mode", "step", "verb", "officer", "told"), ROWS)
def test_the_table(mode, step, verb, officer, told):
    assert refusal(facts(step, mode), officer, verb) == told


def test_the_reviewer_is_not_the_checker_and_neither_decides():
    superior = staff.CHIEF
    checked = facts(Step.CHECKED, reviewed_by=superior.id, checked_by=staff.SECOND.id)
    assert refusal(checked, superior, Verb.GRANT) == "approval.reviewer_is_checker"
    assert refusal(replace(checked, reviewed_by=11, checked_by=superior.id), superior, Verb.GRANT) == (
        "approval.checker_is_decider"
    )
    assert refusal(facts(Step.REVIEWED, reviewed_by=staff.SECOND.id), staff.SECOND, Verb.CHECK) == (
        "approval.reviewer_is_checker"
    )
    assert refusal(facts(Step.REVIEWED, CHECK, reviewed_by=staff.SECOND.id), staff.SECOND, Verb.GRANT) == (
        "approval.reviewer_is_checker"
    )


@pytest.mark.parametrize("verb", [Verb.REVIEW, Verb.GRANT, Verb.REFUSE])
def test_window_officer_cannot_approve_own_intake(verb):
    case = facts(Step.ACCEPTED, SOLE, accepted_by=staff.CLERK_AND_SECOND.id)
    assert refusal(case, staff.CLERK_AND_SECOND, verb) == "approval.accepted_it_yourself"


def test_a_surveyor_may_review_but_not_decide():
    case = facts(Step.ACCEPTED, SOLE, surveyed_by=frozenset({staff.SECOND.id}))
    assert refusal(case, staff.SECOND, Verb.GRANT) == "approval.surveyed_it_yourself"
    assert refusal(case, staff.SECOND, Verb.REVIEW) is None


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"department": "jwt"}, "approval.out_of_scope"),
        ({"matter": "scj-19"}, "approval.out_of_scope"),
        ({"matter": staff.MATTER}, None),
        ({"modes": frozenset({SUBMIT})}, "approval.out_of_scope"),
        ({"valid_to": date(2026, 11, 21)}, "approval.out_of_scope"),
        ({"valid_to": date(2026, 11, 22)}, None),
        ({"valid_from": date(2026, 11, 23)}, "approval.out_of_scope"),
        ({"valid_from": date(2026, 11, 22)}, None),
    ],
)
def test_scope_is_department_matter_mode_and_days(changes, told):
    officer = staff.approver(71, Tier.THIRD, authorities=(letter(Tier.THIRD, **changes),))
    assert refusal(facts(Step.ACCEPTED, SOLE), officer, Verb.GRANT) == told


def test_the_highest_letter_that_covers_the_case_counts_and_no_other():
    letters = (letter(Tier.THIRD), letter(Tier.CHIEF, department="jwt"))
    officer = staff.approver(72, Tier.THIRD, authorities=letters)
    assert refusal(facts(Step.ACCEPTED, SOLE), officer, Verb.REFUSE) == "approval.tier_too_low"


@pytest.mark.parametrize("step", [Step.RECEIVED, Step.ACCEPTED, Step.REVIEWED, Step.CHECKED, Step.ISSUED])
def test_nobody_acts_on_a_relatives_case(step):
    assert approval.open_verbs(facts(step), staff.RELATIVE, NOW) == ()
    assert approval.open_verbs(facts(step, applicants=frozenset()), staff.RELATIVE, NOW) != ()


def test_interest_in_the_company_and_a_declared_conflict_count_too():
    owner = staff.officer(73, *staff.CLERK.roles, companies=frozenset({"91330106673959654P"}))
    case = facts(Step.RECEIVED, companies=frozenset({"91330106673959654P"}))
    assert refusal(case, owner, Verb.ACCEPT) == "approval.conflict_of_interest"
    assert refusal(facts(Step.RECEIVED, recused=frozenset({1})), staff.CLERK, Verb.TAKE) == (
        "approval.conflict_of_interest"
    )


def test_once_taken_only_the_handler_judges():
    taken = facts(Step.RECEIVED, handler=staff.CLERK.id, handler_name="王敏")
    for verb in (Verb.TAKE, Verb.ACCEPT, Verb.DECLINE, Verb.ASK_CORRECTION):
        assert refusal(taken, staff.OTHER_CLERK, verb) == "case.taken_by"
        assert refusal(facts(Step.RECEIVED), staff.OTHER_CLERK, verb) is None
    assert refusal(taken, staff.CLERK, Verb.TAKE) == "case.already_yours"
    assert refusal(taken, staff.CLERK, Verb.ACCEPT) is None


def test_an_open_correction_or_a_missing_material_holds_the_decision():
    case = facts(Step.ACCEPTED, SOLE, has_open_correction=True)
    assert refusal(case, staff.SECOND, Verb.GRANT) == "case.open_correction"
    assert refusal(case, staff.SECOND, Verb.REFUSE) == "case.open_correction"
    lacking = facts(Step.ACCEPTED, SOLE, lacks_materials=True)
    assert refusal(lacking, staff.SECOND, Verb.GRANT) == "case.materials_missing"
    assert refusal(lacking, staff.SECOND, Verb.REFUSE) is None


def test_a_supplement_is_asked_for_by_the_first_handler_or_a_reviewer():
    case = facts(Step.ACCEPTED, handler=staff.CLERK.id)
    assert refusal(case, staff.CLERK, Verb.ASK_SUPPLEMENT) is None
    assert refusal(case, staff.OTHER_CLERK, Verb.ASK_SUPPLEMENT) == "approval.wrong_role"
    assert refusal(case, staff.THIRD, Verb.ASK_SUPPLEMENT) is None


def test_only_the_decider_makes_the_certificate():
    case = facts(Step.GRANTED, decided_by=staff.CHIEF.id)
    assert refusal(case, staff.CHIEF, Verb.ISSUE) is None
    assert refusal(case, staff.OTHER_CHIEF, Verb.ISSUE) == "approval.not_the_decider"


def test_what_the_citizen_may_do():
    def verbs(step, **changes):
        return approval.citizen_verbs(facts(step, **changes), is_owner=True)

    assert verbs(Step.CORRECTING) == (Verb.ANSWER_CORRECTION, Verb.WITHDRAW)
    assert verbs(Step.SUPPLEMENTING) == (Verb.ANSWER_SUPPLEMENT, Verb.WITHDRAW)
    assert verbs(Step.CHECKED) == (Verb.WITHDRAW,)
    assert verbs(Step.GRANTED) == ()
    assert verbs(Step.ISSUED) == ()
    assert verbs(Step.ISSUED, delivery=Delivery.DOWNLOAD) == (Verb.DOWNLOAD,)
    assert verbs(Step.CLOSED) == (Verb.RATE,)
    assert verbs(Step.CLOSED, is_rated=True) == ()
    assert verbs(None) == (Verb.RECEIVE,)
    assert approval.citizen_verbs(facts(Step.CORRECTING), is_owner=False) == ()


LETTER = letter(Tier.SECOND, modes=frozenset({CHECK}), valid_from=date(2026, 11, 1), valid_to=date(2026, 11, 30))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, None),
        ({"valid_to": date(2026, 12, 1)}, "delegation.too_long"),
        ({"valid_to": None}, "delegation.too_long"),
        ({"valid_to": date(2026, 10, 1)}, "delegation.too_long"),
        ({"tier": Tier.CHIEF}, "delegation.beyond_own"),
        ({"department": "jwt"}, "delegation.beyond_own"),
    ],
)
def test_delegation(changes, told):
    given = replace(LETTER, **changes)
    if told is None:
        delegation.check_letter(given, letter(Tier.SECOND))
        lent = letter(Tier.SECOND, behalf=Behalf("王敏", BehalfHow.DELEGATION))
        with pytest.raises(Refusal, match="of_a_delegation"):
            delegation.check_letter(given, lent)
    else:
        with pytest.raises(Refusal, match=told):
            delegation.check_letter(given, letter(Tier.SECOND))
