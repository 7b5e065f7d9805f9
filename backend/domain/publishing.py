"""Publish checks of a matter (DOMAIN.md, "Matter"): every breach at once, by name and place.

How grave a breach is for an import, and its words, are the catalogue's data (backend/catalogue/checks.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from shared_schemas.matter import Limit, Matter
from shared_schemas.matter_codes import MatterKind, MatterType, OnlineDepth
from shared_schemas.vocabulary import TimeUnit

# Online acceptance (4) still allows papers or a result at a window; from handling (5) on nothing is left to come for.
FULLY_ONLINE = frozenset({OnlineDepth.HANDLE, OnlineDepth.RESULT, OnlineDepth.E_CERTIFICATE})
# The longest run of days off is nine (Spring Festival 2026), so n workdays last at most this many natural days.
_LONGEST_HOLIDAYS = 9


class Breach(Struct, frozen=True):
    """A publish check the matter breaks, and the field of `Matter` where it is mended."""

    check: str
    field: str


def breaches(matter: Matter) -> tuple[Breach, ...]:
    """Every breach, in the order of the guide. Empty: the matter may be published as law."""
    return tuple(_breaches(matter))


def _breaches(matter: Matter) -> Iterator[Breach]:
    if matter.promised.unit is TimeUnit.ON_THE_SPOT and matter.kind is not MatterKind.ON_THE_SPOT:
        yield Breach("on_the_spot_is_instant", "kind")
    if is_surely_longer(matter.promised, matter.statutory):
        yield Breach("promise_within_law", "promised")
    if matter.online_depth in FULLY_ONLINE and matter.visits > 0:
        yield Breach("fully_online_needs_no_visit", "visits")
    if matter.visits > 0 and not matter.visit_reason.strip():
        yield Breach("visit_has_reason", "visit_reason")
    # 行政许可法 §58: no fee unless law provides.
    if matter.has_fee and not matter.fee_note.strip():
        yield Breach("fee_has_standard", "fee_note")
    if matter.has_fee and not matter.fee_basis.strip():
        yield Breach("fee_has_basis", "fee_basis")
    if matter.type is MatterType.LICENCE and not matter.steps:
        yield Breach("licence_has_steps", "steps")
    if matter.type is MatterType.LICENCE and not matter.faqs:
        yield Breach("licence_has_faq", "faqs")
    if matter.result.strip() and not matter.result_sample.strip():
        yield Breach("result_has_sample", "result_sample")


def is_surely_longer(promised: Limit, statutory: Limit) -> bool:
    """Whether the promise is over the law: exactly in the same unit, else only when no calendar could save it."""
    if not promised or not statutory:
        return False
    if promised.unit is statutory.unit:
        return promised.n > statutory.n
    return _shortest(promised) > _longest(statutory)


def _shortest(limit: Limit) -> int:
    """The fewest natural days the limit can last."""
    match limit.unit:
        case TimeUnit.MONTH:
            return limit.n * 28
        case TimeUnit.WORKING_DAY | TimeUnit.NATURAL_DAY:
            return limit.n
        case _:
            return 0


def _longest(limit: Limit) -> int:
    """The most natural days it can last, weekends and a long holiday included."""
    match limit.unit:
        case TimeUnit.MONTH:
            return limit.n * 31
        case TimeUnit.WORKING_DAY:
            return limit.n + 2 * (limit.n // 5 + 1) + _LONGEST_HOLIDAYS
        case TimeUnit.NATURAL_DAY:
            return limit.n
        case _:
            return 0
