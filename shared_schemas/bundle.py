"""一件事 (Bundle): one entry for several matters. Data of the hall, kept in backend/data/bundles.toml."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from msgspec import Meta, Struct

from shared_schemas.labelled import Labelled
from shared_schemas.matter import Limit
from shared_schemas.matter_codes import Confidence
from shared_schemas.vocabulary import Channel, Step

PartKey = Annotated[str, Meta(pattern="^[a-z]{2,8}$")]


class PartApplicant(Labelled):
    """Who applies in one matter of a bundle."""

    SAME = "same", "申请人本人", "Whoever files"
    NEW_COMPANY = "new_company", "新办的企业", "The company that comes into being"


class Otherwise(Labelled):
    """What becomes of a matter when the one it waits for comes to nothing."""

    END = "end", "跟着不办", "Ends with it"
    CONTINUE = "continue", "照常办", "Goes on without it"


class PartState(Labelled):
    """Where one matter of a filed bundle stands before it is a case, and whether it became one."""

    WAITING = "waiting", "等前一件", "Waits for another"
    STARTED = "started", "在办", "Under way"
    ENDED = "ended", "没开始就结束了", "Ended before it began"


class BundlePart(Struct, frozen=True, forbid_unknown_fields=True):
    """One matter of a bundle; `short` is what people call what it gives.

    `after` names the parts whose certificate it needs. `takes` says where an answer comes from that was given elsewhere
    ("licence.domicile", "licence.legal_rep.name", ".mobile" of the shared groups; ".org_name" on the left is such a group's
    question too), `brought` which answers come along with whose certificate. `when` and `when_en` say of an optional part
    who needs it.
    """

    key: PartKey
    matter: str
    short: str
    short_en: str
    icon: str = "seal-check"
    is_optional: bool = False
    applicant: PartApplicant = PartApplicant.SAME
    after: tuple[PartKey, ...] = ()
    otherwise: Otherwise = Otherwise.END
    takes: dict[str, str] = {}
    brought: dict[str, str] = {}
    when: str = ""
    when_en: str = ""


class Bundle(Struct, frozen=True, forbid_unknown_fields=True):
    """One bundle. `same_papers` are names under which several matters ask for one and the same paper.

    `words` are what people call it, `life_events` where it is shown. `source` says who ordered it to be one thing,
    `confidence` how sure the choice of matters is (as the catalogue marks its own).
    """

    code: Annotated[str, Meta(pattern="^yjs-[a-z]{3,20}$")]
    name: str
    name_en: str
    icon: str
    gives: str
    gives_en: str
    parts: Annotated[tuple[BundlePart, ...], Meta(min_length=2, max_length=12)]
    words: tuple[str, ...] = ()
    life_events: tuple[str, ...] = ()
    same_papers: tuple[tuple[str, ...], ...] = ()
    source: str = ""
    confidence: Confidence = Confidence.LIKELY
    note: str = ""
    note_en: str = ""

    def label(self, lang: str) -> str:
        """Its name in `lang`."""
        return self.name_en if lang == "en" else self.name

    def part(self, key: str) -> BundlePart | None:
        """The part called `key`, or None."""
        return next((part for part in self.parts if part.key == key), None)


class PartGuide(Struct, frozen=True):
    """One matter as the guide of its bundle tells it. `after` are the keys of the parts it waits for."""

    key: str
    matter: str
    name: str
    name_en: str
    department: str
    department_zh: str
    department_en: str
    short: str
    short_en: str
    icon: str
    result: str
    promised: Limit
    is_optional: bool
    after: tuple[str, ...]
    when: str = ""
    when_en: str = ""


class PaperGuide(Struct, frozen=True):
    """A paper of a bundle, and the keys of the parts that it serves. `is_fetched`: nothing to bring."""

    name: str
    name_en: str
    parts: tuple[str, ...]
    is_fetched: bool
    is_needed: bool


class BundleGuide(Struct, frozen=True):
    """办事指南 of a bundle as chosen. `days` are working days along the longest path; 0 when all is on the spot.

    `filing` is the code under which a draft of exactly these parts is begun.
    """

    code: str
    filing: str
    name: str
    name_en: str
    icon: str
    gives: str
    gives_en: str
    parts: tuple[PartGuide, ...]
    papers: tuple[PaperGuide, ...]
    days: int
    questions: int
    questions_apart: int
    papers_apart: int
    channels: tuple[Channel, ...]
    visits: int
    may_file_online: bool
    confidence: Confidence
    source: str
    words: tuple[str, ...] = ()
    life_events: tuple[str, ...] = ()
    note: str = ""
    note_en: str = ""


class PartView(Struct, frozen=True):
    """One matter of a filed bundle. Without `case_no` it waits or ended; `waits_for` names what it waits or waited for.

    `headline_*` say where it stands in plain words. `is_ready`: its certificate can be collected,
    `is_failed`: it ended without one.
    """

    position: int
    matter_zh: str
    matter_en: str
    department_zh: str
    department_en: str
    state: PartState
    headline_zh: str
    headline_en: str
    case_no: str | None = None
    step: Step | None = None
    is_your_move: bool = False
    is_over: bool = False
    is_ready: bool = False
    is_failed: bool = False
    received_at: datetime | None = None
    due_on: date | None = None
    waits_for_zh: str = ""
    waits_for_en: str = ""
