"""The certificate on a phone, verifying by anyone, and the rating."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.response import Redirect
from markupsafe import Markup

from backend import catalogue, views
from backend.cases import facts, papers, reading
from backend.documents.qr import qr_svg
from backend.domain import approval
from backend.domain.refusal import Refusal
from backend.i18n import gettext as _
from backend.issuance import actions, queries
from backend.issuance.api import look_at, look_up, pdf_response
from backend.people.guards import citizen_only, public
from backend.problems import problem_of
from shared_schemas.issuance import RatingGiven
from shared_schemas.people import CitizenActor
from shared_schemas.vocabulary import Rating, Step, Verb

Page = Response[Any]
_NO_INDEX = {"x-robots-tag": "noindex, nofollow", "referrer-policy": "no-referrer"}


@get("/cases/{case_no:str}/certificate", guards=[citizen_only])
async def certificate(request: Request[Any, Any, Any], citizen: CitizenActor, case_no: str, now: datetime) -> Page:
    """领证: collect it, open it, or where to fetch it."""
    case = await reading.owned(case_no, citizen.id)
    if case.step is Step.GRANTED:
        await actions.issue(case_no, now)
        case = await reading.owned(case_no, citizen.id)
    found = await queries.of_case(case)
    if found is None:
        raise Refusal("certificate.not_ready")
    matter = await catalogue.version(case.matter, case.matter_version)
    code = papers.track_url(await reading.tracking_code_of(case))
    return views.page(
        request,
        "issuance/certificate.html",
        case=case,
        matter=matter,
        certificate=found,
        qr=Markup(qr_svg(code, _("领证二维码"))),  # noqa: S704 - drawn by us
        may_rate=Verb.RATE in approval.citizen_verbs(await facts.load(case), is_owner=True),
    )


@post("/cases/{case_no:str}/certificate", guards=[citizen_only])
async def collect(citizen: CitizenActor, case_no: str, now: datetime) -> Page:
    """下载领证: the first tap collects and closes."""
    await actions.collect(case_no, by=citizen, now=now)
    return Redirect(f"/cases/{case_no}/certificate", status_code=303)


@get("/cases/{case_no:str}/certificate.pdf", guards=[citizen_only])
async def certificate_pdf(citizen: CitizenActor, case_no: str) -> Page:
    """The signed file."""
    return pdf_response(*await actions.pdf(case_no, by=citizen))


@get("/cases/{case_no:str}/rating", guards=[citizen_only])
async def rating(request: Request[Any, Any, Any], citizen: CitizenActor, case_no: str) -> Page:
    """好差评: nothing filled in beforehand."""
    return await _rating_page(request, citizen, case_no)


async def _rating_page(
    request: Request[Any, Any, Any], citizen: CitizenActor, case_no: str, *, words: str = "", fault: str = ""
) -> Page:
    case = await reading.owned(case_no, citizen.id)
    matter = await catalogue.version(case.matter, case.matter_version)
    return views.page(
        request,
        "issuance/rating.html",
        status_code=422 if fault else 200,
        case=case,
        matter=matter,
        words=words,
        levels=list(Rating),
        fault=fault,
        is_open=case.step is Step.CLOSED and not case.is_rated,
    )


@post("/cases/{case_no:str}/rating", guards=[citizen_only])
async def rate(request: Request[Any, Any, Any], citizen: CitizenActor, case_no: str, now: datetime) -> Page:
    """评价."""
    form = await request.form()
    level, words = str(form.get("level", "")), str(form.get("words", ""))[:500]
    if level not in {each.value for each in Rating}:
        return await _rating_page(request, citizen, case_no, words=words, fault=_("先点一个，再交"))
    await actions.rate(case_no, RatingGiven(Rating(level), words), by=citizen, now=now)
    return Redirect(f"/cases/{case_no}/rating", status_code=303)


@get("/verify", guards=[public], opt={"public": True})
async def verify_form(request: Request[Any, Any, Any], now: datetime, number: str = "") -> Page:
    """Type the number, or choose the file."""
    if number.strip():
        return await _verify_page(request, number, now)
    return views.page(
        request, "issuance/verify.html", number="", found=None, file=None, problem=None, headers=_NO_INDEX
    )


@get("/verify/{number:str}", guards=[public], opt={"public": True})
async def verify(request: Request[Any, Any, Any], number: str, now: datetime) -> Page:
    """真的、假的、作废的: for anyone who scans the code on a certificate."""
    return await _verify_page(request, number, now)


async def _verify_page(request: Request[Any, Any, Any], number: str, now: datetime) -> Page:
    found, problem = None, None
    try:
        found = await look_up(request, number, now)
    except Refusal as refusal:
        problem = problem_of(refusal)
    return views.page(
        request,
        "issuance/verify.html",
        status_code=problem.status if problem else 200,
        number=number[:60],
        found=found,
        file=None,
        problem=problem,
        headers=_NO_INDEX,
    )


@post("/verify", guards=[public], opt={"public": True}, status_code=200)
async def verify_file(request: Request[Any, Any, Any], now: datetime) -> Page:
    """Check a PDF; nothing of it is kept."""
    file, checked, problem = (await request.form()).get("file"), None, None
    try:
        if not isinstance(file, UploadFile):
            raise Refusal("certificate.not_a_pdf")  # noqa: TRY301 - the same page says it
        checked = await look_at(request, file, now)
    except Refusal as refusal:
        problem = problem_of(refusal)
    return views.page(
        request,
        "issuance/verify.html",
        status_code=problem.status if problem else 200,
        number="",
        found=None,
        file=checked,
        problem=problem,
        headers=_NO_INDEX,
    )


handlers = [certificate, collect, certificate_pdf, rating, rate, verify_form, verify, verify_file]
