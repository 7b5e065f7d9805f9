"""What the search compares a query with: the names of matters and the everyday words for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from backend.catalogue import syllables, wording
from shared_schemas.matter import Matter

NAME, ALIAS = 1.0, 0.97  # an everyday word is nearly as good as the name itself


class Phrase(Struct, frozen=True):
    """One name or alias of the matter at position `at`; `sounds` has one syllable a character of `text`."""

    at: int
    shown: str
    text: str
    sounds: tuple[str, ...]
    weight: float

    @property
    def is_name(self) -> bool:
        """True for the matter's own name."""
        return self.weight == NAME


def spelled(matter: Matter) -> dict[str, str]:
    """The pinyin of everything that is searched, for storing with the version: {"营业执照": "ying ye zhi zhao"}."""
    texts = {wording.normal(text) for text in (matter.name, *matter.aliases)}
    return {text: " ".join(syllables.spell(text)) for text in sorted(texts) if text}


def phrases(matters: Sequence[Matter], pinyin: Mapping[str, str]) -> list[Phrase]:
    """Every phrase of every matter; pinyin that was not stored is worked out here."""
    found = []
    for at, matter in enumerate(matters):
        for shown, weight in [(matter.name, NAME), *((alias, ALIAS) for alias in matter.aliases)]:
            text = wording.normal(shown)
            sounds = pinyin[text].split(" ") if text in pinyin else syllables.spell(text)
            if text and len(sounds) == len(text):
                found.append(Phrase(at, shown, text, tuple(sounds), weight))
    return found
