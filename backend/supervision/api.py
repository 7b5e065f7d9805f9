"""Supervision as JSON: the board, why, reminders, 督办, handing on, the officers' inbox."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import Response, get, post, put

from backend.cases import deeds
from backend.cases.deeds import Deed
from backend.domain.calendar import day_of
from backend.people.guards import officer_only, requires
from backend.people.sessions import Visitor
from backend.review.queries import state
from backend.supervision import handing_on, inbox, open_cases, rules, urging, why
from backend.supervision.open_cases import Wanted
from shared_schemas.people import OfficerActor
from shared_schemas.review import CaseState
from shared_schemas.supervision import (
    AllHandedOn,
    AllMoved,
    CaseList,
    Dimension,
    Group,
    HandedOn,
    Overseen,
    OversightAnswered,
    Reminded,
    RuleChanged,
    WatchRule,
)
from shared_schemas.vocabulary import Role

_SUPERVISOR = [requires(Role.SUPERVISOR)]
_FIRST = [requires(Role.ACCEPTANCE_CLERK, Role.SUPERVISOR)]
_TAG: dict[str, Any] = {"tags": ["supervision"]}


@get(
    "/supervision/groups",
    guards=_SUPERVISOR,
    summary="Open cases by their clocks, counted",
    operation_id="SupervisionGroups",
    description="By department, matter, officer (first handler) or stage. Amber from 80 % of a limit on, red over it; a "
    "clock that stands still stays as it was on the day it stopped.",
    **_TAG,
)
async def groups(now: datetime, by: Dimension = Dimension.DEPARTMENT) -> list[Group]:
    """The board."""
    return await open_cases.groups(by, day_of(now))


@get(
    "/supervision/cases",
    guards=_SUPERVISOR,
    summary="Open cases behind a number",
    operation_id="SupervisionCases",
    description="The nearest day first, 50 a page; `after` is the `next` of the page before. `light`: amber, red, law_red, "
    "stopped or stalled. `first_handler` is an officer's id, or none.",
    **_TAG,
)
async def cases(
    now: datetime,
    department: str = "",
    matter: str = "",
    first_handler: str = "",
    stage: str = "",
    light: str = "",
    after: str = "",
) -> CaseList:
    """The list."""
    wanted = Wanted(department=department, matter=matter, officer=first_handler, stage=stage, light=light)
    return await open_cases.cases(wanted, day_of(now), after=after)


@get(
    "/supervision/rules",
    guards=_SUPERVISOR,
    summary="When who is told",
    operation_id="WatchRules",
    description="The hall's defaults, each as a supervisor changed it.",
    **_TAG,
)
async def rules_list() -> list[WatchRule]:
    """The rules."""
    return list(await rules.current())


@put(
    "/supervision/rules/{key:str}",
    guards=_SUPERVISOR,
    status_code=204,
    summary="Set a rule",
    operation_id="ChangeWatchRule",
    description="Holds from the next round on (every five minutes). The change is on record.",
    **_TAG,
)
async def change_rule(officer: OfficerActor, key: str, now: datetime, data: RuleChanged) -> None:
    """Set."""
    await rules.change(key, data, by=officer, now=now)


@get(
    "/desk/first-handled",
    guards=[requires(Role.ACCEPTANCE_CLERK)],
    summary="The open cases I am first handler of",
    operation_id="FirstHandled",
    description="With whom each is and since when, the nearest day first. `only=stalled` leaves those that go on.",
    **_TAG,
)
async def first_handled(officer: OfficerActor, now: datetime, only: str = "", after: str = "") -> CaseList:
    """The list."""
    wanted = Wanted(officer=str(officer.id), light="stalled" if only == "stalled" else "")
    return await open_cases.cases(wanted, day_of(now), after=after)


@get(
    "/desk/notices",
    guards=[officer_only],
    summary="What I was told",
    operation_id="OfficerNotices",
    description="Stalls, reminders, handed-on cases: newest first, 50 a page; `before` is the `next` of the page before.",
    **_TAG,
)
async def notices(officer: OfficerActor, before: int | None = None) -> inbox.Inbox:
    """The inbox."""
    return await inbox.of(officer.id, before=before)


@post(
    "/desk/notices/{notice:int}/reading",
    guards=[officer_only],
    status_code=204,
    summary="Mark a notice read",
    operation_id="ReadOfficerNotice",
    description="Only one's own; another's is 404.",
    **_TAG,
)
async def read_notice(officer: OfficerActor, notice: int, now: datetime) -> None:
    """Read."""
    await inbox.read(officer.id, notice, now)


@get(
    "/cases/{case_no:str}/why",
    guards=[officer_only],
    summary="Why a case is where it is",
    operation_id="WhyCase",
    description="With whom, since when, how long at each step, which standstill, who was reminded. For staff in scope; the "
    "look is on record.",
    **_TAG,
)
async def why_case(officer: OfficerActor, case_no: str, visitor: Visitor, now: datetime) -> why.Why:
    """Why."""
    return await why.read(case_no, officer, now, visitor=visitor)


@post(
    "/cases/{case_no:str}/reminders",
    guards=_SUPERVISOR,
    summary="Remind whoever has the case",
    operation_id="RemindCase",
    description="催办 with a word; the names of who was told. Once a minute at most.",
    **_TAG,
)
async def remind(officer: OfficerActor, case_no: str, now: datetime, data: Reminded) -> dict[str, tuple[str, ...]]:
    """Remind."""
    return {"told": await urging.remind(case_no, data, by=officer, now=now)}


@post(
    "/cases/{case_no:str}/oversight",
    guards=_SUPERVISOR,
    status_code=204,
    summary="Ask for an answer by a day",
    operation_id="OverseeCase",
    description="督办: one open a case. Whoever has the case or its first handler answers.",
    **_TAG,
)
async def oversee(officer: OfficerActor, case_no: str, now: datetime, data: Overseen) -> None:
    """Oversee."""
    await urging.oversee(case_no, data, by=officer, now=now)


@post(
    "/cases/{case_no:str}/oversight/answer",
    guards=[officer_only],
    status_code=204,
    summary="Answer the supervisor",
    operation_id="AnswerOversight",
    description="By whoever was asked, has the case, or is its first handler.",
    **_TAG,
)
async def answer(officer: OfficerActor, case_no: str, now: datetime, data: OversightAnswered) -> None:
    """Answer."""
    await urging.answer(case_no, data, by=officer, now=now)


@post(
    "/cases/{case_no:str}/handing-on",
    guards=_FIRST,
    status_code=201,
    summary="Hand a case on to a named successor",
    operation_id="HandOn",
    description="首办责任制: by its first handler or a supervisor, to an active acceptance clerk. Both are told.",
    **_TAG,
)
async def hand_on(
    officer: OfficerActor, case_no: str, now: datetime, data: HandedOn, deed: Deed | None
) -> Response[CaseState]:
    """Hand on."""
    return await deeds.answer(
        deed,
        case_no,
        lambda: handing_on.hand_on(case_no, data, by=officer, now=now),
        lambda case: state(case, officer, now),
    )


@post(
    "/handing-on",
    guards=_FIRST,
    status_code=200,
    summary="Hand on every open case of a first handler",
    operation_id="HandAllOn",
    description="One's own; a supervisor names whose (`first_handler`, a staff number). What can't go along is listed with why.",
    **_TAG,
)
async def hand_all_on(officer: OfficerActor, now: datetime, data: AllHandedOn) -> AllMoved:
    """Hand all on."""
    return await handing_on.hand_on_all(data, by=officer, now=now)


handlers = [
    groups, cases, rules_list, change_rule, first_handled, notices, read_notice, why_case, remind, oversee, answer,
    hand_on, hand_all_on,
]  # fmt: skip
