"""/api/v1 of filed bundles: all of it under one case number, taking back, one collection."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import Response, get, post, put
from msgspec import Struct

import backend.bundles.refusals  # noqa: F401 - the sentences of this slice
from backend.bundles import collecting, queries, withdrawing
from backend.cases import deeds, papers, reading
from backend.cases.deeds import Deed
from backend.domain.refusal import Refusal
from backend.people.guards import citizen_only, requires, signed_in_only
from backend.review.looking import look
from shared_schemas.case import Case
from shared_schemas.correction import Withdrawal
from shared_schemas.issuance import HandOver
from shared_schemas.people import CitizenActor, OfficerActor
from shared_schemas.vocabulary import Role

_MINE: dict[str, Any] = {"guards": [citizen_only], "tags": ["bundles"]}


class Filed(Struct, frozen=True):
    """A filed bundle, for its owner with its one tracking code."""

    filing: queries.FilingView
    tracking_code: str | None = None
    track_url: str | None = None


class Together(Struct, frozen=True, forbid_unknown_fields=True):
    """Whether everything is collected at once, when all of it is ready."""

    is_together: bool


async def _filed(case: Case) -> Filed:
    """As its owner sees it."""
    filing = _of(case)
    code = await queries.code_of(filing)
    return Filed(await queries.view(filing), code, papers.track_url(code))


async def _at_desk(case: Case) -> Filed:
    """As staff see it: without the code."""
    return Filed(await queries.view(_of(case)))


def _of(case: Case) -> int:
    if case.filing is None:
        raise Refusal("bundle.none")
    return case.filing


@get(
    "/cases/{case_no:str}/bundle",
    guards=[signed_in_only],
    tags=["bundles"],
    summary="The bundle a case was filed in",
    operation_id="ReadBundle",
    description="一件事 of a case: every part with its case or what it waits for, one timeline; for its owner the one "
    "code, for staff in the case's scope (audited) without it. 404 `bundle.none` for a case of its own.",
)
async def read(actor: CitizenActor | OfficerActor, case_no: str, now: datetime) -> Filed:
    """All of it."""
    if isinstance(actor, CitizenActor):
        return await _filed(await reading.owned(case_no, actor.id))
    case = await reading.by_number(case_no)
    await look(case, actor, now, what="bundle.read")
    return await _at_desk(case)


@post(
    "/cases/{case_no:str}/bundle/withdrawal",
    **_MINE,
    status_code=201,
    summary="Withdraw all of a bundle",
    operation_id="WithdrawBundle",
    description="Everything undecided is withdrawn, what waits never begins; what was granted stays. 409 "
    "`bundle.nothing_to_withdraw` when all is decided. One case alone: POST /cases/{no}/withdrawal.",
)
async def withdraw(
    citizen: CitizenActor, case_no: str, now: datetime, data: Withdrawal, deed: Deed | None
) -> Response[Filed]:
    """全部撤回."""

    async def act() -> object:
        return await withdrawing.withdraw_all(case_no, data, by=citizen, now=now)

    return await deeds.answer(deed, case_no, act, _filed)


@post(
    "/cases/{case_no:str}/bundle/parts/{position:int}/withdrawal",
    **_MINE,
    status_code=201,
    summary="Leave out a part that waits",
    operation_id="WithdrawBundlePart",
    description="A part that is no case yet never begins; what waits for it follows its rule. 409 `bundle.not_waiting`.",
)
async def withdraw_part(
    citizen: CitizenActor, case_no: str, position: int, now: datetime, deed: Deed | None
) -> Response[Filed]:
    """撤掉这一件."""

    async def act() -> object:
        return await withdrawing.withdraw_part(case_no, position, by=citizen, now=now)

    return await deeds.answer(deed, case_no, act, _filed)


@put(
    "/cases/{case_no:str}/bundle/collecting",
    **_MINE,
    summary="Collect at once or one by one",
    operation_id="ChooseCollecting",
    description="Together: told once, when everything is ready. Apart: told of each certificate.",
)
async def choose(citizen: CitizenActor, case_no: str, data: Together) -> Filed:
    """怎么领."""
    await withdrawing.choose_together(case_no, is_together=data.is_together, by=citizen)
    return await _filed(await reading.owned(case_no, citizen.id))


@post(
    "/cases/{case_no:str}/bundle/collection",
    **_MINE,
    status_code=201,
    summary="Collect everything that is ready",
    operation_id="CollectBundle",
    description="By download, all electronic results at once; each case is closed. 409 `bundle.nothing_ready`.",
)
async def collect(citizen: CitizenActor, case_no: str, now: datetime, deed: Deed | None) -> Response[Filed]:
    """一次领完."""

    async def act() -> object:
        return await collecting.collect(case_no, by=citizen, now=now)

    return await deeds.answer(deed, case_no, act, _filed)


@post(
    "/cases/{case_no:str}/bundle/hand-over",
    guards=[requires(Role.ACCEPTANCE_CLERK)],
    tags=["bundles"],
    status_code=201,
    summary="Hand everything that is ready over at once",
    operation_id="HandOverBundle",
    description="At one window: all ready results of the filing, each with its own 送达回证; all or nothing. The last "
    "four of ID or mobile must fit.",
)
async def hand_over(
    officer: OfficerActor, case_no: str, now: datetime, data: HandOver, deed: Deed | None
) -> Response[Filed]:
    """一次发证."""

    async def act() -> object:
        return await collecting.hand_over(case_no, data, by=officer, now=now)

    return await deeds.answer(deed, case_no, act, _at_desk)


handlers = [read, withdraw, withdraw_part, choose, collect, hand_over]
