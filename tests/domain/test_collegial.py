"""Opinions, minutes, stepping aside, standing in: who may, and what they hold up."""

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from backend.domain import approval, collegial, delegation
from backend.domain.refusal import Refusal
from backend.domain.rulebook import Need
from shared_schemas.signing import Behalf, BehalfHow
from shared_schemas.vocabulary import ApprovalMode, Role, Step, Tier, Verb
from tests.domain import staff
from tests.domain.staff import NOW, facts, letter
from tests.domain.test_approval import refusal

SOLE, SUBMIT = ApprovalMode.SOLE, ApprovalMode.SUBMIT
ASKED = staff.officer(91, Role.DEPARTMENT_OFFICER, department="hbj")
SUPERVISOR = staff.officer(92, Role.SUPERVISOR)
LENT = Behalf("马国平", BehalfHow.DELEGATION)


def test_an_opinion_is_asked_by_a_reviewer_and_given_by_whom_it_was_asked_of():
    case = facts(Step.ACCEPTED)
    assert refusal(case, staff.THIRD, Verb.ASK_OPINION) is None
    assert refusal(case, staff.CLERK, Verb.ASK_OPINION) == "approval.wrong_role"
    assert refusal(case, ASKED, Verb.GIVE_OPINION) == "approval.not_asked"
    asked = facts(Step.ACCEPTED, opinions_open=frozenset({"hbj"}))
    assert refusal(asked, ASKED, Verb.GIVE_OPINION) is None
    assert refusal(asked, staff.CLERK, Verb.GIVE_OPINION) == "approval.wrong_role"


@pytest.mark.parametrize("verb", [Verb.GRANT, Verb.REFUSE])
def test_nobody_decides_while_an_opinion_is_out(verb):
    case = facts(Step.ACCEPTED, SOLE, opinions_open=frozenset({"hbj"}))
    assert refusal(case, staff.SECOND, verb) == "case.open_opinion"


def test_minutes_belong_to_submission_and_hold_up_only_what_a_rule_says():
    case = facts(Step.CHECKED)
    assert refusal(case, staff.CHIEF, Verb.RECORD_MINUTES) is None
    assert refusal(facts(Step.ACCEPTED, SOLE), staff.SECOND, Verb.RECORD_MINUTES) == "approval.wrong_mode"
    assert refusal(replace(case, has_minutes=True), staff.CHIEF, Verb.RECORD_MINUTES) == "case.minutes_once"
    needs = {**case.needs, (SUBMIT, Step.CHECKED, Verb.REFUSE): Need(Tier.CHIEF, needs_minutes=True)}
    ruled = replace(case, needs=needs)
    assert refusal(ruled, staff.CHIEF, Verb.GRANT) is None
    assert refusal(ruled, staff.CHIEF, Verb.REFUSE) == "case.minutes_missing"
    assert refusal(replace(ruled, has_minutes=True), staff.CHIEF, Verb.REFUSE) is None


def test_who_stepped_aside_is_off_the_case_and_a_superior_decides():
    case = facts(Step.ACCEPTED, handler=staff.CLERK.id, first_handler=staff.CLERK.id)
    assert refusal(case, staff.CLERK, Verb.RECUSE) is None
    assert refusal(case, staff.THIRD, Verb.RECUSE) is None
    assert refusal(case, staff.OTHER_CLERK, Verb.RECUSE) == "approval.wrong_role"
    assert refusal(case, SUPERVISOR, Verb.ANSWER_RECUSAL) == "case.no_recusal"
    own = frozenset({staff.CHIEF.id})
    waiting = replace(case, recused=own, recusals_open=own)
    assert refusal(waiting, staff.CHIEF, Verb.ANSWER_RECUSAL) == "approval.conflict_of_interest"
    assert approval.open_verbs(waiting, staff.CHIEF, NOW) == ()
    assert refusal(waiting, staff.OTHER_CHIEF, Verb.ANSWER_RECUSAL) is None
    assert refusal(waiting, SUPERVISOR, Verb.ANSWER_RECUSAL) is None
    assert refusal(waiting, staff.SECOND, Verb.ANSWER_RECUSAL) == "approval.tier_too_low"
    named = replace(waiting, recusal_superior=staff.SECOND.id)
    assert refusal(named, staff.SECOND, Verb.ANSWER_RECUSAL) is None


def test_a_deputy_takes_what_lay_on_the_absent_clerks_desk():
    case = facts(Step.RECEIVED, handler=staff.CLERK.id, handler_name="员1")
    assert refusal(case, staff.OTHER_CLERK, Verb.ACCEPT) == "case.taken_by"
    deputy = replace(staff.OTHER_CLERK, stands_in=frozenset({staff.CLERK.id}))
    assert refusal(case, deputy, Verb.ACCEPT) is None
    assert refusal(case, deputy, Verb.TAKE) is None


def test_lent_authority_is_named_where_it_was_needed_and_only_there():
    case = facts(Step.CHECKED)
    lent = letter(Tier.CHIEF, behalf=LENT)
    borrower = staff.approver(95, Tier.SECOND, authorities=(letter(Tier.SECOND), lent))
    assert refusal(case, borrower, Verb.GRANT) is None
    assert approval.behalf_of(case, borrower, Verb.GRANT, NOW) == LENT
    own = facts(Step.REVIEWED)
    assert approval.behalf_of(own, borrower, Verb.CHECK, NOW) is None
    assert approval.behalf_of(case, staff.CHIEF, Verb.GRANT, NOW) is None


def test_lent_authority_does_not_make_two_people_of_one():
    """Separation is by person: the reviewer who borrows the chief's letter still can't decide."""
    borrower = staff.approver(96, Tier.THIRD, authorities=(letter(Tier.THIRD), letter(Tier.CHIEF, behalf=LENT)))
    assert refusal(facts(Step.CHECKED, reviewed_by=borrower.id), borrower, Verb.GRANT) == "approval.reviewer_is_checker"


@pytest.mark.parametrize(
    ("due", "told"),
    [
        (date(2026, 11, 22), None),
        (date(2026, 11, 21), "opinion.day_over"),
        (date(2026, 12, 22), None),
        (date(2026, 12, 23), "opinion.too_late"),
    ],
)
def test_the_day_of_an_opinion(due, told):
    if told is None:
        collegial.check_opinion_day(due, date(2026, 11, 22))
    else:
        with pytest.raises(Refusal, match=told):
            collegial.check_opinion_day(due, date(2026, 11, 22))


def test_a_capped_letter_is_lent_with_its_cap():
    from decimal import Decimal

    capped = letter(Tier.SECOND, cap_field="area", cap=Decimal(200))
    days = {"valid_from": date(2026, 11, 22), "valid_to": date(2026, 11, 30)}
    delegation.check_letter(replace(capped, **days), capped)
    delegation.check_letter(replace(capped, cap=Decimal(100), **days), capped)
    for wider in ({"cap": None, "cap_field": None}, {"cap": Decimal(201)}, {"cap_field": "funds"}):
        with pytest.raises(Refusal, match="beyond_own"):
            delegation.check_letter(replace(capped, **days, **wider), capped)


def test_a_deputy_may_act_after_the_hours():
    left = datetime(2026, 11, 22, 1, tzinfo=UTC)
    assert delegation.deputy_may_act_at(left, 4) == left + timedelta(hours=4)
