"""The life of a case (办件) as a table: which verb leads from which step to which.

Source: 行政许可法 §29-§44 and the hall's chain "acceptance, survey, approval" (docs/house.md). Who may do a verb is
`backend.domain.approval`; whether the case's papers allow it is the slice's action.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from backend.domain.refusal import Refusal
from shared_schemas.vocabulary import Stage, Step, Verb

_TABLE: dict[tuple[Step | None, Verb], Step] = {
    (None, Verb.RECEIVE): Step.RECEIVED,
    (Step.RECEIVED, Verb.TAKE): Step.RECEIVED,
    (Step.RECEIVED, Verb.ASK_CORRECTION): Step.CORRECTING,
    (Step.CORRECTING, Verb.ANSWER_CORRECTION): Step.RECEIVED,
    (Step.RECEIVED, Verb.ACCEPT): Step.ACCEPTED,
    # §32(4): the organ said nothing in five working days. Nobody's verb: the law's own (domain.silence).
    (Step.RECEIVED, Verb.DEEM_ACCEPTED): Step.ACCEPTED,
    (Step.RECEIVED, Verb.DECLINE): Step.NOT_ACCEPTED,
    (Step.ACCEPTED, Verb.ASK_SUPPLEMENT): Step.SUPPLEMENTING,
    (Step.SUPPLEMENTING, Verb.ANSWER_SUPPLEMENT): Step.ACCEPTED,
    (Step.ACCEPTED, Verb.REVIEW): Step.REVIEWED,
    (Step.REVIEWED, Verb.CHECK): Step.CHECKED,
    (Step.REVIEWED, Verb.SEND_BACK): Step.ACCEPTED,
    (Step.CHECKED, Verb.SEND_BACK): Step.REVIEWED,
    # Which of the next six is open for a matter's mode is approval.DECIDED_AT.
    (Step.ACCEPTED, Verb.GRANT): Step.GRANTED,
    (Step.REVIEWED, Verb.GRANT): Step.GRANTED,
    (Step.CHECKED, Verb.GRANT): Step.GRANTED,
    (Step.ACCEPTED, Verb.REFUSE): Step.REFUSED,
    (Step.REVIEWED, Verb.REFUSE): Step.REFUSED,
    (Step.CHECKED, Verb.REFUSE): Step.REFUSED,
    (Step.GRANTED, Verb.ISSUE): Step.ISSUED,
    (Step.ISSUED, Verb.HAND_OVER): Step.COLLECTED,
    (Step.ISSUED, Verb.DOWNLOAD): Step.COLLECTED,
    (Step.COLLECTED, Verb.CLOSE): Step.CLOSED,
    (Step.REFUSED, Verb.CLOSE): Step.CLOSED,
    (Step.NOT_ACCEPTED, Verb.CLOSE): Step.CLOSED,
    (Step.WITHDRAWN, Verb.CLOSE): Step.CLOSED,
    (Step.RECEIVED, Verb.WITHDRAW): Step.WITHDRAWN,
    (Step.CORRECTING, Verb.WITHDRAW): Step.WITHDRAWN,
    (Step.ACCEPTED, Verb.WITHDRAW): Step.WITHDRAWN,
    (Step.SUPPLEMENTING, Verb.WITHDRAW): Step.WITHDRAWN,
    (Step.REVIEWED, Verb.WITHDRAW): Step.WITHDRAWN,
    (Step.CHECKED, Verb.WITHDRAW): Step.WITHDRAWN,
    (Step.CLOSED, Verb.RATE): Step.CLOSED,
}
MOVES = MappingProxyType(_TABLE)

STAGE_OF = MappingProxyType(
    {
        Step.RECEIVED: Stage.RECEIPT,
        Step.CORRECTING: Stage.RECEIPT,
        Step.NOT_ACCEPTED: Stage.ACCEPTANCE,
        Step.ACCEPTED: Stage.REVIEW,
        Step.SUPPLEMENTING: Stage.REVIEW,
        Step.REVIEWED: Stage.REVIEW,
        Step.CHECKED: Stage.DECISION,
        Step.GRANTED: Stage.DECISION,
        Step.REFUSED: Stage.DECISION,
        Step.ISSUED: Stage.COLLECTION,
        Step.COLLECTED: Stage.COLLECTION,
        Step.WITHDRAWN: Stage.RECEIPT,
        Step.CLOSED: Stage.COLLECTION,
    }
)

# Steps in which the hall's clock no longer runs: the organ has said its last word or the citizen took it back.
DECIDED = frozenset(
    {
        Step.GRANTED,
        Step.REFUSED,
        Step.ISSUED,
        Step.COLLECTED,
        Step.NOT_ACCEPTED,
        Step.WITHDRAWN,
        Step.CLOSED,
    }
)


def next_step(step: Step | None, verb: Verb) -> Step:
    """The step that `verb` leads to from `step` (None before receipt).

    Raises Refusal("case.wrong_step") when the table has no such move.
    """
    try:
        return MOVES[step, verb]
    except KeyError:
        raise Refusal("case.wrong_step", step=step, verb=verb) from None


def verbs_from(step: Step | None) -> tuple[Verb, ...]:
    """Every verb the table knows from `step`, in the table's order, whoever asks."""
    return tuple(verb for (at, verb) in MOVES if at == step)


def replay(verbs: Iterable[Verb]) -> Step | None:
    """The step a case stands in after these verbs, oldest first; None for no event at all."""
    step: Step | None = None
    for verb in verbs:
        step = next_step(step, verb)
    return step
