"""Which matters of a bundle are taken, what waits for what, and what becomes of those that wait.

A part that needs the certificate of another is not received before that is made: the law's clock of each case starts at
its own receipt (行政许可法 §32, §42), never while something else is still being decided.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from msgspec import Struct

from shared_schemas.bundle import Bundle, BundlePart, Otherwise, PartApplicant
from shared_schemas.matter import Limit, Matter
from shared_schemas.vocabulary import ApplicantKind, Step, TimeUnit

_MARK = "~"
# What a limit is worth in working days: five of seven days, four weeks and a bit a month.
_WORKING = {TimeUnit.WORKING_DAY: (1, 1), TimeUnit.NATURAL_DAY: (5, 7), TimeUnit.MONTH: (22, 1)}
FAILED = frozenset({Step.NOT_ACCEPTED, Step.REFUSED, Step.WITHDRAWN, Step.TERMINATED})

Matters = Mapping[str, Matter]


class Whole(Struct, frozen=True):
    """A bundle with the parts that were chosen, in an order that respects what waits for what, and their matters."""

    code: str
    bundle: Bundle
    parts: tuple[tuple[BundlePart, Matter], ...]

    @property
    def applicant(self) -> ApplicantKind:
        """Whether a person or a company files it: the first matter that whoever files applies in decides."""
        kinds = [matter.applicants for part, matter in self.parts if part.applicant is PartApplicant.SAME]
        return ApplicantKind.PERSON if all(ApplicantKind.PERSON in kind for kind in kinds) else ApplicantKind.COMPANY


def ordered(parts: Sequence[BundlePart]) -> tuple[BundlePart, ...]:
    """The parts so that each comes after those it waits for, else as written.

    Raises ValueError for parts that wait for each other in a circle.
    """
    left, done = list(parts), list[BundlePart]()
    known = {part.key for part in parts}
    while left:
        reached = {part.key for part in done}
        following = next((p for p in left if reached.issuperset(known.intersection(p.after))), None)
        if following is None:
            msg = f"parts wait for each other: {', '.join(part.key for part in left)}"
            raise ValueError(msg)
        left.remove(following)
        done.append(following)
    return tuple(done)


def code_of(bundle: Bundle, chosen: Sequence[str] | None = None) -> str:
    """The code under which these optional parts are filed: the bundle's own for all, "yjs-newborn~13" for some.

    Figures count the optional parts from 1; "~0" is none. `chosen` holds the keys of the optional parts taken; None is all.
    """
    optional = [part.key for part in bundle.parts if part.is_optional]
    taken = [str(place) for place, key in enumerate(optional, start=1) if chosen is None or key in chosen]
    return bundle.code if len(taken) == len(optional) else f"{bundle.code}{_MARK}{''.join(taken) or '0'}"


def chosen_by(bundle: Bundle, code: str) -> tuple[BundlePart, ...] | None:
    """The parts that `code` stands for, in order; None when it is no code of this bundle."""
    own, mark, figures = code.partition(_MARK)
    optional = [part.key for part in bundle.parts if part.is_optional]
    if own != bundle.code or (mark and not figures.isdigit()):
        return None
    taken = [key for place, key in enumerate(optional, start=1) if not mark or str(place) in figures]
    if code_of(bundle, taken) != code:
        return None
    return ordered([part for part in bundle.parts if not part.is_optional or part.key in taken])


def whole_of(bundle: Bundle, code: str, matters: Matters) -> Whole | None:
    """The bundle as `code` chooses it; None for another code, or where a matter is not in force."""
    parts = chosen_by(bundle, code)
    if parts is None or any(part.matter not in matters for part in parts):
        return None
    return Whole(code, bundle, tuple((part, matters[part.matter]) for part in parts))


def codes_of(bundle: Bundle) -> tuple[str, ...]:
    """Every code under which the bundle may be filed, the one with all parts first."""
    optional = [part.key for part in bundle.parts if part.is_optional]
    found = [
        code_of(bundle, [key for place, key in enumerate(optional) if number >> place & 1])
        for number in range((1 << len(optional)) - 1, -1, -1)
    ]
    return tuple(found)


def levels(whole: Whole) -> dict[str, tuple[str, ...]]:
    """By part, the chosen parts whose certificate it waits for."""
    present = {part.key for part, _matter in whole.parts}
    return {part.key: tuple(key for key in part.after if key in present) for part, _matter in whole.parts}


def promised(whole: Whole) -> Limit:
    """How long all of it takes: the promised limits along the longest path, in working days."""
    needed: dict[str, int] = {}
    after = levels(whole)
    for part, matter in whole.parts:
        before = max((needed[key] for key in after[part.key]), default=0)
        needed[part.key] = before + working_days(matter.promised)
    longest = max(needed.values())
    return Limit(longest, TimeUnit.WORKING_DAY) if longest else Limit(0, TimeUnit.ON_THE_SPOT)


def working_days(limit: Limit) -> int:
    """A promised limit in working days, rounded up; 0 for on the spot and for none."""
    times, by = _WORKING.get(limit.unit, (0, 1))
    return -(-limit.n * times // by)


class Outcome(StrEnum):
    """What has become of a part that another waits for."""

    OPEN = "open"
    DONE = "done"
    FAILED = "failed"


class Turn(StrEnum):
    """What is to be done with a part that waits."""

    WAIT = "wait"
    START = "start"
    END = "end"


def outcome_of(step: Step | None, ended_as: Step | None, *, has_certificate: bool, is_ended: bool) -> Outcome:
    """`step` None: not a case yet, and never one when `is_ended`."""
    if step is None:
        return Outcome.FAILED if is_ended else Outcome.OPEN
    if has_certificate:
        return Outcome.DONE
    last = ended_as or step
    return Outcome.FAILED if last in FAILED else Outcome.OPEN


def turn_of(outcomes: Sequence[Outcome], otherwise: Otherwise) -> Turn:
    """Whether a part starts now. One that ends with what it needed ends at once, whatever else it waits for."""
    if Outcome.FAILED in outcomes and otherwise is Otherwise.END:
        return Turn.END
    return Turn.WAIT if Outcome.OPEN in outcomes else Turn.START
