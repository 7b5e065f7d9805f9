"""容缺受理 as JSON: what is to follow, the signature, handing it in. By the owner, or by a clerk at any window."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import Response, get, post

from backend.cases import deeds, promises, reading
from backend.cases.deeds import Deed
from backend.people.guards import citizen_only, signed_in_only
from backend.procedures import promising, supplying
from shared_schemas.case import Case
from shared_schemas.people import CitizenActor, OfficerActor
from shared_schemas.promise import PromiseSigned, PromiseState, PromiseView, Supplied

_CASE = "/api/v1/cases/{case_no:str}"
_VERB: dict[str, Any] = {"tags": ["procedures"], "status_code": 201}


async def _state(case: Case) -> PromiseState:
    return PromiseState(case.case_no, case.step, case.seq, await promises.of(case.id))


@get(
    f"{_CASE}/promise",
    guards=[citizen_only],
    tags=["procedures"],
    summary="What is to follow",
    operation_id="MyPromise",
    description="容缺受理 of the owner's case: papers to follow, whether it was signed for, the last day. Null where nothing "
    "was to follow.",
)
async def mine(citizen: CitizenActor, case_no: str) -> PromiseView | None:
    """For the owner."""
    return await promises.of((await reading.owned(case_no, citizen.id)).id)


@post(
    f"{_CASE}/promise",
    guards=[signed_in_only],
    summary="Sign for what follows",
    operation_id="SignPromise",
    description="容缺承诺书: the full name as verified (by the owner), or that of the applicant or agent who stands at the "
    "window (by a clerk). 422 `promise.signature_missing`, `promise.signature_wrong`.",
    **_VERB,
)
async def sign(
    actor: CitizenActor | OfficerActor, case_no: str, now: datetime, data: PromiseSigned, deed: Deed | None
) -> Response[PromiseState]:
    """Sign."""
    return await deeds.answer(deed, case_no, lambda: promising.sign(case_no, data, by=actor, now=now), _state)


@post(
    f"{_CASE}/supply",
    guards=[signed_in_only],
    summary="Hand in what was to follow",
    operation_id="Supply",
    description="All or some of the papers: `uploads` (ids of finished tus uploads without a draft), or `on_paper` at a "
    "window. Stops no clock. Late, the case is terminated.",
    **_VERB,
)
async def supply(
    actor: CitizenActor | OfficerActor, case_no: str, now: datetime, data: Supplied, deed: Deed | None
) -> Response[PromiseState]:
    """Hand in."""
    return await deeds.answer(deed, case_no, lambda: supplying.supply(case_no, data, by=actor, now=now), _state)


handlers = [mine, sign, supply]
