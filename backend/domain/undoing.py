"""撤回来改: for ten minutes after receipt, and while nobody in the hall has touched it, a filing is its owner's to change.

Not the withdrawal of the law (that is open until the decision): the case ends, but the draft is whole again.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from backend.domain.refusal import Refusal
from shared_schemas.vocabulary import Step

WITHIN = timedelta(minutes=10)


class FreshFiling(Struct, frozen=True):
    """What the rule needs to know. `has_draft`: it was filed from a draft that is its owner's, not a clerk's.

    `seq` is the newest place in the log; `is_judged`: a clerk ticked one of its papers.
    """

    step: Step
    seq: int
    received_at: datetime
    handler: int | None = None
    has_draft: bool = True
    is_judged: bool = False

    @property
    def is_touched(self) -> bool:
        """Whether anything happened to it since receipt."""
        return self.step is not Step.RECEIVED or self.seq > 1 or self.handler is not None or self.is_judged


def check(filing: FreshFiling, now: datetime) -> None:
    """Raises Refusal("undo.no_draft"), "undo.touched" or "undo.too_late" unless its owner may take it back now."""
    if not filing.has_draft:
        raise Refusal("undo.no_draft")
    if filing.is_touched:
        raise Refusal("undo.touched")
    if now >= filing.received_at + WITHIN:
        raise Refusal("undo.too_late", minutes=WITHIN // timedelta(minutes=1))


def until(filing: FreshFiling, now: datetime) -> datetime | None:
    """The instant until which its owner may take it back; None when he may not now."""
    try:
        check(filing, now)
    except Refusal:
        return None
    return filing.received_at + WITHIN
