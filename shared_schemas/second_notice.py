"""A second notice about the same paper: asked for by an officer, given or denied by a supervisor, with reasons."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from shared_schemas.labelled import Labelled
from shared_schemas.review import Said

_Place = Annotated[str, Meta(min_length=1, max_length=60)]


class SecondNotice(Labelled):
    """Where such a request stands. USED: the notice that it allowed was sent."""

    ASKED = "asked", "等监督同意", "Waiting for the supervisor"
    GIVEN = "given", "监督同意了", "Allowed by the supervisor"
    DENIED = "denied", "监督没同意", "Denied by the supervisor"
    USED = "used", "已告知", "Sent"


class SecondNoticeAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """Which materials or fields were asked for before and must be asked for again, and why."""

    places: Annotated[tuple[_Place, ...], Meta(min_length=1, max_length=60)]
    reason: Said


class SecondNoticeAnswered(Struct, frozen=True, forbid_unknown_fields=True):
    """The supervisor's word and the reason for it, which is kept with the notice."""

    is_given: bool
    reason: Said


class SecondNoticeView(Struct, frozen=True):
    """One request as officers read it. `labels` say what a person calls the places, in their order."""

    id: int
    case_no: str
    matter: str
    state: SecondNotice
    places: tuple[str, ...]
    labels: tuple[str, ...]
    asked_by: str
    asked_at: datetime
    reason: str
    answered_by: str = ""
    answered_at: datetime | None = None
    answer: str = ""


class SecondNoticeList(Struct, frozen=True):
    """What waits for a supervisor, oldest first."""

    items: list[SecondNoticeView]
    total: int
