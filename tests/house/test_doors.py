"""No door without a keeper, no setting without its line, no clock but one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from backend.app import create_app
from backend.cli import settings_table
from backend.doors import Door, doors
from backend.problems import registered

HOUSE = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def all_doors() -> list[Door]:
    return doors(create_app())


def test_every_route_says_who_may_use_it(all_doors: list[Door]) -> None:
    assert [f"{door.methods} {door.path}" for door in all_doors if not door.guard] == []


def test_every_refusal_speaks_both_languages(all_doors: list[Door]) -> None:
    assert all_doors  # building the application registers every slice's refusals
    for code, sentence in registered().items():
        assert re.fullmatch(r"[a-z_]+(\.[a-z_]+)+", code)
        assert re.search(r"[\u4e00-\u9fff]", sentence.zh), code
        assert sentence.en, code
        assert not re.search(r"[\u4e00-\u9fff]", sentence.en), code
        zh, en = (set(re.findall(r"{(\w+)}", text)) for text in (sentence.zh, sentence.en))
        assert {field.removesuffix("_en") for field in en} <= zh | {field.removesuffix("_en") for field in zh}, code
        assert 400 <= sentence.status < 600, code


def test_every_code_that_is_raised_is_registered(all_doors: list[Door]) -> None:
    assert all_doors
    raised: dict[str, str] = {}
    for path in sorted((HOUSE / "backend").rglob("*.py")):
        for code in re.findall(r"Refusal\(\s*\"([a-z_.]+)\"", path.read_text(encoding="utf-8")):
            raised.setdefault(code, path.relative_to(HOUSE).as_posix())
    assert {code: place for code, place in raised.items() if code not in registered()} == {}


def test_the_readme_lists_every_setting() -> None:
    assert settings_table() in (HOUSE / "README.md").read_text(encoding="utf-8")


def test_only_the_clock_asks_for_the_time() -> None:
    asking = re.compile(r"datetime\.(now|utcnow|today)\(|date\.today\(")
    found = [
        path.relative_to(HOUSE).as_posix()
        for folder in ("backend", "shared_schemas")
        for path in sorted((HOUSE / folder).rglob("*.py"))
        if asking.search(path.read_text(encoding="utf-8"))
    ]
    assert found == ["backend/clock.py"]
