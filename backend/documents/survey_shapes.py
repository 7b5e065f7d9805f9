"""What the record of a survey says (行政许可法 §34), with its photos and signatures as drawn pictures."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from backend.documents.heads import Letterhead, Party


class CheckedItem(Struct, frozen=True):
    """One line of the checklist as it was found; `note` says what is wrong."""

    item: str
    found: str
    note: str = ""


class MeasuredValue(Struct, frozen=True):
    """One measured value with its unit, and the limit where a standard sets one."""

    what: str
    value: str
    limit: str = ""


class Picture(Struct, frozen=True):
    """A photo or a signature: an SVG of ours, and what is written under it."""

    svg: str
    caption: str


class SurveyRecord(Struct, frozen=True):
    """勘查笔录: who went where and when, what was found and measured, the conclusion, and who signed.

    `joint` names the departments that came along; `refusal` is why the applicant would not sign, `disagreement` what they
    said against it.
    """

    head: Letterhead
    applicant: Party
    place: str
    surveyed_at: datetime
    inspectors: str
    checklist: str
    items: tuple[CheckedItem, ...]
    findings: str
    conclusion: str
    signatures: tuple[Picture, ...]
    values: tuple[MeasuredValue, ...] = ()
    photos: tuple[Picture, ...] = ()
    joint: str = ""
    present: str = ""
    refusal: str = ""
    disagreement: str = ""
