"""现场勘查: who may send out and conclude one, who may go, when it may be, and what a joint one comes to.

行政许可法 §34(3): where the substance of the papers must be verified, the organ sends at least two members of its staff.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from backend.domain.authority import CaseFacts, need_role, need_tier
from backend.domain.refusal import Refusal
from shared_schemas.people import OfficerActor
from shared_schemas.side_ways import Survey
from shared_schemas.survey import Conclusion
from shared_schemas.vocabulary import Role, Tier, Verb

LEAST_INSPECTORS = 2  # §34(3)
MOST_AHEAD = timedelta(days=60)  # [L] later than that nobody knows his days
NOTICE = timedelta(minutes=30)  # [L] no visit is offered for the next half hour


class Candidate(Struct, frozen=True):
    """Somebody named for a survey; `department` None: one of the hall's own surveyors, who serves any department."""

    id: int
    name: str
    is_surveyor: bool
    department: str | None = None
    kin: frozenset[str] = frozenset()
    companies: frozenset[str] = frozenset()


def check_dispatch(case: CaseFacts, officer: OfficerActor, now: datetime) -> None:
    """Whoever may review the case sends out. Raises Refusal: those of role and tier, "case.open_survey"."""
    need_role(officer, Role.APPROVER, Verb.DISPATCH_SURVEY)
    need_tier(case, officer, Tier.THIRD, Verb.DISPATCH_SURVEY, now)
    if case.survey is Survey.OPEN:
        raise Refusal("case.open_survey")


def check_conclude(case: CaseFacts, officer: OfficerActor, _now: datetime) -> None:
    """One of those who were sent, once. Raises Refusal: "case.no_open_survey", "case.survey_waits", "approval.not_your_survey"."""
    need_role(officer, Role.SURVEYOR, Verb.CONCLUDE_SURVEY)
    if case.survey is not Survey.OPEN:
        raise Refusal("case.no_open_survey")
    if not case.surveyors:
        raise Refusal("case.survey_waits")
    if officer.id not in case.surveyors:
        raise Refusal("approval.not_your_survey")


def team(case: CaseFacts, named: Iterable[Candidate]) -> tuple[int, ...]:
    """Those of the named who go for this case: at least two, none of whom accepted it or is related to it.

    A department's own surveyors see its cases only. Raises Refusal: "survey.not_a_surveyor", "survey.inspector_accepted",
    "survey.inspector_conflict" (who), "survey.too_few_inspectors" (department, count).
    """
    found = {each.id: each for each in named}
    for each in found.values():
        if not each.is_surveyor:
            raise Refusal("survey.not_a_surveyor", who=each.name)
    going = [each for each in found.values() if each.department in (None, case.department)]
    for each in going:
        _refuse_involved(case, each)
    if len(going) < LEAST_INSPECTORS:
        raise Refusal("survey.too_few_inspectors", count=len(going), department=case.department)
    return tuple(sorted(each.id for each in going))


def _refuse_involved(case: CaseFacts, each: Candidate) -> None:
    # DOMAIN.md, "Approval": accepted, surveyed and decided by three different people.
    if each.id == case.accepted_by:
        raise Refusal("survey.inspector_accepted", who=each.name)
    if each.id in case.recused or case.applicants & each.kin or case.companies & each.companies:
        raise Refusal("survey.inspector_conflict", who=each.name)


def check_offered(times: Sequence[datetime], now: datetime) -> None:
    """Times that an applicant may be asked to choose from.

    Raises Refusal: "survey.no_time", "survey.time_twice", "survey.time_past", "survey.time_far".
    """
    if not times:
        raise Refusal("survey.no_time")
    if len(set(times)) < len(times):
        raise Refusal("survey.time_twice")
    for time in times:
        if time < now + NOTICE:
            raise Refusal("survey.time_past")
        check_ahead(time, now)


def check_ahead(time: datetime, now: datetime) -> None:
    """A time agreed upon: not in the past (a minute is forgiven), not too far. Raises as `check_offered`."""
    if time < now - timedelta(minutes=1):
        raise Refusal("survey.time_past")
    if time > now + MOST_AHEAD:
        raise Refusal("survey.time_far", days=MOST_AHEAD.days)


def check_choice(at: datetime, offered: Collection[datetime], now: datetime) -> None:
    """One of those offered, and still ahead. Raises Refusal: "survey.time_not_offered", "survey.time_over"."""
    if at not in offered:
        raise Refusal("survey.time_not_offered")
    if at <= now:
        raise Refusal("survey.time_over")


def state_of(*, is_sent: bool, conclusions: Sequence[Conclusion | None]) -> Survey:
    """Where the survey of a case stands; `conclusions` are those of the whole joint visit, None while one is awaited."""
    if not is_sent:
        return Survey.NONE
    return Survey.OPEN if None in conclusions or not conclusions else Survey.CONCLUDED


def is_conflict(conclusions: Iterable[Conclusion | None]) -> bool:
    """Whether the departments of a joint visit differ: then a higher tier decides."""
    return len({each for each in conclusions if each is not None}) > 1
