"""A case that was filed together with others (一件事), as a list says it."""

from __future__ import annotations

from collections.abc import Sequence

from backend import catalogue, db
from shared_schemas.case import Case


async def names_of(cases: Sequence[Case]) -> dict[int, tuple[str, str]]:
    """By filing, the name of the bundle in Chinese and English. Lists without bundles cost no query."""
    wanted = sorted({case.filing for case in cases if case.filing is not None})
    if not wanted:
        return {}
    rows = await db.fetch("SELECT id, bundle, bundle_version FROM bundle_filing WHERE id = ANY($1)", wanted)
    found: dict[int, tuple[str, str]] = {}
    for row in rows:
        whole = await catalogue.version(row["bundle"], row["bundle_version"])
        found[row["id"]] = (whole.name, whole.name_en)
    return found
