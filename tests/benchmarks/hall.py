"""A database of its own, filled, and the environment every server under test gets."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks import serving, world


class Hall(NamedTuple):
    """Where things are: a folder, the servers' environment, and what is in the database."""

    folder: Path
    environment: dict[str, str]
    world: world.World


@contextmanager
def opened() -> Iterator[Hall]:
    """An embedded PostgreSQL as durable as in production, with the world in it; all gone afterwards."""
    for name in [name for name in os.environ if name.startswith("YIMABAN_")]:
        del os.environ[name]
    folder = Path(tempfile.mkdtemp(prefix="yimaban-bench-"))
    os.environ.update(YIMABAN_DEMO="1", YIMABAN_DATA_DIR=str(folder), YIMABAN_LOG_LEVEL="error")
    from backend import embedded

    try:
        with embedded.running(folder) as server:
            os.environ["YIMABAN_DATABASE_URL"] = server.url
            subprocess.run(
                [sys.executable, "-m", "tests.benchmarks.world", str(folder / "world.json")],
                check=True,
                cwd=serving.ROOT,
            )
            from backend.settings import settings

            (folder / "secret").write_bytes(settings.secret_key)
            (folder / "metrics").mkdir()
            environment = {
                "PROMETHEUS_MULTIPROC_DIR": str(folder / "metrics"),  # as several workers have it
                "BENCH_SECRET": str(folder / "secret"), "BENCH_PAGE": str(folder / "page.br"),
                "BENCH_FILING": str(folder / "filing.pickle"),
            }  # fmt: skip
            yield Hall(folder, environment, world.read(folder / "world.json"))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
