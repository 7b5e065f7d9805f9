"""Finding matters by English words, whole or as they are being typed."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import log

from backend.catalogue import wording

_EMPTY_WORDS = frozenset("a an the of for to and or in on at my i how do get apply want need".split())


def stem(word: str) -> str:
    """Without the plural s: permits and permit are one."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


class EnglishIndex:
    """Scores English names by the weight of the words they share with a query; the last word may be unfinished."""

    def __init__(self, names: Sequence[str]) -> None:
        """Index the names by their position."""
        postings: dict[str, set[int]] = defaultdict(set)
        for number, name in enumerate(names):
            for word in wording.words(name):
                postings[stem(word)].add(number)
        self._words = sorted(postings)
        self._postings = postings
        self._total = max(len(names), 1)
        self._lengths = [max(len(wording.words(name)), 1) for name in names]

    def scores(self, asked: Iterable[str]) -> dict[int, float]:
        """{position: score from 0 to 1} for lower-case words."""
        words = [stem(word) for word in asked if word not in _EMPTY_WORDS]
        if not words:
            return {}
        got: dict[int, float] = {}
        hits: dict[int, int] = {}
        total = 0.0
        for word in words:
            best: dict[int, float] = {}
            for known in self._beginning_with(word):
                found = self._postings[known]
                gain = log(1 + self._total / len(found)) * (1.0 if known == word else 0.8)
                for number in found:
                    best[number] = max(best.get(number, 0.0), gain)
            total += max(best.values(), default=log(1 + self._total))
            for number, gain in best.items():
                got[number] = got.get(number, 0.0) + gain
                hits[number] = hits.get(number, 0) + 1
        return {n: 0.75 * gain / total + 0.25 * hits[n] / max(self._lengths[n], len(words)) for n, gain in got.items()}

    def _beginning_with(self, word: str) -> list[str]:
        if len(word) < 3:
            return [word] if word in self._postings else []
        at = bisect_left(self._words, word)
        found = []
        while at < len(self._words) and self._words[at].startswith(word):
            found.append(self._words[at])
            at += 1
        return found
