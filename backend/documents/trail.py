"""The audit trail of a case on paper: every event with its hash, the verdict, the anchor. No 文书: it goes to no citizen.

Everything is data of the exported file (`shared_schemas/trail.py`); every text may hold any Unicode and is never markup.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from backend.documents.composing import printable_value
from backend.documents.facts import SHANGHAI
from backend.domain.trail import findings
from shared_schemas.trail import RemarkState

if TYPE_CHECKING:
    from pathlib import Path

    from shared_schemas.trail import Trail, TrailEvent

_KINDS = {"citizen": "申请人", "officer": "工作人员", "system": "系统", "nobody": "未登录"}


def sheet_of(trail: Trail, files: tuple[Path, ...], *, mark: str = "") -> dict[str, Any]:
    """What `templates/trail.typ` sets, printable with the fonts `files`. `mark`: a line in red on every page."""
    found = [finding.label("zh") for finding in findings(trail)]
    sheet = {
        "mark": mark,
        "hall": trail.hall,
        "case_no": trail.case_no,
        "matter": trail.matter,
        "organ": trail.department,
        "facts": _facts(trail),
        "is_whole": not found,
        "verdict": found or ["哈希链完整：从收件到最后一条，没有一条被改、被移或缺失。"],
        "events": [_event(event) for event in trail.events],
        "papers": [[paper.kind, paper.number, _moment(paper.issued_at)] for paper in trail.papers],
        "looks": [[_moment(each.at), each.who or _KINDS.get(each.who_kind, ""), each.what] for each in trail.looks],
    }
    return printable_value(sheet, files)


def _facts(trail: Trail) -> list[list[str]]:
    rows = [
        ["办件编号", trail.case_no],
        ["事项", trail.matter],
        ["部门", trail.department],
        ["导出人", f"{trail.exported_by.name}（工号 {trail.exported_by.staff_no}）"],
        ["导出时间", _moment(trail.exported_at)],
        ["链尾哈希", trail.verdict.head],
    ]
    if trail.anchor is None:
        return [*rows, ["每日锚点", "导出时还没有包含本件的锚点"]]
    anchor = trail.anchor
    return [
        *rows,
        ["每日锚点", f"{anchor.day.isoformat()}，包含本件到第 {anchor.seq} 条，全厅共 {anchor.leaves} 条链"],
        ["锚点哈希", anchor.hash],
    ]


def _event(event: TrailEvent) -> dict[str, str]:
    particulars = "；".join(f"{name}={_text(value)}" for name, value in event.particulars.items())
    remark = event.remark_text if event.remark is RemarkState.KEPT else event.remark.zh
    return {
        "seq": str(event.seq),
        "at": _moment(event.at),
        "who": event.by_name or _KINDS[event.by_kind],
        "verb": event.verb_zh,
        "particulars": particulars,
        "remark": "" if event.remark is RemarkState.NONE else remark,
        "hash": event.hash,
    }


def _text(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _moment(at: datetime) -> str:
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"
