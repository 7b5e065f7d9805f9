"""A case as the law of approval sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from msgspec import structs

from backend import catalogue, clock, db
from backend.cases import signing
from backend.domain import surveying
from backend.domain.approval import CaseFacts
from backend.domain.calendar import day_of
from backend.domain.case import UNDER_WAY
from shared_schemas.case import Case
from shared_schemas.matter_codes import SpecialProcedure
from shared_schemas.side_ways import Extension, Hearing
from shared_schemas.signing import Rule
from shared_schemas.survey import Conclusion
from shared_schemas.vocabulary import GivenHow, Step


def of(
    case: Case,
    rules: Sequence[Rule] = (),
    measures: Mapping[str, Decimal] | None = None,
    *,
    handler_name: str = "",
    lacks_materials: bool = False,
) -> CaseFacts:
    """The facts that are on the row, and what the rules of signing make of them today; the rest comes from `load`."""
    read = signing.read(case, rules, measures or {}, day_of(clock.now()))
    return CaseFacts(
        step=case.step,
        mode=read.mode,
        needs=read.needs,
        is_raised=read.is_raised,
        measures=measures or {},
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


_MORE = f"""
SELECT (SELECT name FROM officer WHERE id = $2) AS handler_name,
  EXISTS (SELECT FROM case_material m WHERE m.case_id = $1 AND m.how = $3) AS lacks_materials,
  EXISTS (SELECT FROM case_material m WHERE m.case_id = $1 AND m.how = $5) AS is_committing,
  (SELECT max(n.due_on) FROM correction n WHERE n.case_id = $1 AND n.answered_at IS NULL) AS answer_by,
  p.supply_by, p.signed_at AS promised_at, p.broken_at,
  EXISTS (SELECT FROM procedure p WHERE p.case_id = $1 AND p.ended_at IS NULL) AS has_open_procedure,
  e.asked_by AS extension_asked_by, e.is_given,
  h.id AS hearing, h.is_wanted, h.held_at, h.recorded_at, h.presider,
  s.visit IS NOT NULL AS is_sent, CASE WHEN s.concluded_at IS NULL THEN s.inspectors END AS surveyors,
  ARRAY(SELECT unnest(x.signed_by) FROM survey x WHERE x.case_id = $1) AS surveyed_by,
  ARRAY(SELECT x.conclusion FROM survey x JOIN case_file c ON c.id = x.case_id WHERE x.joint = s.joint AND x.is_current
    AND (x.concluded_at IS NOT NULL OR c.step = ANY($4))) AS conclusions,
  {signing.RULES_OF_CASE} AS rules, {signing.FORM_IF_CAPPED} AS form,
  (SELECT encode(z.id_index, 'hex') FROM citizen z WHERE z.id = f.citizen) AS agent,
  ARRAY(SELECT w.department FROM opinion w WHERE w.case_id = $1 AND w.answered_at IS NULL AND w.lapsed_at IS NULL)
    AS opinions_open,
  EXISTS (SELECT FROM minutes WHERE case_id = $1) AS has_minutes,
  ARRAY(SELECT x.officer FROM recusal x WHERE x.case_id = $1 AND x.is_upheld IS NOT FALSE) AS recused,
  ARRAY(SELECT x.officer FROM recusal x WHERE x.case_id = $1 AND x.answered_at IS NULL ORDER BY x.id) AS recusals_open,
  (SELECT t.superior FROM recusal x JOIN officer_post t ON t.officer = x.officer AND t.ended_at IS NULL
    WHERE x.case_id = $1 AND x.answered_at IS NULL ORDER BY x.id LIMIT 1) AS recusal_superior
FROM case_file f LEFT JOIN promise p ON p.case_id = f.id LEFT JOIN extension e ON e.case_id = f.id LEFT JOIN hearing h ON h.case_id = f.id
  LEFT JOIN survey s ON s.case_id = f.id AND s.is_current WHERE f.id = $1
"""


async def load(case: Case) -> CaseFacts:
    """All facts of a case, in one query."""
    row = await db.fetchrow(_MORE, case.id, case.handler, GivenHow.LATER, UNDER_WAY, GivenHow.COMMIT)
    known = of(
        case,
        signing.decoded(row["rules"]),
        signing.measures_in(case.case_no, row["form"]),
        handler_name=row["handler_name"] or "",
        lacks_materials=row["lacks_materials"],
    )
    conclusions = [Conclusion(each) if each else None for each in row["conclusions"]]
    matter = await catalogue.version(case.matter, case.matter_version) if case.step in UNDER_WAY else None
    return structs.replace(
        known,
        applicants=known.applicants | ({row["agent"]} if row["agent"] else set()),
        has_unsigned_promise=(row["lacks_materials"] or row["is_committing"]) and row["promised_at"] is None,
        has_commitment=row["is_committing"] and row["promised_at"] is not None,
        has_breach=row["broken_at"] is not None,
        owed_by=_owed_by(case, row),
        has_open_procedure=row["has_open_procedure"],
        extension=_extension(row),
        extension_asked_by=row["extension_asked_by"],
        # What the matter's own law asks for before a decision.
        needs_hearing=matter is not None and SpecialProcedure.HEARING in matter.special_procedures,
        hearing=hearing_of(row),
        hearing_presider=row["presider"],
        opinions_open=frozenset(row["opinions_open"]),
        has_minutes=row["has_minutes"],
        recused=frozenset(row["recused"]),
        recusals_open=frozenset(row["recusals_open"]),
        recusal_superior=row["recusal_superior"],
        needs_survey=matter is not None and matter.has_survey,
        survey=surveying.state_of(is_sent=bool(row["is_sent"]), conclusions=conclusions),
        surveyors=frozenset(row["surveyors"] or ()),
        surveyed_by=frozenset(row["surveyed_by"]),
        survey_conflict=surveying.is_conflict(conclusions),
    )


def _owed_by(case: Case, row: db.Record) -> date | None:
    """The first day on which something of the applicant's is due."""
    answer = row["answer_by"] if case.step in (Step.CORRECTING, Step.SUPPLEMENTING) else None
    supply = row["supply_by"] if case.step in UNDER_WAY and row["lacks_materials"] else None
    return min((day for day in (answer, supply) if day), default=None)


def hearing_of(row: db.Record) -> Hearing:
    """Where a hearing stands, from `hearing` (its id), is_wanted, held_at and recorded_at of its row."""
    if row["hearing"] is None:
        return Hearing.NONE
    if row["recorded_at"] is not None:
        return Hearing.HELD
    if row["is_wanted"] is None:
        return Hearing.TOLD
    return Hearing.OVER if not row["is_wanted"] else Hearing.FIXED if row["held_at"] else Hearing.ASKED


def _extension(row: db.Record) -> Extension:
    if row["extension_asked_by"] is None:
        return Extension.NONE
    return {None: Extension.ASKED, True: Extension.GIVEN, False: Extension.DENIED}[row["is_given"]]
