"""Small propositions over a form's numbers: "persons>=50 or (persons>0 and units>0 and total>=50)"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

_COMPARISON = re.compile(r"([a-z_]+)\s*(>=|<=|>|<)\s*(\d+(?:\.\d+)?)")
_TOTAL = "total"


def names_in(text: str) -> set[str]:
    """The names a proposition speaks of, "total" left out: that is the sum of the others."""
    return {found[1] for found in _COMPARISON.finditer(text)} - {_TOTAL}


def _key_for(name: str, keys: Sequence[str]) -> str | None:
    """The one field the name means: its own key, or the only key with the name as one of its words."""
    if name in keys:
        return name
    meant = [key for key in keys if name in key.split("_")]
    return meant[0] if len(meant) == 1 else None


def names_resolve(text: str, keys: Sequence[str]) -> bool:
    """Whether every name means exactly one field."""
    return all(_key_for(name, keys) for name in names_in(text))


def holds(text: str, numbers: Mapping[str, Decimal]) -> bool | None:
    """Whether the proposition is true of these answers; None while one is missing."""
    keys = {name: _key_for(name, list(numbers)) for name in names_in(text)}
    if None in keys.values():
        return None
    known = {name: numbers[key] for name, key in keys.items() if key}
    known[_TOTAL] = sum(known.values(), Decimal(0))
    return _any(text, known)


def _any(text: str, known: Mapping[str, Decimal]) -> bool:
    return any(_all(part, known) for part in _split(text, " or "))


def _all(text: str, known: Mapping[str, Decimal]) -> bool:
    return all(_one(part.strip(), known) for part in _split(text, " and "))


def _one(text: str, known: Mapping[str, Decimal]) -> bool:
    if text.startswith("(") and text.endswith(")"):
        return _any(text[1:-1], known)
    found = _COMPARISON.fullmatch(text)
    if found is None:
        msg = f"not a comparison: {text!r}"
        raise ValueError(msg)
    value, bound = known[found[1]], Decimal(found[3])
    return {">=": value >= bound, "<=": value <= bound, ">": value > bound, "<": value < bound}[found[2]]


def _split(text: str, word: str) -> list[str]:
    """`text` at `word`, but not inside parentheses."""
    parts: list[str] = []
    depth = start = 0
    for place, mark in enumerate(text):
        depth += (mark == "(") - (mark == ")")
        if depth == 0 and text.startswith(word, place):
            parts.append(text[start:place])
            start = place + len(word)
    return [*parts, text[start:]]
