"""What is wrong in a file that is to be imported: where, in which field, what, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct


class Severity(StrEnum):
    """What a fault does to the import. Which publish check has which is data (data/publish_checks.toml)."""

    ERROR = "error"  # nothing of the file is loaded
    DEMONSTRATION = "demonstration"  # loaded, and marked: imported as demonstration, not publishable as law


class ImportFault(Struct, frozen=True):
    """One fault; `fix` is empty where `wrong` says it all.

    `place` is a TOML path ("matters[3].materials[0]") or a sheet and row ("材料 第 12 行").
    """

    place: str
    field: str
    wrong: str
    fix: str
    check: str = ""
    severity: Severity = Severity.ERROR

    def line(self) -> str:
        """The fault as one line for a terminal."""
        where = f"{self.place} · {self.field}" if self.field else self.place
        return f"{where}：{self.wrong}。{self.fix}".rstrip("。") + "。"


class Faulty(Exception):
    """The file can't be loaded. Carries every fault found, in the file's order."""

    def __init__(self, faults: Iterable[ImportFault]) -> None:
        self.faults = list(faults)
        super().__init__(f"{len(self.faults)} 处有误")
