"""`yimaban catalogue import`: from a file to words on a terminal. What an import is, `catalogue.actions` says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from backend import clock, db
from backend.catalogue import actions, sources
from backend.catalogue.faults import Faulty

_MOST_LINES = 40


async def import_file(path: Path, *, is_dry_run: bool, say: Callable[[str], object]) -> int:
    """Load `path`; says what changes, or every fault with its place. Returns the exit code: 1 when it has faults."""
    try:
        source = sources.read(path)
        async with db.pool(2):
            report = await actions.load(source, by="command line", now=clock.now(), is_dry_run=is_dry_run)
    except Faulty as faulty:
        for fault in faulty.faults:
            say(f"  ✗ {fault}")
        say(f"{faulty}，一条都没有导入 / {len(faulty.faults)} faults, nothing was loaded")
        return 1
    for line in _lines(report):
        say(line)
    return 0


def _lines(report: actions.Report) -> list[str]:
    changes = report.difference
    lines = [f"  + {matter.code} {matter.name}" for matter in changes.added]
    for matter, fields in changes.changed:
        lines.append(f"  ~ {matter.code} {matter.name}")
        lines += [f"      {change.field}: {change.old} → {change.new}" for change in fields]
    lines += [f"  - {matter.code} {matter.name}" for matter in changes.gone]
    if len(lines) > _MOST_LINES:
        lines = [
            *lines[:_MOST_LINES],
            f"  … 还有 {len(lines) - _MOST_LINES} 行 / and {len(lines) - _MOST_LINES} more lines",
        ]
    done = (
        "试运行，没有写入 / dry run, nothing written"
        if report.is_dry_run
        else f"第 {report.release} 版 / release {report.release}"
    )
    if not report.is_dry_run and not report.release:
        done = "没有变化 / nothing changed"
    counts = (
        f"{report.departments} 个部门 departments, {report.matters} 个事项 matters: +{len(changes.added)} "
        f"~{len(changes.changed)} -{len(changes.gone)}, {changes.unchanged} 个不变 unchanged, "
        f"{len(report.warnings)} 条提醒 warnings"
    )
    return [*lines, f"{report.source}: {counts}", done]
