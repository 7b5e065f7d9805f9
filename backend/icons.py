"""Icons: `icon("camera")` draws one from the sprites of pwa/static/icons, in the colour of the text around it."""

import re
from functools import cache

from markupsafe import Markup, escape

from backend.static import ROOT, static

SHEETS = ("core", "more", "duotone")


@cache
def sheet_of() -> dict[str, str]:
    """Symbol id -> the sprite that holds it. The sprites are made from pwa/vendor/icons.toml."""
    return {
        symbol: f"icons/{sheet}.svg"
        for sheet in reversed(SHEETS)
        for symbol in re.findall(r'<symbol id="([^"]+)"', (ROOT / f"icons/{sheet}.svg").read_text(encoding="utf-8"))
    }


def sheet_number(symbol: str) -> int:
    """Which sprite holds a symbol, as scripts count them (<meta name="sprites">). Raises KeyError."""
    return SHEETS.index(sheet_of()[symbol].removeprefix("icons/").removesuffix(".svg"))


@cache
def icon(name: str, weight: str = "regular", cls: str = "") -> Markup:
    """An icon for templates, hidden from screen readers: the word beside it speaks.

    `weight` is regular, fill or duotone; `cls` adds classes. Raises LookupError for an icon that no sprite holds
    (add it to pwa/vendor/icons.toml and run `just vendor`).
    """
    symbol = name if weight == "regular" else f"{name}-{weight}"
    sheet = sheet_of().get(symbol)
    if sheet is None:
        raise LookupError(f"no icon {symbol!r}: add it to pwa/vendor/icons.toml and run `just vendor`")
    classes = escape(f"i {cls}".strip())
    return Markup('<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>').format(
        classes, static(sheet), symbol
    )
