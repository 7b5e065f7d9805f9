"""Whoever changes or removes what was done is found: by the chain, by the day's anchor, by the copy outside."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from asyncpg import PostgresError

from backend import db, settings
from backend.auditing import anchoring, commands, verifying
from backend.domain import chain
from backend.domain.calendar import day_of
from shared_schemas.trail import Anchor, FaultKind
from tests.desk import Desk

NIGHT = timedelta(days=1)


@asynccontextmanager
async def behind_the_halls_back(*tables: str) -> AsyncIterator[None]:
    """What an attacker with the database's own rights does: the triggers are off."""
    for table in tables:
        await db.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    try:
        yield
    finally:
        for table in tables:
            await db.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


async def kinds(desk: Desk, **more: object) -> set[FaultKind]:
    report = await verifying.verify(desk.now + 2 * NIGHT, **more)  # type: ignore[arg-type]
    return {fault.kind for fault in report.faults}


async def test_a_day_has_one_anchor_over_everything_before(desk: Desk) -> None:
    await desk.accepted("sole")
    await desk.filed("sole")
    assert await anchoring.anchor_due(desk.now) == []
    (made,) = await anchoring.anchor_due(desk.now + NIGHT)
    assert await anchoring.anchor_due(desk.now + NIGHT) == []
    assert (made.day, made.leaves, made.previous_hash) == (day_of(desk.now), 2, "")
    heads = [
        row["hash"]
        for row in await db.fetch("SELECT DISTINCT ON (case_id) hash FROM case_event ORDER BY case_id, seq DESC")
    ]
    assert made.root == chain.merkle_root(heads).hex()
    report = await verifying.verify(desk.now + NIGHT)
    assert report.is_whole
    assert (report.anchors, report.cases) == (1, 2)


async def test_each_anchor_covers_the_one_before_and_a_missed_night_is_made_up_for(desk: Desk) -> None:
    case = await desk.filed("sole")
    await anchoring.anchor_due(desk.now + NIGHT)
    desk.now += 2 * NIGHT
    await desk.taken(case.case_no)
    made = await anchoring.anchor_due(desk.now + 2 * NIGHT)
    assert [anchor.leaves for anchor in made] == [0, 1, 0]
    days = await anchoring.latest()
    assert [later.previous_hash for later in days[:-1]] == [earlier.hash for earlier in days[1:]]
    assert (await verifying.verify(desk.now)).is_whole


async def test_an_event_committed_late_lies_under_the_next_anchor(desk: Desk) -> None:
    await desk.filed("sole")
    await anchoring.anchor_due(desk.now + NIGHT)
    late = await desk.filed("sole", at=desk.now)
    made = await anchoring.anchor_due(desk.now + 2 * NIGHT)
    assert [anchor.leaves for anchor in made] == [1]
    assert await db.fetchval("SELECT count(*) FROM anchor_leaf WHERE case_no = $1", late.case_no) == 1


async def test_nobody_changes_an_anchor(desk: Desk) -> None:
    await desk.filed("sole")
    await anchoring.anchor_due(desk.now + NIGHT)
    for statement in ("UPDATE anchor SET leaves = 0", "DELETE FROM anchor", "DELETE FROM anchor_leaf"):
        with pytest.raises(PostgresError, match="append-only"):
            await db.execute(statement)


async def test_an_event_that_was_changed_is_found(desk: Desk) -> None:
    case = await desk.accepted("sole")
    await anchoring.anchor_due(desk.now + NIGHT)
    async with behind_the_halls_back("case_event"):
        await db.execute("UPDATE case_event SET by_name = '别人' WHERE case_id = $1 AND seq = 2", case.id)
    (fault,) = (await verifying.verify(desk.now + NIGHT)).faults
    assert (fault.kind, fault.case_no, fault.seq) == (FaultKind.CHAIN_BROKEN, case.case_no, 2)


