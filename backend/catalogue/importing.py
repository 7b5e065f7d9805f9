"""`yimaban catalogue import FILE [--dry-run]`: a file in, words for the terminal out."""

from __future__ import annotations

import asyncio
import getpass
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from backend import clock, db
from backend.catalogue import actions, queries, shelf, sources
from backend.catalogue.actions import Report
from backend.catalogue.columns import EXAMPLE
from backend.catalogue.faults import Faulty, ImportFault

MOST_LINES = 200  # of changes printed; faults are never cut short


def main(path: str | Path, *, dry_run: bool = False, say: Callable[[str], object] = print) -> int:
    """Import a file from the command line. Returns the exit code: 0, or 1 when nothing was loaded for its faults."""

    async def run() -> Report:
        async with db.pool(size=1):
            return await load(Path(path), by=getpass.getuser(), now=clock.now(), is_dry_run=dry_run)

    try:
        report = asyncio.run(run())
    except Faulty as faulty:
        _say(faults_said(faulty.faults), say)
        return 1
    _say(report_said(report), say)
    return 0


async def load(path: Path, *, by: str, now: datetime, is_dry_run: bool = False) -> Report:
    """Import a file in the current process and let it see the new release. Raises Faulty."""
    source = sources.read(path)
    if path.suffix.lower() == ".xlsx":
        source.matters = [row for row in source.matters if row.values.get("id") != EXAMPLE]
    report = await actions.load(source, by=by, now=now, is_dry_run=is_dry_run)
    if report.release:
        await shelf.refresh()
    return report


async def load_if_absent(now: datetime | None = None) -> Report | None:
    """Load the starter catalogue into an empty database; None where there is a catalogue already."""
    if (await queries.newest_release())[0]:
        return None
    return await load(sources.STARTER, by="yimaban", now=now or clock.now())


def faults_said(faults: list[ImportFault]) -> Iterable[str]:
    """Every fault with its place, and the consequence."""
    for fault in faults:
        yield f"✗ {fault.line()}"
    yield f"共 {len(faults)} 处要改。一行也没有导入，改好再来。"


def report_said(report: Report) -> Iterable[str]:
    """The difference: added, changed field by field, unchanged, gone; then what is only a demonstration."""
    differs = report.difference
    lines = [f"＋ {m.code} {m.name}" for m in differs.added]
    for matter, changes in differs.changed:
        lines.append(f"～ {matter.code} {matter.name}（出新版本）")
        lines += [f"    {change.field}：{change.old} → {change.new}" for change in changes]
    lines += [f"－ {m.code} {m.name}（下架，在办的件照旧办完）" for m in differs.gone]
    yield from lines[:MOST_LINES]
    if len(lines) > MOST_LINES:
        yield f"……还有 {len(lines) - MOST_LINES} 行"
    yield (
        f"新增 {len(differs.added)}，变更 {len(differs.changed)}，不变 {differs.unchanged}，下架 {len(differs.gone)}"
        f"（文件里 {report.departments} 个部门、{report.matters} 个事项）"
    )
    for wrong, count in Counter(warning.wrong for warning in report.warnings).most_common():
        yield f"！{count} 处“{wrong}”：按演示数据导入，不能作为法定事项发布。"
    if report.is_dry_run:
        yield "只是试一遍，什么也没有存。"
    elif report.release:
        yield f"存好了，第 {report.release} 次发布。"
    else:
        yield "和现在的一样，没有新发布。"


def _say(lines: Iterable[str], say: Callable[[str], object]) -> None:
    for line in lines:
        say(line)
