"""A small line chart as SVG coordinates: numbers in, path data out, drawn by the template with the page's own colours.

A charting library would bring a script or inline styles, which the CSP refuses; two lines over 14 days need neither.
"""

from __future__ import annotations

from msgspec import Struct

from backend.insight.board import Day

WIDTH, HEIGHT = 680, 212
LEFT, RIGHT, TOP, BOTTOM = 40, 660, 26, 182


class Grid(Struct, frozen=True):
    """A horizontal line and what it stands for."""

    y: float
    value: int


class Point(Struct, frozen=True):
    """A day on the chart."""

    x: float
    received_y: float
    closed_y: float
    day: Day


class Chart(Struct, frozen=True):
    """Two lines: received (with its area) and closed."""

    received: str
    area: str
    closed: str
    grid: list[Grid]
    points: list[Point]


def draw(days: list[Day]) -> Chart:
    """The chart of these days, oldest first; an empty hall is a flat line, not an error."""
    top = _round_up(max((max(day.received, day.closed) for day in days), default=0))
    step = (RIGHT - LEFT) / max(len(days) - 1, 1)

    def y(value: int) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * value / top, 1)

    points = [
        Point(round(LEFT + step * place, 1), y(day.received), y(day.closed), day) for place, day in enumerate(days)
    ]
    received = "M" + "L".join(f"{p.x} {p.received_y}" for p in points)
    return Chart(
        received=received,
        area=f"{received}V{BOTTOM}H{LEFT}z",
        closed="M" + "L".join(f"{p.x} {p.closed_y}" for p in points),
        grid=[Grid(y(top * part // 4), top * part // 4) for part in range(5)],
        points=points,
    )


def _round_up(value: int) -> int:
    """The next number that four grid lines divide evenly."""
    return max(4, -(-value // 4) * 4)
