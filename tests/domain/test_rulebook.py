"""Rules of signing as data: later over earlier, narrower over wider, nothing that would break the law or strand a case."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from backend import rulebooks
from backend.domain import approval, rulebook
from backend.domain.case import MOVES
from backend.domain.refusal import Refusal
from shared_schemas.signing import CapEffect, Rule, RuleKind
from shared_schemas.vocabulary import ApprovalMode, Step, Tier, Verb
from tests.domain import staff
from tests.domain.staff import DEPARTMENT, MATTER, NOW, facts, letter

TODAY = date(2026, 11, 22)
STANDARD = rulebooks.standard()
SOLE, CHECK, SUBMIT = ApprovalMode.SOLE, ApprovalMode.REVIEW_AND_CHECK, ApprovalMode.SUBMIT


def signs(tier: Tier | None, **changes) -> Rule:
    return Rule(
        **{
            "kind": RuleKind.SIGN,
            "valid_from": TODAY,
            "department": DEPARTMENT,
            "mode": SOLE,
            "step": Step.ACCEPTED,
            "verb": Verb.GRANT,
            "tier": tier,
            **changes,
        }
    )


def cap(above: int, effect: CapEffect | None, **changes) -> Rule:
    return Rule(
        **{
            "kind": RuleKind.CAP,
            "valid_from": TODAY,
            "department": DEPARTMENT,
            "field": "area",
            "above": Decimal(above),
            "effect": effect,
            **changes,
        }
    )


def read(*rules: Rule, mode=SOLE, step=Step.ACCEPTED, today=TODAY, **measures):
    numbers = {name: Decimal(value) for name, value in measures.items()}
    return rulebook.read(
        rules, STANDARD, department=DEPARTMENT, matter=MATTER, mode=mode, step=step, measures=numbers, today=today
    )


def tier_of(*rules: Rule, **changes) -> Tier:
    return read(*rules, **changes).needs[SOLE, Step.ACCEPTED, Verb.GRANT].tier


def test_the_standard_rules_are_moves_of_the_table_and_each_mode_comes_to_a_decision():
    assert all((step, verb) in MOVES for _, step, verb in STANDARD)
    for mode in ApprovalMode:
        assert {Verb.GRANT, Verb.REFUSE} <= {verb for of, _, verb in STANDARD if of is mode}


def test_later_counts_over_earlier_and_from_its_day_on():
    tomorrow = date(2026, 11, 23)
    rules = (signs(Tier.SECOND), signs(Tier.CHIEF, valid_from=tomorrow))
    assert tier_of(*rules) is Tier.SECOND
    assert tier_of(*rules, today=tomorrow) is Tier.CHIEF
    assert tier_of(*rules, today=date(2026, 11, 21)) is Tier.THIRD
    assert tier_of(signs(Tier.CHIEF), signs(Tier.SECOND)) is Tier.SECOND  # of one day the last made


def test_narrower_counts_over_wider_in_whatever_order_they_were_made():
    hall, ours, one = signs(Tier.CHIEF, department=None), signs(Tier.SECOND), signs(Tier.THIRD, matter=MATTER)
    for rules in ((hall, ours, one), (one, ours, hall), (ours, one, hall)):
        assert tier_of(*rules) is Tier.THIRD
    assert tier_of(hall, ours) is Tier.SECOND
    assert tier_of(hall, signs(Tier.SECOND, department="jwt")) is Tier.CHIEF
    assert tier_of(ours, one, replace(one, is_lifted=True, tier=None)) is Tier.SECOND


def test_a_mode_is_data_too_and_who_was_checked_stays_submitted():
    mode = Rule(kind=RuleKind.MODE, valid_from=TODAY, department=DEPARTMENT, matter=MATTER, mode=CHECK)
    assert read(mode).mode is CHECK
    assert read(mode, mode=SUBMIT, step=Step.CHECKED).mode is SUBMIT


def test_above_the_cap_a_tier_higher_decides_or_the_case_is_submitted():
    raising = cap(200, CapEffect.RAISE)
    assert not read(raising, area="200").is_raised
    assert read(raising, area="200.01").is_raised
    assert not read(raising).is_raised
    submitting = cap(1000, CapEffect.SUBMIT)
    above = read(raising, submitting, area="1500")
    assert (above.mode, above.above) == (SUBMIT, ("area",))  # one cap a field: the later, of the same place, counts
    assert read(replace(raising, field="funds"), submitting, area="300").mode is SOLE


def test_a_cap_changes_who_is_offered_the_decision():
    case = facts(Step.ACCEPTED, SOLE, is_raised=True)
    assert Verb.GRANT not in approval.open_verbs(case, staff.THIRD, NOW)
    assert Verb.GRANT in approval.open_verbs(case, staff.SECOND, NOW)
    capped = staff.approver(81, Tier.THIRD, authorities=(letter(Tier.THIRD, cap_field="area", cap=Decimal(200)),))
    small, big = (facts(Step.ACCEPTED, SOLE, measures={"area": Decimal(n)}) for n in (200, 201))
    assert Verb.GRANT in approval.open_verbs(small, capped, NOW)
    with pytest.raises(Refusal, match="above_cap"):
        approval.check(big, capped, Verb.GRANT, NOW)


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        (signs(Tier.SECOND), None),
        (signs(None, is_lifted=True), None),
        (signs(Tier.SECOND, valid_from=date(2026, 11, 21)), "rule.in_the_past"),
        (signs(Tier.SECOND, department=None, matter=MATTER), "rule.matter_without_department"),
        (signs(None), "rule.incomplete"),
        (signs(Tier.SECOND, mode=CHECK), "rule.no_such_move"),
        (signs(Tier.THIRD, verb=Verb.REFUSE), "rule.refusal_too_low"),
        (signs(Tier.SECOND, mode=SUBMIT, step=Step.CHECKED), "rule.submit_is_the_chiefs"),
        (signs(Tier.CHIEF, mode=SUBMIT, step=Step.CHECKED, needs_minutes=True), None),
        (signs(Tier.SECOND, needs_minutes=True), "rule.minutes_under_submit"),
        (cap(200, CapEffect.RAISE), None),
        (cap(0, CapEffect.RAISE), "rule.cap_not_positive"),
        (cap(200, CapEffect.RAISE, department=None), "rule.incomplete"),
        (cap(200, None), "rule.incomplete"),
        (Rule(kind=RuleKind.MODE, valid_from=TODAY, mode=SOLE), "rule.incomplete"),
    ],
)
def test_what_a_rule_must_be(rule, told):
    if told is None:
        rulebook.check_rule(rule, STANDARD, TODAY)
    else:
        with pytest.raises(Refusal, match=told):
            rulebook.check_rule(rule, STANDARD, TODAY)


def _lawful(rule: Rule) -> bool:
    try:
        rulebook.check_rule(rule, STANDARD, TODAY)
    except Refusal:
        return False
    return True


RULES = st.lists(
    st.builds(
        Rule,
        kind=st.sampled_from(RuleKind),
        valid_from=st.sampled_from([TODAY, date(2026, 11, 30)]),
        department=st.sampled_from([None, DEPARTMENT]),
        matter=st.sampled_from([None, MATTER]),
        mode=st.sampled_from([None, *ApprovalMode]),
        step=st.sampled_from([None, Step.ACCEPTED, Step.REVIEWED, Step.CHECKED]),
        verb=st.sampled_from([None, Verb.REVIEW, Verb.CHECK, Verb.GRANT, Verb.REFUSE, Verb.SEND_BACK]),
        tier=st.sampled_from([None, *Tier]),
        needs_minutes=st.booleans(),
        field=st.sampled_from([None, "area"]),
        above=st.sampled_from([None, Decimal(100)]),
        effect=st.sampled_from([None, *CapEffect]),
        is_lifted=st.booleans(),
    ).filter(_lawful),
    max_size=6,
)


@given(
    RULES,
    st.sampled_from(ApprovalMode),
    st.sampled_from([Step.ACCEPTED, Step.REVIEWED, Step.CHECKED]),
    st.integers(0, 200),
)
def test_whatever_is_set_no_case_is_stranded_and_the_law_of_tiers_holds(rules, mode, step, area):
    """From wherever a case stands under these rules, chiefs and second tiers together can bring it to a decision."""
    if step is Step.CHECKED:
        mode = SUBMIT
    found = read(*rules, mode=mode, step=step, area=area)
    assert any(of is found.mode and at is step for of, at, _ in found.needs)
    for (of, _, verb), need in found.needs.items():
        assert not (verb is Verb.REFUSE and need.tier is Tier.THIRD)
        assert not (of is SUBMIT and verb in rulebook.DECIDING and need.tier is not Tier.CHIEF)
        assert not need.needs_minutes or of is SUBMIT


@given(
    st.dictionaries(
        st.sampled_from(["a", "b", "c"]), st.one_of(st.integers(0, 10**9), st.text(max_size=9), st.booleans())
    )
)
def test_the_numbers_of_a_form_are_numbers(answers):
    for key, number in rulebook.measures_of(answers).items():
        assert not isinstance(answers[key], bool)
        assert Decimal(str(answers[key])) == number
