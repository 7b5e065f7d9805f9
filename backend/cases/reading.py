"""Reads of the trunk: rows to `shared_schemas.case` structs."""

from __future__ import annotations

from typing import Any

import msgspec

from backend import db
from backend.cases import sealing
from backend.domain.forms import questions
from backend.domain.refusal import Refusal
from shared_schemas.case import Case, MaterialOfCase
from shared_schemas.matter import Matter

_NAMES = tuple(name for name in Case.__struct_fields__ if name != "behalf")
COLUMNS = ", ".join(_NAMES)


def case_of(row: Any) -> Case:
    """A `Case` from a record that has (at least) its columns."""
    return msgspec.convert({name: row[name] for name in _NAMES}, Case)


async def by_number(case_no: str) -> Case:
    """The case of that number. Raises Refusal("case.not_found")."""
    row = await db.fetchrow(f"SELECT {COLUMNS} FROM case_file WHERE case_no = $1", case_no)
    if row is None:
        raise Refusal("case.not_found")
    return case_of(row)


async def by_id(case_id: int) -> Case:
    """The case with this row id. Raises Refusal("case.not_found")."""
    row = await db.fetchrow(f"SELECT {COLUMNS} FROM case_file WHERE id = $1", case_id)
    if row is None:
        raise Refusal("case.not_found")
    return case_of(row)


async def owned(case_no: str, citizen: int) -> Case:
    """The citizen's own case of that number.

    Raises Refusal("case.not_found") for another's case as for a missing one: the answers must not differ.
    """
    row = await db.fetchrow(f"SELECT {COLUMNS} FROM case_file WHERE case_no = $1 AND citizen = $2", case_no, citizen)
    if row is None:
        raise Refusal("case.not_found")
    return case_of(row)


async def of_citizen(citizen: int) -> list[Case]:
    """Every case of a citizen, newest first."""
    rows = await db.fetch(
        f"SELECT {COLUMNS} FROM case_file WHERE citizen = $1 ORDER BY received_at DESC LIMIT 200", citizen
    )
    return [case_of(row) for row in rows]


async def materials_of(case_id: int) -> list[MaterialOfCase]:
    """The materials of a case in the matter's order, with the uploads that count now."""
    rows = await db.fetch(
        "SELECT m.key, m.name, m.position, m.is_required, m.how, m.verdict, m.verdict_note_sealed, f.case_no, "
        "coalesce(array_agg(u.upload ORDER BY u.position, u.id) FILTER (WHERE u.id IS NOT NULL), '{}') AS uploads "
        "FROM case_material m JOIN case_file f ON f.id = m.case_id LEFT JOIN case_upload u "
        "ON u.case_id = m.case_id AND u.material = m.key AND u.superseded_at IS NULL "
        "WHERE m.case_id = $1 GROUP BY m.id, f.case_no ORDER BY m.position",
        case_id,
    )
    return [_material_of(dict(row)) for row in rows]


def _material_of(row: dict[str, Any]) -> MaterialOfCase:
    """A material of a case, what a clerk noted of it opened."""
    case_no, note = row.pop("case_no"), row.pop("verdict_note_sealed")
    said = sealing.unseal(case_no, f"verdict.{row['key']}", note) if note else ""
    return msgspec.convert({**row, "verdict_note": said}, MaterialOfCase)


async def materials_in(case_id: int, matter: Matter) -> list[MaterialOfCase]:
    """As `materials_of`, with the names that the case's own version of its matter has in English."""
    english = {f"form.{question.path}"[:40]: question.field.en for question in questions(matter.form)}
    english |= {material.key: material.name_en for material in matter.materials}
    return [
        msgspec.structs.replace(material, name_en=english.get(material.key, ""))
        for material in await materials_of(case_id)
    ]


async def applicant_name(case: Case) -> str:
    """The applicant's name in clear. Callers who show it to staff write an audit event."""
    blob = await db.fetchval("SELECT applicant_name_sealed FROM case_file WHERE id = $1", case.id)
    return sealing.unseal(case.case_no, "applicant_name", blob)


async def applicant_names(cases: list[Case]) -> dict[str, str]:
    """Names in clear by case number, for a list page (one query)."""
    rows = await db.fetch(
        "SELECT case_no, applicant_name_sealed FROM case_file WHERE id = ANY($1)", [case.id for case in cases]
    )
    return {row[0]: sealing.unseal(row[0], "applicant_name", row[1]) for row in rows}


async def form_of(case: Case) -> dict[str, Any]:
    """The filed form's values by field key, in clear."""
    blob = await db.fetchval("SELECT form_sealed FROM case_file WHERE id = $1", case.id)
    return sealing.unseal_json(case.case_no, "form", blob)


async def tracking_code_of(case: Case) -> str:
    """The case's tracking code in clear, to print it on a document or show it to the owner."""
    blob = await db.fetchval("SELECT tracking_sealed FROM case_file WHERE id = $1", case.id)
    return sealing.unseal(case.case_no, "tracking", blob)
