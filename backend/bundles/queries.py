"""A filed bundle as it is read: its parts, cases or not yet, and one timeline over all of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct

from backend import catalogue, crypto, db
from backend.bundles import wording
from backend.cases import log, reading, sealing, standing, timeline
from backend.cases.timeline import Line
from backend.domain.bundle_parts import FAILED
from shared_schemas.bundle import PartState, PartView
from shared_schemas.case import Case
from shared_schemas.matter import Matter
from shared_schemas.vocabulary import Step


class JointLine(Struct, frozen=True):
    """A line of the one timeline: what happened to which matter. `position` is the part's."""

    matter_zh: str
    matter_en: str
    position: int
    line: Line


class FilingView(Struct, frozen=True):
    """One filing of several cases. `ready` counts certificates that lie ready, `seq` moves with any part."""

    id: int
    bundle: str
    name_zh: str
    name_en: str
    received_at: datetime
    is_together: bool
    seq: int
    headline_zh: str
    headline_en: str
    is_over: bool
    ready: int
    parts: tuple[PartView, ...]
    lines: tuple[JointLine, ...] = ()


_PARTS = (
    "SELECT position, matter, matter_version, department, after, state, case_id, ended_by FROM bundle_part "
    "WHERE filing = $1 ORDER BY position"
)


async def view(filing: int, *, for_public: bool = False, with_lines: bool = True) -> FilingView:
    """The filing as it stands. `for_public`: in the words a stranger may read, case numbers masked by the page."""
    row = await db.fetchrow(
        "SELECT f.id, f.bundle, f.bundle_version, f.received_at, f.is_together, "
        "f.seq + coalesce((SELECT sum(c.seq) FROM case_file c WHERE c.filing = f.id), 0)::int AS seq "
        "FROM bundle_filing f WHERE f.id = $1",
        filing,
    )
    whole = await catalogue.version(row["bundle"], row["bundle_version"])
    cases = {case.id: case for case in await cases_of(filing)}
    rows = await db.fetch(_PARTS, filing)
    matters = [await catalogue.version(part["matter"], part["matter_version"]) for part in rows]
    parts = tuple(_part(part, matters, cases, for_public=for_public) for part in rows)
    zh, en = wording.headline(parts, for_public=for_public)
    return FilingView(
        id=row["id"],
        bundle=row["bundle"],
        name_zh=whole.name,
        name_en=whole.name_en,
        received_at=row["received_at"],
        is_together=row["is_together"],
        seq=row["seq"],
        headline_zh=zh,
        headline_en=en,
        is_over=all(part.is_over for part in parts),
        ready=sum(part.is_ready for part in parts),
        parts=parts,
        lines=await _lines(rows, matters, cases) if with_lines else (),
    )


async def cases_of(filing: int) -> list[Case]:
    """Every case of a filing, in the order of its parts."""
    rows = await db.fetch(f"SELECT {reading.COLUMNS} FROM case_file WHERE filing = $1 ORDER BY received_at, id", filing)
    return [reading.case_of(row) for row in rows]


def _part(row: Any, matters: list[Matter], cases: dict[int, Case], *, for_public: bool) -> PartView:
    matter = matters[row["position"]]
    department = catalogue.current().department(row["department"])
    case = cases.get(row["case_id"]) if row["case_id"] is not None else None
    state = PartState(row["state"])
    waits_for = [matters[position] for position in row["after"]]
    if case is not None:
        zh, en = standing.headline(case, for_public=for_public)
    else:
        zh, en = wording.not_begun(state, waits_for, row["ended_by"])
    return PartView(
        position=row["position"],
        matter_zh=matter.name,
        matter_en=matter.name_en,
        department_zh=department.label("zh"),
        department_en=department.label("en"),
        state=state,
        headline_zh=zh,
        headline_en=en,
        case_no=case.case_no if case else None,
        step=case.step if case else None,
        is_your_move=case is not None and case.step in standing.YOUR_MOVE,
        is_over=state is PartState.ENDED if case is None else standing.is_over(case.step),
        is_ready=case is not None and case.step is Step.ISSUED,
        is_failed=state is PartState.ENDED if case is None else (case.ended_as or case.step) in FAILED,
        received_at=case.received_at if case else None,
        due_on=case.promised_due_on if case else None,
        waits_for_zh=wording.both(waits_for, "zh"),
        waits_for_en=wording.both(waits_for, "en"),
    )


async def _lines(rows: list[Any], matters: list[Matter], cases: dict[int, Case]) -> tuple[JointLine, ...]:
    found: list[JointLine] = []
    for row in rows:
        case = cases.get(row["case_id"]) if row["case_id"] is not None else None
        matter = matters[row["position"]]
        if case is not None:
            told = timeline.lines(await log.of(case.id))
            found += [JointLine(matter.name, matter.name_en, row["position"], line) for line in told]
    return tuple(sorted(found, key=lambda each: (each.line.at, -each.position), reverse=True))


class Row(Struct, frozen=True):
    """A filing in its owner's list. `case_no` is its first case: the way to its page."""

    case_no: str
    name_zh: str
    name_en: str
    headline_zh: str
    headline_en: str
    is_your_move: bool
    is_over: bool
    received_at: datetime
    count: int


async def of_citizen(citizen: int) -> list[Row]:
    """The citizen's filings of bundles, newest first."""
    rows = await db.fetch("SELECT id FROM bundle_filing WHERE citizen = $1 ORDER BY received_at DESC LIMIT 50", citizen)
    views = [await view(row["id"], with_lines=False) for row in rows]
    return [_row(each) for each in views if any(part.case_no for part in each.parts)]


def _row(seen: FilingView) -> Row:
    return Row(
        case_no=next(part.case_no for part in seen.parts if part.case_no),
        name_zh=seen.name_zh,
        name_en=seen.name_en,
        headline_zh=seen.headline_zh,
        headline_en=seen.headline_en,
        is_your_move=any(part.is_your_move for part in seen.parts),
        is_over=seen.is_over,
        received_at=seen.received_at,
        count=len(seen.parts),
    )


async def code_of(filing: int) -> str:
    """The tracking code over all, for its owner. Every case of the filing keeps it."""
    row = await db.fetchrow(
        "SELECT case_no, tracking_sealed FROM case_file WHERE filing = $1 ORDER BY id LIMIT 1", filing
    )
    return sealing.unseal(row["case_no"], "tracking", row["tracking_sealed"])


async def behind(code: str) -> int | None:
    """The filing that a tracking code opens; None for another code and for one that was replaced."""
    return await db.fetchval(
        "SELECT id FROM bundle_filing WHERE tracking_hash = $1 AND tracking_revoked_at IS NULL", crypto.hmac_token(code)
    )


async def seq_of(filing: int) -> int:
    """A number that moves whenever anything of the filing does."""
    return await db.fetchval(
        "SELECT f.seq + coalesce((SELECT sum(c.seq) FROM case_file c WHERE c.filing = f.id), 0)::int "
        "FROM bundle_filing f WHERE f.id = $1",
        filing,
    )
