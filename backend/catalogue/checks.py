"""Publish checks as faults of an import: the domain says what is broken, data says how grave, the row says where."""

from __future__ import annotations

import tomllib
from pathlib import Path

from backend.catalogue.faults import ImportFault, Severity
from backend.catalogue.rows import Row
from backend.domain import publishing
from backend.domain.publishing import PublishFault
from shared_schemas.matter import Matter

_SOURCE = Path(__file__).parent.parent / "data" / "publish_checks.toml"
SEVERITY = {
    check: Severity(grave) for check, grave in tomllib.loads(_SOURCE.read_text(encoding="utf-8"))["severity"].items()
}

# What a source calls an element where it doesn't use the code's own word.
_KEYS = {
    "code": "id", "department": "dept", "kind": "project_type", "applicants": "object", "promised": "promised_n",
    "statutory": "statutory_n", "extension": "extension_n", "approval_mode": "approval", "reach": "scope",
}  # fmt: skip


def faults_of(matter: Matter, row: Row) -> list[ImportFault]:
    """The publish checks that the matter breaks, each at the row and field it comes from."""
    return [_fault(fault, row) for fault in publishing.faults_of(matter)]


def _fault(fault: PublishFault, row: Row) -> ImportFault:
    usual = Severity.ERROR if fault.is_blocking else Severity.DEMONSTRATION
    parts = fault.place.split(".")
    field = parts[-1]
    if parts[0] == "materials" and len(parts) > 1:
        row = row.children["materials"][int(parts[1])]
    elif parts[0] == "form":
        field = fault.place
    key = _KEYS.get(field, field)
    return ImportFault(row.place, row.headings.get(key, key), fault.zh, "", fault.code, SEVERITY.get(fault.code, usual))
