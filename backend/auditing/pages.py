"""The trail of a case on screen and as a file; the anchors of all chains and their verification."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.response import Redirect

from backend import views
from backend.auditing import anchoring, exporting, verifying
from backend.cases import reading, remarks
from backend.documents.rendering import render_trail
from backend.domain.refusal import Refusal
from backend.domain.trail import findings
from backend.people.audit import audit
from backend.people.guards import require_step_up, requires
from backend.people.sessions import Visitor
from backend.people.viewer import SignedIn
from backend.problems import problem_of
from backend.review.looking import look
from backend.settings import settings
from shared_schemas.people import OfficerActor
from shared_schemas.trail import ChainReport
from shared_schemas.vocabulary import Role

MAY_PROVE = (Role.SUPERVISOR, Role.AUDIT_ADMINISTRATOR)
_PROVERS = [requires(*MAY_PROVE)]
DEMO_MARK = "演示大厅 不具法律效力"
Page = Response[Any]


@get("/trails/{case_no:str}", guards=_PROVERS)
async def trail_page(
    request: Request[Any, Any, Any], officer: OfficerActor, case_no: str, visitor: Visitor, now: datetime
) -> Page:
    """Every event with its hash, the verdict, who looked."""
    found = await exporting.export(case_no, by=officer, now=now, what="case.trail_read", visitor=visitor)
    return views.page(
        request,
        "auditing/trail.html",
        trail=found,
        findings=findings(found),
        may_erase=officer.has(Role.SUPERVISOR),
        back="/admin/chains" if officer.has(Role.AUDIT_ADMINISTRATOR) else f"/staff/cases/{case_no}/why",
    )


def _file(body: bytes, media_type: str, name: str) -> Page:
    headers = {"content-disposition": f"attachment; filename={name}", "cache-control": "no-store"}
    return Response(body, media_type=media_type, headers=headers)


@get("/trails/{case_no:str}/trail.json", guards=_PROVERS)
async def trail_json(officer: OfficerActor, case_no: str, visitor: Visitor, now: datetime) -> Page:
    """The file that `yimaban audit verify` checks."""
    found = await exporting.export(case_no, by=officer, now=now, visitor=visitor)
    body = msgspec.json.format(msgspec.json.encode(found))
    return _file(body, "application/json", f"trail-{found.case_no}.json")


@get("/trails/{case_no:str}/trail.pdf", guards=_PROVERS)
async def trail_pdf(officer: OfficerActor, case_no: str, visitor: Visitor, now: datetime) -> Page:
    """The same on paper."""
    found = await exporting.export(case_no, by=officer, now=now, visitor=visitor)
    body = await render_trail(found, DEMO_MARK if settings.demo else "")
    return _file(body, "application/pdf", f"trail-{found.case_no}.pdf")


@post("/trails/{case_no:str}/remarks/{seq:int}/erasure", guards=[requires(Role.SUPERVISOR)])
async def erase(
    request: Request[Any, Any, Any], officer: OfficerActor, signed_in: SignedIn, case_no: str, seq: int, now: datetime
) -> Page:
    """抹去附言 (PIPL Art. 47), confirmed by passkey: the log stays whole and says that it was erased."""
    require_step_up(request, signed_in)
    case = await reading.by_number(case_no)
    await look(case, officer, now)
    await remarks.erase(case, seq, by=officer, now=now)
    return Redirect(f"/trails/{case_no}", status_code=303)


@get("/admin/chains", guards=_PROVERS)
async def chains(
    request: Request[Any, Any, Any], officer: OfficerActor, now: datetime, before: str = "", case_no: str = ""
) -> Page:
    """The anchors, newest first; a case number leads to its trail."""
    number = case_no.strip()[:24]
    if number:
        try:
            return Redirect(f"/trails/{(await reading.by_number(number)).case_no}", status_code=303)
        except Refusal as refusal:
            return await _chains(request, officer, before=None, refusal=refusal, number=number)
    await audit(officer, "chains.read", now=now)
    return await _chains(request, officer, before=_day(before))


async def _chains(
    request: Request[Any, Any, Any],
    officer: OfficerActor,
    *,
    before: date | None,
    refusal: Refusal | None = None,
    number: str = "",
    report: ChainReport | None = None,
    day: date | None = None,
) -> Page:
    problem = problem_of(refusal) if refusal else None
    anchors = await anchoring.latest(before=before)
    return views.page(
        request,
        "auditing/chains.html",
        status_code=problem.status if problem else 200,
        anchors=anchors,
        number=number,
        problem=problem,
        report=report,
        day=day,
        back="/supervision" if officer.has(Role.SUPERVISOR) else "/admin/audit",
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


@post("/admin/chains/verification", guards=_PROVERS, status_code=200)
async def verify(request: Request[Any, Any, Any], officer: OfficerActor, now: datetime) -> Page:
    """核对: all chains, or those under one day's anchor. What was found is on record."""
    day = _day(str((await request.form()).get("day", "")))
    report = await verifying.verify(now, day=day)
    await audit(officer, "chains.verified", now=now, day=day, cases=report.cases, faults=len(report.faults))
    return await _chains(request, officer, before=None, report=report, day=day)


@get("/admin/chains/anchors.json", guards=_PROVERS)
async def anchors_file(officer: OfficerActor, now: datetime) -> Page:
    """Every anchor, one JSON line each, to be kept elsewhere: `yimaban audit check --against` compares with it."""
    await audit(officer, "chains.exported", now=now)
    lines = [msgspec.json.encode(anchor) for anchor in reversed(await anchoring.latest(at_most=100_000))]
    return _file(b"\n".join([*lines, b""]), "application/jsonlines", "anchors.jsonl")


handlers = [trail_page, trail_json, trail_pdf, erase, chains, verify, anchors_file]
