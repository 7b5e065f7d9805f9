"""`yimaban audit`: verify an exported trail without the database, check all chains in it, print the schema."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from backend.domain.trail import findings
from shared_schemas.trail import Anchor, ChainReport, Trail


def verify(file: Path) -> int:
    """Check an exported trail; 0 when it is whole, 1 when not. Needs no database and no settings."""
    try:
        trail = msgspec.json.decode(file.read_bytes(), type=Trail)
    except msgspec.MsgspecError as error:
        print(f"不是完整的审计轨迹文件 / not a whole trail: {error}", file=sys.stderr)
        return 1
    found = findings(trail)
    lines = [
        f"{trail.case_no}  {trail.matter}  {trail.department}",
        f"导出 exported {trail.exported_at.isoformat()}  {trail.exported_by.name} {trail.exported_by.staff_no}",
        f"事件 events {len(trail.events)}  链尾 head {trail.verdict.head}",
    ]
    if trail.anchor:
        lines.append(f"锚点 anchor {trail.anchor.day.isoformat()}  {trail.anchor.hash}")
    else:
        lines.append("锚点 anchor：还没有，导出时当天的锚点没做 / none yet")
    lines += [f"✗ {finding.label('zh')} / {finding.label('en')}" for finding in found]
    lines.append("✗ 不完整 / not whole" if found else "✓ 完整，没有改动 / whole and unchanged")
    print("\n".join(lines))
    return 1 if found else 0


def schema() -> int:
    """Print the JSON Schema of a trail."""
    print(msgspec.json.format(msgspec.json.encode(msgspec.json.schema(Trail))).decode())
    return 0


def check(kept_outside: Path | None) -> int:
    """Check all chains of the database, and the anchors against a file kept outside; 0 when nothing was changed."""
    anchors = read_kept(kept_outside) if kept_outside else ()
    report = asyncio.run(_check(anchors))
    said = [f"锚点 anchors {report.anchors}  办件 cases {report.cases}  事件 events {report.events}"]
    for fault in report.faults:
        where = " ".join(str(part) for part in (fault.day, fault.case_no, fault.seq) if part)
        said.append(f"✗ {fault.kind.zh} / {fault.kind.en}  {where}")
    said.append("✓ 全部完整 / all whole" if report.is_whole else "✗ 有改动 / something was changed")
    print("\n".join(said))
    return 0 if report.is_whole else 1


async def _check(anchors: Sequence[Anchor]) -> ChainReport:
    from backend import clock, db
    from backend.auditing import verifying

    async with db.pool(2):
        return await verifying.verify(clock.now(), kept_outside=anchors)


def read_kept(file: Path) -> tuple[Anchor, ...]:
    """The anchors of a file as `YIMABAN_ANCHOR_FILE` writes it."""
    return tuple(msgspec.json.decode(line, type=Anchor) for line in file.read_bytes().splitlines() if line.strip())
