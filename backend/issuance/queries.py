"""Reads of certificates: the owner's, and what anyone may know of one."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from backend import crypto, db
from backend.cases import reading
from backend.documents import hall, signing
from backend.domain.calendar import day_of
from backend.domain.masking import mask_name
from backend.domain.refusal import Refusal
from backend.issuance.issuing import aad
from backend.settings import settings
from shared_schemas.case import Case
from shared_schemas.issuance import CertificateView, FileChecked, Verified
from shared_schemas.vocabulary import ApplicantKind

_COLUMNS = "number, title, organ, holder_sealed, issued_on, valid_until, path, collected_at, collected_how, revoked_at"
# People copy the number from paper: these are the same to them.
_AS_PRINTED = str.maketrans(
    {"[": "〔", "]": "〕", "［": "〔", "］": "〕", "(": "〔", ")": "〕", "（": "〔", "）": "〕"}
)


async def row_of(case_id: int) -> Any:
    """The newest certificate of a case, or None."""
    return await db.fetchrow(f"SELECT {_COLUMNS} FROM certificate WHERE case_id = $1 ORDER BY id DESC LIMIT 1", case_id)


async def of_case(case: Case) -> CertificateView | None:
    """The certificate for its owner; None while there is none."""
    row = await row_of(case.id)
    if row is None:
        return None
    return CertificateView(
        row["number"],
        row["title"],
        row["organ"],
        crypto.open_text(row["holder_sealed"], aad("holder", case.case_no)),
        row["issued_on"],
        row["valid_until"],
        case.delivery,
        row["collected_at"],
        row["revoked_at"] is not None,
    )


def as_printed(number: str) -> str:
    """The number in the form it is kept in, from what somebody typed."""
    return "".join(number.split()).translate(_AS_PRINTED)[:60]


async def verify(number: str) -> Verified:
    """Whether this certificate is genuine, for anyone. Raises Refusal("certificate.unknown")."""
    row = await db.fetchrow(
        "SELECT t.number, t.title, t.organ, t.holder_sealed, t.issued_on, t.valid_until, t.revoked_at, c.case_no, "
        "c.applicant_kind FROM certificate t JOIN case_file c ON c.id = t.case_id WHERE t.number = $1",
        as_printed(number),
    )
    if row is None:
        raise Refusal("certificate.unknown")
    holder = crypto.open_text(row["holder_sealed"], aad("holder", row["case_no"]))
    is_person = row["applicant_kind"] == ApplicantKind.PERSON
    return Verified(
        number=row["number"],
        status="revoked" if row["revoked_at"] else "genuine",
        title=row["title"],
        organ=row["organ"],
        holder=mask_name(holder) if is_person else holder,
        issued_on=row["issued_on"],
        valid_until=row["valid_until"],
        revoked_on=day_of(row["revoked_at"]) if row["revoked_at"] else None,
        is_demo=settings.demo,
    )


async def check_file(pdf: bytes, now: datetime) -> FileChecked:
    """Whether these bytes are a certificate we issued. Raises Refusal("certificate.not_a_pdf")."""
    if not pdf.startswith(b"%PDF-"):
        raise Refusal("certificate.not_a_pdf")
    number = await db.fetchval("SELECT number FROM certificate WHERE sha256 = $1", hashlib.sha256(pdf).digest())
    signature = await signing.verify(pdf, hall.seal(now))
    return FileChecked(number is not None, signature.valid, number)


async def counterpart(case_no: str) -> tuple[Case, str]:
    """The case and its applicant's masked name, for a clerk who hands out a result."""
    case = await reading.by_number(case_no)
    name = await reading.applicant_name(case)
    return case, mask_name(name) if case.applicant_kind is ApplicantKind.PERSON else name
