"""What follows from one try: gone out, again later, or given up with its reason. Pure; every queue asks here."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from backend.channels.message import Outcome, State


class Patience(Struct, frozen=True):
    """How a queue waits: `first` after the first failure, twice as long each time up to `longest`."""

    first: timedelta
    longest: timedelta


class Verdict(Struct, frozen=True):
    """`state` is queued, sent, delivered, failed or given_up. `is_gone`: forget the address."""

    state: str
    next_at: datetime
    reason: str = ""
    is_unsure: bool = False
    is_gone: bool = False


INTERRUPTED = Outcome(State.SENT, reason="interrupted", is_unsure=True)  # its sender died, perhaps after sending


def after(
    outcome: Outcome, *, repeats_safely: bool, attempts: int, until: datetime, now: datetime, patience: Patience
) -> Verdict:
    """What becomes of a message after `attempts` tries, the last with this outcome; no try begins later than `until`.

    What was handed over without an answer is repeated only where a second copy is no second message.
    """
    next_at = now + max(_wait(patience, attempts), timedelta(seconds=outcome.retry_after or 0))
    is_again = outcome.state is State.BUSY or (outcome.is_unsure and repeats_safely)
    if is_again and next_at <= until:
        return Verdict("queued", next_at, outcome.reason)
    match outcome.state:
        case State.BUSY:
            return Verdict("given_up", now, outcome.reason)
        case State.FAILED | State.GONE:
            return Verdict("failed", now, outcome.reason, is_gone=outcome.state is State.GONE)
        case _:
            return Verdict(outcome.state.value, now, outcome.reason, is_unsure=outcome.is_unsure)


def _wait(patience: Patience, attempts: int) -> timedelta:
    return min(patience.longest, patience.first * 2 ** min(attempts - 1, 20))
