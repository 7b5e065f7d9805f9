"""The words and shapes of the two clocks of a case: promised and statutory."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from shared_schemas.labelled import Labelled


class ClockKind(Labelled):
    """Which limit is meant. Each has its own standstills."""

    STATUTORY = "statutory", "法定时限", "Limit set by law"
    PROMISED = "promised", "承诺时限", "Promised limit"


class StandstillKind(Labelled):
    """Why a clock may stand still. The first eight are 行政许可法 §45; the rest are the hall's or the matter's own."""

    HEARING = "hearing", "听证", "Hearing"
    TENDER = "tender", "招标", "Tender"
    AUCTION = "auction", "拍卖", "Auction"
    INSPECTION = "inspection", "检验", "Inspection"
    TESTING = "testing", "检测", "Testing"
    QUARANTINE = "quarantine", "检疫", "Quarantine"
    APPRAISAL = "appraisal", "鉴定", "Appraisal"
    EXPERT_REVIEW = "expert_review", "专家评审", "Expert review"
    SURVEY = "survey", "现场勘查", "On-site survey"
    SUPPLEMENT = "supplement", "补充材料", "More documents from you"


class Light(Labelled):
    """How near the limit is."""

    GREEN = "green", "按时", "On time"
    AMBER = "amber", "快到期", "Nearly due"
    RED = "red", "超期", "Over the limit"


class Standstill(Struct, frozen=True):
    """A span in which a clock may stand still: days after `starts_on` up to and including `ends_on` don't count.

    `ends_on` None: it still lasts. `was_told_in_writing`: the applicant got the needed time in writing (§45).
    """

    kind: StandstillKind
    starts_on: date
    ends_on: date | None = None
    was_told_in_writing: bool = True
    basis: str = ""
    notice: str = ""


class Due(Struct, frozen=True, order=True):
    """The last day of a limit.

    `is_provisional`: it rests on a year whose calendar is not published yet. `is_stopped`: a standstill still lasts,
    and the day is what it would be if that ended on the day it was asked.
    """

    day: date
    is_provisional: bool = False
    is_stopped: bool = False


class Reading(Struct, frozen=True):
    """One clock, read on a day: days used and left in the limit's unit (months are read in natural days)."""

    due: Due
    used: int
    left: int
    total: int
    light: Light
