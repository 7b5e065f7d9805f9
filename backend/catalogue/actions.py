"""The only writer of the catalogue: one import, one transaction, one release."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from hashlib import sha256
from typing import Any

import msgspec
from msgspec import Struct

from backend import db
from backend.catalogue import checks, compiling, phrases, queries, sources
from backend.catalogue.compiling import Compiled, Known, Source
from backend.catalogue.differing import Difference, difference
from backend.catalogue.faults import Faulty, ImportFault, Severity
from shared_schemas.matter import Department, Matter

_LOCK = 0x59_4D_42_01  # advisory lock: two imports never run at once


class Report(Struct, frozen=True):
    """What an import did, or with `is_dry_run` would do. `release` is 0 when nothing changed."""

    source: str
    difference: Difference
    warnings: tuple[ImportFault, ...]
    departments: int
    matters: int
    is_dry_run: bool
    release: int = 0


async def load(source: Source, *, by: str, now: datetime, is_dry_run: bool = False) -> Report:
    """Check everything, then store everything or nothing.

    Raises Faulty with every fault of every row. Matters that changed get a new version; those that a whole source
    no longer has are withdrawn (their versions stay, for the cases that were filed under them).
    """
    async with db.transaction():
        await db.execute("SELECT pg_advisory_xact_lock($1)", _LOCK)
        stored = await queries.stored()
        faults: list[ImportFault] = []
        compiled = compiling.compiled(source, _known(stored), faults)
        for matter in compiled.matters:
            faults += checks.faults_of(matter, compiled.rows[matter.code])
        if any(fault.severity is Severity.ERROR for fault in faults):
            raise Faulty(fault for fault in faults if fault.severity is Severity.ERROR)
        differs = difference(stored.in_force, compiled.matters, _gone(compiled, stored))
        new_departments = any(stored.departments.get(d.code) != d for d in compiled.departments)
        is_news = bool(differs) or new_departments or compiled.groups != stored.groups or stored.release == 0
        words = sources.synonyms()
        is_news = is_news or words != stored.synonyms
        release = 0
        if is_news and not is_dry_run:
            await _store(compiled, differs, stored, words, now)
            release = await _release(source, compiled, differs, faults, by, now)
    return Report(
        source=source.name, difference=differs, warnings=tuple(faults), departments=len(compiled.departments),
        matters=len(compiled.matters), is_dry_run=is_dry_run, release=release,
    )  # fmt: skip


def _known(stored: queries.Stored) -> Known:
    return Known(
        departments=frozenset(stored.departments),
        groups=stored.groups,
        forms={code: matter.form for code, matter in stored.in_force.items()},
    )


def _gone(compiled: Compiled, stored: queries.Stored) -> list[Matter]:
    """Matters in force that a whole source lacks: of the departments it lists, or, listing none, of those it has."""
    if not compiled.is_whole:
        return []
    covered = {d.code for d in compiled.departments} or {m.department for m in compiled.matters}
    return [m for m in stored.in_force.values() if m.code not in compiled.rows and m.department in covered]


async def _store(
    compiled: Compiled, differs: Difference, stored: queries.Stored, words: dict[str, str], now: datetime
) -> None:
    await db.executemany(
        """INSERT INTO department (code, position, content) VALUES ($1, $2, $3)
           ON CONFLICT (code) DO UPDATE SET position = excluded.position, content = excluded.content""",
        [(d.code, at, _json(d)) for at, d in enumerate(compiled.departments)],
    )
    written = [*differs.added, *(matter for matter, _ in differs.changed)]
    numbers = {matter.code: stored.last_version.get(matter.code, 0) + 1 for matter in written}
    await db.executemany(
        """INSERT INTO matter_version (matter, version, digest, content, pinyin, imported_at)
           VALUES ($1, $2, $3, $4, $5, $6)""",
        [(m.code, numbers[m.code], digest(m), _json(m), _json(phrases.spelled(m)), now) for m in written],
    )
    after = max(stored.positions.values(), default=-1) + 1
    order = {
        code: at if compiled.is_whole else stored.positions.get(code, after + at)
        for at, code in enumerate(compiled.rows)
    }
    await db.executemany(
        """INSERT INTO matter (code, position, department, version) VALUES ($1, $2, $3, $4)
           ON CONFLICT (code) DO UPDATE SET position = excluded.position, department = excluded.department,
               version = excluded.version, withdrawn_at = NULL""",
        [
            (m.code, order[m.code], m.department, numbers.get(m.code) or stored.in_force[m.code].version)
            for m in compiled.matters
        ],
    )
    if differs.gone:
        await db.execute(
            "UPDATE matter SET withdrawn_at = $2 WHERE code = ANY($1::text[])", [m.code for m in differs.gone], now
        )
    await db.execute("DELETE FROM synonym")
    await db.executemany("INSERT INTO synonym (said, meant) VALUES ($1, $2)", list(words.items()))


async def _release(
    source: Source, compiled: Compiled, differs: Difference, faults: list[ImportFault], by: str, now: datetime
) -> int:
    counts = {
        "departments": len(compiled.departments), "matters": len(compiled.matters), "added": len(differs.added),
        "changed": len(differs.changed), "unchanged": differs.unchanged, "withdrawn": len(differs.gone),
    }  # fmt: skip
    whole = sha256(_json(compiled.departments).encode() + _json(compiled.groups).encode() + now.isoformat().encode())
    for matter in compiled.matters:
        whole.update(digest(matter).encode())
    return await db.fetchval(
        """INSERT INTO catalogue_release
               (imported_at, imported_by, source, digest, counts, meta, field_groups, warnings)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id""",
        now, by[:80], source.name[:200], whole.hexdigest(), _json(counts), _json(compiled.meta),
        _json(compiled.groups), _json(Counter(fault.check for fault in faults)),
    )  # fmt: skip


def digest(matter: Matter) -> str:
    """SHA-256 of a matter's content, whatever its version number."""
    return sha256(_json(msgspec.structs.replace(matter, version=0)).encode()).hexdigest()


def _json(value: Matter | Department | tuple[Struct, ...] | dict[str, Any]) -> str:
    return msgspec.json.encode(value, order="deterministic").decode()
