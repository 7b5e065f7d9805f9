"""Walk-in intake: a clerk files for somebody at the window, with the same pages on the tablet."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from backend import catalogue, views
from backend.cases import papers, reading
from backend.catalogue import listing
from backend.catalogue.listing import Wish
from backend.domain.calendar import day_of
from backend.domain.refusal import Refusal
from backend.i18n import language
from backend.intake import actions, profile, queries
from backend.intake.owners import owner_of
from backend.people import citizens
from backend.people.audit import audit
from backend.people.guards import requires
from backend.people.sealing import id_index
from backend.people.sessions import Visitor
from shared_schemas.draft import DraftStart
from shared_schemas.faults import Fault
from shared_schemas.id_kind import IdKind
from shared_schemas.identity import (
    fault_in_credit_code,
    fault_in_id_document,
    fault_in_mobile,
    fault_in_name,
    plain_name,
    plain_number,
)
from shared_schemas.matter import Matter
from shared_schemas.people import OfficerActor
from shared_schemas.reasons import sentence
from shared_schemas.vocabulary import ApplicantKind, FiledFor, Role

_CLERK: dict[str, Any] = {"guards": [requires(Role.ACCEPTANCE_CLERK)]}
_FIELDS = ("filed_for", "id_kind", "id_number", "name", "mobile", "org_name", "uscc")


@get("/desk/intake", **_CLERK)
async def matters(request: Request[Any, Any, Any], officer: OfficerActor, q: str = "") -> Response[bytes]:
    """What the person at the window wants. Any matter, online or not; one's own unfinished intake first."""
    found = listing.listing(catalogue.current(), Wish(q=q[:200], limit=30)) if q.strip() else None
    return views.page(
        request, "intake/desk_matters.html", q=q[:200], found=found, drafts=await queries.drafts_of(owner_of(officer))
    )


@get("/desk/intake/{code:str}", **_CLERK)
async def who(request: Request[Any, Any, Any], code: str) -> Response[bytes]:
    """Who it is for."""
    return _who_page(request, catalogue.current().matter(code), {}, {})


def _who_page(
    request: Request[Any, Any, Any], matter: Matter, given: dict[str, str], errors: dict[str, str]
) -> Response[bytes]:
    kinds = matter.applicants or tuple(ApplicantKind)
    words = {name: given.get(name, "") for name in _FIELDS}
    words["filed_for"] = words["filed_for"] or (FiledFor.SELF if ApplicantKind.PERSON in kinds else FiledFor.COMPANY)
    return views.page(
        request,
        "intake/desk_who.html",
        status_code=422 if errors else 200,
        matter=matter,
        given=words,
        errors=errors,
        id_kinds=list(IdKind),
        is_for_people=ApplicantKind.PERSON in kinds,
        is_for_companies=ApplicantKind.COMPANY in kinds,
    )


@post("/desk/intake/{code:str}", **_CLERK)
async def begin(
    request: Request[Any, Any, Any], code: str, officer: OfficerActor, visitor: Visitor, now: datetime
) -> Response[Any]:
    """Take down who stands at the window; no account is needed, an existing one gets the case too."""
    matter = catalogue.current().matter(code)
    form = await request.form()
    given = {name: str(form.get(name, "")).strip()[:200] for name in _FIELDS}
    is_company = given["filed_for"] == FiledFor.COMPANY
    filed_for = FiledFor.COMPANY if is_company else FiledFor.SELF
    kind = IdKind(given["id_kind"]) if given["id_kind"] in set(IdKind) else IdKind.RESIDENT
    name, number, mobile = plain_name(given["name"]), plain_number(given["id_number"]), plain_number(given["mobile"])
    code_no = plain_number(given["uscc"])
    errors = _errors(kind, name, number, mobile, given["org_name"] if is_company else None, code_no, now)
    if errors:
        return _who_page(request, matter, given, errors)
    index = id_index(kind, number)
    # 回避: seen before anything is typed, not when the case is there.
    if index.hex() in officer.kin or (is_company and code_no in officer.companies):
        raise Refusal("approval.conflict_of_interest")
    known = profile.of_walk_in(filed_for, name, kind, number, mobile)
    if is_company:
        known = profile.Prefill({**known.values, "org_name": given["org_name"], "uscc": code_no}, known.locked)
    account = await citizens.by_id_index(index)
    draft = await actions.begin_walk_in(officer, DraftStart(code, filed_for), known, now, citizen=account)
    await audit(officer, "intake.begun", now=now, citizen=account, visitor=visitor, matter=code)
    return Redirect(f"/drafts/{draft.id}", status_code=303, headers={"cache-control": "no-store"})


def _errors(
    kind: IdKind, name: str, number: str, mobile: str, org_name: str | None, code_no: str, now: datetime
) -> dict[str, str]:
    faults: dict[str, Fault | None] = {
        "id_number": fault_in_id_document(kind, number, day_of(now)) if number else Fault("field.missing"),
        "name": fault_in_name(name),
        "mobile": fault_in_mobile(mobile) if mobile else Fault("field.missing"),
    }
    if org_name is not None:
        faults["org_name"] = None if 2 <= len(org_name) <= 100 else Fault("field.missing")
        faults["uscc"] = fault_in_credit_code(code_no) if code_no else Fault("field.missing")
    return {field: sentence(fault, language()) for field, fault in faults.items() if fault}


@get("/drafts/{draft_id:str}/receipt.pdf", **_CLERK)
async def print_receipt(draft_id: str, officer: OfficerActor) -> Response[bytes]:
    """收件凭证 to print and hand over."""
    draft = await queries.draft(draft_id, owner_of(officer))
    if draft.submitted_case_id is None:
        raise Refusal("draft.not_found")
    case = await reading.by_id(draft.submitted_case_id)
    seen = await queries.receipt(case.id)
    _name, body = await papers.pdf(case, seen.receipt_id)
    return Response(
        body,
        media_type="application/pdf",
        headers={"content-disposition": f"inline; filename={case.case_no}.pdf", "cache-control": "no-store"},
    )


handlers = [matters, who, begin, print_receipt]
