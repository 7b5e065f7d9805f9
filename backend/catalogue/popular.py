"""Which matters most people come for (data/popular.toml)."""

from __future__ import annotations

import tomllib
from pathlib import Path

_SOURCE = Path(__file__).parent.parent / "data" / "popular.toml"
MATTERS: dict[str, int] = {
    code: place for place, code in enumerate(tomllib.loads(_SOURCE.read_text(encoding="utf-8"))["matters"])
}
