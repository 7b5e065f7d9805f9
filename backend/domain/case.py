"""The life of a case (办件) as a table: which verb leads from which step to which.

Source: 行政许可法 §29-§44 and the hall's chain "acceptance, survey, approval" (docs/house.md). Who may do a verb is
`backend.domain.approval`; whether the case's papers allow it is the slice's action.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from backend.domain.refusal import Refusal
from shared_schemas.vocabulary import Stage, Step, Verb

# After acceptance and before the decision: here the law's side ways are open.
UNDER_WAY = (Step.ACCEPTED, Step.SUPPLEMENTING, Step.REVIEWED, Step.CHECKED)
# The first handler answers for it, and who judges may have to step aside.
IN_HAND = (Step.RECEIVED, Step.CORRECTING, *UNDER_WAY, Step.GRANTED, Step.ISSUED)
_BESIDE: dict[Verb, tuple[Step, ...]] = {
    # Signed before acceptance; what the law accepted by itself may still be signed for afterwards.
    Verb.PROMISE: (Step.RECEIVED, Step.CORRECTING, *UNDER_WAY),
    Verb.SUPPLY: UNDER_WAY,
    # 告知承诺 is looked into afterwards too: what was granted on it is revoked.
    Verb.RECORD_BREACH: (*UNDER_WAY, Step.ISSUED, Step.CLOSED, Step.ARCHIVED),
    Verb.START_PROCEDURE: UNDER_WAY,
    Verb.END_PROCEDURE: UNDER_WAY,
    Verb.ASK_EXTENSION: UNDER_WAY,
    Verb.EXTEND: UNDER_WAY,
    Verb.DENY_EXTENSION: UNDER_WAY,
    Verb.TELL_HEARING: UNDER_WAY,
    Verb.ASK_HEARING: UNDER_WAY,
    Verb.WAIVE_HEARING: UNDER_WAY,
    Verb.FIX_HEARING: UNDER_WAY,
    Verb.HOLD_HEARING: UNDER_WAY,
    Verb.DISPATCH_SURVEY: UNDER_WAY,
    Verb.CONCLUDE_SURVEY: UNDER_WAY,
    Verb.ASK_OPINION: UNDER_WAY,
    Verb.GIVE_OPINION: UNDER_WAY,
    Verb.RECORD_MINUTES: UNDER_WAY,
    # By post: on its way it still waits for the applicant; handed over is what the receipt says.
    Verb.MAIL: (Step.ISSUED,),
    Verb.HAND_ON: IN_HAND,
    Verb.RECUSE: IN_HAND,
    Verb.ANSWER_RECUSAL: IN_HAND,
}
# They leave the case where it stands, so nobody who may do them is waited for.
BESIDE = frozenset(_BESIDE)

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
    # What was to follow never came, or corrections stay out: the hall ends it, with a document.
    (Step.CORRECTING, Verb.TERMINATE): Step.TERMINATED,
    (Step.ACCEPTED, Verb.TERMINATE): Step.TERMINATED,
    (Step.SUPPLEMENTING, Verb.TERMINATE): Step.TERMINATED,
    (Step.REVIEWED, Verb.TERMINATE): Step.TERMINATED,
    (Step.CHECKED, Verb.TERMINATE): Step.TERMINATED,
    (Step.TERMINATED, Verb.CLOSE): Step.CLOSED,
    (Step.CLOSED, Verb.ARCHIVE): Step.ARCHIVED,
    # 行政复议法 §68, 行政诉讼法 §70: a decision that was set aside is made anew, from acceptance on.
    (Step.CLOSED, Verb.REOPEN): Step.ACCEPTED,
    (Step.ARCHIVED, Verb.REOPEN): Step.ACCEPTED,
    **{(step, verb): step for verb, steps in _BESIDE.items() for step in steps},
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
        Step.TERMINATED: Stage.REVIEW,
        Step.CLOSED: Stage.COLLECTION,
        Step.ARCHIVED: Stage.COLLECTION,
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
        Step.TERMINATED,
        Step.CLOSED,
        Step.ARCHIVED,
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
