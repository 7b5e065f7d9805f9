"""Pages of a citizen's own matters: home, progress, one case, its papers, scanning and looking up."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, ServerSentEvent
from markupsafe import Markup

from backend import views
from backend.bundles import queries as bundles
from backend.cases import papers, reading
from backend.documents.qr import qr_svg
from backend.domain import case_number
from backend.domain.calendar import SHANGHAI, day_of
from backend.domain.refusal import Refusal
from backend.i18n import gettext as _
from backend.i18n import language
from backend.intake import undoing
from backend.notices import queries as notices
from backend.people.guards import citizen_only, public
from backend.problems import problem_of
from backend.tracking import access, code_pages, home, overview, public_pages, scanning
from backend.tracking.api import pdf_response
from shared_schemas.people import CitizenActor, OfficerActor
from shared_schemas.vocabulary import DocumentKind, Verb

Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/", guards=[public], opt={"public": True})
async def front(
    request: Request[Any, Any, Any], viewer: CitizenActor | OfficerActor | None, now: datetime
) -> Response[bytes]:
    """首页: what waits for you before our catalogue."""
    citizen = viewer if isinstance(viewer, CitizenActor) else None
    rows = await _rows_of(citizen) if citizen else []
    return views.page(
        request,
        "tracking/home.html",
        citizen=citizen,
        greeting=home.greeting(now.astimezone(SHANGHAI).hour),
        opening=home.opening(now),
        waiting=[row for row in rows if row.is_your_move][:2],
        running=[row for row in rows if not row.is_your_move and not row.is_over][:2],
        drafts=await home.drafts(citizen) if citizen else [],
        life=home.life_events(),
        bundles=home.bundles(),
        picks=home.picks(),
        matters=home.matter_count(),
        unread=await notices.unread(citizen.id) if citizen else 0,
    )


async def _rows_of(citizen: CitizenActor) -> list[overview.Row]:
    """The citizen's cases with those of a bundle in one row, what waits for him first."""
    return overview.gathered(await overview.of_citizen(citizen.id), await bundles.of_citizen(citizen.id))


@get("/cases", guards=[citizen_only])
async def cases(request: Request[Any, Any, Any], citizen: CitizenActor) -> Response[bytes]:
    """进度: every case of mine and every draft."""
    rows = await _rows_of(citizen)
    return views.page(request, "tracking/cases.html", rows=rows, drafts=await home.drafts(citizen))


@get("/cases/{case_no:str}", guards=[public], opt={"public": True})
async def one_case(request: Request[Any, Any, Any], case_no: str, now: datetime) -> Response[bytes]:
    """All of one case, for its owner or the holder of a pass; updated while open."""
    case, is_owner = await access.open_case(request, case_no, now)
    today = day_of(now)
    whole = await overview.for_citizen(case, today, is_owner=is_owner)
    name = "tracking/_case.html" if views.is_htmx(request) else "tracking/case.html"
    answer = views.fragment if views.is_htmx(request) else views.page
    return answer(
        request,
        name,
        case=whole,
        is_owner=is_owner,
        offer=await undoing.offer(case, now) if is_owner else None,
        together=await bundles.view(case.filing, with_lines=False) if case.filing is not None else None,
        today=today,
        papers=_beside(whole),
        qr=Markup(qr_svg(whole.track_url or "", _("进度二维码"))),  # noqa: S704 - drawn by us
        grouped=case_number.grouped(case_no),
    )


# Which act a paper tells of; one that several acts may send goes with the last of them before it was issued.
_TOLD_BY = {
    DocumentKind.RECEIPT: {Verb.RECEIVE},
    DocumentKind.ACCEPTANCE_NOTICE: {Verb.ACCEPT, Verb.DEEM_ACCEPTED},
    DocumentKind.ONE_TIME_NOTICE: {Verb.ASK_CORRECTION, Verb.ASK_SUPPLEMENT},
    DocumentKind.DECLINE_DECISION: {Verb.DECLINE},
    DocumentKind.PROCEDURE_NOTICE: {Verb.START_PROCEDURE},
    DocumentKind.EXTENSION_NOTICE: {Verb.EXTEND},
    DocumentKind.HEARING_RIGHT: {Verb.TELL_HEARING},
    DocumentKind.HEARING_NOTICE: {Verb.FIX_HEARING},
    DocumentKind.HEARING_RECORD: {Verb.HOLD_HEARING},
    DocumentKind.PROMISE_LETTER: {Verb.PROMISE},
    DocumentKind.COMMITMENT_LETTER: {Verb.PROMISE},
    DocumentKind.TERMINATION_NOTICE: {Verb.TERMINATE},
    DocumentKind.REOPENING_NOTICE: {Verb.REOPEN},
    DocumentKind.SURVEY_RECORD: {Verb.CONCLUDE_SURVEY},
    DocumentKind.REVOCATION_DECISION: {Verb.RECORD_BREACH},
    DocumentKind.GRANT_DECISION: {Verb.GRANT},
    DocumentKind.REFUSE_DECISION: {Verb.REFUSE},
    DocumentKind.COLLECTION_NOTICE: {Verb.ISSUE},
    DocumentKind.DELIVERY_RECEIPT: {Verb.HAND_OVER, Verb.DOWNLOAD},
}


