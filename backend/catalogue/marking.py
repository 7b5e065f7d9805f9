"""Where a name shows that it was found: character ranges for highlighting."""

from __future__ import annotations

import re
import unicodedata

from backend.catalogue import spelling, syllables, wording

Ranges = tuple[tuple[int, int], ...]


def _positions(shown: str) -> list[tuple[str, int]]:
    """The normalised characters of a text with their place in it."""
    found = []
    for place, character in enumerate(shown):
        found += [(folded, place) for folded in wording.normal(unicodedata.normalize("NFKC", character))]
    return found


def _joined(places: set[int]) -> Ranges:
    ranges: list[tuple[int, int]] = []
    for place in sorted(places):
        if ranges and ranges[-1][1] == place:
            ranges[-1] = (ranges[-1][0], place + 1)
        else:
            ranges.append((place, place + 1))
    return tuple(ranges)


def by_characters(shown: str, query: str) -> Ranges:
    """Mark the neighbours that a normalised query and a text share ("饭店" in "开饭店执照").

    One character alone is marked only when the query is one character.
    """
    text = _positions(shown)
    pairs = {query[i : i + 2] for i in range(len(query) - 1)} or {query}
    width = 2 if len(query) > 1 else 1
    places: set[int] = set()
    for i in range(len(text) - width + 1):
        if "".join(character for character, _ in text[i : i + width]) in pairs:
            places.update(place for _, place in text[i : i + width])
    return _joined(places)


def by_letters(shown: str, query: str) -> Ranges:
    """The characters whose pinyin a query of letters spells (yyzz marks 营业执照)."""
    text = _positions(shown)
    sounds = syllables.spell("".join(character for character, _ in text))
    asked = [sound for sound, _ in spelling.units(query)]
    if len(sounds) != len(text) or not asked:
        return ()
    for at in range(len(text) - len(asked) + 1):
        pairs = zip(sounds[at:], asked, strict=False)
        if all(s.startswith(a) or syllables.blur(s) == syllables.blur(a) for s, a in pairs):
            return _joined({place for _, place in text[at : at + len(asked)]})
    return ()


def by_words(shown: str, asked: list[str]) -> Ranges:
    """The English words that begin with a word of the query."""
    lowered = shown.lower()
    places: set[int] = set()
    for found in re.finditer(r"[a-z0-9]+", lowered):
        for word in asked:
            if len(word) > 2 and found[0].startswith(word):
                places.update(range(found.start(), found.start() + len(word)))
    return _joined(places)
