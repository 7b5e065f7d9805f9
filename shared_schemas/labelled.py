"""Enumerations whose every member says its name in Chinese and English."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Labelled(StrEnum):
    """A string enumeration with a label in each language of the hall.

    Write members as ``NAME = "value", "中文", "English"``.
    """

    zh: str
    en: str

    def __new__(cls, value: str, zh: str, en: str) -> Self:
        """The member `value` with its two labels."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.zh = zh
        member.en = en
        return member

    def label(self, lang: str) -> str:
        """The member's name in `lang` ("zh" or "en")."""
        return self.en if lang == "en" else self.zh
