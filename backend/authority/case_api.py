"""What several decide together, as JSON: one sub-resource a verb, and who may do what next."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from litestar import Response, get, post

from backend.authority import minutes, opinions, powers, queries, recusals
from backend.cases import deeds, reading
from backend.cases.deeds import Deed
from backend.people import roster
from backend.people.guards import officer_only, requires, stepped_up
from backend.review.looking import look
from backend.review.queries import state
from shared_schemas.collegial import (
    MinutesRecorded,
    MinutesView,
    OpinionAsked,
    OpinionGiven,
    OpinionView,
    RecusalAnswered,
    RecusalDeclared,
    RecusalView,
)
from shared_schemas.people import OfficerActor
from shared_schemas.review import CaseState
from shared_schemas.vocabulary import Role

_APPROVER = [requires(Role.APPROVER)]
_ASKED = [requires(Role.APPROVER, Role.DEPARTMENT_OFFICER)]
_SUPERIOR = [officer_only, stepped_up]
_CASE = "/api/v1/cases/{case_no:str}"
_VERB: dict[str, Any] = {"tags": ["authority"], "status_code": 201}


async def _done(
    deed: Deed | None, case_no: str, act: Callable[[], Awaitable[object]], officer: OfficerActor, now: datetime
) -> Response[CaseState]:
    return await deeds.answer(deed, case_no, act, lambda case: state(case, officer, now))


@get(
    f"{_CASE}/opinions",
    guards=[officer_only],
    tags=["authority"],
    summary="Opinions of other departments",
    operation_id="Opinions",
    description="征求意见 on a case in the reader's scope, oldest first.",
)
async def list_opinions(officer: OfficerActor, case_no: str, now: datetime) -> list[OpinionView]:
    """The list."""
    case = await reading.by_number(case_no)
    await look(case, officer, now)
    return await queries.opinions_of(case.id)


@post(
    f"{_CASE}/opinions",
    guards=_APPROVER,
    summary="Ask for an opinion",
    operation_id="AskOpinion",
    description="Another department is asked until a day; until it answers, or the day is over, nobody decides the case.",
    **_VERB,
)
async def ask_opinion(
    officer: OfficerActor, case_no: str, now: datetime, data: OpinionAsked, deed: Deed | None
) -> Response[CaseState]:
    """Ask."""
    return await _done(deed, case_no, lambda: opinions.ask(case_no, data, by=officer, now=now), officer, now)


@post(
    f"{_CASE}/opinions/answer",
    guards=_ASKED,
    summary="Give an opinion",
    operation_id="GiveOpinion",
    description="For one's own department, where it was asked.",
    **_VERB,
)
async def give_opinion(
    officer: OfficerActor, case_no: str, now: datetime, data: OpinionGiven, deed: Deed | None
) -> Response[CaseState]:
    """Give."""
    return await _done(deed, case_no, lambda: opinions.give(case_no, data, by=officer, now=now), officer, now)


@get(
    f"{_CASE}/minutes",
    guards=[officer_only],
    tags=["authority"],
    summary="Minutes of the collective decision",
    operation_id="Minutes",
    description="集体讨论记录; null where there are none.",
)
async def show_minutes(officer: OfficerActor, case_no: str, now: datetime) -> MinutesView | None:
    """The minutes."""
    case = await reading.by_number(case_no)
    await look(case, officer, now)
    return await queries.minutes_of(case.id)


@post(
    f"{_CASE}/minutes",
    guards=_APPROVER,
    summary="Record the minutes",
    operation_id="RecordMinutes",
    description="Under 报批, once a case. Where a rule demands them nobody decides before.",
    **_VERB,
)
async def record_minutes(
    officer: OfficerActor, case_no: str, now: datetime, data: MinutesRecorded, deed: Deed | None
) -> Response[CaseState]:
    """Record."""
    return await _done(deed, case_no, lambda: minutes.record(case_no, data, by=officer, now=now), officer, now)


@get(
    f"{_CASE}/recusals",
    guards=[officer_only],
    tags=["authority"],
    summary="Declared conflicts of interest",
    operation_id="Recusals",
    description="回避 as declared for this case, oldest first.",
)
async def list_recusals(officer: OfficerActor, case_no: str, now: datetime) -> list[RecusalView]:
    """The list."""
    case = await reading.by_number(case_no)
    await look(case, officer, now)
    return await queries.recusals_of(case.id)


@post(
    f"{_CASE}/recusals",
    guards=[requires(Role.APPROVER, Role.ACCEPTANCE_CLERK)],
    summary="Step aside",
    operation_id="Recuse",
    description="申请回避: the officer is off the case at once; a superior decides. The answer has no open verbs any more.",
    **_VERB,
)
async def recuse(
    officer: OfficerActor, case_no: str, now: datetime, data: RecusalDeclared, deed: Deed | None
) -> Response[CaseState]:
    """Declare."""
    return await _done(deed, case_no, lambda: recusals.declare(case_no, data, by=officer, now=now), officer, now)


@post(
    f"{_CASE}/recusals/answer",
    guards=_SUPERIOR,
    summary="Decide on stepping aside",
    operation_id="AnswerRecusal",
    description="By the named superior, a chief of the case or the supervisor; names a successor for a first handler. "
    "Needs a passkey confirmation under five minutes old (403 `session.step_up_needed`).",
    **_VERB,
)
async def answer_recusal(
    officer: OfficerActor, case_no: str, now: datetime, data: RecusalAnswered, deed: Deed | None
) -> Response[CaseState]:
    """Decide."""
    return await _done(deed, case_no, lambda: recusals.answer(case_no, data, by=officer, now=now), officer, now)


@get(
    f"{_CASE}/powers",
    guards=[officer_only],
    tags=["authority"],
    summary="Who may do what next, and why not others",
    operation_id="Powers",
    description="Every act of the case's step: who may do it now, and of the department's people why the others may not. "
    "The look is audited as `case.powers_read`.",
)
async def show_powers(officer: OfficerActor, case_no: str, now: datetime) -> list[powers.Power]:
    """The same question for everybody."""
    case = await reading.by_number(case_no)
    known = await look(case, officer, now, what="case.powers_read")
    return powers.of(known, await roster.around(case.department, now), now)


handlers = [
    list_opinions,
    ask_opinion,
    give_opinion,
    show_minutes,
    record_minutes,
    list_recusals,
    recuse,
    answer_recusal,
    show_powers,
]
