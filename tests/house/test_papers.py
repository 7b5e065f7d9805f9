"""What is written about the house is so: commands, decisions, glossary, changes, sizes."""

import re
from itertools import pairwise

from tests.house.reading import HOUSE

DOCS = HOUSE / "backend/docs"
PROSE = [HOUSE / "README.md", *sorted(DOCS.rglob("*.md"))]
MOST_LINES = 300


def _recipes() -> set[str]:
    return set(
        re.findall(r"^([a-z][a-z-]*)[^:\n]*:(?!=)", (HOUSE / "justfile").read_text(encoding="utf-8"), re.MULTILINE)
    )


def test_every_command_that_is_named_exists() -> None:
    recipes = _recipes()
    for path in PROSE:
        text = path.read_text(encoding="utf-8")
        named = set(re.findall(r"`just ([a-z][a-z-]*)", text)) | set(re.findall(r"rust-just just ([a-z][a-z-]*)", text))
        assert named <= recipes, path.name


def test_decisions_are_numbered_and_titled_alike() -> None:
    records = sorted((DOCS / "decisions").glob("*.md"))
    numbers = []
    for path in records:
        found = re.fullmatch(r"(\d{4})-[a-z0-9]+(-[a-z0-9]+)*", path.stem)
        assert found, path.name
        numbers.append(int(found[1]))
        text = path.read_text(encoding="utf-8")
        assert re.match(rf"# {found[1]}( ·)? \S", text), path.name
        assert "**Decision.**" in text, path.name
    assert all(earlier < later for earlier, later in pairwise(numbers)), "one number, one decision"


def test_a_decision_that_is_referred_to_exists() -> None:
    names = {path.name for path in (DOCS / "decisions").glob("*.md")}
    sources = [path for folder in ("backend", "pwa/templates") for path in (HOUSE / folder).rglob("*.py")]
    for path in [*PROSE, *sources]:
        assert set(re.findall(r"decisions/(\d{4}-[a-z0-9-]+\.md)", path.read_text(encoding="utf-8"))) <= names, path


def test_changes_are_told() -> None:
    assert re.search(r"^## ", (DOCS / "CHANGES.md").read_text(encoding="utf-8"), re.MULTILINE)


def test_every_word_of_the_glossary_is_in_the_code() -> None:
    table = (DOCS / "house.md").read_text(encoding="utf-8").partition("## Glossary")[2]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines() if line.startswith("|")
    ]
    words = {
        word
        for row in rows[2:]
        for cell in row[1::2]
        for word in re.findall(r"[A-Za-z_]{3,}", re.sub(r"\((table|required|given)\b", "(", cell))
    }
    sources = (path for folder in ("backend", "shared_schemas") for path in (HOUSE / folder).rglob("*.py"))
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    assert len(words) > 30
    assert {word for word in words if not re.search(rf"(?<![A-Za-z]){word}", code)} == set()


def test_files_stay_small() -> None:
    long = {
        path.relative_to(HOUSE).as_posix(): count
        for folder in ("backend", "shared_schemas", "tests", "pwa/static/js", "pwa/static/css", "pwa/templates")
        for path in (HOUSE / folder).rglob("*.*")
        if path.suffix in {".py", ".js", ".css", ".html"} and not {"migrations", "node_modules"} & set(path.parts)
        if (count := path.read_text(encoding="utf-8").count("\n")) > MOST_LINES
    }
    assert long == {}, "past 300 lines, look for the seam"
