"""The short names under which the organs number their documents."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent.parent / "data" / "organs.toml"


@cache
def _signs() -> dict[str, str]:
    return tomllib.loads(_FILE.read_text("utf-8"))


def sign_of(department: str) -> str:
    """The organ's short name, e.g. 南市监; the department's code where nobody has chosen one."""
    return _signs().get(department, department.upper())
