"""The rules of signing as data: what a tier signs, per department and matter, from which day on (DOMAIN.md, "Approval").

The standard rules of the hall stand in a file; what the administrators set stands beside them, later over earlier and
narrower over wider. Here they are read for one case and checked before they are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from msgspec import Struct

from backend.domain.refusal import Refusal
from shared_schemas.signing import CapEffect, Rule, RuleKind
from shared_schemas.vocabulary import ApprovalMode, Step, Tier, Verb

DECIDING = frozenset({Verb.GRANT, Verb.REFUSE})


class Need(Struct, frozen=True):
    """What a move needs: the lowest tier that may sign it, and whether minutes of a collective decision come first."""

    tier: Tier
    needs_minutes: bool = False


Move = tuple[ApprovalMode, Step, Verb]
Needs = Mapping[Move, Need]


class Read(Struct, frozen=True):
    """What the rules say of one case: its mode, what each move needs, and the fields above their cap."""

    mode: ApprovalMode
    needs: Needs
    is_raised: bool = False
    above: tuple[str, ...] = ()


def standard_of(rows: Iterable[Mapping[str, str]]) -> Needs:
    """The standard rules out of their file: rows of mode, step, verb and tier. Raises ValueError for unknown words."""
    return MappingProxyType(
        {(ApprovalMode(row["mode"]), Step(row["step"]), Verb(row["verb"])): Need(Tier(row["tier"])) for row in rows}
    )


def place_of(rule: Rule) -> tuple[object, ...]:
    """What a rule is about: of two rules of one place only the later counts."""
    own = (rule.mode, rule.step, rule.verb) if rule.kind is RuleKind.SIGN else (rule.field,)
    return (rule.kind, rule.department, rule.matter, *own)


def in_force(rules: Iterable[Rule], today: date) -> list[Rule]:
    """The rules that count today, wider before narrower. `rules` in the order in which they were made."""
    latest: dict[tuple[object, ...], Rule] = {}
    for rule in sorted(rules, key=lambda each: each.valid_from):  # a stable sort: of one day the last made counts
        if rule.valid_from <= today:
            latest[place_of(rule)] = rule
    found = [rule for rule in latest.values() if not rule.is_lifted]
    return sorted(found, key=lambda rule: (rule.matter is not None, rule.department is not None))


def covers(rule: Rule, department: str, matter: str) -> bool:
    """Whether the rule is about this matter."""
    return rule.department in (None, department) and rule.matter in (None, matter)


def read(
    rules: Iterable[Rule],
    standard: Needs,
    *,
    department: str,
    matter: str,
    mode: ApprovalMode,
    step: Step | None,
    measures: Mapping[str, Decimal],
    today: date,
) -> Read:
    """What counts today for a case of `matter` filed under `mode`; `measures` are the numbers of its form by field.

    Who has been checked stays under 报批: a case never falls out of the step it stands on.
    """
    ours = [rule for rule in in_force(rules, today) if covers(rule, department, matter)]
    needs = dict(standard)
    for rule in ours:
        if rule.kind is RuleKind.SIGN and rule.mode and rule.step and rule.verb and rule.tier:
            needs[rule.mode, rule.step, rule.verb] = Need(rule.tier, rule.needs_minutes)
        elif rule.kind is RuleKind.MODE and rule.mode:
            mode = rule.mode
    over = [rule for rule in _caps(ours) if is_above(rule, measures)]
    if step is Step.CHECKED or any(rule.effect is CapEffect.SUBMIT for rule in over):
        mode = ApprovalMode.SUBMIT
    return Read(
        mode,
        MappingProxyType(needs),
        is_raised=any(rule.effect is CapEffect.RAISE for rule in over),
        above=tuple(rule.field or "" for rule in over),
    )


def _caps(rules: Iterable[Rule]) -> list[Rule]:
    """The caps that count: for one field the narrowest rule."""
    return list({rule.field: rule for rule in rules if rule.kind is RuleKind.CAP}.values())


def is_above(rule: Rule, measures: Mapping[str, Decimal]) -> bool:
    """Whether the form's number is more than the cap; a form without that number is not."""
    number = measures.get(rule.field or "")
    return number is not None and rule.above is not None and number > rule.above


def measures_of(answers: Mapping[str, object]) -> dict[str, Decimal]:
    """The numbers among a form's answers in normal form: int, or a plain decimal string."""
    found: dict[str, Decimal] = {}
    for key, value in answers.items():
        is_number = isinstance(value, int) and not isinstance(value, bool)
        if is_number or (isinstance(value, str) and _is_plain(value)):
            found[key] = Decimal(str(value))
    return found


def _is_plain(text: str) -> bool:
    whole, _, part = text.removeprefix("-").partition(".")
    return (
        whole.isascii() and whole.isdigit() and len(whole) <= 16 and (not part or (part.isascii() and part.isdigit()))
    )


def check_rule(rule: Rule, standard: Needs, today: date) -> None:
    """Refuse a rule that would break the law of the hall or leave a case without a way on.

    Raises Refusal: rule.in_the_past, .matter_without_department, .incomplete, .no_such_move, .refusal_too_low,
    .submit_is_the_chiefs, .minutes_under_submit, .cap_not_positive.
    """
    if rule.valid_from < today:
        raise Refusal("rule.in_the_past", today=today.isoformat())
    if rule.matter and not rule.department:
        raise Refusal("rule.matter_without_department")
    if not _is_whole(rule):
        raise Refusal("rule.incomplete", kind=rule.kind)
    if rule.kind is RuleKind.CAP and not rule.is_lifted and (rule.above is None or rule.above <= 0):
        raise Refusal("rule.cap_not_positive")
    if rule.kind is RuleKind.SIGN:
        _check_signing(rule, standard)


def _is_whole(rule: Rule) -> bool:
    """Whether a rule has all that its kind needs. A mode or a cap for the whole hall would say nothing of any matter."""
    match rule.kind:
        case RuleKind.SIGN:
            return None not in (rule.mode, rule.step, rule.verb) and (rule.is_lifted or rule.tier is not None)
        case RuleKind.MODE:
            return rule.department is not None and (rule.is_lifted or rule.mode is not None)
        case RuleKind.CAP:
            has_effect = rule.above is not None and rule.effect is not None
            return rule.department is not None and rule.field is not None and (rule.is_lifted or has_effect)


def _check_signing(rule: Rule, standard: Needs) -> None:
    if (rule.mode, rule.step, rule.verb) not in standard:
        raise Refusal("rule.no_such_move", mode=rule.mode, step=rule.step, verb=rule.verb)
    if rule.is_lifted:
        return
    if rule.verb is Verb.REFUSE and rule.tier is Tier.THIRD:
        raise Refusal("rule.refusal_too_low")
    is_last_word = rule.mode is ApprovalMode.SUBMIT and rule.verb in DECIDING
    if is_last_word and rule.tier is not Tier.CHIEF:
        raise Refusal("rule.submit_is_the_chiefs")
    # Minutes are recorded under 报批 only: elsewhere a case would wait for what nobody may write.
    if rule.needs_minutes and not is_last_word:
        raise Refusal("rule.minutes_under_submit")
