"""Open cases by their clocks: counted by department, matter, officer or stage, and listed, the nearest day first.

Every query reads the partial index of open cases, so that closed ones, however many, cost nothing. A clock that stands
still is as late as it was on the day it stopped (行政许可法 §45).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from backend import catalogue, db
from backend.cases import clocks, facts, reading, signing
from backend.domain.authority import CaseFacts
from backend.domain.calendar import day_of
from backend.domain.case import STAGE_OF
from backend.domain.supervision import held_by, tier_of
from shared_schemas.clock import Light
from shared_schemas.signing import Rule
from shared_schemas.supervision import CaseList, Dimension, Group, Holder, WatchedCase
from shared_schemas.vocabulary import Stage, Step

PAGE = 50
LIGHTS = ("amber", "red", "law_red", "stopped", "stalled")
# As the partial indexes have it (sql/supervision.sql): written out, so that the planner sees it is the same.
IN_CARE = "('received', 'correcting', 'accepted', 'supplementing', 'reviewed', 'checked', 'granted', 'issued')"

# $1 is today.
READ = """
FROM case_file c CROSS JOIN LATERAL (
  SELECT CASE WHEN c.decided_at IS NOT NULL THEN NULL
    WHEN c.is_stopped THEN coalesce((SELECT min(s.told_on) FROM standstill s
      WHERE s.case_id = c.id AND s.ends_on IS NULL), $1::date)
    ELSE $1::date END AS day
) o CROSS JOIN LATERAL (
  SELECT coalesce(c.statutory_due_on < o.day, FALSE) AS law_red,
    coalesce(c.promised_due_on < o.day, FALSE) OR coalesce(c.statutory_due_on < o.day, FALSE) AS red,
    coalesce(c.promised_amber_on <= o.day, FALSE) OR coalesce(c.statutory_amber_on <= o.day, FALSE) AS near,
    c.is_stopped AND c.decided_at IS NULL AS stopped
) l
"""
OPEN = f"WHERE c.step IN {IN_CARE}"
COUNTS = (
    "count(*) AS count, count(*) FILTER (WHERE l.near AND NOT l.red) AS amber, count(*) FILTER (WHERE l.red) AS red, "
    "count(*) FILTER (WHERE l.law_red) AS law_red, count(*) FILTER (WHERE l.stopped) AS stopped"
)
_GROUPED = {
    Dimension.DEPARTMENT: f"SELECT c.department AS key, {COUNTS} {READ} {OPEN} GROUP BY c.department",
    Dimension.MATTER: f"SELECT c.matter AS key, {COUNTS} {READ} {OPEN} GROUP BY c.matter",
    Dimension.OFFICER: f"SELECT c.first_handler::text AS key, {COUNTS} {READ} {OPEN} GROUP BY c.first_handler",
    Dimension.STAGE: f"SELECT c.step AS key, {COUNTS} {READ} {OPEN} GROUP BY c.step",
}
COLUMNS = ", ".join(f"c.{name}" for name in reading.COLUMNS.split(", "))
# A case is stalled while it is late, or while something was said about it since it came to its step.
STALLED = (
    "(l.near OR l.red OR EXISTS (SELECT FROM reminder r WHERE r.case_id = c.id AND r.trigger IS NOT NULL "
    "AND r.at >= coalesce(c.step_since, c.received_at)))"
)
LISTING = f"""
SELECT {COLUMNS}, l.near, l.red, l.law_red, l.stopped, {STALLED} AS stalled, f.name AS first_name, h.name AS handler_name,
  d.name AS decider_name, coalesce(c.promised_due_on, 'infinity'::date) AS place
{READ}
LEFT JOIN officer f ON f.id = c.first_handler LEFT JOIN officer h ON h.id = c.handler
LEFT JOIN officer d ON d.id = c.decided_by
{OPEN}
  AND ($2::text IS NULL OR c.department = $2) AND ($3::text IS NULL OR c.matter = $3)
  AND ($4::bigint IS NULL OR c.first_handler = $4) AND ($5::text[] IS NULL OR c.step = ANY($5))
  AND (NOT $6::boolean OR c.first_handler IS NULL)
  AND CASE $7::text WHEN 'amber' THEN l.near AND NOT l.red WHEN 'red' THEN l.red WHEN 'law_red' THEN l.law_red
    WHEN 'stopped' THEN l.stopped WHEN 'stalled' THEN {STALLED} ELSE TRUE END
  AND ($8::date IS NULL OR (coalesce(c.promised_due_on, 'infinity'::date), c.id) > ($8, $9::bigint))
ORDER BY coalesce(c.promised_due_on, 'infinity'::date), c.id LIMIT $10
"""
COUNTED_BY_DEPARTMENT = _GROUPED[Dimension.DEPARTMENT]
NOBODYS = "none"  # the key of cases without first handler


class Wanted(Struct, frozen=True, kw_only=True):
    """Which open cases: empty means any. `officer` is a first handler's id, or "none"; `light` one of `LIGHTS`."""

    department: str = ""
    matter: str = ""
    officer: str = ""
    stage: str = ""
    light: str = ""

    @property
    def steps(self) -> list[str] | None:
        """The steps of the stage; an unknown one has none."""
        return [step.value for step, stage in STAGE_OF.items() if stage == self.stage] if self.stage else None


