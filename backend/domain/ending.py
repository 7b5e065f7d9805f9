"""Other ends of a case, and what comes after one: termination, archiving, a decision made anew.

Termination ends what the applicant let lie, or what rests on a commitment that was untrue; a decision that a review organ
or a court set aside is made anew (行政复议法 §68, 行政诉讼法 §70), and the head of the organ says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from backend.domain.authority import CaseFacts, need_role, need_tier
from backend.domain.calendar import day_of
from backend.domain.refusal import Refusal
from shared_schemas.people import OfficerActor
from shared_schemas.vocabulary import Role, Step, Tier, Verb

# How a case must have ended to be made anew. What was granted is set aside too: the neighbour won.
SET_ASIDE = frozenset({Step.REFUSED, Step.NOT_ACCEPTED, Step.TERMINATED, Step.COLLECTED})


def is_overdue(case: CaseFacts, now: datetime) -> bool:
    """Whether the applicant let a day pass on which something was due."""
    return case.owed_by is not None and day_of(now) > case.owed_by


def _terminate(case: CaseFacts, officer: OfficerActor, now: datetime) -> None:
    need_role(officer, Role.APPROVER, Verb.TERMINATE)
    need_tier(case, officer, Tier.SECOND, Verb.TERMINATE, now)
    if not (is_overdue(case, now) or case.has_breach):
        raise Refusal("case.not_overdue")


def _archive(case: CaseFacts, officer: OfficerActor, _now: datetime) -> None:
    """首办责任制: who saw it to its end puts it away. One that nobody ever took is any clerk's."""
    need_role(officer, Role.ACCEPTANCE_CLERK, Verb.ARCHIVE)
    if case.first_handler not in (None, officer.id):
        raise Refusal("approval.not_the_handler")


def _reopen(case: CaseFacts, officer: OfficerActor, now: datetime) -> None:
    need_role(officer, Role.APPROVER, Verb.REOPEN)
    need_tier(case, officer, Tier.CHIEF, Verb.REOPEN, now)
    if case.ended_as not in SET_ASIDE:
        raise Refusal("case.not_set_aside")


CHECKS: Mapping[Verb, Callable[[CaseFacts, OfficerActor, datetime], None]] = MappingProxyType(
    {Verb.TERMINATE: _terminate, Verb.ARCHIVE: _archive, Verb.REOPEN: _reopen}
)
