"""送达: how a document reached the applicant, in whose hands, on which day (行政许可法 §44)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from msgspec import Meta, Struct

from shared_schemas.issuance import Seen
from shared_schemas.labelled import Labelled

_Name = Annotated[str, Meta(min_length=1, max_length=60, pattern=r"\S")]
# What carriers print under a bar code: letters and figures, grouped or not.
_TrackingNumber = Annotated[str, Meta(min_length=6, max_length=40, pattern=r"^[A-Za-z0-9][A-Za-z0-9 -]+\Z")]


class ServiceMethod(Labelled):
    """How it is served."""

    ELECTRONIC = "electronic", "电子送达", "Electronically"
    DIRECT = "direct", "直接送达", "In person"
    POST = "post", "邮寄送达", "By post"


class ServiceRelation(Labelled):
    """Who took it (民事诉讼法 §88): the applicant, an adult of the household, whoever takes an organisation's post, an agent."""

    SELF = "self", "本人", "The applicant"
    FAMILY = "family", "同住成年家属", "An adult of the household"
    RECEIVER = "receiver", "单位收发人员", "The organisation's mail room"
    AGENT = "agent", "代理人", "An agent"


class ServiceView(Struct, frozen=True):
    """One service of a case. `served_on` None: it is not known yet that it arrived. `documents` are names with numbers."""

    id: int
    documents: tuple[tuple[str, str], ...]
    method: ServiceMethod
    made_at: datetime
    carrier: str = ""
    tracking_no: str = ""
    sent_at: datetime | None = None
    served_on: date | None = None
    relation: str = ""


class PostSent(Struct, frozen=True, forbid_unknown_fields=True):
    """邮寄送达: with whom, under which number."""

    carrier: _Name
    tracking_no: _TrackingNumber
    seen: Seen | None = None


class ServiceConfirmed(Struct, frozen=True, forbid_unknown_fields=True):
    """It arrived: on the day that the receipt names, and who took it."""

    served_on: date
    recipient: _Name
    relation: ServiceRelation = ServiceRelation.SELF
    seen: Seen | None = None
