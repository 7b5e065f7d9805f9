"""What is looked at, as data: `backend/data/surveys/*.toml`, and a district's own files in DATA_DIR/surveys.

A list names matters or departments; the nearest wins: the matter's, the department's, the general one.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import msgspec

from backend.domain.survey_record import Checklist
from backend.settings import settings

OWN = Path(__file__).parent.parent / "data" / "surveys"
GENERAL = "general"


class ChecklistError(ValueError):
    """A file that is no checklist: which, and why."""


@cache
def all_lists() -> dict[str, Checklist]:
    """Every checklist by its file's name; a district's file replaces the house's of the same name."""
    theirs = settings.data_dir / "surveys"
    files = {path.stem: path for folder in (OWN, theirs) if folder.is_dir() for path in sorted(folder.glob("*.toml"))}
    return {name: read(path) for name, path in files.items()}


def read(path: Path) -> Checklist:
    """One file. Raises ChecklistError also for a key that stands twice or a span of values that is none."""
    try:
        found = msgspec.convert(tomllib.loads(path.read_text("utf-8")), Checklist)
    except (msgspec.ValidationError, tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise ChecklistError(f"{path.name}: {fault}") from fault
    for keys in ([item.key for item in found.items], [value.key for value in found.values]):
        if len(set(keys)) < len(keys):
            raise ChecklistError(f"{path.name}: a key stands twice")
    if not found.items or any(value.least >= value.most for value in found.values):
        raise ChecklistError(f"{path.name}: it asks nothing, or a value has no room")
    return found


def for_matter(matter: str, department: str) -> Checklist:
    """The checklist of a matter."""
    lists = all_lists()
    by_matter = next((each for each in lists.values() if matter in each.matters), None)
    by_department = next((each for each in lists.values() if department in each.departments), None)
    return by_matter or by_department or lists[GENERAL]
