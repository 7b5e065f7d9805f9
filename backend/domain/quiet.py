"""Quiet hours: when a phone may ring. The inbox is never late."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from backend.domain.calendar import SHANGHAI

DAY = 24 * 60
_MINUTE = timedelta(minutes=1)


class QuietHours(Struct, frozen=True):
    """From `starts` to `ends`, minutes of the day in Asia/Shanghai; over midnight when `ends` is the smaller.

    `urgent_anyway`: what time runs out for may ring at night, as its reader chose.
    """

    is_on: bool = True
    starts: int = 22 * 60
    ends: int = 7 * 60
    urgent_anyway: bool = False

    def holds_at(self, minute: int) -> bool:
        """Whether it is quiet at this minute of the day. Equal ends mean no quiet at all."""
        if not self.is_on or self.starts == self.ends:
            return False
        if self.starts < self.ends:
            return self.starts <= minute < self.ends
        return minute >= self.starts or minute < self.ends


def may_ring_at(quiet: QuietHours, at: datetime, *, is_urgent: bool) -> datetime:
    """The first instant from `at` on at which this person may be rung."""
    local = at.astimezone(SHANGHAI)
    minute = local.hour * 60 + local.minute
    if not quiet.holds_at(minute) or (is_urgent and quiet.urgent_anyway):
        return at
    start_of_minute = at - timedelta(seconds=local.second, microseconds=local.microsecond)
    return start_of_minute + _MINUTE * ((quiet.ends - minute) % DAY)