async def test_a_chain_that_was_written_anew_is_found_by_the_anchor(desk: Desk) -> None:
    case = await desk.accepted("sole")
    await anchoring.anchor_due(desk.now + NIGHT)
    async with behind_the_halls_back("case_event"):
        await rewrite(case.id, case.case_no)
    report = await verifying.verify(desk.now + NIGHT)
    assert {(fault.kind, fault.case_no) for fault in report.faults} == {(FaultKind.EVENT_CHANGED, case.case_no)}


async def rewrite(case_id: int, case_no: str) -> None:
    """Every event under another name, with hashes that fit each other."""
    from backend.cases import log

    previous = b""
    for event in await log.of(case_id):
        name = "别人" if event.by_kind == "officer" else event.by_name
        digest = chain.event_hash(
            previous=previous, case_no=case_no, seq=event.seq, verb=event.verb,
            by=chain.signatory(event.by_kind, event.by_id, name), at=event.at, particulars=event.particulars,
        )  # fmt: skip
        await db.execute(
            "UPDATE case_event SET by_name = $3, previous_hash = $4, hash = $5 WHERE case_id = $1 AND seq = $2",
            case_id, event.seq, name, previous, digest,
        )  # fmt: skip
        previous = digest


async def test_a_case_that_was_removed_is_found(desk: Desk) -> None:
    case, other = await desk.accepted("sole"), await desk.filed("sole")
    await anchoring.anchor_due(desk.now + NIGHT)
    async with behind_the_halls_back("case_event"):
        await db.execute("DELETE FROM case_event WHERE case_id = $1", case.id)
        await db.execute("DELETE FROM case_file WHERE id = $1", case.id)
    report = await verifying.verify(desk.now + NIGHT)
    assert {(fault.kind, fault.case_no) for fault in report.faults} == {(FaultKind.CASE_REMOVED, case.case_no)}
    async with behind_the_halls_back("anchor_leaf"):
        await db.execute("DELETE FROM anchor_leaf WHERE case_id = $1", case.id)
    assert await kinds(desk) == {FaultKind.LEAVES_CHANGED}
    assert other


async def test_a_chain_that_was_cut_is_found(desk: Desk) -> None:
    case = await desk.accepted("sole")
    await anchoring.anchor_due(desk.now + NIGHT)
    async with behind_the_halls_back("case_event"):
        await db.execute("DELETE FROM case_event WHERE case_id = $1 AND seq = 3", case.id)
    assert await kinds(desk) == {FaultKind.CASE_REMOVED}
    assert await kinds(desk, day=day_of(desk.now)) == {FaultKind.CASE_REMOVED}


async def test_anchors_forged_whole_are_found_by_the_copy_outside(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "anchors.jsonl"
    monkeypatch.setattr(anchoring, "settings", msgspec.structs.replace(settings.settings, anchor_file=str(kept)))
    case = await desk.accepted("sole")
    (made,) = await anchoring.anchor_due(desk.now + NIGHT)
    assert commands.read_kept(kept) == (made,)
    async with behind_the_halls_back("case_event", "anchor", "anchor_leaf"):
        await rewrite(case.id, case.case_no)
        await db.execute("DELETE FROM anchor_leaf")
        await db.execute("DELETE FROM anchor")
    monkeypatch.setattr(anchoring, "settings", settings.settings)
    await anchoring.anchor_due(desk.now + NIGHT)
    assert await kinds(desk) == set()
    assert await kinds(desk, kept_outside=commands.read_kept(kept)) == {FaultKind.ANCHOR_CHANGED}
    gone = Anchor(date(2026, 1, 1), 0, "0" * 64, "", "1" * 64, desk.now)
    assert await kinds(desk, kept_outside=(gone,)) == {FaultKind.ANCHOR_MISSING}


async def test_where_the_copy_can_not_be_written_no_anchor_is_made(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = str(tmp_path / "gone" / "anchors.jsonl")
    monkeypatch.setattr(anchoring, "settings", msgspec.structs.replace(settings.settings, anchor_file=nowhere))
    await desk.filed("sole")
    with pytest.raises(FileNotFoundError):
        await anchoring.anchor_due(desk.now + NIGHT)
    assert await anchoring.latest() == []
