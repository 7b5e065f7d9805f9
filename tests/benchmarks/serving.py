"""Servers under test: each one granian worker in a process of its own, on the core that the generator leaves free."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
# name -> (what granian loads, interface, whether it is a factory)
APPS = {
    "ours": ("backend.app:create_app", "asgi", True),
    "floor": ("tests.benchmarks.floor:create_app", "asgi", True),
    "fastapi": ("tests.benchmarks.peers.fastapi_app:create_app", "asgi", True),
    "govuk": ("tests.benchmarks.web.govuk:create_app", "asgi", True),
    "django_asgi": ("tests.benchmarks.peers.django_app:create_asgi", "asginl", True),
    "django_wsgi": ("tests.benchmarks.peers.django_app:create_wsgi", "wsgi", True),
}


@contextmanager
def running(name: str, port: int, environment: dict[str, str]) -> Iterator[None]:
    """The server `name` on 127.0.0.1:`port` for as long as the block runs."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.serving", name, str(port)],
        cwd=ROOT,
        env={**os.environ, **environment, "YIMABAN_PORT": str(port)},
        stdin=subprocess.DEVNULL,
    )
    try:
        _await(port, process)
        yield
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the server on {port} ended with {process.returncode}")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"nothing answers on {port}")


def place(core: int) -> None:
    """Keep this process (and what it starts) on one core, where the system lets us."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {core % (os.cpu_count() or 1)})


def main(name: str, port: int) -> None:
    """Serve until told to stop, with the options `just serve` uses."""
    from granian.constants import Interfaces, Loops
    from granian.log import LogLevels
    from granian.server import Server

    place(1)
    target, interface, is_factory = APPS[name]
    threads = {"blocking_threads": 4} if interface == "wsgi" else {}
    Server(
        target, address="127.0.0.1", port=port, interface=Interfaces(interface), factory=is_factory, workers=1,
        loop=Loops.asyncio, websockets=False, backlog=4096, backpressure=8000 if not threads else 64,
        log_level=LogLevels.warning, **threads,
    ).serve()  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