def _beside(whole: overview.Whole) -> dict[int, list[dict[str, str]]]:
    """Links to papers by the seq of the line of the timeline they belong to."""
    beside: dict[int, list[dict[str, str]]] = {}
    for paper in whole.documents:
        acts = _TOLD_BY.get(paper.kind, frozenset())
        lines = [line for line in whole.standing.lines if line.verb in acts]
        line = next((line for line in lines if line.at <= paper.issued_at), lines[-1] if lines else None)
        if line is not None:
            beside.setdefault(line.seq, []).append({"href": paper.href, "word": paper.kind.label(language())})
    return beside


@get("/cases/{case_no:str}/events", guards=[public], opt={"public": True})
async def case_events(request: Request[Any, Any, Any], case_no: str, now: datetime, after: int = 0) -> ServerSentEvent:
    """Server-sent events of the owner's page."""
    case, _is_owner = await access.open_case(request, case_no, now)
    return ServerSentEvent(public_pages.sent(case.id, after or case.seq))


@get("/cases/{case_no:str}/bundle/events", guards=[citizen_only])
async def bundle_events(citizen: CitizenActor, case_no: str, after: int = 0) -> ServerSentEvent:
    """Server-sent events of the page of a bundle."""
    case = await reading.owned(case_no, citizen.id)
    if case.filing is None:
        raise Refusal("bundle.none")
    return ServerSentEvent(public_pages.of_filing(case.filing, after))


@get("/cases/{case_no:str}/documents/{name:str}", guards=[public], opt={"public": True})
async def document(request: Request[Any, Any, Any], case_no: str, name: str, now: datetime) -> Response[bytes]:
    """One 文书 as PDF: `name` is "7.pdf"."""
    number = name.removesuffix(".pdf")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise Refusal("document.not_found")
    case = await access.with_papers(request, case_no, now, int(number))
    return pdf_response(*await papers.pdf(case, int(number)))


@get("/scan", guards=[public], opt={"public": True})
async def scan(request: Request[Any, Any, Any]) -> Response[bytes]:
    """扫一扫: by camera, from a photo, or typed."""
    return views.page(request, "tracking/scan.html", fault="", typed="")


@post("/scan", guards=[public], opt={"public": True}, status_code=303)
async def scanned(request: Request[Any, Any, Any], data: Form) -> Response[Any]:
    """To the case of that code; another site's code is named as such."""
    text = data.get("code", "")[:300]
    try:
        code = scanning.code_of(text)
    except Refusal as refusal:
        problem = problem_of(refusal)
        return views.page(request, "tracking/scan.html", status_code=problem.status, fault=problem.detail, typed=text)
    return Redirect(f"/t/{code}", status_code=303)


@get("/track", guards=[public], opt={"public": True})
async def look_up(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Without an account: number, query password, last four characters of ID or mobile."""
    return views.page(request, "tracking/look_up.html", given={}, fault="")


@post("/track", guards=[public], opt={"public": True}, status_code=303)
async def looked_up(request: Request[Any, Any, Any], data: Form, now: datetime) -> Response[Any]:
    """Open the owner's view for half an hour, reading only."""
    given = {name: data.get(name, "")[:60] for name in ("case_no", "password", "last_four")}
    try:
        case = await access.by_password(request, **given, now=now)
    except Refusal as refusal:
        problem = problem_of(refusal)
        given["password"] = ""
        return views.page(
            request, "tracking/look_up.html", status_code=problem.status, given=given, fault=problem.detail
        )
    return Redirect(f"/cases/{case.case_no}", status_code=303, cookies=[access.pass_for(case.id, now)])


handlers = [
    front,
    cases,
    one_case,
    case_events,
    bundle_events,
    document,
    scan,
    scanned,
    look_up,
    looked_up,
    *code_pages.handlers,
]
