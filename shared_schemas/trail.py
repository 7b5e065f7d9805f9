"""The audit trail of a case as a file: every event with its place in the hash chain, and what proves it.

`yimaban audit schema` prints this as JSON Schema; `yimaban audit verify FILE` checks a file without the database. How an
event is hashed: SHA-256 over JSON with sorted keys and no spaces of {at, by, case, particulars, previous, seq, verb};
`at` in UTC ("2026-11-23T01:30:00Z"), `by` = "kind:id:name", `previous` the hash before in hex ("" at the first event).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from shared_schemas.labelled import Labelled
from shared_schemas.vocabulary import Verb

FORMAT = "yimaban-trail/1"
Hash = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z", description="SHA-256 in hex")]
HashOrNone = Annotated[str, Meta(pattern=r"^([0-9a-f]{64})?\Z", description='SHA-256 in hex, "" before the first')]


class RemarkState(Labelled):
    """What became of the free text beside an event. It stands outside the hash, so that it can be erased."""

    NONE = "none", "没有附言", "No remark"
    KEPT = "kept", "有附言", "With a remark"
    WITHHELD = "withheld", "有附言，导出人无权看", "With a remark that the exporter may not read"
    ERASED = "erased", "附言已抹去", "The remark was erased"


class TrailEvent(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One event. `by_name` only for officers and the hall's own jobs; `particulars` never hold personal data."""

    seq: Annotated[int, Meta(ge=1)]
    verb: Verb
    verb_zh: str
    by_kind: Literal["citizen", "officer", "system"]
    by_id: int | None
    by_name: str
    at: datetime
    particulars: dict[str, Any]
    previous_hash: HashOrNone
    hash: Hash
    remark: RemarkState = RemarkState.NONE
    remark_text: str = ""


class TrailLook(Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody looked at the case, or did something that is no event of it: from the hall's audit trail."""

    at: datetime
    who_kind: str
    who: str
    what: str


class TrailPaper(Struct, frozen=True, forbid_unknown_fields=True):
    """A formal document that was made: kind, number, when. Its content stays in the hall."""

    kind: str
    number: str
    issued_at: datetime


class Verdict(Struct, frozen=True, forbid_unknown_fields=True):
    """What the hall found when it verified the chain. `first_fault`: seq of the first event missing, moved or changed."""

    is_whole: bool
    first_fault: int | None
    head: HashOrNone


class TrailAnchor(Struct, frozen=True, forbid_unknown_fields=True):
    """The day's anchor over all chains that holds this case's event `seq`, and the proof that it does (RFC 9162)."""

    day: date
    seq: int
    place: int
    leaves: int
    proof: tuple[Hash, ...]
    root: Hash
    previous_hash: HashOrNone
    hash: Hash


class Exporter(Struct, frozen=True, forbid_unknown_fields=True):
    """Who made the file."""

    name: str
    staff_no: str


class Trail(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The file."""

    format: Literal["yimaban-trail/1"]
    hall: str
    case_no: str
    matter: str
    department: str
    exported_at: datetime
    exported_by: Exporter
    events: tuple[TrailEvent, ...]
    looks: tuple[TrailLook, ...]
    papers: tuple[TrailPaper, ...]
    verdict: Verdict
    anchor: TrailAnchor | None = None


class Anchor(Struct, frozen=True):
    """One day's anchor as auditors see it and as it is kept outside: hashes in hex."""

    day: date
    leaves: int
    root: Hash
    previous_hash: HashOrNone
    hash: Hash
    made_at: datetime


class FaultKind(Labelled):
    """What a verification can find."""

    ANCHOR_CHANGED = "anchor_changed", "锚点被改过", "The anchor was changed"
    ANCHOR_MISSING = "anchor_missing", "锚点缺失", "An anchor is missing"
    LEAVES_CHANGED = "leaves_changed", "锚点下的清单被改过", "The list under the anchor was changed"
    CASE_REMOVED = "case_removed", "办件或事件被删", "A case or event was removed"
    EVENT_CHANGED = "event_changed", "事件被改过", "An event was changed"
    CHAIN_BROKEN = "chain_broken", "哈希链断了", "The hash chain is broken"


class ChainFault(Struct, frozen=True):
    """One thing that is not as it was: in which day's anchor, or in which case at which event."""

    kind: FaultKind
    day: date | None = None
    case_no: str = ""
    seq: int | None = None


class ChainReport(Struct, frozen=True):
    """What a verification of all chains looked at, and every fault it found (the first 200)."""

    at: datetime
    anchors: int
    cases: int
    events: int
    faults: tuple[ChainFault, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing was changed or removed."""
        return not self.faults
