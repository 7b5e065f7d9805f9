"""撤回来改: ten minutes, and nobody has touched it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from backend.domain import undoing
from backend.domain.refusal import Refusal
from backend.domain.undoing import FreshFiling
from shared_schemas.vocabulary import Step

AT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


def _fresh(**facts: Any) -> FreshFiling:
    return FreshFiling(**{"step": Step.RECEIVED, "seq": 1, "received_at": AT, **facts})


@pytest.mark.parametrize(("seconds", "open_"), [(0, True), (599, True), (600, False), (86_400, False)])
def test_it_is_open_for_ten_minutes(seconds: int, open_: bool) -> None:
    now = AT + timedelta(seconds=seconds)
    assert undoing.until(_fresh(), now) == (AT + timedelta(minutes=10) if open_ else None)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"seq": 2}, "undo.touched"),
        ({"handler": 7}, "undo.touched"),
        ({"is_judged": True}, "undo.touched"),
        ({"step": Step.CORRECTING}, "undo.touched"),
        ({"step": Step.CLOSED, "seq": 3}, "undo.touched"),
        ({"has_draft": False}, "undo.no_draft"),
    ],
)
def test_what_closes_it_is_named_whatever_the_time(facts: dict[str, Any], code: str) -> None:
    for now in (AT, AT + timedelta(hours=1)):
        with pytest.raises(Refusal) as refused:
            undoing.check(_fresh(**facts), now)
        assert refused.value.code == code


def test_too_late_says_how_long_it_was_open() -> None:
    with pytest.raises(Refusal) as refused:
        undoing.check(_fresh(), AT + timedelta(minutes=10))
    assert (refused.value.code, refused.value.facts) == ("undo.too_late", {"minutes": 10})
