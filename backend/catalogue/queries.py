"""Reads of the catalogue: rows to shared_schemas structs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from backend import db
from shared_schemas.form import FieldGroup
from shared_schemas.matter import Department, Matter

Pinyin = dict[str, str]


class Stock(Struct, frozen=True):
    """What a worker loads: every matter in force, in the catalogue's order, with the pinyin of its names."""

    release: int
    digest: str
    imported_at: datetime | None
    meta: dict[str, Any]
    departments: tuple[Department, ...]
    matters: tuple[Matter, ...]
    pinyin: Pinyin
    synonyms: dict[str, str]


EMPTY = Stock(0, "", None, {}, (), (), {}, {})

_matter = msgspec.json.Decoder(Matter)
_department = msgspec.json.Decoder(Department)
_pinyin = msgspec.json.Decoder(Pinyin)


async def newest_release() -> tuple[int, str]:
    """Id and digest of the newest release; (0, "") when there is none. The digest tells a restored database apart."""
    row = await db.fetchrow("SELECT id, digest FROM catalogue_release ORDER BY id DESC LIMIT 1")
    return (row["id"], row["digest"]) if row else (0, "")


async def stock() -> Stock:
    """The catalogue in force."""
    release = await db.fetchrow(
        "SELECT id, digest, imported_at, meta::text AS meta FROM catalogue_release ORDER BY id DESC LIMIT 1"
    )
    if release is None:
        return EMPTY
    departments = await db.fetch("SELECT content::text FROM department ORDER BY position, code")
    rows = await db.fetch(
        """SELECT v.content::text AS content, v.version, v.pinyin::text AS pinyin
           FROM matter m JOIN matter_version v ON v.matter = m.code AND v.version = m.version
           WHERE m.withdrawn_at IS NULL ORDER BY m.position, m.code"""
    )
    synonyms = await db.fetch("SELECT said, meant FROM synonym ORDER BY said")
    pinyin: Pinyin = {}
    for row in rows:
        pinyin.update(_pinyin.decode(row["pinyin"]))
    return Stock(
        release=release["id"],
        digest=release["digest"],
        imported_at=release["imported_at"],
        meta=msgspec.json.decode(release["meta"]),
        departments=tuple(_department.decode(row["content"]) for row in departments),
        matters=tuple(_as_version(row["content"], row["version"]) for row in rows),
        pinyin=pinyin,
        synonyms={row["said"]: row["meant"] for row in synonyms},
    )


class Stored(Struct, frozen=True):
    """What an import compares with. `last_version` and `positions` know withdrawn matters too."""

    release: int
    departments: dict[str, Department]
    groups: tuple[FieldGroup, ...]
    in_force: dict[str, Matter]
    last_version: dict[str, int]
    positions: dict[str, int]
    synonyms: dict[str, str]


async def stored() -> Stored:
    """Everything the last imports left."""
    now_in_force = await stock()
    groups = await db.fetchval("SELECT field_groups::text FROM catalogue_release ORDER BY id DESC LIMIT 1")
    last = await db.fetch("SELECT matter, max(version) AS version FROM matter_version GROUP BY matter")
    positions = await db.fetch("SELECT code, position FROM matter")
    return Stored(
        release=now_in_force.release,
        departments={d.code: d for d in now_in_force.departments},
        groups=msgspec.json.decode(groups, type=tuple[FieldGroup, ...]) if groups else (),
        in_force={m.code: m for m in now_in_force.matters},
        last_version={row["matter"]: row["version"] for row in last},
        positions={row["code"]: row["position"] for row in positions},
        synonyms=now_in_force.synonyms,
    )


async def matter_version(code: str, number: int) -> Matter | None:
    """One version of a matter, in force or not; None where there is no such version."""
    row = await db.fetchrow(
        "SELECT content::text AS content, version FROM matter_version WHERE matter = $1 AND version = $2",
        code,
        number,
    )
    return None if row is None else _as_version(row["content"], row["version"])


def _as_version(content: str, number: int) -> Matter:
    return msgspec.structs.replace(_matter.decode(content), version=number)
