"""告知承诺: a signed commitment stands for proofs (国办发〔2020〕42号); when it turns out untrue, what rests on it ends.

Under way the case is not granted and may be terminated; what was granted is revoked (行政许可法 §69), which goes up a tier.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from backend.domain.authority import CaseFacts, need_role, need_tier
from backend.domain.case import UNDER_WAY
from backend.domain.refusal import Refusal
from shared_schemas.people import OfficerActor
from shared_schemas.vocabulary import ApprovalMode, Role, Step, Tier, Verb


def tier_for(case: CaseFacts) -> Tier:
    """Who may record it: whoever reviews while the case is under way; to revoke, the second tier, under 报批 the chief."""
    if case.step in UNDER_WAY:
        return Tier.THIRD
    return Tier.CHIEF if case.mode is ApprovalMode.SUBMIT else Tier.SECOND


def _record_breach(case: CaseFacts, officer: OfficerActor, now: datetime) -> None:
    need_role(officer, Role.APPROVER, Verb.RECORD_BREACH)
    need_tier(case, officer, tier_for(case), Verb.RECORD_BREACH, now)
    if not case.has_commitment:
        raise Refusal("case.no_commitment")
    if case.has_breach:
        raise Refusal("case.breach_once")
    if case.step not in UNDER_WAY and case.ended_as not in (None, Step.COLLECTED):
        raise Refusal("case.nothing_granted")


CHECKS: Mapping[Verb, Callable[[CaseFacts, OfficerActor, datetime], None]] = MappingProxyType(
    {Verb.RECORD_BREACH: _record_breach}
)
