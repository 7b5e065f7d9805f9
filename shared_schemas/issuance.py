"""The certificate, its collection and the rating, as they cross a border."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from msgspec import Meta, Struct

from shared_schemas.labelled import Labelled
from shared_schemas.vocabulary import Delivery, Rating, Step

Seen = Annotated[int, Meta(ge=1, le=1_000_000)]


class Relation(Labelled):
    """Who stands at the window."""

    SELF = "self", "本人", "The applicant"
    AGENT = "agent", "代领人", "Somebody for the applicant"


class HandOver(Struct, frozen=True, forbid_unknown_fields=True):
    """发证 at a window. `last_four` of the applicant's ID or mobile; `collector` names an agent."""

    last_four: Annotated[str, Meta(min_length=4, max_length=4)]
    relation: Relation = Relation.SELF
    collector: Annotated[str, Meta(max_length=60)] = ""
    seen: Seen | None = None


class Collecting(Struct, frozen=True, forbid_unknown_fields=True):
    """领证 by download: nothing but what the citizen saw."""

    seen: Seen | None = None


class RatingGiven(Struct, frozen=True, forbid_unknown_fields=True):
    """好差评: a level nobody filled in beforehand, and words if one likes."""

    level: Rating
    words: Annotated[str, Meta(max_length=500)] = ""


class CaseStep(Struct, frozen=True):
    """A case after a verb."""

    case_no: str
    step: Step
    seq: int


class CertificateView(Struct, frozen=True):
    """A certificate as its owner sees it."""

    number: str
    title: str
    organ: str
    holder: str
    issued_on: date
    valid_until: date | None
    delivery: Delivery
    collected_at: datetime | None
    is_revoked: bool


class Verified(Struct, frozen=True):
    """What anyone may know of a certificate. `status` is genuine or revoked; the holder is masked."""

    number: str
    status: str
    title: str
    organ: str
    holder: str
    issued_on: date
    valid_until: date | None = None
    revoked_on: date | None = None
    is_demo: bool = False


class FileChecked(Struct, frozen=True):
    """Whether a PDF is one of the hall's certificates, to the last byte; `number` when it is."""

    is_ours: bool
    is_signed_by_us: bool
    number: str | None = None
