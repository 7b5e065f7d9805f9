"""送达 of a notice in the middle of a case (行政许可法 §44): at once by account, else signed over the counter."""

from __future__ import annotations

from datetime import datetime

from backend.cases import closing, drafting
from backend.documents import shapes
from shared_schemas.case import Case
from shared_schemas.people import OfficerActor
from shared_schemas.service import ServiceMethod
from shared_schemas.vocabulary import DocumentKind


async def serve_now(case: Case, kind: DocumentKind, number: str, *, by: OfficerActor, now: datetime) -> bool:
    """Keep the proof of service; whether the notice has reached the applicant with it."""
    delivered = (shapes.Delivered(kind.zh, number),)
    if case.citizen is None:
        await closing.serve(case, delivered, by=by, now=now, method=ServiceMethod.DIRECT)
        return False
    recipient = (await drafting.party(case)).name
    place, evidence = "一码办手机端", "送达本人账号"
    method = ServiceMethod.ELECTRONIC
    await closing.serve(
        case, delivered, by=by, now=now, method=method, place=place, recipient=recipient, evidence=evidence
    )
    return True
