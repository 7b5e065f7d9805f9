"""What the home page shows beside the citizen's own cases."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from backend import calendars, catalogue
from backend.domain.calendar import SHANGHAI, day_of
from backend.intake import queries as intake
from backend.intake.owners import owner_of
from shared_schemas.bundle import Bundle
from shared_schemas.draft import DraftRow
from shared_schemas.life_event import LifeEvent
from shared_schemas.matter import Matter
from shared_schemas.people import CitizenActor

OPENS, CLOSES = 9, 17
# Shown first where nobody has asked for anything yet: what people come for most, by everyday word.
PICKED = ("身份证换领", "居住证", "社保参保证明", "开饭店")


class Opening(Struct, frozen=True):
    """Whether the windows are open now, in both languages."""

    is_open: bool
    zh: str
    en: str


def greeting(hour: int) -> tuple[str, str]:
    """早上好 …, by the hour in Asia/Shanghai."""
    for until, zh, en in (
        (5, "夜里好", "Good night"),
        (11, "早上好", "Good morning"),
        (13, "中午好", "Good day"),
        (18, "下午好", "Good afternoon"),
    ):
        if hour < until:
            return zh, en
    return "晚上好", "Good evening"


def opening(now: datetime) -> Opening:
    """What the windows do at `now`: the working calendar decides, make-up workdays included."""
    local = now.astimezone(SHANGHAI)
    works = calendars.current().is_workday(day_of(now))
    if works and OPENS <= local.hour < CLOSES:
        return Opening(True, f"大厅开到 {CLOSES}:00", f"The hall is open until {CLOSES}:00")
    if works and local.hour < OPENS:
        return Opening(
            False, f"大厅 {OPENS}:00 开门，手机随时能办", f"The hall opens at {OPENS}:00; the phone never closes"
        )
    following = calendars.current().add_workdays(day_of(now), 1).day
    return Opening(
        False,
        f"大厅下班了，{following.month} 月 {following.day} 日 {OPENS}:00 开门",
        f"The hall is closed and opens on {following:%d %b} at {OPENS}:00",
    )


async def drafts(citizen: CitizenActor) -> list[DraftRow]:
    """Filings that were begun and wait to be finished, the newest first."""
    return await intake.drafts_of(owner_of(citizen))


def life_events() -> tuple[LifeEvent, ...]:
    """What happened to you, not which office."""
    return catalogue.current().life_events[:8]


def bundles() -> tuple[Bundle, ...]:
    """一件事: what is done in one go."""
    return tuple(catalogue.current().bundles.values())


def matter_count() -> int:
    """How many matters there are in all."""
    return len(catalogue.current().matters)


def picks() -> list[Matter]:
    """A few matters that people come for most, each found as a person would ask for it."""
    stock = catalogue.current()
    matters = list(stock.matters.values())
    found: list[Matter] = []
    for word in PICKED:
        hits = stock.finder.find(word).hits
        if hits and (matter := matters[hits[0].at]) not in found:
            found.append(matter)
    return found
