"""今日大厅: what the supervisor reads is what happened."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from types import ModuleType
from typing import Any

import httpx

from backend.insight import board, chart
from backend.insight.board import Day
from shared_schemas.clock import Light
from shared_schemas.vocabulary import Stage


async def test_an_empty_hall_is_zeros_not_an_error(db: ModuleType, now: datetime) -> None:
    empty = await board.board(now)
    assert (empty.received_today, empty.open_now, empty.red, empty.early_rate) == (0, 0, 0, None)
    assert len(empty.days) == board.DAYS
    assert chart.draw(empty.days).received.startswith("M40.0 182.0L")


async def test_counts_follow_the_cases(desk: Any, db: ModuleType, now: datetime) -> None:
    await desk.filed()
    accepted = await desk.accepted()

    today = await board.board(now)
    assert today.received_today == 2
    assert today.open_now == 2
    assert {each.stage: each.count for each in today.stages if each.count} == {Stage.RECEIPT: 1, Stage.REVIEW: 1}
    clerks = [each for each in today.desks if each.officer == "陈洁"]
    assert [each.done_today for each in clerks] == [1]
    assert sum(share.percent for share in today.shares) == 100
    assert today.late == []

    over = await board.board(now + timedelta(days=40))
    (late,) = over.late
    assert late.case_no == accepted.case_no
    assert late.light is Light.RED
    assert late.left < 0
    assert late.who == "陈洁"
    assert over.red == 1


async def test_only_those_who_watch_the_hall_see_the_board(desk: Any, client: httpx.AsyncClient) -> None:
    for who, status in (("supervisor", 200), ("guide", 200), ("clerk", 403), ("wangmin", 403)):
        answer = await client.get(
            "/api/v1/board", headers={"authorization": f"Bearer {await desk.token(who)}", "accept-language": "zh-CN"}
        )
        assert answer.status_code == status, who


def test_the_chart_stays_inside_its_frame() -> None:
    days = [Day(date(2026, 11, 1) + timedelta(days=n), n * 37 % 23, n * 11 % 7) for n in range(14)]
    drawn = chart.draw(days)
    for point in drawn.points:
        assert chart.LEFT <= point.x <= chart.RIGHT
        assert chart.TOP <= point.received_y <= chart.BOTTOM
        assert chart.TOP <= point.closed_y <= chart.BOTTOM
    assert [line.value for line in drawn.grid] == [0, 6, 12, 18, 24]
