"""Who may sign what, as data: rules of tiers, modes and caps, and in whose place somebody signs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from msgspec import Meta, Struct

from shared_schemas.labelled import Labelled
from shared_schemas.vocabulary import ApprovalMode, Step, Tier, Verb


class RuleKind(Labelled):
    """What a rule sets."""

    SIGN = "sign", "谁来签", "Who signs"
    MODE = "mode", "审批方式", "Mode of approval"
    CAP = "cap", "限额", "Cap"


class CapEffect(Labelled):
    """What happens above a cap."""

    RAISE = "raise", "升一级签", "A tier higher signs"
    SUBMIT = "submit", "转报批审核", "It is submitted for approval"


class Rule(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One rule, in force from `valid_from` (Asia/Shanghai) until a later one of the same place comes into force.

    `department` None: the whole hall; `matter` None: every matter of the department. SIGN: at `step` under `mode`,
    `verb` needs `tier`, and with `needs_minutes` the minutes of a collective decision. MODE: cases are decided in
    `mode`. CAP: where the form's `field` is more than `above`, `effect`. `is_lifted`: from that day on the wider rule
    counts again.
    """

    kind: RuleKind
    valid_from: date
    department: Annotated[str, Meta(min_length=1, max_length=20)] | None = None
    matter: Annotated[str, Meta(min_length=1, max_length=50)] | None = None
    mode: ApprovalMode | None = None
    step: Step | None = None
    verb: Verb | None = None
    tier: Tier | None = None
    needs_minutes: bool = False
    field: Annotated[str, Meta(min_length=1, max_length=60)] | None = None
    above: Decimal | None = None
    effect: CapEffect | None = None
    is_lifted: bool = False


class NewRule(Struct, frozen=True, forbid_unknown_fields=True):
    """A rule as an administrator sets it, and why: the reason stays beside it."""

    rule: Rule
    reason: Annotated[str, Meta(min_length=1, max_length=500, pattern=r"\S")]


class BehalfHow(Labelled):
    """Why somebody signs with another officer's authority."""

    DELEGATION = "delegation", "受{name}委托", "delegated by {name}"
    ABSENCE = "absence", "代{name}（AB 岗）", "standing in for {name}"


class Behalf(Struct, frozen=True):
    """Whose authority it is, by the name that the log keeps, and how it was lent."""

    name: str
    how: BehalfHow

    def label(self, lang: str) -> str:
        """As it stands beside a name."""
        return self.how.label(lang).format(name=self.name)
