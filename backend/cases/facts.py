"""A case as the law of approval sees it."""

from __future__ import annotations

from msgspec import structs

from backend import db
from backend.domain.approval import CaseFacts
from shared_schemas.case import Case
from shared_schemas.side_ways import Extension
from shared_schemas.vocabulary import GivenHow, Step


def of(case: Case, *, handler_name: str = "", lacks_materials: bool = False) -> CaseFacts:
    """The facts that are on the row; names and materials come from the caller (see `load`)."""
    return CaseFacts(
        step=case.step,
        mode=case.mode,
        department=case.department,
        matter=case.matter,
        applicants=frozenset({case.applicant_id_index.hex()} if case.applicant_id_index else ()),
        companies=frozenset({case.credit_code} if case.credit_code else ()),
        delivery=case.delivery,
        handler=case.handler,
        handler_name=handler_name,
        accepted_by=case.accepted_by,
        reviewed_by=case.reviewed_by,
        checked_by=case.checked_by,
        decided_by=case.decided_by,
        has_open_correction=case.step in (Step.CORRECTING, Step.SUPPLEMENTING),
        lacks_materials=lacks_materials,
        is_rated=case.is_rated,
        first_handler=case.first_handler,
        ended_as=case.ended_as,
    )


_MORE = """
SELECT (SELECT name FROM officer WHERE id = $2) AS handler_name,
  EXISTS (
    SELECT FROM case_material m WHERE m.case_id = $1 AND m.is_required AND m.how = $3 AND NOT EXISTS (
      SELECT FROM case_upload u WHERE u.case_id = $1 AND u.material = m.key AND u.superseded_at IS NULL)
  ) AS lacks_materials,
  EXISTS (SELECT FROM procedure p WHERE p.case_id = $1 AND p.ended_at IS NULL) AS has_open_procedure,
  e.asked_by AS extension_asked_by, e.is_given
FROM (VALUES (1)) AS one LEFT JOIN extension e ON e.case_id = $1
"""


async def load(case: Case) -> CaseFacts:
    """All facts of a case, in one query."""
    row = await db.fetchrow(_MORE, case.id, case.handler, GivenHow.LATER)
    return structs.replace(
        of(case, handler_name=row["handler_name"] or "", lacks_materials=row["lacks_materials"]),
        has_open_procedure=row["has_open_procedure"],
        extension=_extension(row),
        extension_asked_by=row["extension_asked_by"],
    )


def _extension(row: db.Record) -> Extension:
    if row["extension_asked_by"] is None:
        return Extension.NONE
    return {None: Extension.ASKED, True: Extension.GIVEN, False: Extension.DENIED}[row["is_given"]]
