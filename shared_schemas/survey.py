"""现场勘查: sending out, agreeing on a time with the applicant, the record from the field, and how all of it is read.

Instants carry their zone. Strokes of a signature are points [x, y] on a pad of 600 by 200.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from shared_schemas.fields import CaseNo
from shared_schemas.labelled import Labelled
from shared_schemas.review import MaybeSaid, Said, Seen
from shared_schemas.side_ways import Survey

PAD = (600, 200)
Instant = Annotated[datetime, Meta(tz=True)]
_Place = Annotated[str, Meta(min_length=2, max_length=200, pattern=r"\S")]
_Key = Annotated[str, Meta(min_length=1, max_length=40)]
_Note = Annotated[str, Meta(max_length=500)]
_StaffNo = Annotated[str, Meta(min_length=1, max_length=20)]
_Upload = Annotated[str, Meta(min_length=36, max_length=36)]
_Coordinate = Annotated[int, Meta(ge=0, le=PAD[0])]
Stroke = Annotated[tuple[tuple[_Coordinate, _Coordinate], ...], Meta(min_length=1, max_length=600)]
Strokes = Annotated[tuple[Stroke, ...], Meta(max_length=80)]


class Conclusion(Labelled):
    """What a department concludes from what it saw."""

    PASS = "pass", "符合条件", "Meets the conditions"
    RECTIFY = "rectify", "整改后复查", "To be put right and seen again"
    FAIL = "fail", "不符合条件", "Does not meet the conditions"


class Found(Labelled):
    """One item of the checklist."""

    OK = "ok", "符合", "Met"
    NOT_OK = "not_ok", "不符合", "Not met"
    NOT_HERE = "not_here", "不涉及", "Does not apply"


class SurveyDispatched(Struct, frozen=True, forbid_unknown_fields=True):
    """派出勘查: who goes (staff numbers), where, and the times offered, or the one that was agreed by telephone.

    `along`: further cases of the same applicant, of whatever department, that are seen in the same visit.
    """

    inspectors: Annotated[tuple[_StaffNo, ...], Meta(max_length=12)]
    place: _Place
    offered: Annotated[tuple[Instant, ...], Meta(max_length=6)] = ()
    agreed_at: Instant | None = None
    along: Annotated[tuple[CaseNo, ...], Meta(max_length=12)] = ()
    seen: Seen | None = None


class TimesOffered(Struct, frozen=True, forbid_unknown_fields=True):
    """Other times, after the applicant asked for another."""

    offered: Annotated[tuple[Instant, ...], Meta(min_length=1, max_length=6)]


class TimeAgreed(Struct, frozen=True, forbid_unknown_fields=True):
    """The time that was agreed by telephone, by whoever called."""

    at: Instant


class TimeChosen(Struct, frozen=True, forbid_unknown_fields=True):
    """The applicant takes one of the offered times, or (`at` None) says when else it would suit."""

    at: Instant | None = None
    wish: Annotated[str, Meta(max_length=300)] = ""


class ItemFound(Struct, frozen=True, forbid_unknown_fields=True):
    """An item of the checklist as it was found; what is not met needs a note."""

    key: _Key
    found: Found
    note: _Note = ""


class ValueMeasured(Struct, frozen=True, forbid_unknown_fields=True):
    """A measured value in the unit of the checklist."""

    key: _Key
    value: Annotated[float, Meta(ge=-1_000_000, le=1_000_000)]


class PhotoTaken(Struct, frozen=True, forbid_unknown_fields=True):
    """A photo from the field: when it was taken, what it shows, the one upload it is."""

    taken_at: Instant
    uploads: Annotated[tuple[_Upload, ...], Meta(min_length=1, max_length=1)]
    caption: Annotated[str, Meta(max_length=120)] = ""


class InspectorSigned(Struct, frozen=True, forbid_unknown_fields=True):
    """An inspector's signature, by staff number."""

    staff_no: _StaffNo
    strokes: Strokes


class ApplicantSigned(Struct, frozen=True, forbid_unknown_fields=True):
    """Who was there for the applicant, and their signature; or why they would not sign."""

    name: Annotated[str, Meta(max_length=60)] = ""
    strokes: Strokes = ()
    refused_because: Annotated[str, Meta(max_length=300)] = ""


class SurveyRecorded(Struct, frozen=True, forbid_unknown_fields=True):
    """勘查笔录 of one department: what was found, measured and photographed, the conclusion, and who signed.

    `disagreement` is what the applicant says against it, in their words.
    """

    surveyed_at: Instant
    conclusion: Conclusion
    findings: Said
    items: Annotated[tuple[ItemFound, ...], Meta(max_length=60)] = ()
    values: Annotated[tuple[ValueMeasured, ...], Meta(max_length=30)] = ()
    photos: Annotated[tuple[PhotoTaken, ...], Meta(max_length=20)] = ()
    signed: Annotated[tuple[InspectorSigned, ...], Meta(max_length=12)] = ()
    applicant: ApplicantSigned = ApplicantSigned()
    disagreement: MaybeSaid = ""
    seen: Seen | None = None


class Inspector(Struct, frozen=True):
    """Somebody sent on a survey."""

    id: int
    staff_no: str
    name: str
    phone: str = ""
    department: str | None = None


class VisitTimes(Struct, frozen=True, kw_only=True):
    """When a visit is. `fixed_at` None: the applicant has yet to choose; `wish` is what they would rather have."""

    place: str
    offered: tuple[datetime, ...] = ()
    fixed_at: datetime | None = None
    wish: str = ""
    is_by_phone: bool = False


class SurveyView(Struct, frozen=True, kw_only=True):
    """The survey of one case, as staff and its owner read it. `joint`: how many cases the visit serves."""

    case_no: str
    state: Survey
    department: str
    department_zh: str
    department_en: str
    made_at: datetime
    joint: int = 1
    visit: VisitTimes | None = None
    inspectors: tuple[Inspector, ...] = ()
    dispatched_at: datetime | None = None
    surveyed_at: datetime | None = None
    concluded_at: datetime | None = None
    conclusion: Conclusion | None = None
    is_in_conflict: bool = False
    is_disputed: bool = False
    is_signed: bool = False
