"""Filing as one SQL statement with parameters made beforehand: the least that writing such a case can cost.

It is the product's own statement (case, key, materials, files, draft, receipt, first event), fed with values that were
sealed once and are never sealed again.
"""

from __future__ import annotations

import os
import pickle
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from backend.cases import log, receiving
from shared_schemas.case import NewCase, Receipt
from shared_schemas.people import CitizenActor
from shared_schemas.vocabulary import Verb

SQL = receiving._STATEMENT
_NUMBER, _HASH, _KEY = 0, 1, 24


class Prebuilt(NamedTuple):
    """A filing as the action takes it, and as the statement's parameters."""

    new: NewCase
    by: CitizenActor
    at: datetime
    values: tuple[object, ...]


def keep(path: Path, new: NewCase, by: CitizenActor, at: datetime) -> None:
    """Make the parameters and save them for processes that shall not make any."""
    receipt = Receipt("B0", "0" * 26, "00000000")
    event = log.line("B0", 1, Verb.RECEIVE, by, at, {"channel": new.channel, "matter": new.matter}, b"")
    path.write_bytes(pickle.dumps(Prebuilt(new, by, at, tuple(receiving._values(new, receipt, event, by, at)))))


def kept(path: Path) -> Prebuilt:
    """What `keep` saved."""
    return pickle.loads(path.read_bytes())  # noqa: S301 - written by this same run


def unique(values: tuple[object, ...], number: int) -> list[object]:
    """The same filing under another number, code and key."""
    made = list(values)
    made[_NUMBER] = f"B{number}"
    made[_HASH] = os.urandom(32)
    made[_KEY] = f"key-{number}"
    return made
