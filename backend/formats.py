"""Days and instants as people read them, in the reader's language; the hall lives in Asia/Shanghai."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from backend.i18n import language

HALL = ZoneInfo("Asia/Shanghai")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(value: date | datetime | None) -> str:
    """11月27日, or 27 Nov. An instant is taken as its day in Asia/Shanghai; None is the empty string."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(HALL).date()
    if language() == "en":
        return f"{value.day} {_MONTHS[value.month - 1]}"
    return f"{value.month}月{value.day}日"


def full_day(value: date | datetime | None) -> str:
    """2026年11月27日, or 27 Nov 2026."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(HALL).date()
    return f"{day(value)} {value.year}" if language() == "en" else f"{value.year}年{day(value)}"


def moment(value: datetime | None) -> str:
    """11-20 15:20 in Asia/Shanghai, from an aware instant."""
    return "" if value is None else value.astimezone(HALL).strftime("%m-%d %H:%M")


def clock(value: datetime | None) -> str:
    """15:20 in Asia/Shanghai."""
    return "" if value is None else value.astimezone(HALL).strftime("%H:%M")


def hall_instant(text: str) -> str:
    """What a browser's own field of day and hour holds (no zone, mostly no seconds), as the instant of the hall it means."""
    typed = text.strip()
    return f"{typed}:00+08:00" if len(typed) == len("2026-11-20T15:20") else f"{typed}+08:00"


def file_size(octets: int) -> str:
    """12 kB, 3.4 MB: decimal units, as phones show them."""
    if octets < 1_000_000:
        return f"{max(1, round(octets / 1000))} kB"
    return f"{octets / 1_000_000:.1f} MB".replace(".0 ", " ")
