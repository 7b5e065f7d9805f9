"""送达 and 办结: a decision is served, then the hall itself closes the case."""

from __future__ import annotations

from datetime import datetime

from backend.cases import drafting, papers, recording, services
from backend.documents import shapes
from backend.settings import settings
from shared_schemas.case import Case
from shared_schemas.people import Actor, SystemActor
from shared_schemas.service import ServiceMethod
from shared_schemas.vocabulary import DocumentKind, Verb

HALL = SystemActor("hall")


async def serve(
    case: Case,
    delivered: tuple[shapes.Delivered, ...],
    *,
    by: Actor,
    now: datetime,
    method: ServiceMethod,
    place: str = "",
    recipient: str = "",
    relation: str = "",
    evidence: str = "",
) -> None:
    """Keep the 送达回证 of what was served (行政许可法 §44).

    Without a recipient it is handed over or posted, and `services.confirm` says later when it arrived.
    """
    head = await drafting.head(case, DocumentKind.DELIVERY_RECEIPT, by=by, now=now)
    paper = shapes.DeliveryReceipt(
        head=head,
        applicant=await drafting.party(case),
        delivered=delivered,
        method=method.zh,
        place=place or settings.hall_name,
        deliverer=head.handler,
        recipient=recipient,
        relation=relation,
        evidence=evidence,
        delivered_at=now if recipient else None,
    )
    await papers.issue(case, paper, by=by, now=now)
    await services.keep(case, delivered, method, now, recipient=recipient, relation=relation)


async def serve_and_close(case: Case, decision: shapes.Delivered, *, by: Actor, now: datetime) -> Case:
    """Serve a decision that ends the case, and close it.

    Whoever filed by phone agreed to be served there and has it at once; a walk-in gets it over the counter, with a
    proof of service to sign.
    """
    if case.citizen is not None:
        recipient = (await drafting.party(case)).name
        await serve(
            case,
            (decision,),
            by=by,
            now=now,
            method=ServiceMethod.ELECTRONIC,
            place="一码办手机端",
            recipient=recipient,
            evidence="送达本人账号",
        )
    else:
        await serve(case, (decision,), by=by, now=now, method=ServiceMethod.DIRECT)
    return await close(case, now)


async def close(case: Case, now: datetime) -> Case:
    """办结, by the hall itself."""
    return await recording.record(case, Verb.CLOSE, by=HALL, at=now, closed_at=now)
