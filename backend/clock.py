"""The hall's clock: the one place that asks the machine for the time. Rules get `now` as an argument."""

from __future__ import annotations

from datetime import UTC, datetime

_frozen: datetime | None = None


def now() -> datetime:
    """The present instant, aware, in UTC; the frozen one while a test or the demo's making holds the clock."""
    return _frozen or datetime.now(UTC)


def freeze(at: datetime | None) -> None:
    """Hold this process's clock at `at` (aware); None lets it run again."""
    global _frozen  # noqa: PLW0603 - a clock is one thing
    _frozen = at
