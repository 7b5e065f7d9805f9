"""How the organs are called on paper: in full at the head and on the seal, in short in document numbers."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from backend import catalogue

_FILE = Path(__file__).parent.parent / "data" / "organs.toml"


@cache
def _organs() -> dict[str, dict[str, str]]:
    return tomllib.loads(_FILE.read_text("utf-8"))


def sign_of(department: str) -> str:
    """The organ's short name, e.g. 南市监; the department's code where nobody has chosen one."""
    return _organs().get(department, {}).get("sign") or department.upper()


def name_of(department: str) -> str:
    """The organ's full name, e.g. 嘉兴市南湖区市场监督管理局; what the catalogue calls it where nobody has said."""
    return _organs().get(department, {}).get("name") or catalogue.current().department(department).label("zh")
