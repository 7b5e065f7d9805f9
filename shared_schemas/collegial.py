"""What several decide together: opinions of other departments, minutes, stepping aside."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from msgspec import Meta, Struct

from shared_schemas.labelled import Labelled
from shared_schemas.review import MaybeSaid, Proposal, Said, Seen


class Stance(Labelled):
    """What a department says to a case it was asked about."""

    AGREE = "agree", "同意", "Agrees"
    WITH_CONDITIONS = "conditions", "有条件同意", "Agrees under conditions"
    DISAGREE = "disagree", "不同意", "Disagrees"


class OpinionAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """征求意见: which department (its code), what about, and until which day it should answer."""

    department: Annotated[str, Meta(min_length=1, max_length=20)]
    question: Said
    due_on: date
    seen: Seen | None = None


class OpinionGiven(Struct, frozen=True, forbid_unknown_fields=True):
    """回复意见, for the officer's own department."""

    stance: Stance
    opinion: Said
    seen: Seen | None = None


class MinutesRecorded(Struct, frozen=True, forbid_unknown_fields=True):
    """集体讨论记录: when, where, who was there (names with 、 between), what was said, and what was resolved."""

    held_on: date
    place: Annotated[str, Meta(min_length=1, max_length=100, pattern=r"\S")]
    present: Annotated[str, Meta(min_length=1, max_length=500, pattern=r"\S")]
    record: Annotated[str, Meta(min_length=1, max_length=4000, pattern=r"\S")]
    resolution: Proposal
    seen: Seen | None = None


class RecusalAnswer(Labelled):
    """What a superior says to a declared conflict of interest."""

    UPHOLD = "uphold", "要回避，换人办", "Steps aside; somebody else goes on"
    DENY = "deny", "不用回避，接着办", "Need not step aside; goes on"


class RecusalDeclared(Struct, frozen=True, forbid_unknown_fields=True):
    """申请回避: why one should not handle this case."""

    reason: Said
    seen: Seen | None = None


class RecusalAnswered(Struct, frozen=True, forbid_unknown_fields=True):
    """决定回避: whether, and who becomes first handler in the other's place (staff number)."""

    answer: RecusalAnswer
    successor: Annotated[str, Meta(max_length=20)] = ""
    opinion: MaybeSaid = ""
    seen: Seen | None = None


class OpinionView(Struct, frozen=True, kw_only=True):
    """An opinion as officers read it. `stance` None: no answer (yet)."""

    id: int
    case_no: str
    department: str
    question: str
    due_on: date
    asked_by: str
    asked_at: datetime
    stance: Stance | None = None
    answer: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None
    lapsed_at: datetime | None = None
    is_reminded: bool = False


class MinutesView(Struct, frozen=True, kw_only=True):
    """Minutes as officers read them."""

    held_on: date
    place: str
    present: str
    record: str
    resolution: Proposal
    recorded_by: str
    recorded_at: datetime


class RecusalView(Struct, frozen=True, kw_only=True):
    """A declared conflict of interest and what came of it; `is_upheld` None: nobody has decided."""

    id: int
    case_no: str
    officer: str
    reason: str
    declared_at: datetime
    is_upheld: bool | None = None
    answered_by: str = ""
