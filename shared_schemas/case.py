"""A case as it is read: the row, its log and its papers, as frozen structs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from msgspec import Struct, field

from shared_schemas.id_kind import IdKind
from shared_schemas.notice import Told
from shared_schemas.signing import Behalf
from shared_schemas.vocabulary import (
    ApplicantKind,
    ApprovalMode,
    Channel,
    Delivery,
    FiledFor,
    GivenHow,
    MaterialVerdict,
    Step,
    Verb,
)


class Case(Struct, frozen=True):
    """One row of `case_file` without its sealed columns. Instants are UTC; `*_on` are days in Asia/Shanghai.

    `extended_by`: what 延期 added, in the unit of the limit. `is_stopped`: a standstill lasts, so the due days are those
    of the day it began and move on when it ends. `*_amber_on`: from that day on 80 % of the limit are used. `filing`: the
    bundle (一件事) it was filed in, with its siblings. `behalf` is no column: in whose place the officer signs for whom the
    case was locked.
    """

    id: int
    case_no: str
    matter: str
    matter_version: int
    department: str
    mode: ApprovalMode
    channel: Channel
    delivery: Delivery
    step: Step
    seq: int
    filed_for: FiledFor
    applicant_kind: ApplicantKind
    received_at: datetime
    citizen: int | None = None
    company: int | None = None
    applicant_id_index: bytes | None = None
    credit_code: str | None = None
    rare_characters: str = ""
    received_by: int | None = None
    handler: int | None = None
    first_handler: int | None = None
    accepted_at: datetime | None = None
    accepted_by: int | None = None
    reviewed_by: int | None = None
    checked_by: int | None = None
    decided_by: int | None = None
    decided_at: datetime | None = None
    closed_at: datetime | None = None
    ended_as: Step | None = None  # of a closed case: where it stood before, so how it ended
    proposal: str | None = None
    is_rated: bool = False
    promised_due_on: date | None = None
    statutory_due_on: date | None = None
    is_due_provisional: bool = False
    extended_by: int = 0
    is_stopped: bool = False
    filing: int | None = None
    tracking_revoked_at: datetime | None = None
    step_since: datetime | None = None
    promised_amber_on: date | None = None
    statutory_amber_on: date | None = None
    behalf: Behalf | None = None


class Event(Struct, frozen=True):
    """One event of a case. `particulars` never holds personal data (it is inside the hash)."""

    seq: int
    verb: Verb
    by_kind: str
    by_id: int | None
    by_name: str
    at: datetime
    particulars: dict[str, Any]
    previous_hash: bytes = b""
    hash: bytes = b""


class MaterialOfCase(Struct, frozen=True):
    """A required material of a case with the files given for it (upload ids, oldest first). `name_en` may be empty."""

    key: str
    name: str
    position: int
    is_required: bool
    how: GivenHow
    verdict: MaterialVerdict | None = None
    verdict_note: str = ""
    uploads: tuple[str, ...] = ()
    name_en: str = ""


class Receipt(Struct, frozen=True):
    """What receipt gives back. `is_new` is False when the same filing had been received before."""

    case_no: str
    tracking_code: str
    query_password: str
    is_new: bool = True


class NewMaterial(Struct, frozen=True):
    """A material as it enters the case."""

    key: str
    name: str
    position: int
    is_required: bool
    how: GivenHow
    uploads: tuple[str, ...] = ()


class NewCase(Struct, frozen=True):
    """Everything receipt needs to know of a filing that was found complete.

    `owner` and `idempotency_key` make the filing happen once; `body_hash` tells a repeated filing from another
    one under the same key. In a bundle (`filing`) one tracking code and one password go for all cases.
    """

    matter: str
    matter_version: int
    matter_name: str
    department: str
    department_no: str
    mode: ApprovalMode
    channel: Channel
    delivery: Delivery
    filed_for: FiledFor
    applicant_kind: ApplicantKind
    applicant_name: str
    form: dict[str, Any]
    owner: str
    idempotency_key: str
    body_hash: bytes
    materials: tuple[NewMaterial, ...] = ()
    applicant_id_no: str | None = None
    applicant_id_kind: IdKind = IdKind.RESIDENT
    mobile: str | None = None
    credit_code: str | None = None
    citizen: int | None = None
    company: int | None = None
    draft: str | None = None
    rare_characters: str = ""
    told: Told = Told()
    filing: int | None = None
    tracking_code: str = ""
    query_password: str = ""
    pages: dict[str, int] = field(default_factory=dict[str, int])


class DeedDone(Struct, frozen=True):
    """A verb that was done under an Idempotency-Key: of which case, and when."""

    case_no: str
    at: datetime
