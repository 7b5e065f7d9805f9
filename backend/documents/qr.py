"""QR codes as small vector pictures, the same on paper and on a page (no inline style, no ids)."""

from __future__ import annotations

from functools import lru_cache
from xml.sax.saxutils import quoteattr

# ISO/IEC 18004 §6.3.8: four modules of quiet zone on every side.
QUIET = 4


@lru_cache(maxsize=512)
def qr_svg(text: str, label: str) -> str:
    """The QR code of `text` (error correction M) as an `<svg>` that a screen reader reads as `label`.

    Scales to its box; black on its own white ground, so that it also scans on a dark page. About 2 kB.
    """
    modules = _modules(text)
    side = len(modules) + 2 * QUIET
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" role="img" '
        f'aria-label={quoteattr(label)} shape-rendering="crispEdges">'
        f'<rect width="{side}" height="{side}" fill="#fff"/><path fill="#000" d="{_path(modules)}"/></svg>'
    )


def _modules(text: str) -> list[list[bool]]:
    """The dark and light modules of the smallest code that holds `text`."""
    from qrcode.constants import ERROR_CORRECT_M  # 60 ms of import, needed only once a code is drawn
    from qrcode.main import QRCode

    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.modules]


def _path(modules: list[list[bool]]) -> str:
    """One SVG path: each horizontal run of dark modules is a rectangle, so no hairlines show between modules."""
    strokes: list[str] = []
    for y, row in enumerate(modules):
        x = 0
        while x < len(row):
            if not row[x]:
                x += 1
                continue
            end = x
            while end < len(row) and row[end]:
                end += 1
            strokes.append(f"M{x + QUIET} {y + QUIET}h{end - x}v1h{x - end}z")
            x = end
    return "".join(strokes)
