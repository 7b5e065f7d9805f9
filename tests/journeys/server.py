"""A real hall to walk through: `yimaban run` as a process of its own, on its own database and folder.

The demo world is loaded once a run, under a lock; every test process then opens a copy of it. HALL_URL
points the journeys at a hall that already stands (nothing is started then).
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from tests import databases

_ROOT = Path(__file__).parents[2]
_FURNISHED = "yimaban_furnished"
_SECONDS_TO_OPEN = 120
# Many people sign in from one address here, and some of them type wrong codes on purpose.
_LENIENT = {"YIMABAN_SIGN_IN_LIMIT": "100000", "YIMABAN_TRACK_MISS_LIMIT": "1000"}


class Hall:
    """A running hall: its address, its database, its folder and its log. It can be killed and started again."""

    def __init__(
        self,
        base_url: str,
        database_url: str = "",
        log: Path | None = None,
        environment: dict[str, str] | None = None,
    ) -> None:
        self.base_url = base_url
        self.database_url = database_url
        self.log = log
        self.environment = environment or {}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def data(self) -> Path:
        """Where the hall keeps its files."""
        return Path(self.environment["YIMABAN_DATA_DIR"])

    @property
    def is_open(self) -> bool:
        """Whether its process lives."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Open on the same port, database and folder as before, and wait until it answers."""
        assert self.log
        with self.log.open("ab") as out:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "backend.cli", "run"],
                cwd=_ROOT,
                env=self.environment,
                stdout=out,
                stderr=out,
                start_new_session=True,  # so that `kill` reaches its workers and nobody else
            )
        _wait_until_open(self.base_url, self._process, self.log)

    def kill(self) -> None:
        """`kill -9` the hall with all its workers, in the middle of whatever they do."""
        assert self._process
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        """Close it in an orderly way."""
        assert self._process
        self._process.terminate()
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self.kill()


@contextmanager
def open_hall(folder: Path, worker: str, day: str = "") -> Iterator[Hall]:
    """The hall of this test process. `folder` is shared by the processes of one run; `day` is what day it is there.

    When it closes, its log must not tell of a mistake that some page or script never noticed.
    """
    if given := os.environ.get("HALL_URL"):
        yield Hall(given.rstrip("/"))
        return
    port = _free_port()
    database, data = f"yimaban_hall_{worker}", folder / f"hall-{worker}"
    environment = _environment(databases.address(database), data, port) | {"YIMABAN_DEMO_DAY": day}
    _copy_of_furnished(folder, database, data)
    log = folder / f"hall-{worker}.log"
    hall = Hall(f"http://localhost:{port}", databases.address(database), log, environment)
    try:
        hall.start()
        yield hall
    finally:
        hall.stop()
    # A phone may still be fetching copies in the background while the hall goes down: that is no mistake of a page.
    mistakes = [
        line
        for line in log.read_text(errors="replace").splitlines()
        if '"event":"unhandled"' in line and "pool is closing" not in line
    ]
    assert not mistakes, "the hall's log:\n" + "\n".join(mistakes[:10])


def _environment(database_url: str, data: Path, port: int) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("YIMABAN_")}
    return (
        kept
        | _LENIENT
        | {
            "YIMABAN_DEMO": "1",
            "YIMABAN_DATA_DIR": str(data),
            "YIMABAN_DATABASE_URL": database_url,
            "YIMABAN_PORT": str(port),
            "YIMABAN_LOG_LEVEL": "info",
            "PYTHONUNBUFFERED": "1",
        }
    )


def _copy_of_furnished(folder: Path, database: str, data: Path) -> None:
    """Load the world once a run, then copy database and files (some 100 ms)."""
    original = folder / "hall-furnished"
    with (folder / "hall.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (original / "ready").exists():
            shutil.rmtree(original, ignore_errors=True)
            original.mkdir()
            _clone(_FURNISHED, databases.TEMPLATE)
            furnish = "import asyncio; from backend import starting; asyncio.run(starting._furnish())"
            environment = _environment(databases.address(_FURNISHED), original, 8000)
            done = subprocess.run(
                [sys.executable, "-c", furnish], cwd=_ROOT, env=environment, capture_output=True, text=True, check=False
            )
            if done.returncode:
                raise RuntimeError(f"the demo world can't be loaded:\n{done.stdout}\n{done.stderr}")
            (original / "ready").touch()
        _clone(database, _FURNISHED)
        shutil.rmtree(data, ignore_errors=True)
        shutil.copytree(original, data)


def _clone(name: str, template: str) -> None:
    """Make a database, also from inside a running event loop."""
    import threading

    failed: list[BaseException] = []

    def work() -> None:
        try:
            databases.on_server(lambda connection: databases.clone(connection, name, template))
        except BaseException as error:  # noqa: BLE001 - handed on to the caller's thread
            failed.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]


def _wait_until_open(base_url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _SECONDS_TO_OPEN
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the hall did not open:\n{log.read_text(errors='replace')[-4000:]}")
        try:
            with urlopen(f"{base_url}/readyz", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the hall took longer than {_SECONDS_TO_OPEN} s:\n{log.read_text(errors='replace')[-4000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def ask(hall: Hall, sql: str, *arguments: object) -> list[dict[str, object]]:
    """One statement on the hall's own database: what no page shows (a session's end, a stored byte)."""
    import asyncpg

    connection = await asyncpg.connect(hall.database_url)
    try:
        return [dict(row) for row in await connection.fetch(sql, *arguments)]
    finally:
        await connection.close()
