"""The desk as JSON: lists, and one sub-resource a verb. Every refusal is problem+json with a stable `code`."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from litestar import Response, get, post, put

from backend.cases import deeds
from backend.cases.deeds import Deed
from backend.people.guards import requires, stepped_up
from backend.review import actions, queries
from backend.review.doing import done
from shared_schemas.people import OfficerActor
from shared_schemas.review import (
    Acceptance,
    CaseState,
    Check,
    DeskList,
    Grant,
    NonAcceptance,
    RefusalOfLicence,
    Return,
    Review,
    Seeing,
    Tick,
)
from shared_schemas.vocabulary import Role

_CLERK = [requires(Role.ACCEPTANCE_CLERK)]
_APPROVER = [requires(Role.APPROVER)]
_SEEN = "`seen` is the case's `seq` you looked at; if somebody was faster the answer is 409 `case.moved_meanwhile`."


@get(
    "/desk/cases",
    guards=_CLERK,
    tags=["desk"],
    summary="A clerk's list",
    operation_id="DeskCases",
    description="`segment`: hand (on my desk), correction (with the citizen), today (what I did), waiting (the pool). "
    "Applicants' names are masked.",
)
async def desk(
    officer: OfficerActor, now: datetime, segment: Literal["hand", "correction", "today", "waiting"] = "hand"
) -> DeskList:
    """The clerk's to-do."""
    return await queries.desk(officer, segment, now)


@get(
    "/approvals",
    guards=_APPROVER,
    tags=["desk"],
    summary="An approver's list",
    operation_id="Approvals",
    description="`segment`: mine (waits for this officer's tier), below (a lower tier's work "
    "that this officer may sign too), asked (with the citizen), today.",
)
async def approvals(
    officer: OfficerActor, now: datetime, segment: Literal["mine", "below", "asked", "today"] = "mine"
) -> DeskList:
    """The approver's to-do."""
    return await queries.approvals(officer, segment, now)


@post(
    "/desk/next",
    guards=_CLERK,
    tags=["desk"],
    summary="Take the next case",
    operation_id="TakeNext",
    status_code=201,
    description="Takes the case that waits longest. 404 `desk.nothing_waiting` when there is none.",
)
async def take_next(officer: OfficerActor, now: datetime) -> CaseState:
    """叫下一件."""
    return await queries.state(await actions.take_next(by=officer, now=now), officer, now)


@post(
    "/cases/{case_no:str}/handling",
    guards=_CLERK,
    tags=["verbs"],
    summary="Take a case",
    operation_id="Take",
    status_code=201,
    description=f"接手: you become its handler, and first handler if nobody was. {_SEEN}",
)
async def take(
    officer: OfficerActor, case_no: str, now: datetime, data: Seeing, deed: Deed | None
) -> Response[CaseState]:
    """Take a given case."""
    return await done(deed, case_no, lambda: actions.take(case_no, by=officer, now=now, seen=data.seen), officer, now)


@post(
    "/cases/{case_no:str}/handing-back",
    guards=_CLERK,
    tags=["verbs"],
    summary="Hand a case back",
    operation_id="HandBack",
    status_code=200,
    description="Back into the pool, before acceptance only. Audited.",
)
async def hand_back(
    officer: OfficerActor, case_no: str, now: datetime, data: Seeing, deed: Deed | None
) -> Response[CaseState]:
    """Hand back."""
    return await done(
        deed, case_no, lambda: actions.hand_back(case_no, by=officer, now=now, seen=data.seen), officer, now
    )


@put(
    "/cases/{case_no:str}/materials/{key:str}/verdict",
    guards=_CLERK,
    tags=["verbs"],
    summary="Tick a material",
    operation_id="TickMaterial",
    status_code=204,
    description="fits, fix (with the note the applicant will read) or unneeded; null takes the tick back. With `seen`, a "
    "tick on a case that moved since is 409 `case.moved_meanwhile`.",
)
async def tick(
    officer: OfficerActor, case_no: str, key: str, now: datetime, data: Tick, deed: Deed | None
) -> Response[None]:
    """The clerk's verdict on one material."""
    was_done = await deeds.once(deed, case_no, lambda: actions.tick(case_no, key, data, by=officer, now=now))
    return Response(None, status_code=204, headers=deeds.headers(is_replayed=was_done))


