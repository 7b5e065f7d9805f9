"""人生事件: what happened to you, and with it the matters you may need."""

from __future__ import annotations

from msgspec import Struct


class LifeEvent(Struct, frozen=True, forbid_unknown_fields=True):
    """One tile of the home page. `count` is how many matters it leads to."""

    code: str
    zh: str
    en: str
    icon: str
    count: int = 0

    def label(self, lang: str) -> str:
        """Its name in `lang`."""
        return self.en if lang == "en" else self.zh
