"""The phone's copy of the law: its sentences and tables are the hall's own, its modules run anywhere."""

import re

from backend import lawbook

_LAW = lawbook.BOOK.parent
_OUTSIDE = re.compile(r"\b(?:document|window|self|localStorage|indexedDB|navigator|fetch|caches)\b[.(\[]|\bimport\(")


def _code(name: str) -> str:
    """A module without its comments."""
    return re.sub(r"//.*", "", re.sub(r"/\*.*?\*/", "", (_LAW / name).read_text(encoding="utf-8"), flags=re.DOTALL))


def test_the_phone_says_what_the_hall_says() -> None:
    assert lawbook.BOOK.read_text(encoding="utf-8") == lawbook.text(), "run `just lawbook`"


def test_the_law_looks_at_nothing_but_what_it_is_given() -> None:
    """No page, no storage, no network, no import() (a service worker has none)."""
    names = [path.name for path in _LAW.glob("*.js")]
    assert len(names) > 10
    assert {name: found for name in names if (found := _OUTSIDE.findall(_code(name)))} == {}
    sources = [source for name in names for source in re.findall(r'from "([^"]+)"', _code(name))]
    assert [source for source in sources if not source.startswith("./")] == []
