"""文号: the number of a formal document, organ + kind + year in 〔〕 + serial (GB/T 9704 §7.2.5)."""

from __future__ import annotations

import re
from types import MappingProxyType

from msgspec import Struct

from shared_schemas.vocabulary import DocumentKind

# One or two characters a kind; together with the organ's short name they read like 南行审受〔2026〕12号.
MARK_OF = MappingProxyType(
    {
        DocumentKind.RECEIPT: "收",
        DocumentKind.ACCEPTANCE_NOTICE: "受",
        DocumentKind.ONE_TIME_NOTICE: "告",
        DocumentKind.DECLINE_DECISION: "不受",
        DocumentKind.GRANT_DECISION: "准",
        DocumentKind.REFUSE_DECISION: "不许",
        DocumentKind.COLLECTION_NOTICE: "领",
        DocumentKind.DELIVERY_RECEIPT: "送",
        DocumentKind.PROCEDURE_NOTICE: "特",
        DocumentKind.EXTENSION_NOTICE: "延",
        DocumentKind.HEARING_RIGHT: "听告",
        DocumentKind.HEARING_NOTICE: "听通",
        DocumentKind.HEARING_RECORD: "听录",
        DocumentKind.PROMISE_LETTER: "容",
        DocumentKind.COMMITMENT_LETTER: "承",
        DocumentKind.TERMINATION_NOTICE: "终",
        DocumentKind.REOPENING_NOTICE: "重",
        DocumentKind.SURVEY_RECORD: "勘",
        DocumentKind.REVOCATION_DECISION: "撤",
        DocumentKind.CERTIFICATE: "证",
    }
)
_MARKS = "|".join(sorted(MARK_OF.values(), key=len, reverse=True))
_NUMBER = re.compile(rf"(\D+?)({_MARKS})〔([0-9]{{4}})〕([1-9][0-9]*)号")


class DocumentNumber(Struct, frozen=True):
    """The parts of a 文号."""

    organ: str
    kind: DocumentKind
    year: int
    serial: int


def document_number(organ: str, kind: DocumentKind, year: int, serial: int) -> str:
    """``document_number("南行审", ACCEPTANCE_NOTICE, 2026, 12)`` -> 南行审受〔2026〕12号. No leading zeros (§7.2.5)."""
    if serial < 1 or not organ:
        msg = f"a document number needs an organ and a serial from 1, got {organ!r} and {serial}"
        raise ValueError(msg)
    return f"{organ}{MARK_OF[kind]}〔{year}〕{serial}号"


def parse(text: str) -> DocumentNumber | None:
    """The parts of a 文号, or None when it is none of ours."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    kind = next(kind for kind, mark in MARK_OF.items() if mark == found[2])
    return DocumentNumber(found[1], kind, int(found[3]), int(found[4]))
