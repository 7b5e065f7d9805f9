"""Numbers for Prometheus: requests by route over all workers, and the state of the hall's work.

Several workers share files (prometheus-client's multiprocess mode), so that a scrape sees them all, whichever worker
answers it. The framework's Prometheus middleware was measured at 56 % of a short request; one call at the edge costs
a few microseconds.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from prometheus_client import CollectorRegistry, Histogram, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily

from backend import db

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_BUCKETS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)

_seconds = Histogram(
    "yimaban_request_seconds", "Time to answer, by route and status", ["method", "route", "status"], buckets=_BUCKETS
)


def share_between_workers(data_dir: Path) -> None:
    """Before any worker starts: an empty folder for their numbers."""
    folder = data_dir / "metrics"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ[FOLDER] = str(folder)


@cache
def _time_of(method: str, route: str, status: int) -> Histogram:
    return _seconds.labels(method, route, str(status))


def note(method: str, route: str, status: int, seconds: float) -> None:
    """One answer. `route` is the template of the path, never the path: an address can hold a tracking code."""
    _time_of(method, route, status).observe(seconds)


class _Work:
    """What waits in the hall, asked of the database at each scrape."""

    def __init__(self, steps: list[tuple[str, int]], queued: int, uploads: int) -> None:
        self._steps, self._queued, self._uploads = steps, queued, uploads

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The gauges."""
        cases = GaugeMetricFamily("yimaban_cases_open", "Open cases by step", labels=["step"])
        for step, count in self._steps:
            cases.add_metric([step], count)
        yield cases
        yield GaugeMetricFamily("yimaban_messages_queued", "Text messages and notices not yet sent", self._queued)
        yield GaugeMetricFamily("yimaban_uploads_receiving", "Uploads on their way in", self._uploads)


async def text() -> bytes:
    """Everything, in Prometheus text format."""
    registry = CollectorRegistry()
    if os.environ.get(FOLDER):
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(_seconds)
    steps = await db.fetch("SELECT step, count(*) FROM case_file WHERE step <> 'closed' GROUP BY step")
    queued = await db.fetchval(
        "SELECT (SELECT count(*) FROM outgoing_message WHERE state = 'queued') "
        "+ (SELECT count(*) FROM notice_delivery WHERE state = 'queued')"
    )
    uploads = await db.fetchval("SELECT count(*) FROM upload WHERE state = 'receiving' AND removed_at IS NULL")
    registry.register(_Work([(row[0], row[1]) for row in steps], queued, uploads))
    return generate_latest(registry)
