"""Finding phrases by Latin letters: initials (yyzz), pinyin whole, half or misspelt, mixed with characters."""

from __future__ import annotations

from collections.abc import Sequence

from backend.catalogue import syllables, wording
from backend.catalogue.phrases import Phrase

BLURRED = 0.93  # zh typed as z, ing as in
HOMOPHONE = 0.8  # another character of the same sound


def units(query: str) -> list[tuple[str, str]]:
    """A normalised query as (sound, character or "") pairs: "办yyzz" is ban/办, y, y, z, z."""
    found: list[tuple[str, str]] = []
    letters = ""
    for character in query + " ":
        if character.isascii() and character.isalnum():
            letters += character
            continue
        found += [(part, "") for part in syllables.segment(letters)]
        letters = ""
        if character != " ":
            found += [(sound, character) for sound in syllables.spell(character)[:1]]
    return found


class SpellingIndex:
    """Every phrase's initials in one list, searched by plain substring: 3,600 phrases take 0.2 ms."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        """Index the phrases by their position."""
        self._initials = ["".join(sound[0] for sound in phrase.sounds) for phrase in phrases]
        self._sounds = [phrase.sounds for phrase in phrases]
        self._texts = [phrase.text for phrase in phrases]

    def scores(self, query: str) -> dict[int, float]:
        """{phrase number: score from 0 to 1} for a normalised query that has Latin letters."""
        asked = units(query)
        if len(asked) < 2 and len(query) < 2:
            return {}
        start = "".join(sound[0] for sound, _ in asked)
        found: dict[int, float] = {}
        for number, initials in enumerate(self._initials):
            at = initials.find(start)
            while at >= 0:
                fit = self._fit(number, at, asked)
                if fit:
                    length = len(asked) / len(initials)
                    lead = 0.05 if at == 0 else 0.0
                    found[number] = max(found.get(number, 0.0), fit * (0.7 + 0.25 * length + lead))
                at = initials.find(start, at + 1)
        return found

    def _fit(self, number: int, at: int, asked: list[tuple[str, str]]) -> float:
        """How well the asked units fit the phrase from `at`: 0 when one of them is something else."""
        sounds, text, fit = self._sounds[number], self._texts[number], 1.0
        for offset, (letters, character) in enumerate(asked):
            sound = sounds[at + offset]
            if character and text[at + offset] != character:
                fit = min(fit, HOMOPHONE)
            if sound == letters or (not character and sound.startswith(letters)):
                continue
            if syllables.blur(sound) != syllables.blur(letters):
                return 0.0
            fit = min(fit, BLURRED)
        return fit


def letters_of(phrase: Phrase) -> str:
    """The phrase as it is typed without spaces, blurred."""
    return syllables.blur("".join(phrase.sounds))


def trigrams(text: str) -> list[str]:
    """Three-letter pieces with the ends marked: for misspelt pinyin and English."""
    padded = f"^{wording.normal(text)}$"
    return [padded[i : i + 3] for i in range(len(padded) - 2)]
