"""送达 that takes time: what could not be served at once is posted or handed over, and the day it arrived is kept.

A clock stands still only from that day on (行政许可法 §45): the notice of a procedure or a hearing stops it when it is served.
"""

from __future__ import annotations

from datetime import datetime

from backend import db
from backend.cases import drafting, facts, papers, reading, services
from backend.documents import shapes
from backend.domain import approval
from backend.domain.authority import refuse_conflict
from backend.domain.calendar import day_of
from backend.domain.refusal import Refusal
from backend.people.audit import audit
from backend.procedures import reckoning
from backend.settings import settings
from shared_schemas.case import Case
from shared_schemas.people import OfficerActor
from shared_schemas.service import PostSent, ServiceConfirmed, ServiceMethod, ServiceView
from shared_schemas.vocabulary import DocumentKind


async def post(case_no: str, service: int, given: PostSent, *, by: OfficerActor, now: datetime) -> None:
    """It went by post, under this number. Raises Refusal("service.not_open")."""
    async with db.transaction():
        case = await _case(case_no, by)
        await services.open_one(case, service)
        await services.sent(service, given, now)
        await audit(by, "service.posted", now=now, case_no=case_no, service=service)


async def confirm(case_no: str, service: int, given: ServiceConfirmed, *, by: OfficerActor, now: datetime) -> None:
    """It arrived: the 送达回证 is completed, and a clock that waited for the notice stands still from that day.

    Raises Refusal("service.not_open"), "service.in_future", "service.too_early".
    """
    async with db.transaction():
        case = await _case(case_no, by)
        view = await services.open_one(case, service)
        services.check_day(view, given.served_on, day_of(now))
        await services.arrived(case, service, given)
        await papers.issue(case, await receipt(case, view, given, by, now), by=by, now=now)
        await _stop_clocks(case, view, given, now)
        await audit(by, "service.confirmed", now=now, case_no=case_no, service=service)


async def _case(case_no: str, by: OfficerActor) -> Case:
    """The case, locked, for an officer in scope. Raises Refusal("case.not_found"), "approval.conflict_of_interest"."""
    await db.execute("SELECT 1 FROM case_file WHERE case_no = $1 FOR UPDATE", case_no)
    case = await reading.by_number(case_no)
    if not approval.may_read(case.department, by):
        raise Refusal("case.not_found")
    refuse_conflict(await facts.load(case), by)
    return case


async def receipt(
    case: Case, view: ServiceView, given: ServiceConfirmed, by: OfficerActor, now: datetime
) -> shapes.DeliveryReceipt:
    """送达回证 of what arrived on a day, by post or over the counter."""
    by_post = view.method is ServiceMethod.POST
    head = await drafting.head(case, DocumentKind.DELIVERY_RECEIPT, by=by, now=now)
    return shapes.DeliveryReceipt(
        head=head,
        applicant=await drafting.party(case),
        delivered=tuple(shapes.Delivered(name, number) for name, number in view.documents),
        method=view.method.zh,
        place=f"{view.carrier}，单号 {view.tracking_no}" if by_post else settings.hall_name,
        deliverer=view.carrier if by_post else head.handler,
        recipient=given.recipient.strip(),
        relation=given.relation.zh,
        evidence="邮件回执上注明的收件日期" if by_post else "当面签收",
        served_on=given.served_on,
    )


async def _stop_clocks(case: Case, view: ServiceView, given: ServiceConfirmed, now: datetime) -> None:
    stopped = await db.fetch(
        "UPDATE standstill SET told_on = $3 WHERE case_id = $1 AND notice = ANY($2) AND told_on IS NULL "
        "AND ends_on IS NULL RETURNING id",
        case.id,
        [number for _, number in view.documents],
        given.served_on,
    )
    if not stopped or case.decided_at is not None:
        return
    await reckoning.keep(case, day_of(now))
