"""The calendar in use, read once from data (`backend/data/calendar.toml`)."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from backend.domain.calendar import Calendar, calendar_of

DATA = Path(__file__).parent / "data" / "calendar.toml"


@cache
def current() -> Calendar:
    """The hall's working calendar. `current.cache_clear()` makes it read again after a new year was published."""
    return load(DATA)


def load(path: Path) -> Calendar:
    """The calendar in a TOML file. Raises ValueError with the place of what is wrong in it."""
    return calendar_of(tomllib.loads(path.read_text(encoding="utf-8")))
