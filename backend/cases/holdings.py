"""What the trunk holds about a citizen: for the export of one's data, and to keep an account open while a case is."""

from __future__ import annotations

from typing import Any

from backend import db
from backend.cases import papers, reading
from backend.people.closing import HOLDINGS, Holding


async def _export(citizen: int) -> list[dict[str, Any]]:
    rows = await db.fetch(
        """SELECT case_no, matter, step, received_at, closed_at FROM case_file WHERE citizen = $1 ORDER BY id""",
        citizen,
    )
    return [dict(row) | await _papers(row["case_no"]) for row in rows]


async def _papers(case_no: str) -> dict[str, Any]:
    """What was filed with a case and what came back: the form in clear, materials, formal documents."""
    case = await reading.by_number(case_no)
    return {
        "applicant": await reading.applicant_name(case),
        "form": await reading.form_of(case),
        "materials": [{"name": m.name, "how": m.how, "files": m.uploads} for m in await reading.materials_of(case.id)],
        "documents": [{"kind": p.kind, "number": p.number, "issued_at": p.issued_at} for p in await papers.of(case.id)],
    }


async def _open_count(citizen: int) -> int:
    return await db.fetchval("SELECT count(*) FROM case_file WHERE citizen = $1 AND closed_at IS NULL", citizen)


HOLDINGS["cases"] = Holding(export=_export, open_count=_open_count)
