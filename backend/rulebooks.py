"""The standard rules of signing, read once from data (`backend/data/approval.toml`)."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from backend.domain.rulebook import Needs, standard_of

DATA = Path(__file__).parent / "data" / "approval.toml"


@cache
def standard() -> Needs:
    """The hall's standard rules. Raises ValueError when the file has a word the hall doesn't know."""
    return standard_of(tomllib.loads(DATA.read_text(encoding="utf-8"))["moves"])
