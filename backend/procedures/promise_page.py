"""The two pages of 容缺受理, signing and handing in: for the owner on a phone, for a clerk over the counter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from litestar import Request, Response
from msgspec import Struct

from backend import catalogue, db, views
from backend.cases import promises, uploads
from backend.domain.calendar import day_of
from backend.domain.refusal import Refusal
from backend.problems import problem_of
from backend.procedures import promising, supplying
from backend.settings import settings
from shared_schemas.case import Case
from shared_schemas.people import CitizenActor, OfficerActor
from shared_schemas.promise import PaperSupplied, PaperToFollow, PromiseSigned, PromiseView, Supplied


class OpenPaper(Struct, frozen=True):
    """A paper that is to follow, with the files that are on their way."""

    paper: PaperToFollow
    slot: str
    files: tuple[tuple[str, str], ...] = ()
    is_on_paper: bool = False


async def show_signing(
    request: Request[Any, Any, Any], case: Case, back: str, *, refusal: Refusal | None = None, typed: str = ""
) -> Response[Any]:
    """The promise to read and sign. Signed already, or nothing to sign: a plain page that says so."""
    promise = await promises.of(case.id)
    is_open = promise is not None and bool(promise.papers or promise.committed) and promise.signed_at is None
    matter = await catalogue.version(case.matter, case.matter_version)
    return await _page(
        request, "procedures/promise.html", case, back, refusal, promise=promise, is_open=is_open, typed=typed,
        action=f"{back}/promise", conditions=promising.conditions_of(matter),
    )  # fmt: skip


async def show_supplying(
    request: Request[Any, Any, Any],
    case: Case,
    owner: str,
    back: str,
    now: datetime,
    *,
    refusal: Refusal | None = None,
    form: Mapping[str, str] | None = None,
) -> Response[Any]:
    """What is to follow, each with its own files."""
    promise = await promises.of(case.id)
    return await _page(
        request, "procedures/supply.html", case, back, refusal, promise=promise, action=f"{back}/supply",
        lines=await _lines(promise, owner, form or {}), most=settings.max_upload_bytes, today=day_of(now),
    )  # fmt: skip


async def _page(
    request: Request[Any, Any, Any], name: str, case: Case, back: str, refusal: Refusal | None, **more: Any
) -> Response[Any]:
    problem = problem_of(refusal) if refusal else None
    return views.page(
        request,
        name,
        status_code=problem.status if problem else 200,
        case=case,
        matter=await catalogue.version(case.matter, case.matter_version),
        back=back,
        problem=problem,
        is_desk=back.startswith("/desk/"),
        **more,
    )


async def _lines(promise: PromiseView | None, owner: str, form: Mapping[str, str]) -> list[OpenPaper]:
    open_papers = promise.papers if promise else ()
    slots = {paper.key: supplying.slot_of(paper.key) for paper in open_papers}
    files = await uploads.loose(owner, list(slots.values()))
    return [
        OpenPaper(paper, slots[paper.key], tuple(files.get(slots[paper.key], ())), f"paper-{paper.key}" in form)
        for paper in open_papers
    ]


async def sign(
    case: Case, form: Mapping[str, str], *, by: CitizenActor | OfficerActor, now: datetime
) -> Refusal | None:
    """Sign from the page's form. What is wrong, or None."""
    try:
        await promising.sign(case.case_no, PromiseSigned(form.get("signature", "")[:60]), by=by, now=now)
    except Refusal as refusal:
        return refusal
    return None


async def supply(
    case: Case, form: Mapping[str, str], *, by: CitizenActor | OfficerActor, now: datetime
) -> Refusal | None:
    """Hand in what was uploaded for the papers of the page, or ticked as brought on paper. What is wrong, or None."""
    lines = await _lines(await promises.of(case.id), uploads.owner_of(by), form)
    items = tuple(
        PaperSupplied(line.paper.key, tuple(upload for upload, _ in line.files), line.is_on_paper and not line.files)
        for line in lines
    )
    try:
        async with db.transaction():
            await supplying.supply(case.case_no, Supplied(items), by=by, now=now)
    except Refusal as refusal:
        return refusal
    return None