async def groups(by: Dimension, today: date) -> list[Group]:
    """The board counted by one dimension, what is over the limit on top."""
    rows = await db.fetch(_GROUPED[by], today)
    made = [Group(row["key"] or NOBODYS, *await _said(by, row["key"]), *list(row.values())[1:]) for row in rows]
    if by is Dimension.STAGE:
        made = _by_stage(made)
    return sorted(made, key=lambda group: (-group.law_red, -group.red, -group.amber, -group.count, group.key))


async def _said(by: Dimension, key: str | None) -> tuple[str, str]:
    """What a group is called, in Chinese and English."""
    if key is None:
        return "还没有首办责任人", "No first handler yet"
    stock = catalogue.current()
    match by:
        case Dimension.DEPARTMENT:
            organ = stock.departments.get(key)
            return (organ.label("zh"), organ.label("en")) if organ else (key, key)
        case Dimension.MATTER:
            matter = stock.matters.get(key)
            return (matter.name, matter.name_en or matter.name) if matter else (key, key)
        case Dimension.OFFICER:
            number = int(key) if key.isascii() and key.isdigit() else 0
            name = await db.fetchval("SELECT name FROM officer WHERE id = $1", number) or key
            return name, name
        case Dimension.STAGE:
            return key, key


def _by_stage(steps: list[Group]) -> list[Group]:
    found: list[Group] = []
    for stage in Stage:
        parts = [group for group in steps if STAGE_OF[Step(group.key)] is stage]
        if parts:
            sums = [sum(getattr(part, name) for part in parts) for name in Group.__struct_fields__[3:]]
            found.append(Group(stage.value, stage.zh, stage.en, *sums))
    return found


async def cases(wanted: Wanted, today: date, *, after: str = "", at_most: int = PAGE) -> CaseList:
    """A page of open cases, the nearest day first, from behind the place `after` (as `CaseList.next` gave it)."""
    place, last = _place(after)
    officer = int(wanted.officer) if wanted.officer.isascii() and wanted.officer.isdigit() else None
    rows = await db.fetch(
        LISTING,
        today,
        wanted.department or None,
        wanted.matter or None,
        officer,
        wanted.steps,
        wanted.officer == NOBODYS,
        wanted.light if wanted.light in LIGHTS else "",
        place,
        last,
        at_most + 1,
    )
    shown = rows[:at_most]
    rules = await signing.rules_of(sorted({row["department"] for row in shown}))
    items = [await _watched(row, rules, today) for row in shown]
    more = f"{shown[-1]['place'].isoformat()}.{shown[-1]['id']}" if len(rows) > at_most else ""
    return CaseList(items, more)


def _place(after: str) -> tuple[date | None, int]:
    day, _, number = after.partition(".")
    try:
        return date.fromisoformat(day), int(number)
    except ValueError:
        return None, 0


async def _watched(row: db.Record, rules: Sequence[Rule], today: date) -> WatchedCase:
    case = reading.case_of(row)
    matter = await catalogue.version(case.matter, case.matter_version)
    organ = catalogue.current().department(case.department)
    clock = (
        clocks.read(case, matter, await clocks.standstills_of(case.id), today) if row["near"] or row["red"] else None
    )
    holder = held_by(case.step, is_taken=case.handler is not None)
    zh, en = said_of(facts.of(case, rules), holder, row["handler_name"] or "", row["decider_name"] or "")
    return WatchedCase(
        case_no=case.case_no,
        matter_zh=matter.name,
        matter_en=matter.name_en or matter.name,
        department_zh=organ.label("zh"),
        department_en=organ.label("en"),
        step=case.step,
        stage=STAGE_OF[case.step],
        light=Light.RED if row["red"] else Light.AMBER if row["near"] else Light.GREEN,
        is_law_red=row["law_red"],
        is_stopped=row["stopped"],
        holder=holder,
        holder_zh=zh,
        holder_en=en,
        since=case.step_since or case.received_at,
        first_handler=row["first_name"] or "",
        promised_due_on=case.promised_due_on,
        statutory_due_on=case.statutory_due_on,
        is_stalled=row["stalled"],
        left=clock.left if clock else None,
    )


def said_of(case: CaseFacts, holder: Holder, handler: str, decider: str) -> tuple[str, str]:
    """With whom the case is, in words: a name where there is one, the department's tier where there is not."""
    if holder is Holder.APPROVERS:
        organ = catalogue.current().department(case.department)
        tier = tier_of(case)
        return (
            f"{organ.label('zh')} {tier.zh}" if tier else organ.label("zh"),
            f"{organ.label('en')}, {tier.en.lower()}" if tier else organ.label("en"),
        )
    name = {Holder.CLERK: handler, Holder.DECIDER: decider}.get(holder, "")
    return (name, name) if name else (holder.zh, holder.en)


async def named(wanted: Wanted) -> list[tuple[str, str]]:
    """What was chosen, in words (Chinese, English)."""
    keys = (
        (Dimension.DEPARTMENT, wanted.department),
        (Dimension.MATTER, wanted.matter),
        (Dimension.OFFICER, wanted.officer),
    )
    found = [await _said(by, None if key == NOBODYS else key) for by, key in keys if key]
    return found + ([(Stage(wanted.stage).zh, Stage(wanted.stage).en)] if wanted.stage else [])


async def count(officer: int, today: date) -> tuple[int, int]:
    """(all, stalled) of a first handler's open cases."""
    (row,) = await db.fetch(_MINE, today, officer)
    return row[0], row[1]


_MINE = f"SELECT count(*), count(*) FILTER (WHERE {STALLED}) {READ} {OPEN} AND c.first_handler = $2"


def since_day(item: WatchedCase) -> date:
    """The day since which a case is where it is."""
    return day_of(item.since)
