"""领证 by post: sent under a number, handed over on the day that the receipt names; then the hall closes the case."""

from __future__ import annotations

from datetime import datetime

from backend import db
from backend.cases import closing, papers, recording, services
from backend.documents import shapes
from backend.domain.calendar import day_of
from backend.domain.refusal import Refusal
from backend.issuance import collecting, queries
from backend.procedures import service
from shared_schemas.case import Case
from shared_schemas.people import OfficerActor
from shared_schemas.service import PostSent, ServiceConfirmed, ServiceMethod
from shared_schemas.vocabulary import Verb


async def mail(case_no: str, given: PostSent, *, by: OfficerActor, now: datetime) -> Case:
    """Send the certificate; the applicant is told and finds the number on the page. May be sent again when it came back."""
    async with db.transaction():
        case = await recording.load_for(Verb.MAIL, case_no, by, now, seen=given.seen)
        row = await queries.row_of(case.id)
        if row is None:
            raise Refusal("certificate.not_ready")
        case = await recording.record(case, Verb.MAIL, by=by, at=now, particulars={"carrier": given.carrier.strip()})
        on_its_way = await services.mailed(case.id)
        delivered = (shapes.Delivered(row["title"], row["number"]),)
        kept = on_its_way.id if on_its_way else await services.keep(case, delivered, ServiceMethod.POST, now)
        await services.sent(kept, given, now)
    return case


async def arrived(case_no: str, given: ServiceConfirmed, *, by: OfficerActor, now: datetime) -> Case:
    """The receipt came back: 送达回证, and the case is closed. Raises Refusal("service.not_posted") and those of `service`."""
    async with db.transaction():
        case = await recording.load_for(Verb.HAND_OVER, case_no, by, now, seen=given.seen)
        view = await services.mailed(case.id)
        if view is None:
            raise Refusal("service.not_posted")
        services.check_day(view, given.served_on, day_of(now))
        particulars = {"relation": given.relation, "method": view.method, "served_on": given.served_on.isoformat()}
        case = await recording.record(case, Verb.HAND_OVER, by=by, at=now, particulars=particulars)
        await collecting.collected(case, "post", now, by.id, given.recipient.strip())
        await services.arrived(case, view.id, given)
        await papers.issue(case, await service.receipt(case, view, given, by, now), by=by, now=now)
        return await closing.close(case, now)
