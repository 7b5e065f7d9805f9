"""What the peers' pages share: the words of a timeline and days of work, as anybody would write them."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

HALL = ZoneInfo("Asia/Shanghai")
DATA = Path(__file__).parents[3] / "backend/data/calendar.toml"
SAID = {
    "receive": ("收到您的申请", "tray"), "take": ("窗口开始看材料", "eye"), "accept": ("正式受理，开始计时", "stamp"),
    "review": ("审过一遍，送下一步", "eye"), "check": ("复核过了，送领导决定", "eye"), "grant": ("批准了", "seal-check"),
}  # fmt: skip
STANDS = {
    "received": "收到了，窗口会尽快看", "accepted": "正在审查", "reviewed": "正在审查", "checked": "等待决定",
    "granted": "批准了，正在做证",
}  # fmt: skip
STAGES = ("收件", "受理", "审查", "决定", "领证")
AT = {"received": 0, "accepted": 2, "reviewed": 2, "checked": 3, "granted": 3}


@cache
def _holidays() -> tuple[frozenset[date], frozenset[date]]:
    """Days off and make-up days of the official calendar."""
    years = [year for name, year in tomllib.loads(DATA.read_text(encoding="utf-8")).items() if name.isdigit()]
    off = frozenset(date.fromisoformat(day) for year in years for day in year["off"])
    on = frozenset(date.fromisoformat(day) for year in years for day in year["makeup_workdays"])
    return off, on


def is_workday(day: date) -> bool:
    """Whether the hall is open."""
    off, on = _holidays()
    return day in on or (day.weekday() < 5 and day not in off)


def used(start: date, end: date) -> int:
    """Workdays after `start` up to `end`."""
    return sum(is_workday(start + timedelta(days=count)) for count in range(1, (end - start).days + 1))


def due(start: date, days: int) -> date:
    """The `days`-th workday after `start`."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= is_workday(day)
    return day


def page(
    case: Any, name: str, promised: int, department: str, events: list[Any], code: str, now: datetime
) -> dict[str, Any]:
    """What the template shows: the same facts as the product's public view."""
    today = now.astimezone(HALL).date()
    at = AT[case.step]
    number = case.case_no
    return {
        "headline": STANDS[case.step], "matter": name, "department": department, "code": code, "seq": case.seq,
        "beads": [(word, "done" if i < at else "now go" if i == at else "") for i, word in enumerate(STAGES)],
        "clock": _clock(case.accepted_at, promised, today), "phone": "0573-12345",
        "case_no": f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}",
        "lines": [_line(event) for event in reversed(events)],
    }  # fmt: skip


def _line(event: Any) -> dict[str, str]:
    words, icon = SAID[event.verb]
    return {"words": words, "icon": icon, "at": f"{event.at.astimezone(HALL):%m-%d %H:%M}"}


def _clock(accepted_at: datetime | None, promised: int, today: date) -> dict[str, Any] | None:
    if accepted_at is None or not promised:
        return None
    start = accepted_at.astimezone(HALL).date()
    gone, last = used(start, today), due(start, promised)
    left = promised - gone
    return {
        "used": gone, "left": left, "over": -left, "due": f"{last.month}月{last.day}日",
        "used_days": range(min(gone, promised)), "left_days": range(max(left, 0)), "over_days": range(max(-left, 0)),
    }  # fmt: skip
