"""Look at an upload from the server: orders to two kept inspector processes, each answer within a time limit."""

from __future__ import annotations

import asyncio
import atexit
import os
import queue
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING

import msgspec

import backend.documents.refusals  # noqa: F401 - who refuses brings the sentences along
from backend.documents.inspection import Limits
from backend.documents.inspector import Answer, Order
from backend.domain.refusal import Refusal

if TYPE_CHECKING:
    from backend.documents.inspection import Inspected

PROCESSES = 2
SECONDS = 30.0
_ROOT = Path(__file__).parents[2]

_threads = ThreadPoolExecutor(PROCESSES, thread_name_prefix="inspecting")


async def inspect(
    source: Path, destination: Path, limits: Limits | None = None, *, seconds: float = SECONDS
) -> Inspected:
    """Look at `source`, write what may be kept to `destination`; see `inspection.inspect_file`.

    10 ms for a small file, 0.3 s for a 12-megapixel photo; the first call also starts a process (0.3 s). Raises
    Refusal("upload.…"): 415 for a kind we don't take, 413 and 422 for a file that can't be kept, and removes `destination`.
    """
    order = Order(str(source), str(destination), limits or Limits())
    return await asyncio.get_running_loop().run_in_executor(_threads, _asked, order, seconds)


class _Inspector:
    """One inspector process, started when first asked and again after it died."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, order: Order, seconds: float) -> Answer:
        """The process's answer; too late or none at all counts as too complex."""
        process = self._process = self._process or _started()
        killer = Timer(seconds, process.kill)
        killer.start()
        try:
            process.stdin.write(msgspec.json.encode(order) + b"\n")
            line = process.stdout.readline()
        except OSError:
            line = b""
        finally:
            killer.cancel()
        if not line.endswith(b"\n"):
            self.end()
            return Answer(refusal="upload.too_complex")
        return msgspec.json.decode(line, type=Answer)

    def end(self) -> None:
        """Kill the process and close its pipes."""
        if process := self._process:
            self._process = None
            process.kill()
            with process:
                pass


def _started() -> subprocess.Popen[bytes]:
    # Neither keys nor database address reach the process that opens strangers' files.
    environment = {name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT") if name in os.environ}
    return subprocess.Popen(
        [sys.executable, "-m", "backend.documents.inspector"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,
        cwd=_ROOT,
        env=environment | {"PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
    )


_idle: queue.LifoQueue[_Inspector] = queue.LifoQueue()
_all = [_Inspector() for _ in range(PROCESSES)]
for _one in _all:
    _idle.put(_one)


def _asked(order: Order, seconds: float) -> Inspected:
    inspector = _idle.get()
    try:
        answer = inspector.ask(order, seconds)
    finally:
        _idle.put(inspector)
    if answer.inspected is None:
        Path(order.destination).unlink(missing_ok=True)
        raise Refusal(answer.refusal, **answer.facts)
    return answer.inspected


@atexit.register
def end_inspectors() -> None:
    """End the kept processes; the next `inspect` starts new ones."""
    for inspector in _all:
        inspector.end()
