"""The bounded process that opens untrusted files: `python -m backend.documents.inspector`, one JSON line in, one out.

It gets no secrets in its environment, a bounded address space, and is killed when it takes too long. It ends by itself
when its parent does (end of input).
"""

from __future__ import annotations

import logging
import os
import signal
import sys
from pathlib import Path

import msgspec
from msgspec import Struct

from backend.documents.inspection import Inspected, Limits, inspect_file
from backend.domain.refusal import Refusal

MAX_MEMORY = 3 << 30


class Order(Struct, frozen=True):
    """One file to look at."""

    source: str
    destination: str
    limits: Limits


class Answer(Struct, frozen=True):
    """What came of it: exactly one of the two."""

    inspected: Inspected | None = None
    refusal: str = ""
    facts: dict[str, str | int] = {}


def main() -> None:
    """Answer orders from standard input until it ends."""
    _bound_memory()
    # Ctrl-C reaches the whole group: the worker that feeds us decides when we end, by closing our input.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.disable(logging.CRITICAL)  # parsers describe hostile bytes at length
    # A library that prints must not answer in our place.
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    for line in sys.stdin.buffer:
        answers.write(msgspec.json.encode(_answer(msgspec.json.decode(line, type=Order))) + b"\n")


def _answer(order: Order) -> Answer:
    try:
        return Answer(inspected=inspect_file(Path(order.source), Path(order.destination), order.limits))
    except Refusal as refusal:
        return Answer(refusal=refusal.code, facts=refusal.facts)
    except MemoryError:
        return Answer(refusal="upload.too_complex")
    except Exception as fault:  # noqa: BLE001 - parsers of hostile bytes fail in any way; the file is then not taken
        sys.stderr.write(f"inspector: {type(fault).__name__}\n")
        return Answer(refusal="upload.damaged", facts={"found": ""})


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such bound; the time limit stays
        return
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
