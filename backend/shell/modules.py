"""What a page drawn by the phone needs, found by following imports, so that all of it is asked for at once.

Without that list a browser learns of a module only after it has read the one before: eight steps deep, each of them
some 20 ms on a slow phone.
"""

from __future__ import annotations

import re
from functools import cache

from backend.static import PREFIX, assets

FIRST = ("js/app.js", "js/elements/offline-app.js", "js/lib/strip.js")
_ROUTES = "js/offline/routes.js"
_ROUTE = re.compile(r'\["(?P<pattern>/[^"]*)", \(\) => import\("(?P<url>/static/[^"]+)"\)\]')
_STATIC = re.compile(r'(?:\bfrom\s*|^\s*import\s*)"(/static/[^"]+\.js)"', re.MULTILINE)
_DYNAMIC = re.compile(r'\bimport\(\s*"(/static/[^"]+\.js)"\s*\)')


def _imported(url: str, form: re.Pattern[str]) -> list[str]:
    return form.findall(assets().by_url[url].plain.decode())


def reached(urls: list[str], *forms: re.Pattern[str]) -> list[str]:
    """The addresses themselves and every module that they import in one of these forms, however deep, once each."""
    found: dict[str, None] = dict.fromkeys(urls)
    for url in (waiting := list(found)):
        for other in (each for form in forms for each in _imported(url, form) if each not in found):
            found[other] = None
            waiting.append(other)
    return list(found)


def everything(*names: str) -> list[str]:
    """Every module that pages starting at these files can ever load."""
    return reached([assets().url(name) for name in names], _STATIC, _DYNAMIC)


def _with_words(urls: list[str], lang: str) -> list[str]:
    """With what they import, and the words they say in one language (loaded by import(), but always)."""
    modules = reached(urls, _STATIC)
    said = {url for module in modules for url in _imported(module, _DYNAMIC) if f"{PREFIX}js/words/" in url}
    return [*modules, *sorted(url for url in said if f".{lang}." in url)]


@cache
def of_the_shell(lang: str) -> list[str]:
    """What every page of the shell needs."""
    return _with_words([assets().url(name) for name in FIRST], lang)


@cache
def of_views(lang: str) -> dict[str, list[str]]:
    """Pattern of an address -> what its view needs beside the shell's own."""
    common = set(of_the_shell(lang))
    routes = _ROUTE.finditer(assets().by_name[_ROUTES].plain.decode())
    return {
        route["pattern"]: [url for url in _with_words([route["url"]], lang) if url not in common] for route in routes
    }


def of_address(path: str, lang: str) -> list[str]:
    """What the page at this address needs, drawn by the phone."""
    for pattern, urls in of_views(lang).items():
        if re.fullmatch(re.sub(r":\w+", "[^/]+", pattern) + "/?", path):
            return [*of_the_shell(lang), *urls]
    return of_the_shell(lang)
