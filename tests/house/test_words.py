"""Every word in both languages: labels, timeline, messages of pages, words of scripts."""

import json
import re

import pytest

from backend.cases.timeline import SAID, STANDS
from shared_schemas import matter_codes, vocabulary
from shared_schemas.labelled import Labelled
from shared_schemas.vocabulary import Step, Verb
from tests.house.reading import CHINESE, HOUSE, said, translated, written

LABELLED = [
    kind
    for module in (vocabulary, matter_codes)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, Labelled) and kind is not Labelled
]


@pytest.mark.parametrize("kind", LABELLED)
def test_every_word_of_the_vocabulary_has_a_label_in_each_language(kind: type[Labelled]) -> None:
    for member in kind:
        assert CHINESE.search(member.zh), member
        assert member.en.strip(), member
        assert not CHINESE.search(member.en), member


def test_every_verb_has_a_line_in_the_timeline_and_every_step_a_headline() -> None:
    assert set(SAID) == set(Verb)
    assert set(STANDS) == set(Step)
    for zh, en in [(line.zh, line.en) for line in SAID.values()] + list(STANDS.values()):
        assert CHINESE.search(zh)
        assert en
        assert not CHINESE.search(en)


def test_everything_said_is_translated() -> None:
    known = {source for _file, source, target in translated("en") if target}
    assert {text: place for text, place in said().items() if text not in known} == {}


def test_no_translation_outlives_its_message() -> None:
    texts = written() | set(said())
    data = "".join(path.read_text(encoding="utf-8") for path in (HOUSE / "backend/data").glob("*.toml"))
    unused = [(file, source) for file, source, _ in translated("en") if source not in texts]
    assert [(file, source) for file, source in unused if f'"{source}"' not in data] == []


def test_a_message_has_one_home() -> None:
    homes: dict[str, list[str]] = {}
    for file, source, _ in translated("en"):
        homes.setdefault(source, []).append(file)
    assert {source: files for source, files in homes.items() if len(files) > 1} == {}


def test_a_translation_has_the_facts_of_its_message() -> None:
    fact = re.compile(r"%\(\w+\)s|\{\w*\}")
    counts = {"{n}", "%(num)s"}  # in Chinese the singular may name its number in words
    for file, source, target in translated("en"):
        if target:
            assert set(fact.findall(target)) <= set(fact.findall(source)) | counts, (file, source)


def test_scripts_have_the_same_words_in_both_languages() -> None:
    zh, en = (
        json.loads((HOUSE / f"pwa/static/locales/{lang}.json").read_text(encoding="utf-8")) for lang in ("zh", "en")
    )
    assert zh.keys() == en.keys()
    assert all(CHINESE.search(text) for text in zh.values())
    assert not [key for key, text in en.items() if not text or CHINESE.search(text)]
    scripts = "".join(path.read_text(encoding="utf-8") for path in (HOUSE / "pwa/static/js").rglob("*.js"))
    by_state = [key for key in zh if f"`{key.partition('.')[0]}.${{" in scripts]  # `up.${state}`
    assert [key for key in zh if key not in scripts and key not in by_state] == []
