"""Walk-in intake: a clerk files for somebody at the window, with the same pages on the tablet."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from backend import catalogue, views
from backend.bundles import queries as bundles
from backend.cases import papers, reading
from backend.catalogue import bundle_guiding, listing
from backend.catalogue.listing import Wish
from backend.documents.joining import joined
from backend.domain.refusal import Refusal
from backend.intake import queries, walking_in
from backend.intake.owners import owner_of
from backend.people.guards import requires
from backend.people.sessions import Visitor
from backend.problems import problem_of
from shared_schemas.id_kind import IdKind
from shared_schemas.matter import Matter
from shared_schemas.people import OfficerActor
from shared_schemas.vocabulary import ApplicantKind, FiledFor, Role
from shared_schemas.walk_in import WalkIn

_CLERK: dict[str, Any] = {"guards": [requires(Role.ACCEPTANCE_CLERK)]}
_FIELDS = ("filed_for", "id_kind", "id_number", "name", "mobile", "org_name", "uscc", "is_uscc_checked")


@get("/desk/intake", **_CLERK)
async def matters(request: Request[Any, Any, Any], officer: OfficerActor, q: str = "") -> Response[bytes]:
    """What the person at the window wants. Any matter, online or not; one's own unfinished intake first."""
    return await matters_page(request, officer, q)


async def matters_page(
    request: Request[Any, Any, Any], officer: OfficerActor, q: str = "", *, error: str = "", status: int = 200
) -> Response[bytes]:
    """The page in any state; `error` is what was wrong with a code that hands a draft over."""
    found = listing.listing(catalogue.current(), Wish(q=q[:200], limit=30)) if q.strip() else None
    return views.page(
        request,
        "intake/desk_matters.html",
        status_code=status,
        q=q[:200],
        found=found,
        bundles=bundle_guiding.found(catalogue.current(), Wish(q=q[:200])) if q.strip() else [],
        drafts=await queries.drafts_of(owner_of(officer)),
        error=error,
    )


@get("/desk/intake/{code:str}", **_CLERK)
async def who(request: Request[Any, Any, Any], code: str) -> Response[bytes]:
    """Who it is for."""
    return _who_page(request, catalogue.current().matter(code), {}, {})


def _who_page(
    request: Request[Any, Any, Any],
    matter: Matter,
    given: dict[str, str],
    errors: dict[str, str],
    taken: list[str] | None = None,
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
        may_override=walking_in.may_override(words["uscc"]),
        bundle=bundle_guiding.guide_of(catalogue.current(), matter.code),
        taken=taken,
    )


@post("/desk/intake/{code:str}", **_CLERK)
async def begin(
    request: Request[Any, Any, Any], code: str, officer: OfficerActor, visitor: Visitor, now: datetime
) -> Response[Any]:
    """Take down who stands at the window; no account is needed, an existing one gets the case too."""
    form = await request.form()
    taken = [str(key) for key in form.getall("part", [])]
    matter = catalogue.current().matter(bundle_guiding.filing_code(catalogue.current(), code, taken) or code)
    given = {name: str(form.get(name, "")).strip()[:200] for name in _FIELDS}
    told = WalkIn(
        matter=matter.code,
        name=given["name"],
        id_number=given["id_number"],
        mobile=given["mobile"],
        filed_for="company" if given["filed_for"] == FiledFor.COMPANY else "self",
        id_kind=IdKind(given["id_kind"]) if given["id_kind"] in set(IdKind) else IdKind.RESIDENT,
        org_name=given["org_name"],
        uscc=given["uscc"],
        is_uscc_checked=bool(given["is_uscc_checked"]),
    )
    try:
        draft = await walking_in.begin(told, by=officer, now=now, visitor=visitor)
    except Refusal as refusal:
        if refusal.code != "input.invalid":
            raise
        return _who_page(request, catalogue.current().matter(code), given, problem_of(refusal).errors, taken)
    return Redirect(f"/drafts/{draft.id}", status_code=303, headers={"cache-control": "no-store"})


@get("/drafts/{draft_id:str}/receipt.pdf", **_CLERK)
async def print_receipt(draft_id: str, officer: OfficerActor) -> Response[bytes]:
    """收件凭证 to print and hand over; of a bundle those of every matter that was received, in one file."""
    draft = await queries.draft(draft_id, owner_of(officer))
    if draft.submitted_case_id is None:
        raise Refusal("draft.not_found")
    case = await reading.by_id(draft.submitted_case_id)
    together = [case] if case.filing is None else await bundles.cases_of(case.filing)
    found = [(await papers.pdf(each, (await queries.receipt(each.id)).receipt_id))[1] for each in together]
    body = found[0] if len(found) == 1 else await asyncio.to_thread(joined, found)
    return Response(
        body,
        media_type="application/pdf",
        headers={"content-disposition": f"inline; filename={case.case_no}.pdf", "cache-control": "no-store"},
    )


handlers = [matters, who, begin, print_receipt]
