"""勘查统计: what supervisors read of surveys, by department. Counts and days, nothing of a person."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from backend import catalogue, db

DAYS = 90


class Share(Struct, frozen=True, kw_only=True):
    """One department over the last 90 days, or all of them (`department` ""). Rates are percent, None without anything to divide.

    `joint` are surveys that served other cases in the same visit; `days` from sending out to the conclusion, on average;
    `passed` and `conflicts` are shares of what was concluded; `waiting` is not sent out yet.
    """

    department: str
    zh: str
    en: str
    tasks: int
    waiting: int
    concluded: int
    joint: int | None
    days: float | None
    passed: int | None
    conflicts: int | None
    disputed: int | None
    unsigned: int | None


_BY = """
WITH task AS (
  SELECT s.*, (SELECT count(*) FROM survey x WHERE x.visit = s.visit) > 1 AS is_joint,
    (SELECT count(DISTINCT x.conclusion) > 1 FROM survey x WHERE x.visit = s.visit) AS differs
  FROM survey s WHERE s.made_at >= $1)
SELECT coalesce(department, '') AS department, count(*)::int AS tasks,
  count(*) FILTER (WHERE visit IS NULL)::int AS waiting,
  count(*) FILTER (WHERE visit IS NOT NULL)::int AS sent,
  count(*) FILTER (WHERE concluded_at IS NOT NULL)::int AS concluded,
  count(*) FILTER (WHERE visit IS NOT NULL AND is_joint)::int AS joint,
  (extract(epoch FROM avg(concluded_at - dispatched_at)) / 86400)::float AS days,
  count(*) FILTER (WHERE conclusion = 'pass')::int AS passed,
  count(*) FILTER (WHERE concluded_at IS NOT NULL AND differs)::int AS conflicts,
  count(*) FILTER (WHERE is_disputed)::int AS disputed,
  count(*) FILTER (WHERE concluded_at IS NOT NULL AND NOT is_signed)::int AS unsigned
FROM task GROUP BY ROLLUP (department) ORDER BY grouping(department) DESC, tasks DESC, 1
"""


async def by_department(now: datetime) -> list[Share]:
    """All departments together first, then each that had a survey, the busiest first."""
    rows = await db.fetch(_BY, now - timedelta(days=DAYS))
    return [_share(row) for row in rows if row["tasks"]]


def _share(row: db.Record) -> Share:
    code = row["department"]
    organ = catalogue.current().department(code) if code else None
    concluded = row["concluded"]
    return Share(
        department=code,
        zh=organ.label("zh") if organ else "全部",
        en=organ.label("en") if organ else "All",
        tasks=row["tasks"],
        waiting=row["waiting"],
        concluded=concluded,
        joint=_percent(row["joint"], row["sent"]),
        days=round(row["days"], 1) if row["days"] is not None else None,
        passed=_percent(row["passed"], concluded),
        conflicts=_percent(row["conflicts"], concluded),
        disputed=_percent(row["disputed"], concluded),
        unsigned=_percent(row["unsigned"], concluded),
    )


def _percent(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None
