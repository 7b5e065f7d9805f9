"""What follows from one try, over every outcome there is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from backend.channels import Outcome, Patience, State, after

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
PATIENCE = Patience(timedelta(seconds=20), timedelta(hours=2))
OUTCOMES = st.builds(
    Outcome,
    st.sampled_from(State),
    retry_after=st.none() | st.integers(0, 86_400),
    reason=st.sampled_from(["", "http_500"]),
    is_unsure=st.booleans(),
)


@given(OUTCOMES, st.booleans(), st.integers(1, 60), st.integers(-60, 90_000))
def test_every_try_ends_or_comes_again_in_time(outcome: Outcome, repeats: bool, attempts: int, left_s: int) -> None:
    until = NOW + timedelta(seconds=left_s)
    verdict = after(outcome, repeats_safely=repeats, attempts=attempts, until=until, now=NOW, patience=PATIENCE)
    if verdict.state == "queued":
        assert NOW < verdict.next_at <= until
        assert verdict.next_at >= NOW + timedelta(seconds=outcome.retry_after or 0)
        assert outcome.state is State.BUSY or (outcome.is_unsure and repeats)
    else:
        assert verdict.state in {"sent", "delivered", "failed", "given_up"}
        assert (verdict.state in {"sent", "delivered"}) == (outcome.state in {State.SENT, State.DELIVERED})
    if outcome.is_unsure and not repeats and outcome.state is State.SENT:
        assert (verdict.state, verdict.is_unsure) == ("sent", True)
    assert verdict.is_gone == (outcome.state is State.GONE and verdict.state == "failed")


@given(st.integers(1, 60))
def test_waits_double_up_to_the_longest(attempts: int) -> None:
    busy, until = Outcome(State.BUSY), NOW + timedelta(days=9)
    waits = [
        after(busy, repeats_safely=True, attempts=n, until=until, now=NOW, patience=PATIENCE).next_at - NOW
        for n in (attempts, attempts + 1)
    ]
    assert waits[1] == min(PATIENCE.longest, waits[0] * 2)
