"""文书 of a case: numbered, kept as data in the transaction of their event, rendered the same every time."""

from __future__ import annotations

from datetime import date, datetime

import msgspec
from msgspec import Struct

from backend import calendars, crypto, db
from backend.cases import numbers
from backend.catalogue import organs
from backend.documents import shapes
from backend.documents.rendering import render
from backend.domain.calendar import day_of
from backend.domain.document_number import document_number
from backend.domain.masking import mask_id
from backend.domain.refusal import Refusal
from backend.settings import settings
from shared_schemas.case import Case, NewCase
from shared_schemas.case import Receipt as Received
from shared_schemas.people import Actor, OfficerActor
from shared_schemas.vocabulary import DocumentKind

# 行政许可法 §32(4): incomplete papers are named on the spot or within five days, later counts as accepted.
TOLD_WITHIN = 5


class Paper(Struct, frozen=True):
    """A formal document of a case without its content: what lists and links need."""

    id: int
    kind: DocumentKind
    number: str
    issued_at: datetime


def track_url(tracking_code: str) -> str:
    """What the case's QR code opens."""
    return f"{settings.base_url}/t/{tracking_code}"


def letterhead(
    case_no: str, matter: str, department: str, tracking_code: str, number: str, by: Actor, on: date
) -> shapes.Letterhead:
    """The head of any paper of this case. The receipt comes from the hall, everything else from the organ."""
    is_officer = isinstance(by, OfficerActor)
    return shapes.Letterhead(
        number=number,
        organ=organs.name_of(department),
        matter_name=matter,
        case_no=case_no,
        issued_on=on,
        handler=by.name if is_officer else settings.hall_name,
        phone=(by.phone if is_officer else "") or settings.hall_phone,
        tracking_url=track_url(tracking_code),
        hall=settings.hall_name,
        is_demo=settings.demo,
    )


def receipt(new: NewCase, received: Received, by: Actor, now: datetime) -> shapes.Receipt:
    """收件凭证: what was handed in, and the day by which the applicant will be told."""
    is_company = new.credit_code is not None
    number = new.credit_code if is_company else new.applicant_id_no
    return shapes.Receipt(
        head=letterhead(
            received.case_no,
            new.matter_name,
            new.department,
            received.tracking_code,
            received.case_no,
            by,
            day_of(now),
        ),
        applicant=shapes.Party(
            name=new.applicant_name,
            id_label="统一社会信用代码" if is_company else "证件号码",
            id_number=(number if is_company else mask_id(number)) if number else "",
        ),
        received_at=now,
        materials=tuple(shapes.ReceivedMaterial(name=m.name, given=m.how.label("zh")) for m in new.materials),
        receiver=by.name if isinstance(by, OfficerActor) else "网上收件",
        told_by=calendars.current().add_workdays(day_of(now), TOLD_WITHIN).day,
        query_password=received.query_password,
        channel=new.channel.label("zh"),
    )


def seal(case_no: str, kind: DocumentKind, paper: shapes.Paper) -> bytes:
    """The paper's content as it is kept."""
    return crypto.seal(msgspec.json.encode(paper), f"formal_document|{kind}|{case_no}")


def _open(case_no: str, kind: DocumentKind, blob: bytes) -> shapes.Paper:
    shape = next(shape for shape, of in shapes.KINDS.items() if of is kind)
    return msgspec.json.decode(crypto.open_(blob, f"formal_document|{kind}|{case_no}"), type=shape)


async def next_number(department: str, kind: DocumentKind, on: date) -> str:
    """The next 文号 of the organ for this kind and year; gapless, so call it inside the saving transaction."""
    serial = await numbers.next_document_serial(department, kind, on.year)
    return document_number(organs.sign_of(department), kind, on.year, serial)


async def issue(case: Case, paper: shapes.Paper, *, by: Actor, now: datetime) -> int:
    """Keep a paper of the case (its `head.number` from `next_number`), in the caller's transaction; its id."""
    kind = shapes.KINDS[type(paper)]
    return await db.fetchval(
        "INSERT INTO formal_document (case_id, kind, number, issued_at, issued_by, content_sealed) "
        "VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
        case.id,
        kind,
        paper.head.number,
        now,
        by.id if isinstance(by, OfficerActor) else None,
        seal(case.case_no, kind, paper),
    )


async def of(case_id: int) -> list[Paper]:
    """The papers of a case, oldest first."""
    rows = await db.fetch(
        "SELECT id, kind, number, issued_at FROM formal_document WHERE case_id = $1 ORDER BY id", case_id
    )
    return [Paper(r[0], DocumentKind(r[1]), r[2], r[3]) for r in rows]


async def pdf(case: Case, document_id: int) -> tuple[str, bytes]:
    """File name and PDF of one paper of this case. Raises Refusal("document.not_found")."""
    row = await db.fetchrow(
        "SELECT kind, number, content_sealed FROM formal_document WHERE id = $1 AND case_id = $2",
        document_id,
        case.id,
    )
    if row is None:
        raise Refusal("document.not_found")
    kind = DocumentKind(row["kind"])
    paper = _open(case.case_no, kind, row["content_sealed"])
    return f"{kind.label('zh')}-{case.case_no}.pdf", await render(paper)
