"""Hearings as JSON: told, chosen by the applicant, fixed, recorded."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import Response, get, post

from backend.cases import deeds, reading
from backend.cases.deeds import Deed
from backend.people.guards import citizen_only, requires
from backend.procedures import hearings, queries
from backend.review.doing import done
from shared_schemas.hearing import HearingChosen, HearingFixed, HearingHeld, HearingTold, HearingView
from shared_schemas.people import CitizenActor, OfficerActor
from shared_schemas.review import CaseState
from shared_schemas.vocabulary import Role

_APPROVER = [requires(Role.APPROVER)]
_CASE = "/api/v1/cases/{case_no:str}/hearing"
_VERB: dict[str, Any] = {"tags": ["procedures"], "status_code": 201}


@get(
    _CASE,
    guards=[citizen_only],
    tags=["procedures"],
    summary="The hearing of my case",
    operation_id="MyHearing",
    description="Null while there was no talk of one. `choose_by` is the last day to ask for it.",
)
async def mine(citizen: CitizenActor, case_no: str) -> HearingView | None:
    """For the owner."""
    return await queries.hearing_of((await reading.owned(case_no, citizen.id)).id)


@post(
    f"{_CASE}/choice",
    guards=[citizen_only],
    summary="Ask for the hearing, or waive it",
    operation_id="ChooseHearing",
    description="Within five working days of the notice; silence waives it. The applicant pays nothing.",
    **_VERB,
)
async def choose(
    citizen: CitizenActor, case_no: str, now: datetime, data: HearingChosen, deed: Deed | None
) -> Response[HearingView | None]:
    """Choose."""
    return await deeds.answer(
        deed,
        case_no,
        lambda: hearings.choose(case_no, data, by=citizen, now=now),
        lambda case: queries.hearing_of(case.id),
    )


@post(
    f"{_CASE}/notice",
    guards=_APPROVER,
    summary="Tell of the right to a hearing",
    operation_id="TellHearing",
    description="行政许可法 §47: before a decision that the matter's law gives a hearing against.",
    **_VERB,
)
async def tell(
    officer: OfficerActor, case_no: str, now: datetime, data: HearingTold, deed: Deed | None
) -> Response[CaseState]:
    """Tell."""
    return await done(deed, case_no, lambda: hearings.tell(case_no, data, by=officer, now=now), officer, now)


@post(
    f"{_CASE}/day",
    guards=_APPROVER,
    summary="Fix the hearing",
    operation_id="FixHearing",
    description="§48: seven working days' notice, within twenty of the request; whoever reviewed does not preside.",
    **_VERB,
)
async def fix(
    officer: OfficerActor, case_no: str, now: datetime, data: HearingFixed, deed: Deed | None
) -> Response[CaseState]:
    """Fix."""
    return await done(deed, case_no, lambda: hearings.fix(case_no, data, by=officer, now=now), officer, now)


@post(
    f"{_CASE}/record",
    guards=_APPROVER,
    summary="Record the hearing",
    operation_id="HoldHearing",
    description="听证笔录, by whoever presided. The decision rests on it (§48).",
    **_VERB,
)
async def hold(
    officer: OfficerActor, case_no: str, now: datetime, data: HearingHeld, deed: Deed | None
) -> Response[CaseState]:
    """Hold."""
    return await done(deed, case_no, lambda: hearings.hold(case_no, data, by=officer, now=now), officer, now)


handlers = [mine, choose, tell, fix, hold]
