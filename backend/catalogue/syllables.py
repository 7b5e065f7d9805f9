"""Pinyin: one syllable for each character of a normalised phrase; a Latin letter or digit stands for itself."""

from __future__ import annotations

import re
from functools import cache

from pypinyin import lazy_pinyin
from pypinyin.constants import PINYIN_DICT, Style
from pypinyin.style import convert


def spell(text: str) -> list[str]:
    """As many syllables as the text has characters (polyphones by their phrase: 银行 is yin hang)."""
    return lazy_pinyin(text, errors=list, v_to_u=False)


# Sounds that southern speakers and hasty typists don't tell apart.
_BLUR = re.compile(r"zh|ch|sh|(?<=[aei])ng")
_BLURRED = {"zh": "z", "ch": "c", "sh": "s", "ng": "n"}


def blur(pinyin: str) -> str:
    """zh/z, ch/c, sh/s, -ng/-n folded together."""
    return _BLUR.sub(lambda found: _BLURRED[found[0]], pinyin)


@cache
def known_syllables() -> frozenset[str]:
    """Every syllable of Mandarin without tones ("zhuang", "lv")."""
    sounds = {sound for value in PINYIN_DICT.values() for sound in value.split(",")[:1]}
    plain = {convert(sound, Style.NORMAL, strict=False) for sound in sounds}
    return frozenset(s.replace("ü", "v") for s in plain if re.fullmatch("[a-zü]{1,6}", s))


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(s[:n] for s in known_syllables() for n in range(1, len(s) + 1))


def segment(letters: str) -> list[str]:
    """Cut typed letters into whole syllables, longest first; what is no syllable stays a single letter.

    "yingyezz" is ying ye z z; the last piece may be the beginning of a syllable ("yingyezh" is ying ye zh).
    """
    whole, parts, at = known_syllables(), [], 0
    while at < len(letters):
        rest = letters[at:]
        if len(rest) > 1 and rest in _beginnings() and rest not in whole and len(rest) <= 3:
            parts.append(rest)
            break
        length = next((n for n in range(min(6, len(rest)), 1, -1) if rest[:n] in whole), 1)
        parts.append(rest[:length])
        at += length
    return parts
