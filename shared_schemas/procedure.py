"""Special procedures and extensions as officers send them and as everybody reads them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from msgspec import Meta, Struct

from shared_schemas.clock import StandstillKind
from shared_schemas.review import MaybeSaid, Said, Seen


class ProcedureStarted(Struct, frozen=True, forbid_unknown_fields=True):
    """启动特别程序 (行政许可法 §45): which, on what legal basis, why here, and how many days it needs."""

    kind: StandstillKind
    basis: Annotated[str, Meta(min_length=1, max_length=300, pattern=r"\S")]
    reason: Said
    needed_days: Annotated[int, Meta(ge=1, le=365)]
    seen: Seen | None = None


class ProcedureEnded(Struct, frozen=True, forbid_unknown_fields=True):
    """结束特别程序: what came of it."""

    result: Said
    seen: Seen | None = None


class NoticeServed(Struct, frozen=True, forbid_unknown_fields=True):
    """送达: when a notice that could not be served electronically reached the applicant, and who took it."""

    served_on: date
    recipient: Annotated[str, Meta(min_length=1, max_length=60, pattern=r"\S")]


class ExtensionAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """请求延期 (§42): why the limit can't be kept."""

    reason: Said
    seen: Seen | None = None


class ExtensionAnswered(Struct, frozen=True, forbid_unknown_fields=True):
    """批准 or 不批准延期, with what the head of the organ says to it; the applicant reads the reason of the request."""

    opinion: MaybeSaid = ""
    seen: Seen | None = None


class ProcedureView(Struct, frozen=True):
    """A special procedure of a case. `told_on` None: its notice was not served yet, so the clock still runs."""

    id: int
    kind: StandstillKind
    basis: str
    needed_days: int
    started_at: datetime
    notice: str
    told_on: date | None = None
    ended_at: datetime | None = None
