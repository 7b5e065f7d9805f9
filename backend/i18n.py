"""The words of the reader: Chinese is the source, `pwa/locales/<lang>/<slice>.po` has the rest.

The language belongs to the request: `bind(scope)` at the edge, looked at only when a word is needed.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCALES = Path(__file__).parent.parent / "pwa" / "locales"
LANGUAGES = ("zh", "en")
SOURCE = "zh"
_SLOT = "yimaban.lang"

_request: ContextVar[MutableMapping[str, Any] | None] = ContextVar("yimaban_request", default=None)


def bind(scope: MutableMapping[str, Any]) -> None:
    """From here on, `language()` answers for this ASGI request."""
    _request.set(scope)


def language() -> str:
    """Either "zh" or "en": the reader's choice (cookie `lang`), else the browser's first wish, else Chinese."""
    scope = _request.get()
    if scope is None:
        return SOURCE
    if _SLOT not in scope:
        scope[_SLOT] = _wish(scope)
    return scope[_SLOT]


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Another language for the block: a notice to someone who is not the one asking."""
    token = _request.set({_SLOT: lang})
    try:
        yield
    finally:
        _request.reset(token)


def gettext(message: str, **facts: object) -> str:
    """`message` (Chinese source) in the reader's language, `%(name)s` filled from `facts`."""
    found = _catalogue(language()).get(message, message)
    return found % facts if facts else found


def ngettext(singular: str, plural: str, number: int, **facts: object) -> str:
    """As `gettext`, for a count. Chinese has one form; English looks up the form that fits `number`."""
    return gettext(singular if number == 1 else plural, num=number, **facts)


def pick(zh: str, en: str | None) -> str:
    """Of a text kept in two languages, the reader's; Chinese where the other is missing."""
    return en if en and language() == "en" else zh


_ = gettext


@cache
def _catalogue(lang: str) -> dict[str, str]:
    words: dict[str, str] = {}
    for path in sorted((LOCALES / lang).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=lang):
                if message.id and message.string and "fuzzy" not in message.flags:
                    words.update(_forms(message.id, message.string))
    return words


def _forms(source: Any, target: Any) -> dict[str, str]:
    if isinstance(source, str):
        return {source: str(target)}
    last = len(target) - 1
    return {text: target[min(place, last)] for place, text in enumerate(source) if target[min(place, last)]}


def _wish(scope: MutableMapping[str, Any]) -> str:
    accepted = b""
    for name, value in scope.get("headers", ()):
        if name == b"cookie" and b"lang=" in value:
            chosen = _cookie(value.decode("latin-1"), "lang")
            if chosen in LANGUAGES:
                return chosen
        elif name == b"accept-language":
            accepted = value
    first = accepted.split(b",", 1)[0].strip().lower()
    return "en" if first.startswith(b"en") else SOURCE


def _cookie(header: str, name: str) -> str | None:
    try:
        morsel = SimpleCookie(header).get(name)
    except CookieError:
        return None
    return morsel.value if morsel else None
