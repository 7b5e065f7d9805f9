"""The hall's clock: the one place that asks the machine for the time. Rules get `now` as an argument."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_shift = timedelta()


def now() -> datetime:
    """The present instant, aware, in UTC (moved by `shift` in tests and in a demo)."""
    return datetime.now(UTC) + _shift


def shift(by: timedelta) -> None:
    """Move this process's clock by `by` from the machine's; timedelta() puts it back."""
    global _shift  # noqa: PLW0603 - a clock is one thing
    _shift = by
