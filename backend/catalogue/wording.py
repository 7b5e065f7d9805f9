"""How a phrase and a query are read before they are compared."""

from __future__ import annotations

import re
import unicodedata

LONGEST_QUERY = 40  # characters; nobody searches with more, and time grows with length

_GAP = re.compile(r"[^0-9a-z一-鿿㐀-䶿\U00020000-\U0003ffff]+")
_LATIN = re.compile(r"[a-z]")
_HAN = re.compile(r"[一-鿿㐀-䶿\U00020000-\U0003ffff]")
# What people say around the thing itself; taken away only while something remains.
_FILLERS = re.compile(
    r"(?:请问|你好|您好|我想要|我想|我要|我该|想要|麻烦|怎么样才能|怎么才能|怎么办理|怎么办|怎么弄|怎么|如何|哪里可以|在哪里|去哪里|去哪儿|"
    r"去哪|哪里|哪儿|需要什么材料|要什么材料|要带什么|需要带什么|需要什么|要什么|什么|需要|可以|能不能|多少钱|多久|"
    r"手续|流程|办理|办一下|一下|吗|呢|啊|呀|吧)"
)


def normal(text: str) -> str:
    """Compatibility forms folded, lower case, everything but letters, digits and han taken out."""
    return _GAP.sub("", unicodedata.normalize("NFKC", text).lower())


def words(text: str) -> list[str]:
    """The Latin words of a text, lower case."""
    return re.findall(r"[a-z0-9]+", unicodedata.normalize("NFKC", text).lower())


def core(query: str) -> str:
    """A normalised query without the politeness around it."""
    stripped = _FILLERS.sub("", query)
    return stripped or query


def has_latin(text: str) -> bool:
    """True when a normalised text has Latin letters."""
    return _LATIN.search(text) is not None


def has_han(text: str) -> bool:
    """True when a normalised text has Chinese characters."""
    return _HAN.search(text) is not None
