"""What the documents of a case's side ways say: special procedures, extension, hearing."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from backend.documents.heads import Letterhead, Party


class ProcedureNotice(Struct, frozen=True):
    """特别程序告知书 (§45): which procedure, how many days it needs; the clock stands still from its service on."""

    head: Letterhead
    applicant: Party
    kind: str
    basis: str
    reason: str
    needed: str


class ExtensionNotice(Struct, frozen=True):
    """延期通知书 (§42): why, by how much, and the new last day."""

    head: Letterhead
    applicant: Party
    reason: str
    extended_by: str
    due_on: date
    was_due_on: date
    is_due_provisional: bool = False


class HearingRight(Struct, frozen=True):
    """听证告知书 (§47): what is going to be decided and why, and until when a hearing may be asked for."""

    head: Letterhead
    applicant: Party
    intended: str
    facts: str
    choose_by: date


class HearingNotice(Struct, frozen=True):
    """听证通知书 (§48): when, where and before whom; seven working days ahead."""

    head: Letterhead
    applicant: Party
    held_at: datetime
    place: str
    presider: str


class HearingRecord(Struct, frozen=True):
    """听证笔录 (§48): the decision is made by it. Those who took part sign."""

    head: Letterhead
    applicant: Party
    held_at: datetime
    place: str
    presider: str
    present: str
    record: str
