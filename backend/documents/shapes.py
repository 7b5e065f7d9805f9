"""What each formal document (文书) says: frozen facts in, bytes out. No text of the law lives here.

Wording, legal articles and layout are data (`wording/*.toml`); these structs carry only what differs from case to
case. Days are Asia/Shanghai days, instants are aware. Every text may hold any Unicode and is never read as markup.
"""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from backend.documents.ending_shapes import (
    CommitmentLetter,
    PromiseLetter,
    ReopeningNotice,
    RevocationDecision,
    TerminationNotice,
)
from backend.documents.heads import Letterhead, Party, Remedies
from backend.documents.side_shapes import (
    ExtensionNotice,
    HearingNotice,
    HearingRecord,
    HearingRight,
    ProcedureNotice,
)
from backend.documents.survey_shapes import SurveyRecord
from shared_schemas.vocabulary import DocumentKind


class ReceivedMaterial(Struct, frozen=True):
    """One line of the receipt's list. `given` says how it came (上传、纸质、由我们调取 …), `form` 原件 or 复印件."""

    name: str
    copies: int = 1
    form: str = ""
    given: str = ""


class Defect(Struct, frozen=True):
    """One fault of a filing: in what, what is wrong, what is required, how to put it right."""

    material: str
    problem: str
    requirement: str
    how_to_fix: str


class Delivered(Struct, frozen=True):
    """One document served on the citizen."""

    name: str
    number: str
    copies: int = 1


class Receipt(Struct, frozen=True):
    """收件凭证 (行政许可法 §32). The only paper that carries the query password."""

    head: Letterhead
    applicant: Party
    received_at: datetime
    materials: tuple[ReceivedMaterial, ...]
    receiver: str
    told_by: date
    query_password: str
    channel: str = ""
    window: str = ""


class AcceptanceNotice(Struct, frozen=True):
    """受理通知书. `limit` in words (20 个工作日); empty `fee` prints the wording's "不收费".

    `is_deemed`: nobody decided to accept, the law did (§32(4)); `accepted_on` is then the day of receipt. `following`:
    papers that the applicant promised to hand in by `supply_by` (容缺).
    """

    head: Letterhead
    applicant: Party
    accepted_on: date
    due_on: date
    limit: str
    complaint_channels: tuple[str, ...]
    fee: str = ""
    statutory_due_on: date | None = None
    is_due_provisional: bool = False
    uncounted: tuple[str, ...] = ()
    is_deemed: bool = False
    following: tuple[str, ...] = ()
    supply_by: date | None = None


class OneTimeNotice(Struct, frozen=True):
    """一次性告知书: every defect at once. `answer_by` None where no day is set."""

    head: Letterhead
    applicant: Party
    received_on: date
    defects: tuple[Defect, ...]
    answer_by: date | None = None


class DeclineDecision(Struct, frozen=True):
    """不予受理决定书. `ground` is the legal ground, `competent_organ` whom to turn to instead (may be empty)."""

    head: Letterhead
    applicant: Party
    applied_on: date
    ground: str
    remedies: Remedies
    reasons: str = ""
    competent_organ: str = ""


class GrantDecision(Struct, frozen=True):
    """准予许可决定书. `content` what is granted, `conditions` what binds the holder."""

    head: Letterhead
    applicant: Party
    applied_on: date
    content: str
    result_name: str
    remedies: Remedies
    conditions: tuple[str, ...] = ()
    valid_until: date | None = None


class RefuseDecision(Struct, frozen=True):
    """不予许可决定书 (行政许可法 §38): facts, reasons, law, remedies."""

    head: Letterhead
    applicant: Party
    applied_on: date
    facts: str
    reasons: str
    remedies: Remedies


class CollectionNotice(Struct, frozen=True):
    """领证通知书: what is ready, where, when, what to bring."""

    head: Letterhead
    applicant: Party
    result_name: str
    ready_on: date
    place: str
    hours: str
    bring: tuple[str, ...] = ()


class DeliveryReceipt(Struct, frozen=True):
    """送达回证. Empty `recipient` and no `delivered_at` leave lines to be signed by hand.

    `evidence` says how the recipient confirmed (签名、扫码核验、下载记录、邮件回执). `served_on`: the day that a receipt names,
    where no instant is known.
    """

    head: Letterhead
    applicant: Party
    delivered: tuple[Delivered, ...]
    method: str
    place: str
    deliverer: str
    recipient: str = ""
    relation: str = ""
    evidence: str = ""
    delivered_at: datetime | None = None
    served_on: date | None = None
    note: str = ""


class Entry(Struct, frozen=True):
    """One labelled line of a certificate."""

    label: str
    value: str


class CertificateSheet(Struct, frozen=True):
    """证照: a certificate page. `valid_until` None prints 长期有效; `verify_url` becomes the QR code."""

    name: str
    number: str
    holder: str
    entries: tuple[Entry, ...]
    organ: str
    issued_on: date
    verify_url: str
    legal_basis: str = ""
    holder_label: str = ""
    seal_name: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    is_portrait: bool = False
    is_demo: bool = False


Paper = (
    Receipt
    | AcceptanceNotice
    | OneTimeNotice
    | DeclineDecision
    | GrantDecision
    | RefuseDecision
    | CollectionNotice
    | DeliveryReceipt
    | ProcedureNotice
    | ExtensionNotice
    | HearingRight
    | HearingNotice
    | HearingRecord
    | PromiseLetter
    | CommitmentLetter
    | TerminationNotice
    | ReopeningNotice
    | SurveyRecord
    | RevocationDecision
    | CertificateSheet
)

KINDS: dict[type[Paper], DocumentKind] = {
    Receipt: DocumentKind.RECEIPT,
    AcceptanceNotice: DocumentKind.ACCEPTANCE_NOTICE,
    OneTimeNotice: DocumentKind.ONE_TIME_NOTICE,
    DeclineDecision: DocumentKind.DECLINE_DECISION,
    GrantDecision: DocumentKind.GRANT_DECISION,
    RefuseDecision: DocumentKind.REFUSE_DECISION,
    CollectionNotice: DocumentKind.COLLECTION_NOTICE,
    DeliveryReceipt: DocumentKind.DELIVERY_RECEIPT,
    ProcedureNotice: DocumentKind.PROCEDURE_NOTICE,
    ExtensionNotice: DocumentKind.EXTENSION_NOTICE,
    HearingRight: DocumentKind.HEARING_RIGHT,
    HearingNotice: DocumentKind.HEARING_NOTICE,
    HearingRecord: DocumentKind.HEARING_RECORD,
    PromiseLetter: DocumentKind.PROMISE_LETTER,
    CommitmentLetter: DocumentKind.COMMITMENT_LETTER,
    TerminationNotice: DocumentKind.TERMINATION_NOTICE,
    ReopeningNotice: DocumentKind.REOPENING_NOTICE,
    SurveyRecord: DocumentKind.SURVEY_RECORD,
    RevocationDecision: DocumentKind.REVOCATION_DECISION,
    CertificateSheet: DocumentKind.CERTIFICATE,
}
