"""The calendar in use: the one the hall confirmed last (`almanac` puts it here), else the one that came along as data."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from backend.domain.calendar import Calendar, calendar_of

DATA = Path(__file__).parent / "data" / "calendar.toml"
_in_use: Calendar | None = None


def current() -> Calendar:
    """The hall's working calendar in this process."""
    return _in_use or shipped()


def use(calendar: Calendar | None) -> None:
    """Reckon with `calendar` from now on in this process; None: with the one that came along."""
    global _in_use  # noqa: PLW0603 - a process reckons with one calendar
    _in_use = calendar


@cache
def shipped() -> Calendar:
    """The calendar that came along with the product."""
    return load(DATA)


def load(path: Path) -> Calendar:
    """The calendar in a TOML file. Raises ValueError with the place of what is wrong in it."""
    return calendar_of(tomllib.loads(path.read_text(encoding="utf-8")))
