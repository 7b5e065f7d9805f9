"""首办责任: who accepted stays first handler to the end, and hands on only to a named successor.

Source: the hall's reform brief (首办责任制). The successor is an active acceptance clerk who may touch the case at all.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from backend.domain.authority import CaseFacts, need_role
from backend.domain.refusal import Refusal
from shared_schemas.people import OfficerActor
from shared_schemas.vocabulary import Role, Verb


def check(case: CaseFacts, officer: OfficerActor, _now: datetime) -> None:
    """Refuse unless `officer` may hand the case on: its first handler himself, or who supervises the hall.

    Raises Refusal("approval.wrong_role"), "approval.not_the_handler".
    """
    if not officer.has(Role.SUPERVISOR):
        need_role(officer, Role.ACCEPTANCE_CLERK, Verb.HAND_ON)
        if officer.id != case.first_handler:
            raise Refusal("approval.not_the_handler")
    if case.first_handler is None:
        raise Refusal("approval.not_the_handler")


class Successor(Struct, frozen=True):
    """The officer who is to go on. `is_active`: the account is open. `kin` and `companies` as of an `OfficerActor`."""

    id: int
    name: str
    staff_no: str
    is_active: bool
    roles: frozenset[Role]
    kin: frozenset[str] = frozenset()
    companies: frozenset[str] = frozenset()


def refuse_successor(case: CaseFacts, successor: Successor) -> None:
    """Refuse who can't be first handler of this case.

    Raises Refusal("handing_on.not_a_clerk"), ".same_person", ".related" (回避).
    """
    if not successor.is_active or Role.ACCEPTANCE_CLERK not in successor.roles:
        raise Refusal("handing_on.not_a_clerk", who=successor.name)
    if successor.id == case.first_handler:
        raise Refusal("handing_on.same_person", who=successor.name)
    if case.applicants & successor.kin or case.companies & successor.companies or successor.id in case.recused:
        raise Refusal("handing_on.related", who=successor.name)
