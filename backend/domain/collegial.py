"""What several decide together: opinions of other departments, minutes, stepping aside (DOMAIN.md, "Approval")."""

from __future__ import annotations

from datetime import date, datetime

from backend.domain.authority import CaseFacts, need_role, need_tier
from backend.domain.refusal import Refusal
from shared_schemas.people import OfficerActor
from shared_schemas.vocabulary import ApprovalMode, Role, Tier, Verb

MOST_OPINION_DAYS = 30  # [L] an opinion that takes longer than the matter is no help to it


def ask_opinion(case: CaseFacts, officer: OfficerActor, now: datetime) -> None:
    """Whoever may review the case asks another department."""
    need_role(officer, Role.APPROVER, Verb.ASK_OPINION)
    need_tier(case, officer, Tier.THIRD, Verb.ASK_OPINION, now)


def give_opinion(case: CaseFacts, officer: OfficerActor, _now: datetime) -> None:
    """Any approver or department officer of a department that was asked."""
    if not (officer.has(Role.DEPARTMENT_OFFICER) or officer.has(Role.APPROVER)):
        raise Refusal("approval.wrong_role", verb=Verb.GIVE_OPINION, role=Role.DEPARTMENT_OFFICER)
    if officer.department not in case.opinions_open:
        raise Refusal("approval.not_asked")


def record_minutes(case: CaseFacts, officer: OfficerActor, now: datetime) -> None:
    """Minutes of a collective decision belong to 报批审核, once a case."""
    need_role(officer, Role.APPROVER, Verb.RECORD_MINUTES)
    need_tier(case, officer, Tier.SECOND, Verb.RECORD_MINUTES, now)
    if case.mode is not ApprovalMode.SUBMIT:
        raise Refusal("approval.wrong_mode", mode=case.mode, step=case.step, verb=Verb.RECORD_MINUTES)
    if case.has_minutes:
        raise Refusal("case.minutes_once")


def recuse(case: CaseFacts, officer: OfficerActor, now: datetime) -> None:
    """Whoever the case is with, or whose letter covers it."""
    if officer.id not in (case.handler, case.first_handler):
        need_role(officer, Role.APPROVER, Verb.RECUSE)
        need_tier(case, officer, Tier.THIRD, Verb.RECUSE, now)


def answer_recusal(case: CaseFacts, officer: OfficerActor, now: datetime) -> None:
    """A superior decides: whoever was named so, who supervises the hall, or a chief of the case."""
    if not case.recusals_open:
        raise Refusal("case.no_recusal")
    if officer.id != case.recusal_superior and not officer.has(Role.SUPERVISOR):
        need_role(officer, Role.APPROVER, Verb.ANSWER_RECUSAL)
        need_tier(case, officer, Tier.CHIEF, Verb.ANSWER_RECUSAL, now)


def check_opinion_day(due_on: date, today: date) -> None:
    """Refuse a day on which no opinion could be asked for. Raises Refusal("opinion.day_over"), "opinion.too_late"."""
    if due_on < today:
        raise Refusal("opinion.day_over")
    if (due_on - today).days > MOST_OPINION_DAYS:
        raise Refusal("opinion.too_late", most=MOST_OPINION_DAYS)


def check_asked(department: str, of: str, waiting: frozenset[str]) -> None:
    """Refuse to ask one's own department, or one that is asked already. Raises Refusal("opinion.own"), "opinion.twice"."""
    if department == of:
        raise Refusal("opinion.own")
    if department in waiting:
        raise Refusal("opinion.twice")
