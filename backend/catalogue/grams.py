"""An inverted index over short pieces of phrases, weighted by how rare a piece is (idf)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from math import log

# A piece that a third of all phrases share says nothing about any of them.
TOO_COMMON = 0.34


def pieces(units: Sequence[str]) -> list[tuple[Hashable, float]]:
    """Pairs of neighbours and, at a third of their weight, single units: each piece once, with its weight."""
    found: dict[Hashable, float] = {}
    for unit in units:
        found[unit] = 0.3
    for i in range(len(units) - 1):
        found[units[i], units[i + 1]] = 1.0
    return list(found.items())


class GramIndex:
    """Scores phrases by the weight of the pieces they share with a query, from 0 (nothing) to 1 (the same)."""

    def __init__(self, phrases: Iterable[Sequence[str]]) -> None:
        """Index `phrases`, each a sequence of units (characters or syllables), by their position."""
        postings: dict[Hashable, list[int]] = defaultdict(list)
        cut = [pieces(phrase) for phrase in phrases]
        for number, parts in enumerate(cut):
            for piece, _ in parts:
                postings[piece].append(number)
        total = max(len(cut), 1)
        self._rarest = log(1 + total)
        self._idf = {piece: log(1 + total / len(found)) for piece, found in postings.items()}
        self._postings = {p: found for p, found in postings.items() if len(found) <= max(total * TOO_COMMON, 20)}
        self._mass = [sum(self._idf[piece] * weight for piece, weight in parts) or 1.0 for parts in cut]

    def scores(self, units: Sequence[str]) -> dict[int, float]:
        """{phrase number: score}: mostly how much of the query is in the phrase, partly the other way round."""
        shared: dict[int, float] = {}
        asked = 0.0
        singles: list[tuple[Hashable, float]] = []
        for piece, weight in pieces(units):
            gain = self._idf.get(piece, self._rarest) * weight
            asked += gain
            if weight < 1.0:
                singles.append((piece, gain))
                continue
            for number in self._postings.get(piece, ()):
                shared[number] = shared.get(number, 0.0) + gain
        has_pairs = bool(shared)
        for piece, gain in singles:
            for number in self._postings.get(piece, ()):
                # A single unit alone is too little where others share a pair; and there are many of these.
                if number in shared:
                    shared[number] += gain
                elif not has_pairs:
                    shared[number] = gain
        mass = self._mass
        return {n: 0.7 * got / asked + 0.3 * got / max(mass[n], got) for n, got in shared.items()}
