"""Other ends of a case as officers send them: termination, archiving, reopening."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from shared_schemas.labelled import Labelled
from shared_schemas.review import Said, Seen
from shared_schemas.vocabulary import Step


class SetAsideBy(Labelled):
    """Who set the decision aside."""

    REVIEW = "review", "行政复议决定", "A decision on administrative review"
    COURT = "court", "人民法院判决", "A judgment of a court"
    ORGAN = "organ", "本机关自行纠正", "The organ itself"


class Termination(Struct, frozen=True, forbid_unknown_fields=True):
    """终止办理: why, as the applicant reads it in the notice."""

    reason: Said
    seen: Seen | None = None


class Archiving(Struct, frozen=True, forbid_unknown_fields=True):
    """归档: where the paper file stands (may be empty: everything is electronic)."""

    place: Annotated[str, Meta(max_length=60)] = ""
    seen: Seen | None = None


class Reopening(Struct, frozen=True, forbid_unknown_fields=True):
    """重新办理: who set the decision aside, by which document, and why."""

    set_aside_by: SetAsideBy
    instrument: Annotated[str, Meta(min_length=1, max_length=100, pattern=r"\S")]
    reason: Said
    seen: Seen | None = None


class LateRow(Struct, frozen=True):
    """A case in which the applicant let a day pass. `due_on` is that day."""

    case_no: str
    matter: str
    step: Step
    due_on: date
