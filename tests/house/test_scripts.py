"""Scripts: their words come in pairs and exist, every module they load is on the phone, and nothing large beside."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import msgspec
import pytest

from backend.shell import modules, worker
from backend.static import assets
from tests.house.reading import CHINESE, HOUSE

JS = HOUSE / "pwa/static/js"
PAIRS = sorted({path.name.split(".")[0] for path in (JS / "words").glob("*.js")})
# Fetched when first used, kept from then on: a phone that never scans with WebAssembly never carries it.
WHEN_NEEDED = re.compile(r"vendor/(barcode-detector\.js|zxing_reader\.wasm)")
MOST_KB = 300  # compressed: what a phone fetches in the background, once

_ENTRY = re.compile(r'^\s*(?:"(?P<key>[^"]+)"|(?P<bare>\w+)):\s*"(?P<text>(?:[^"\\]|\\.)*)"', re.MULTILINE)
_SAY = re.compile(r"\bsay\(")
_LITERAL = re.compile(r'"([a-z][\w-]*(?:\.[\w-]+)+)"|`([a-z][\w-]*\.(?:[\w-]+\.)*)\$\{')
_FACT = re.compile(r"\{\w+\}")


@cache
def words(part: str, lang: str) -> dict[str, str]:
    """Key -> sentence of one file of js/words."""
    text = (JS / f"words/{part}.{lang}.js").read_text(encoding="utf-8")
    return {found["key"] or found["bare"]: found["text"] for found in _ENTRY.finditer(text)}


@cache
def known() -> set[str]:
    common = msgspec.json.decode((HOUSE / "pwa/static/locales/zh.json").read_bytes(), type=dict[str, str])
    return set(common).union(*(words(part, "zh") for part in PAIRS))


def _sources() -> Iterator[tuple[str, str]]:
    for path in sorted(JS.rglob("*.js")):
        if path.parent.name != "words":
            yield path.relative_to(JS).as_posix(), path.read_text(encoding="utf-8")


def _argument(text: str, start: int) -> str:
    """The first argument of a call whose bracket opens just before `start`."""
    depth = 0
    for place in range(start, len(text)):
        depth += (text[place] in "([{") - (text[place] in ")]}")
        if depth < 0 or (depth == 0 and text[place] == ","):
            return text[start:place]
    return text[start:]


@pytest.mark.parametrize("part", PAIRS)
def test_a_part_says_the_same_in_both_languages(part: str) -> None:
    zh, en = words(part, "zh"), words(part, "en")
    assert zh.keys() == en.keys()
    assert [
        key for key, text in zh.items() if not CHINESE.search(text) and re.search(r"[A-Za-z]{2}", _FACT.sub("", text))
    ] == []
    assert [key for key, text in en.items() if CHINESE.search(text)] == []
    assert [key for key in zh if (set(_FACT.findall(zh[key])) ^ set(_FACT.findall(en[key]))) - {"{n}"}] == []


def test_what_a_script_says_has_words() -> None:
    assert len(known()) > 100
    unknown = set()
    for place, text in _sources():
        for call in _SAY.finditer(text):
            for key, prefix in _LITERAL.findall(_argument(text, call.end())):
                if key not in known() if key else not any(each.startswith(prefix) for each in known()):
                    unknown.add((place, key or prefix))
    assert unknown == set()


def test_no_word_outlives_its_script() -> None:
    scripts = "".join(text for _place, text in _sources())
    said = {key for key, _ in _LITERAL.findall(scripts)} | set(re.findall(r'"([a-z][\w.-]+)"', scripts))
    begun = tuple({prefix for _, prefix in _LITERAL.findall(scripts)})
    every = chain.from_iterable(words(part, "zh") for part in PAIRS)
    assert [key for key in every if key not in said and not key.startswith(begun)] == []


def test_every_module_that_a_page_can_load_is_on_the_phone() -> None:
    kept = {asset.url for asset in worker.files()}
    loaded = modules.everything("js/app.js", worker.SOURCE)
    names = {asset.url: asset.name for asset in assets().by_name.values()}
    missing = [names[url] for url in loaded if url not in kept and names[url] != worker.SOURCE]
    assert [name for name in missing if not WHEN_NEEDED.fullmatch(name)] == []


def test_the_phone_keeps_no_script_that_nothing_loads() -> None:
    loaded = set(modules.everything("js/app.js", worker.SOURCE))
    alone = [asset.name for asset in worker.files() if asset.name.startswith("js/") and asset.url not in loaded]
    assert alone == []


def test_what_the_phone_keeps_is_small() -> None:
    sizes = {asset.name: len(asset.brotli or asset.plain) for asset in worker.files()}
    assert sum(sizes.values()) < MOST_KB * 1000, sorted(sizes.items(), key=lambda pair: -pair[1])[:8]


def test_the_list_of_what_waits_knows_the_kinds_of_what_sends() -> None:
    kinds, edits = ((JS / f"offline/outbox/{name}.js").read_text(encoding="utf-8") for name in ("kinds", "edits"))
    known = re.search(r"const kinds = \{ ([\w, ]+) \}", kinds)
    assert known
    assert set(known[1].split(", ")) == set(re.findall(r"^  (\w+): \(", edits, re.MULTILINE))


def test_every_view_names_its_modules_before_it_runs() -> None:
    """The list is read out of routes.js: a route written in another form would be left out in silence."""
    written = re.findall(
        r"import\(\"\./views/[\w/-]+\.js\"\)", Path(JS / "offline/routes.js").read_text(encoding="utf-8")
    )
    for lang in ("zh", "en"):
        views = modules.of_views(lang)
        assert len(views) == len(written)
        assert all(urls for urls in views.values())
        other = {"zh": "en", "en": "zh"}[lang]
        assert not [url for urls in views.values() for url in urls if f".{other}." in url]
    assert modules.of_address("/matters/scj-18", "zh")[-1] != modules.of_address("/outbox", "zh")[-1]
