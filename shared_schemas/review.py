"""What clerks and approvers send with a verb, and what they read in their lists.

`seen` is the `seq` of the case that the officer had on screen: an older one is refused (409).
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from shared_schemas.labelled import Labelled
from shared_schemas.vocabulary import ApprovalMode, MaterialVerdict, Step, Verb

Seen = Annotated[int, Meta(ge=1, le=1_000_000)]
Said = Annotated[str, Meta(min_length=1, max_length=2000, pattern=r"\S")]  # a reason of spaces is none
MaybeSaid = Annotated[str, Meta(max_length=2000)]


class Proposal(Labelled):
    """What a reviewer proposes to whoever decides."""

    GRANT = "grant", "建议准予", "Proposes to grant"
    REFUSE = "refuse", "建议不予", "Proposes to refuse"


class Ground(Labelled):
    """Why a filing is not accepted (行政许可法 §32(1)(2))."""

    NO_LICENCE_NEEDED = "no_licence_needed", "依法不需要取得许可", "No licence is needed by law"
    NOT_OUR_AUTHORITY = "not_our_authority", "依法不属于本机关职权范围", "Not within this organ's authority"


class Outcome(StrEnum):
    """What a decision says."""

    GRANT = "grant"
    REFUSE = "refuse"


class Seeing(Struct, frozen=True, forbid_unknown_fields=True):
    """A verb that needs nothing but what the officer saw."""

    seen: Seen | None = None


class Tick(Struct, frozen=True, forbid_unknown_fields=True):
    """A clerk's tick on one material. `note` is what the applicant will read when it needs fixing.

    `seen` matters to whoever ticks without network: the paper may have been replaced since.
    """

    verdict: MaterialVerdict | None
    note: MaybeSaid = ""
    seen: Seen | None = None


class Acceptance(Struct, frozen=True, forbid_unknown_fields=True):
    """受理. Every required material was ticked before."""

    seen: Seen | None = None


class NonAcceptance(Struct, frozen=True, forbid_unknown_fields=True):
    """不予受理: the ground, why it applies here, and who is competent (may be empty)."""

    ground: Ground
    reasons: Said
    competent_organ: Annotated[str, Meta(max_length=200)] = ""
    seen: Seen | None = None


class Review(Struct, frozen=True, forbid_unknown_fields=True):
    """初审: an opinion and what it proposes."""

    proposal: Proposal
    opinion: Said
    seen: Seen | None = None


class Check(Struct, frozen=True, forbid_unknown_fields=True):
    """复核: an opinion; `proposal` None keeps the reviewer's."""

    opinion: Said
    proposal: Proposal | None = None
    seen: Seen | None = None


class Return(Struct, frozen=True, forbid_unknown_fields=True):
    """退回 one step, with what to look at again."""

    reason: Said
    seen: Seen | None = None


class Grant(Struct, frozen=True, forbid_unknown_fields=True):
    """准予. `conditions` bind the holder and are printed on the decision."""

    opinion: Said
    conditions: Annotated[tuple[Annotated[str, Meta(min_length=1, max_length=300)], ...], Meta(max_length=10)] = ()
    seen: Seen | None = None


class RefusalOfLicence(Struct, frozen=True, forbid_unknown_fields=True):
    """不予许可 (行政许可法 §38): facts, reasons, and the articles it rests on (empty: §38 alone)."""

    facts: Said
    reasons: Said
    articles: Annotated[tuple[Annotated[str, Meta(min_length=1, max_length=200)], ...], Meta(max_length=10)] = ()
    opinion: MaybeSaid = ""
    seen: Seen | None = None


class CaseState(Struct, frozen=True):
    """A case after a verb: its step, its newest seq, and what this officer may do next."""

    case_no: str
    step: Step
    seq: int
    open_verbs: tuple[Verb, ...] = ()
    promised_due_on: date | None = None
    statutory_due_on: date | None = None
    is_due_provisional: bool = False


class DeskRow(Struct, frozen=True, kw_only=True):
    """A line of an officer's list. `applicant` is masked. `mark` is new, looking, answered, waiting, amber or red.

    `bundle_*` name the bundle (一件事) that the case was filed in; "" for a case of its own.
    """

    case_no: str
    matter: str
    matter_zh: str
    matter_en: str
    applicant: str
    step: Step
    mode: ApprovalMode
    seq: int
    received_at: datetime
    due_on: date | None = None
    is_due_provisional: bool = False
    handler: int | None = None
    handler_name: str = ""
    mark: str = ""
    has_rare_characters: bool = False
    bundle_zh: str = ""
    bundle_en: str = ""


class DeskList(Struct, frozen=True):
    """An officer's list, with how many cases each segment holds."""

    segment: str
    items: list[DeskRow]
    counts: dict[str, int]
