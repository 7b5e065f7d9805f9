"""容缺受理 as it crosses a border: what is to follow, the signature, what was handed in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from msgspec import Meta, Struct

from shared_schemas.review import Said, Seen
from shared_schemas.vocabulary import Step


class PaperToFollow(Struct, frozen=True):
    """A material that may come after acceptance."""

    key: str
    name: str


class PromiseView(Struct, frozen=True):
    """What is still to follow, and the proofs that a commitment stands for (`committed`).

    `signed_at` None: nobody signed yet. `supply_by` None: not accepted yet. `within`: working days after acceptance, never
    beyond the promised day of the result. `is_provisional`: the day rests on a year whose calendar is not published, so
    nothing ends by it.
    """

    papers: tuple[PaperToFollow, ...]
    committed: tuple[PaperToFollow, ...] = ()
    signed_at: datetime | None = None
    supply_by: date | None = None
    within: int = 0
    is_provisional: bool = False


class PromiseSigned(Struct, frozen=True, forbid_unknown_fields=True):
    """The applicant's full name, typed by hand: with a signed-in account it is an electronic signature."""

    signature: Annotated[str, Meta(max_length=60)] = ""
    seen: Seen | None = None


class PaperSupplied(Struct, frozen=True, forbid_unknown_fields=True):
    """One paper that followed: finished uploads, or (over the counter) the paper itself."""

    key: Annotated[str, Meta(min_length=1, max_length=40)]
    uploads: Annotated[tuple[Annotated[str, Meta(max_length=36)], ...], Meta(max_length=30)] = ()
    on_paper: bool = False


class Supplied(Struct, frozen=True, forbid_unknown_fields=True):
    """What was handed in now; not necessarily everything."""

    items: Annotated[tuple[PaperSupplied, ...], Meta(max_length=60)] = ()
    seen: Seen | None = None


class Breach(Struct, frozen=True, forbid_unknown_fields=True):
    """承诺不实: what was found, as the applicant reads it, and why the commitment is untrue."""

    facts: Said
    reasons: Said
    seen: Seen | None = None


class PromiseState(Struct, frozen=True):
    """A case after a signature or a supply, and what is still to follow."""

    case_no: str
    step: Step
    seq: int
    promise: PromiseView | None = None
