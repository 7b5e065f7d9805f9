"""Every fault that the house says it survives names the tests that show it, and they exist."""

import re

from tests.house.reading import HOUSE

TABLE = "## Faults: nothing lost, nothing twice"


def _named() -> set[str]:
    text = (HOUSE / "backend/docs/security.md").read_text(encoding="utf-8")
    rows = text.partition(TABLE)[2].partition("\n## ")[0].splitlines()
    return {name for row in rows if row.startswith("|") for name in re.findall(r"`(test_\w+)`", row)}


def test_every_fault_is_shown_by_a_test_that_exists() -> None:
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (HOUSE / "tests/journeys").glob("test_*.py"))
    there = set(re.findall(r"^async def (test_\w+)\(", sources, re.MULTILINE))
    assert len(_named()) > 15
    assert _named() - there == set()


def test_every_storm_is_named_among_the_faults() -> None:
    for path in (HOUSE / "tests/journeys").glob("test_storm_*.py"):
        storms = set(re.findall(r"^async def (test_\w+)\(", path.read_text(encoding="utf-8"), re.MULTILINE))
        assert storms - _named() == set(), path.name
