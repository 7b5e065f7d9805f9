"""The hall's clock: the one place that asks the machine for the time. Rules get `now` as an argument."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from backend.domain.calendar import day_of

_frozen: datetime | None = None
_ahead = timedelta()


def now() -> datetime:
    """The present instant, aware, in UTC; the frozen one while a test or the demo's making holds the clock."""
    return _frozen or datetime.now(UTC) + _ahead


def freeze(at: datetime | None) -> None:
    """Hold this process's clock at `at` (aware); None lets it run again."""
    global _frozen  # noqa: PLW0603 - a clock is one thing
    _frozen = at


def turn_to(day: date | None) -> None:
    """From now on it is `day` in this process, at the hour that it is; None: the machine's own day. Demo only."""
    global _ahead  # noqa: PLW0603
    _ahead = timedelta(days=(day - day_of(datetime.now(UTC))).days) if day else timedelta()
