"""What the documents of promises and of other ends say: 容缺受理承诺书, 终止办理通知书, 重新办理通知书."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from backend.documents.heads import Letterhead, Party, Remedies


class PromiseLetter(Struct, frozen=True):
    """容缺受理承诺书: what follows, until when, and the applicant's signature with how it was given."""

    head: Letterhead
    applicant: Party
    materials: tuple[str, ...]
    within: str
    signer: str
    signed_at: datetime
    evidence: str


class CommitmentLetter(Struct, frozen=True):
    """告知承诺书: the conditions that were told, the proofs that it stands for, and the applicant's signature."""

    head: Letterhead
    applicant: Party
    conditions: tuple[str, ...]
    materials: tuple[str, ...]
    signer: str
    signed_at: datetime
    evidence: str


class TerminationNotice(Struct, frozen=True):
    """终止办理通知书: what was due, until when it was waited for, and where to turn."""

    head: Letterhead
    applicant: Party
    applied_on: date
    reason: str
    remedies: Remedies
    owed: tuple[str, ...] = ()
    owed_by: date | None = None


class RevocationDecision(Struct, frozen=True):
    """撤销许可决定书 (行政许可法 §69): a licence that rests on an untrue commitment."""

    head: Letterhead
    applicant: Party
    certificate: str
    facts: str
    reasons: str
    remedies: Remedies


class ReopeningNotice(Struct, frozen=True):
    """重新办理通知书 (行政复议法 §68, 行政诉讼法 §70): which document set the decision aside, and the new last day."""

    head: Letterhead
    applicant: Party
    set_aside_by: str
    instrument: str
    reason: str
    ended_as: str
    due_on: date | None = None
