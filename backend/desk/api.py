"""The desk's look-ups as JSON: a scanned code to its case, personal data in clear, the log with its chain."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from litestar import Response, get, post
from msgspec import Meta, Struct

from backend.cases import log, reading
from backend.desk import scanning
from backend.domain import chain
from backend.people.guards import officer_only
from backend.people.sessions import Visitor
from backend.review.looking import look
from shared_schemas.people import OfficerActor
from shared_schemas.vocabulary import Verb

_NO_STORE = {"cache-control": "no-store"}


class Scanned(Struct, frozen=True, forbid_unknown_fields=True):
    """What was scanned or typed: the address in a QR code, a bare tracking code, or a case number."""

    code: Annotated[str, Meta(min_length=1, max_length=300)]


@post(
    "/desk/scan",
    guards=[officer_only],
    status_code=200,
    tags=["desk"],
    summary="From a scanned code to its case",
    operation_id="DeskScan",
    description="`code` is the scanned text, a tracking code or a case number. Staff in scope get `case_no`; others, such "
    "as a hall guide, get the public view's `track` for a code. Another site's QR is 400 `tracking.foreign_address`, a "
    "wrong or replaced code 404 `tracking.unknown`, a mistyped number `case_no.checksum`; another department's case is 403 "
    "`desk.outside_scope` with who handles it. `opens` is `hand-over` where a certificate waits; a draft's code takes it: `draft`.",
)
async def scan(data: Scanned, officer: OfficerActor, visitor: Visitor, now: datetime) -> scanning.Found:
    """What POST /desk/scan does."""
    return await scanning.find(data.code, officer, visitor, now)


class Revealed(Struct, frozen=True):
    """Personal data of one case in clear. `form` is by question."""

    case_no: str
    applicant: str
    form: dict[str, Any]


@post(
    "/cases/{case_no:str}/reveal",
    guards=[officer_only],
    status_code=200,
    tags=["desk"],
    summary="Show personal data",
    operation_id="RevealCase",
    description="Name and form of a case in clear, for staff who may see it. Written down as `case.revealed`. Outside the "
    "officer's scope 404; one's own or a near relative's case 403.",
)
async def reveal(officer: OfficerActor, case_no: str, visitor: Visitor, now: datetime) -> Response[Revealed]:
    """显示."""
    case = await reading.by_number(case_no)
    await look(case, officer, now, what="case.revealed", visitor=visitor)
    shown = Revealed(case.case_no, await reading.applicant_name(case), await reading.form_of(case))
    return Response(shown, headers=_NO_STORE)


class EventShown(Struct, frozen=True):
    """One line of the log. `hash` covers this line and `previous_hash`; both are hex."""

    seq: int
    verb: Verb
    by_kind: str
    by_name: str
    at: datetime
    particulars: dict[str, Any]
    previous_hash: str
    hash: str


class EventList(Struct, frozen=True):
    """The log of a case, oldest first. `is_chain_whole` False: `first_fault` is the first line that was changed."""

    items: list[EventShown]
    total: int
    is_chain_whole: bool
    first_fault: int | None = None


@get(
    "/cases/{case_no:str}/events",
    guards=[officer_only],
    tags=["desk"],
    summary="The log of a case",
    operation_id="CaseEvents",
    description="Every event with its place in the hash chain, and whether the chain holds. For staff who may see the "
    "case; the look is audited.",
)
async def events(officer: OfficerActor, case_no: str, visitor: Visitor, now: datetime) -> EventList:
    """The audit trail of one case."""
    case = await reading.by_number(case_no)
    await look(case, officer, now, what="case.log_read", visitor=visitor)
    lines = await log.of(case.id)
    fault = chain.first_fault(case.case_no, lines)
    shown = [
        EventShown(e.seq, e.verb, e.by_kind, e.by_name, e.at, e.particulars, e.previous_hash.hex(), e.hash.hex())
        for e in lines
    ]
    return EventList(shown, len(shown), fault is None, fault)


handlers = [scan, reveal, events]
