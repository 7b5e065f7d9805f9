"""Surveys as JSON: send out, agree on a time, record. Every refusal is problem+json with a stable `code`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import Response, get, post

import backend.survey.refusals  # noqa: F401 - the sentences of this slice
from backend.cases import deeds
from backend.cases.deeds import Deed
from backend.domain.survey_record import Checklist
from backend.people.guards import citizen_only, requires, signed_in_only
from backend.review.queries import state
from backend.survey import concluding, dispatching, field, lists, queries, scheduling
from shared_schemas.people import CitizenActor, OfficerActor
from shared_schemas.review import CaseState
from shared_schemas.survey import SurveyDispatched, SurveyRecorded, SurveyView, TimeAgreed, TimeChosen, TimesOffered
from shared_schemas.vocabulary import Role

_APPROVER = [requires(Role.APPROVER)]
_SURVEYOR = [requires(Role.SURVEYOR)]
_CASE = "/api/v1/cases/{case_no:str}/survey"
_VERB: dict[str, Any] = {"tags": ["survey"], "status_code": 201}


@get(
    "/api/v1/surveys/round",
    guards=_SURVEYOR,
    tags=["survey"],
    summary="Where I go",
    operation_id="SurveyRound",
    description="A surveyor's stops of today, later ones, those without a time, and what was done in the last 14 days.",
)
async def my_round(officer: OfficerActor, now: datetime) -> lists.Round:
    """The day."""
    return await lists.round_of(officer, now)


@get(
    "/api/v1/surveys/office",
    guards=_APPROVER,
    tags=["survey"],
    summary="Surveys of my departments",
    operation_id="SurveyOffice",
    description="What waits to be sent out or arranged anew, what is under way, and what came back, the newest first.",
)
async def my_office(officer: OfficerActor, now: datetime) -> lists.Office:
    """The office."""
    return await lists.office_of(officer, now)


@get(
    _CASE,
    guards=[signed_in_only],
    tags=["survey"],
    summary="The survey of a case",
    operation_id="Survey",
    description="For the owner, for staff in scope and for who was sent. Null where there is no talk of one.",
)
async def one(actor: CitizenActor | OfficerActor, case_no: str, now: datetime) -> SurveyView | None:
    """One."""
    return await field.view(case_no, actor, now)


@get(
    f"{_CASE}/checklist",
    guards=_SURVEYOR,
    tags=["survey"],
    summary="What to look at",
    operation_id="SurveyChecklist",
    description="The checklist of this case's matter: items (a decisive one that is not met forbids the conclusion `pass`), "
    "values with their unit and what is possible, and how many photos at least. For who was sent.",
)
async def checklist(officer: OfficerActor, case_no: str, now: datetime) -> Checklist:
    """The list."""
    return (await field.read(case_no, officer, now)).checklist


@post(
    _CASE,
    guards=_APPROVER,
    summary="Send out a survey",
    operation_id="DispatchSurvey",
    description="行政许可法 §34: at least two inspectors for each department. `along` are further cases of the same applicant, "
    "seen in the same visit; the applicant is offered times, or one was agreed by telephone.",
    **_VERB,
)
async def dispatch(
    officer: OfficerActor, case_no: str, now: datetime, data: SurveyDispatched, deed: Deed | None
) -> Response[CaseState]:
    """Dispatch."""
    return await deeds.answer(
        deed,
        case_no,
        lambda: dispatching.dispatch(case_no, data, by=officer, now=now),
        lambda case: state(case, officer, now),
    )


@post(
    f"{_CASE}/choice",
    guards=[citizen_only],
    summary="Choose the time of the visit",
    operation_id="ChooseSurveyTime",
    description="One of the offered times, or (`at` null) in one's own words when else it would suit.",
    **_VERB,
)
async def choose(
    citizen: CitizenActor, case_no: str, now: datetime, data: TimeChosen, deed: Deed | None
) -> Response[SurveyView | None]:
    """Choose."""
    return await deeds.answer(
        deed,
        case_no,
        lambda: scheduling.choose(case_no, data, by=citizen, now=now),
        lambda _case: field.view(case_no, citizen, now),
    )


@post(
    f"{_CASE}/times",
    guards=[requires(Role.APPROVER, Role.SURVEYOR)],
    summary="Offer other times",
    operation_id="OfferSurveyTimes",
    description="After the applicant asked for another, or when the hall can't come: what was fixed holds no more.",
    **_VERB,
)
async def offer(
    officer: OfficerActor, case_no: str, now: datetime, data: TimesOffered, deed: Deed | None
) -> Response[SurveyView | None]:
    """Offer."""
    return await deeds.answer(
        deed,
        case_no,
        lambda: scheduling.offer(case_no, data, by=officer, now=now),
        queries.of_case,
    )


@post(
    f"{_CASE}/agreement",
    guards=[requires(Role.APPROVER, Role.SURVEYOR)],
    summary="Fix a time agreed by telephone",
    operation_id="AgreeSurveyTime",
    description="For applicants without an account, or who called.",
    **_VERB,
)
async def agree(
    officer: OfficerActor, case_no: str, now: datetime, data: TimeAgreed, deed: Deed | None
) -> Response[SurveyView | None]:
    """Agree."""
    return await deeds.answer(
        deed,
        case_no,
        lambda: scheduling.agree(case_no, data, by=officer, now=now),
        queries.of_case,
    )


@post(
    f"{_CASE}/record",
    guards=_SURVEYOR,
    summary="Record the survey and conclude it",
    operation_id="ConcludeSurvey",
    description="The whole record of one department: checklist, measured values, photos with their time, at least two "
    "inspectors' signatures, the applicant's or why there is none, disagreement, conclusion. Written in the field, sent "
    "when there is a network: with an Idempotency-Key it is kept once. Conclusions of one visit that differ raise the tier.",
    **_VERB,
)
async def conclude(
    officer: OfficerActor, case_no: str, now: datetime, data: SurveyRecorded, deed: Deed | None
) -> Response[CaseState]:
    """Conclude."""
    return await deeds.answer(
        deed,
        case_no,
        lambda: concluding.conclude(case_no, data, by=officer, now=now),
        lambda case: state(case, officer, now),
    )


handlers = [my_round, my_office, one, checklist, dispatch, choose, offer, agree, conclude]
