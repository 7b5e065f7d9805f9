"""Which characters the hall can print, and what happens to the others: never dropped in silence.

Noto Serif SC and Noto Sans SC hold all 8,105 characters of 通用规范汉字表 (tests/documents proves it) but not, for
example, 𠮷. A district may lay further fonts into a folder; what no font has is shown as its code point 〔U+20BB7〕 and
reported, so that a clerk can write it in by hand.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from backend.documents import hall

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FONT_ENDINGS = {".otf", ".ttf"}

# Unicode: variation selectors only refine the character before them; a font without the variant draws the plain one.
_SELECTORS = frozenset([*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)])
_INVISIBLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_LAYOUT = frozenset(map(ord, "\n\t "))
_LONG_WORD = re.compile(r"[!-~\u00a1-\u02ff]{25,}")
_AFTER_MARK = re.compile(r"(?<=[/?&=._-])(?![/])")
_ZERO_WIDTH_SPACE = "\u200b"


@lru_cache(maxsize=4)
def font_files(folder: Path | None = None) -> tuple[Path, ...]:
    """The hall's fonts, text face first, then those of `folder` (else DATA_DIR/fonts) by name, as first found."""
    import pylopdf_fonts_zh_cn as fonts

    folder = folder or hall.fonts_folder()
    own = sorted(p for p in folder.iterdir() if p.suffix.lower() in FONT_ENDINGS) if folder.is_dir() else []
    return (fonts.serif_path(), fonts.sans_path(), *own)


@lru_cache(maxsize=4)
def printable_code_points(files: tuple[Path, ...]) -> frozenset[int]:
    """Every code point that one of the fonts in `files` can draw (10 ms a font, then cached)."""
    points: set[int] = set()
    for file in files:
        points.update(_code_points(file.read_bytes()))
    return frozenset(points)


def missing_characters(text: str, files: tuple[Path, ...] | None = None) -> list[str]:
    """The characters of `text` that the fonts lack, each once, in order. Empty means: prints as written."""
    known = printable_code_points(files or font_files())
    return [c for c in dict.fromkeys(text) if not _prints(ord(c), known)]


def printable(text: str, files: tuple[Path, ...] | None = None) -> str:
    """`text` with every unprintable character replaced by its code point, and long words given places to break."""
    known = printable_code_points(files or font_files())
    text = text.replace("\r\n", "\n").replace("\r", "\n")  # as a browser's text box sends it
    if not all(_prints(ord(c), known) for c in set(text)):
        text = "".join(c if _prints(ord(c), known) else f"〔U+{ord(c):04X}〕" for c in text)
    return _LONG_WORD.sub(lambda word: _breakable(word[0]), text)


def _prints(point: int, known: frozenset[int]) -> bool:
    """Whether a font draws `point`. Controls and direction marks do not print: they could disguise a name."""
    if point in _LAYOUT or point in _SELECTORS:
        return True
    return point in known and unicodedata.category(chr(point)) not in _INVISIBLE


def _breakable(word: str) -> str:
    """`word` with a zero-width space after its marks, and in any stretch of 16 letters without one."""
    parts = (part[i : i + 16] for part in _AFTER_MARK.split(word) for i in range(0, len(part), 16))
    return _ZERO_WIDTH_SPACE.join(parts)


def _code_points(font: bytes) -> Iterator[int]:
    """The code points of an OpenType font's cmap, subtable formats 4 and 12 (OpenType 1.9 "cmap")."""
    tables = struct.unpack_from(">H", font, 4)[0]
    records = (struct.unpack_from(">4sIII", font, 12 + 16 * i) for i in range(tables))
    start = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    for i in range(struct.unpack_from(">H", font, start + 2)[0]):
        offset = start + struct.unpack_from(">I", font, start + 8 + 8 * i)[0]
        kind = struct.unpack_from(">H", font, offset)[0]
        if kind == 12:
            yield from _segmented_coverage(font, offset)
        elif kind == 4:
            yield from _segment_mapping(font, offset)


def _segmented_coverage(font: bytes, offset: int) -> Iterator[int]:
    groups = struct.unpack_from(">I", font, offset + 12)[0]
    for i in range(groups):
        first, last, glyph = struct.unpack_from(">III", font, offset + 16 + 12 * i)
        yield from range(first + (glyph == 0), last + 1)


def _segment_mapping(font: bytes, offset: int) -> Iterator[int]:
    count = struct.unpack_from(">H", font, offset + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", font, offset + 14)
    starts = struct.unpack_from(f">{count}H", font, offset + 16 + 2 * count)
    for first, last in zip(starts, ends, strict=True):
        if last != 0xFFFF:
            yield from range(first, last + 1)