@post(
    "/cases/{case_no:str}/fits",
    guards=_CLERK,
    tags=["verbs"],
    summary="Tick the rest as fitting",
    operation_id="TickTheRest",
    status_code=200,
    description=f"没点的都对: every material without a verdict fits. {_SEEN}",
)
async def fits(
    officer: OfficerActor, case_no: str, now: datetime, data: Seeing, deed: Deed | None
) -> Response[CaseState]:
    """All the others fit."""
    return await done(
        deed, case_no, lambda: actions.fits_the_rest(case_no, by=officer, now=now, seen=data.seen), officer, now
    )


@post(
    "/cases/{case_no:str}/acceptance",
    guards=_CLERK,
    tags=["verbs"],
    summary="Accept",
    operation_id="Accept",
    status_code=201,
    description=f"受理 with the 受理通知书; 422 `review.materials_unjudged` while papers are open. {_SEEN}",
)
async def accept(
    officer: OfficerActor, case_no: str, now: datetime, data: Acceptance, deed: Deed | None
) -> Response[CaseState]:
    """受理."""
    return await done(deed, case_no, lambda: actions.accept(case_no, data, by=officer, now=now), officer, now)


@post(
    "/cases/{case_no:str}/non-acceptance",
    guards=_CLERK,
    tags=["verbs"],
    summary="Decline to accept",
    operation_id="Decline",
    status_code=201,
    description=f"不予受理 with its ground and decision; closes the case. {_SEEN}",
)
async def decline(
    officer: OfficerActor, case_no: str, now: datetime, data: NonAcceptance, deed: Deed | None
) -> Response[CaseState]:
    """不予受理."""
    return await done(deed, case_no, lambda: actions.decline(case_no, data, by=officer, now=now), officer, now)


@post(
    "/cases/{case_no:str}/reviews",
    guards=_APPROVER,
    tags=["verbs"],
    summary="Review",
    operation_id="Review",
    status_code=201,
    description=f"初审: an opinion and a proposal. {_SEEN}",
)
async def review(
    officer: OfficerActor, case_no: str, now: datetime, data: Review, deed: Deed | None
) -> Response[CaseState]:
    """初审."""
    return await done(deed, case_no, lambda: actions.review(case_no, data, by=officer, now=now), officer, now)


@post(
    "/cases/{case_no:str}/checks",
    guards=_APPROVER,
    tags=["verbs"],
    summary="Check",
    operation_id="Check",
    status_code=201,
    description=f"复核 of a review, under 报批. {_SEEN}",
)
async def check(
    officer: OfficerActor, case_no: str, now: datetime, data: Check, deed: Deed | None
) -> Response[CaseState]:
    """复核."""
    return await done(deed, case_no, lambda: actions.check(case_no, data, by=officer, now=now), officer, now)


@post(
    "/cases/{case_no:str}/returns",
    guards=_APPROVER,
    tags=["verbs"],
    summary="Send back",
    operation_id="SendBack",
    status_code=201,
    description=f"退回 one step, with a reason. The clock goes on. {_SEEN}",
)
async def send_back(
    officer: OfficerActor, case_no: str, now: datetime, data: Return, deed: Deed | None
) -> Response[CaseState]:
    """退回."""
    return await done(deed, case_no, lambda: actions.send_back(case_no, data, by=officer, now=now), officer, now)


@post(
    "/cases/{case_no:str}/grant",
    guards=[*_APPROVER, stepped_up],
    tags=["verbs"],
    summary="Grant",
    operation_id="Grant",
    status_code=201,
    description=f"准予 with its decision; the certificate follows by itself. Needs a passkey confirmation under five "
    f"minutes old (403 `session.step_up_needed`). {_SEEN}",
)
async def grant(
    officer: OfficerActor, case_no: str, now: datetime, data: Grant, deed: Deed | None
) -> Response[CaseState]:
    """准予."""
    return await done(deed, case_no, lambda: actions.grant(case_no, data, by=officer, now=now), officer, now)


@post(
    "/cases/{case_no:str}/refusal",
    guards=[*_APPROVER, stepped_up],
    tags=["verbs"],
    summary="Refuse",
    operation_id="Refuse",
    status_code=201,
    description=f"不予许可 with facts, reasons, law and remedies; served, and the case closed. Needs step-up. {_SEEN}",
)
async def refuse(
    officer: OfficerActor, case_no: str, now: datetime, data: RefusalOfLicence, deed: Deed | None
) -> Response[CaseState]:
    """不予许可."""
    return await done(deed, case_no, lambda: actions.refuse(case_no, data, by=officer, now=now), officer, now)


handlers = [
    desk,
    approvals,
    take_next,
    take,
    hand_back,
    tick,
    fits,
    accept,
    decline,
    review,
    check,
    send_back,
    grant,
    refuse,
]
