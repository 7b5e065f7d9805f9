"""The owner's pages of a filed bundle: everything under one code, one collection, taking parts or all of it back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect
from markupsafe import Markup

import backend.bundles.refusals  # noqa: F401 - the sentences of this slice
from backend import views
from backend.bundles import collecting, queries, withdrawing
from backend.cases import papers, reading
from backend.documents.qr import qr_svg
from backend.domain.calendar import day_of
from backend.domain.refusal import Refusal
from backend.i18n import gettext as _
from backend.people.guards import citizen_only
from shared_schemas.case import Case
from shared_schemas.correction import Withdrawal
from shared_schemas.people import CitizenActor
from shared_schemas.vocabulary import Delivery

Page = Response[Any]
_MINE: dict[str, Any] = {"guards": [citizen_only]}


@get("/cases/{case_no:str}/bundle", **_MINE)
async def whole(request: Request[Any, Any, Any], citizen: CitizenActor, case_no: str, now: datetime) -> Page:
    """All of it: each part, one timeline, one code, what can be collected. htmx gets the part that moves."""
    case = await _owned(case_no, citizen)
    filing = case.filing or 0
    code = await queries.code_of(filing)
    ready = await collecting.ready_of(filing)
    answer = views.fragment if views.is_htmx(request) else views.page
    return answer(
        request,
        "bundles/_filing.html" if views.is_htmx(request) else "bundles/filing.html",
        case_no=case_no,
        filing=await queries.view(filing),
        by_phone=[each.case_no for each in ready if each.delivery is Delivery.DOWNLOAD],
        track_url=papers.track_url(code),
        today=day_of(now),
        qr=Markup(qr_svg(papers.track_url(code), _("进度二维码"))),  # noqa: S704 - drawn by us
    )


async def _owned(case_no: str, citizen: CitizenActor) -> Case:
    case = await reading.owned(case_no, citizen.id)
    if case.filing is None:
        raise Refusal("bundle.none")
    return case


@get("/cases/{case_no:str}/bundle/withdrawal", **_MINE)
async def ask(request: Request[Any, Any, Any], citizen: CitizenActor, case_no: str) -> Page:
    """Are you sure? What happens then."""
    case = await _owned(case_no, citizen)
    return views.page(
        request,
        "bundles/withdrawal.html",
        case_no=case_no,
        filing=await queries.view(case.filing or 0, with_lines=False),
    )


@post("/cases/{case_no:str}/bundle/withdrawal", **_MINE)
async def withdraw(request: Request[Any, Any, Any], citizen: CitizenActor, case_no: str, now: datetime) -> Page:
    """全部撤回."""
    reason = str((await request.form()).get("reason", ""))[:1000]
    await withdrawing.withdraw_all(case_no, Withdrawal(reason), by=citizen, now=now)
    return _back(case_no)


@post("/cases/{case_no:str}/bundle/parts/{position:int}/withdrawal", **_MINE)
async def withdraw_part(citizen: CitizenActor, case_no: str, position: int, now: datetime) -> Page:
    """One part that still waits is not done."""
    await withdrawing.withdraw_part(case_no, position, by=citizen, now=now)
    return _back(case_no)


@post("/cases/{case_no:str}/bundle/collecting", **_MINE)
async def choose(request: Request[Any, Any, Any], citizen: CitizenActor, case_no: str) -> Page:
    """都好了一起领, or each as it is ready."""
    is_together = str((await request.form()).get("together", "")) == "yes"
    await withdrawing.choose_together(case_no, is_together=is_together, by=citizen)
    return _back(case_no)


@post("/cases/{case_no:str}/bundle/collection", **_MINE)
async def collect(citizen: CitizenActor, case_no: str, now: datetime) -> Page:
    """一次领完: every electronic result that is ready."""
    await collecting.collect(case_no, by=citizen, now=now)
    return _back(case_no)


def _back(case_no: str) -> Page:
    return Redirect(f"/cases/{case_no}/bundle", status_code=303, headers={"cache-control": "no-store"})


handlers = [whole, ask, withdraw, withdraw_part, choose, collect]
