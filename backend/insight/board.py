"""今日大厅: today's intake, what is in progress and where, what is nearly due or over, what was closed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from msgspec import Struct

from backend import db
from backend.cases import standing
from backend.domain.calendar import SHANGHAI, day_of
from backend.domain.case import STAGE_OF
from backend.supervision import open_cases
from backend.supervision.open_cases import Wanted
from shared_schemas.clock import Light
from shared_schemas.supervision import Dimension, WatchedCase
from shared_schemas.vocabulary import Channel, Stage, Step

DAYS = 14
LISTED = 8


class Day(Struct, frozen=True):
    """Cases received and closed on one day."""

    day: date
    received: int
    closed: int


class StageCount(Struct, frozen=True):
    """Open cases standing at one bead."""

    stage: Stage
    count: int


class Late(Struct, frozen=True):
    """A case that wants looking after. `left` is in the limit's days, negative when over."""

    case_no: str
    matter_zh: str
    matter_en: str
    department_zh: str
    department_en: str
    step: Step
    light: Light
    left: int
    due_on: date
    who: str


class Desk(Struct, frozen=True):
    """One window: who sits there and what is in hand. `kind` is general, help or cannot_do."""

    number: int
    name: str
    kind: str
    officer: str
    in_hand: int
    done_today: int


class Share(Struct, frozen=True):
    """Part of the whole that came by a channel, in percent."""

    channel: Channel
    percent: int


class Board(Struct, frozen=True):
    """The whole page. Rates are percent of the cases closed in the last 14 days, None while there are none."""

    at: datetime
    received_today: int
    closed_today: int
    open_now: int
    waiting_for_citizen: int
    amber: int
    red: int
    stages: list[StageCount]
    days: list[Day]
    late: list[Late]
    desks: list[Desk]
    shares: list[Share]
    early_rate: int | None
    over_rate: int | None
    average_days: float | None


_OPEN = "step NOT IN ('closed', 'not_accepted', 'refused', 'withdrawn', 'collected')"


def _since(day: date) -> datetime:
    """The instant at which `day` began in the hall."""
    return datetime.combine(day, time(), SHANGHAI).astimezone(UTC)


async def board(now: datetime) -> Board:
    """The hall as it is at `now`."""
    today = day_of(now)
    steps = {
        Step(row[0]): row[1]
        for row in await db.fetch(f"SELECT step, count(*) FROM case_file WHERE {_OPEN} GROUP BY step")
    }
    days = await _days(today)
    late = await _late(today)
    lights = await open_cases.groups(Dimension.STAGE, today)
    rates = await _rates(now)
    return Board(
        at=now,
        received_today=days[-1].received,
        closed_today=days[-1].closed,
        open_now=sum(steps.values()),
        waiting_for_citizen=sum(count for step, count in steps.items() if step in standing.YOUR_MOVE),
        amber=sum(group.amber for group in lights),
        red=sum(group.red for group in lights),
        stages=[StageCount(stage, sum(n for step, n in steps.items() if STAGE_OF[step] is stage)) for stage in Stage],
        days=days,
        late=late[:LISTED],
        desks=await _desks(today),
        shares=await _shares(now),
        early_rate=rates[0],
        over_rate=rates[1],
        average_days=rates[2],
    )


async def _days(today: date) -> list[Day]:
    first = today - timedelta(days=DAYS - 1)
    counted = {
        row[0]: (row[1], row[2])
        for row in await db.fetch(
            "SELECT day, sum(received)::int, sum(closed)::int FROM ("
            " SELECT (received_at AT TIME ZONE 'Asia/Shanghai')::date AS day, 1 AS received, 0 AS closed"
            "   FROM case_file WHERE received_at >= $1"
            " UNION ALL"
            " SELECT (closed_at AT TIME ZONE 'Asia/Shanghai')::date, 0, 1 FROM case_file WHERE closed_at >= $1"
            ") moved GROUP BY day",
            _since(first),
        )
    }
    return [Day(day, *counted.get(day, (0, 0))) for day in (first + timedelta(days=place) for place in range(DAYS))]


async def _late(today: date) -> list[Late]:
    """The first of what is over, then of what is nearly due: the nearest day on top."""
    found: list[WatchedCase] = []
    for light in ("red", "amber"):
        found += (await open_cases.cases(Wanted(light=light), today, at_most=LISTED)).items
    return [
        Late(
            each.case_no,
            each.matter_zh,
            each.matter_en,
            each.department_zh,
            each.department_en,
            each.step,
            each.light,
            each.left or 0,
            each.promised_due_on or each.statutory_due_on or today,
            each.first_handler,
        )
        for each in found
    ]


async def _desks(today: date) -> list[Desk]:
    rows = await db.fetch(
        "SELECT w.number, w.name, w.kind, coalesce(o.name, '') AS officer,"
        " (SELECT count(*) FROM case_file c WHERE c.handler = w.officer AND c.step IN ('received', 'correcting'))::int,"
        " (SELECT count(*) FROM case_event e WHERE e.by_kind = 'officer' AND e.by_id = w.officer AND e.at >= $1"
        "   AND e.verb IN ('accept', 'decline', 'ask_correction', 'hand_over'))::int "
        "FROM window_desk w LEFT JOIN officer o ON o.id = w.officer ORDER BY w.number",
        _since(today),
    )
    return [Desk(*row) for row in rows]


async def _shares(now: datetime) -> list[Share]:
    rows = await db.fetch(
        "SELECT channel, count(*) FROM case_file WHERE received_at >= $1 GROUP BY channel", now - timedelta(days=DAYS)
    )
    counts = {Channel(row[0]): row[1] for row in rows}
    total = sum(counts.values())
    return [Share(channel, round(100 * counts.get(channel, 0) / total) if total else 0) for channel in Channel]


async def _rates(now: datetime) -> tuple[int | None, int | None, float | None]:
    """提前办结率, 超期率 and the mean time from acceptance to decision, over the cases decided lately (DOMAIN.md).

    A matter done on the spot can be neither early nor late, so it does not count.
    """
    row = await db.fetchrow(
        "SELECT count(*), count(*) FILTER (WHERE (decided_at AT TIME ZONE 'Asia/Shanghai')::date < promised_due_on),"
        " count(*) FILTER (WHERE (decided_at AT TIME ZONE 'Asia/Shanghai')::date > promised_due_on),"
        " extract(epoch FROM avg(decided_at - accepted_at)) / 86400"
        " FROM case_file WHERE decided_at >= $1 AND accepted_at IS NOT NULL"
        " AND promised_due_on > (accepted_at AT TIME ZONE 'Asia/Shanghai')::date",
        now - timedelta(days=DAYS),
    )
    if not row[0]:
        return None, None, None
    return round(100 * row[1] / row[0]), round(100 * row[2] / row[0]), round(float(row[3]), 1)
