"""Where a filing of several matters stands, in one plain line, in both languages."""

from __future__ import annotations

from collections.abc import Sequence

from shared_schemas.bundle import PartState, PartView
from shared_schemas.matter import Matter


def both(matters: Sequence[Matter], lang: str) -> str:
    """Names joined: "甲、乙", "A and B"."""
    return ("、" if lang == "zh" else " and ").join(matter.label(lang) for matter in matters)


def not_begun(state: PartState, waits_for: Sequence[Matter], ended_by: str) -> tuple[str, str]:
    """The line of a part that is no case: what it waits for, or why it never began."""
    zh, en = both(waits_for, "zh"), both(waits_for, "en")
    if state is PartState.WAITING:
        return f"等“{zh}”办好，自动开始", f"Begins by itself once “{en}” is done"
    if ended_by == "citizen":
        return "没开始，您撤回了", "Not begun; you withdrew it"
    return f"没开始：“{zh}”没办成，这件也不办了", f"Not begun: “{en}” came to nothing, so this one ended too"


def headline(parts: Sequence[PartView], *, for_public: bool) -> tuple[str, str]:
    """The whole in one line: what the reader has to do first, else what is under way."""
    yours = [part for part in parts if part.is_your_move and not part.is_ready]
    ready = [part for part in parts if part.is_ready]
    waiting = [part for part in parts if part.state is PartState.WAITING]
    running = [part for part in parts if not part.is_over and not part.is_ready and part.case_no]
    if yours and not for_public:
        return f"轮到您了：有 {len(yours)} 件要补", f"Your turn: {len(yours)} to correct"
    if ready and not waiting and not running:
        return f"都好了，{len(ready)} 样可以领", f"All done, {len(ready)} to collect"
    if running or waiting:
        done = sum(part.is_over or part.is_ready for part in parts)
        return f"{len(parts)} 件里办好了 {done} 件", f"{done} of {len(parts)} done"
    if all(part.is_failed for part in parts):
        return "没有办成，看看每一件为什么", "None came through; see why"
    return "都办完了", "All finished"
