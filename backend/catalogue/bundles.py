"""一件事 of the catalogue: bundles are data (data/bundles.toml), put together from the matters in force.

Every choice of a bundle's parts is a matter of its own to drafts, pages and phones. It has versions like any other
(`matter_version`), so that a draft keeps the questions it was begun with; it stands in no list of matters.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec
import structlog

from backend import clock, db
from backend.catalogue.actions import digest
from backend.domain import bundle_parts, bundling
from backend.domain.bundle_faults import faults_of
from backend.domain.bundle_parts import Whole
from shared_schemas.bundle import Bundle
from shared_schemas.matter import Matter

_SOURCE = Path(__file__).parent.parent / "data" / "bundles.toml"
PREFIX = "yjs-"

log = structlog.get_logger(__name__)


@cache
def written() -> tuple[Bundle, ...]:
    """Every bundle as the data file has it."""
    return msgspec.convert(tomllib.loads(_SOURCE.read_text(encoding="utf-8"))["bundles"], tuple[Bundle, ...])


def in_force(matters: Mapping[str, Matter]) -> dict[str, Bundle]:
    """The bundles that these matters make up, by code. One with a fault is left out and said: it must hurt nobody."""
    found: dict[str, Bundle] = {}
    for bundle in written():
        faults = faults_of(bundle, matters)
        if faults:
            log.info("bundle.left_out", bundle=bundle.code, faults=list(faults)[:5])
        else:
            found[bundle.code] = bundle
    return found


def is_bundle(code: str) -> bool:
    """Whether a matter's code is that of a bundle."""
    return code.startswith(PREFIX)


def bundle_of(code: str, bundles: Mapping[str, Bundle]) -> Bundle | None:
    """The bundle that `code` chooses from, or None."""
    return next((b for b in bundles.values() if bundle_parts.chosen_by(b, code) is not None), None)


def whole_of(code: str, bundles: Mapping[str, Bundle], matters: Mapping[str, Matter]) -> Whole | None:
    """The chosen parts with their matters; None for what is no bundle's code."""
    bundle = bundle_of(code, bundles)
    return None if bundle is None else bundle_parts.whole_of(bundle, code, matters)


def made(bundles: Mapping[str, Bundle], matters: Mapping[str, Matter]) -> dict[str, Matter]:
    """Every choice of every bundle as a matter, by code; of no version yet."""
    return {
        whole.code: bundling.compose(whole)
        for bundle in bundles.values()
        for code in bundle_parts.codes_of(bundle)
        if (whole := bundle_parts.whole_of(bundle, code, matters)) is not None
    }


async def composed(bundles: Mapping[str, Bundle], matters: Mapping[str, Matter]) -> dict[str, Matter]:
    """Every choice of every bundle as a matter with its version, by code. One that changed gets a new version."""
    put_together = made(bundles, matters)
    newest = await _newest(list(put_together))
    fresh = [
        (m, newest.get(m.code, (0, ""))[0] + 1)
        for m in put_together.values()
        if newest.get(m.code, (0, ""))[1] != digest(m)
    ]
    # Two workers that start at once write the same: who is second changes nothing.
    await db.executemany(
        "INSERT INTO matter_version (matter, version, digest, content, pinyin, imported_at) "
        "VALUES ($1, $2, $3, $4, '{}', $5) ON CONFLICT (matter, version) DO NOTHING",
        [(m.code, number, digest(m), m, clock.now()) for m, number in fresh],
    )
    numbers = {code: number for code, (number, _digest) in newest.items()} | {m.code: n for m, n in fresh}
    return {code: msgspec.structs.replace(matter, version=numbers[code]) for code, matter in put_together.items()}


async def _newest(codes: list[str]) -> dict[str, tuple[int, str]]:
    rows = await db.fetch(
        "SELECT DISTINCT ON (matter) matter, version, digest FROM matter_version WHERE matter = ANY($1) "
        "ORDER BY matter, version DESC",
        codes,
    )
    return {row["matter"]: (row["version"], row["digest"]) for row in rows}
