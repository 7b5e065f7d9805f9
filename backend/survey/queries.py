"""Reads of surveys: one case's, and who may go."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from backend import catalogue, db
from backend.cases import facts, reading
from backend.domain.case import UNDER_WAY
from backend.domain.refusal import Refusal
from backend.survey import sealing
from backend.survey.scheduling import times_of
from shared_schemas.case import Case
from shared_schemas.survey import Conclusion, Inspector, SurveyView, VisitTimes
from shared_schemas.vocabulary import Role


class Task(Struct, frozen=True):
    """The current survey of a case that was sent out."""

    id: int
    visit: int
    inspectors: tuple[int, ...]
    dispatched_at: datetime


class Waiting(Struct, frozen=True):
    """A case of the same applicant that could be seen in the same visit."""

    case_no: str
    matter_zh: str
    matter_en: str
    department_zh: str
    department_en: str


async def task_of(case_id: int) -> Task:
    """The survey that was sent out for this case. Raises Refusal("case.no_open_survey")."""
    row = await db.fetchrow(
        "SELECT id, visit, inspectors, dispatched_at FROM survey WHERE case_id = $1 AND is_current AND visit IS NOT NULL",
        case_id,
    )
    if row is None:
        raise Refusal("case.no_open_survey")
    return Task(row["id"], row["visit"], tuple(row["inspectors"]), row["dispatched_at"])


async def people(ids: Iterable[int]) -> tuple[Inspector, ...]:
    """Officers by their ids, in the order of their staff numbers."""
    rows = await db.fetch(
        "SELECT id, staff_no, name, phone, department FROM officer WHERE id = ANY($1) ORDER BY staff_no", list(ids)
    )
    return tuple(Inspector(*row) for row in rows)


async def surveyors(department: str) -> tuple[Inspector, ...]:
    """Whoever may be sent for a department: the hall's own surveyors, and the department's."""
    rows = await db.fetch(
        "SELECT o.id, o.staff_no, o.name, o.phone, o.department FROM officer o JOIN officer_role r ON r.officer = o.id "
        "AND r.role = $2 AND r.revoked_at IS NULL WHERE o.is_active AND (o.department IS NULL OR o.department = $1) "
        "ORDER BY o.staff_no",
        department,
        Role.SURVEYOR,
    )
    return tuple(Inspector(*row) for row in rows)


async def times_of_visit(visit: int) -> VisitTimes:
    """Place and times of a visit, in clear."""
    row = await db.fetchrow(
        "SELECT id, place_sealed, offered, fixed_at, wish_sealed, agreed_by FROM survey_visit WHERE id = $1", visit
    )
    return VisitTimes(
        place=sealing.unseal("place", visit, row["place_sealed"]),
        offered=times_of(row["offered"]),
        fixed_at=row["fixed_at"],
        wish=sealing.unseal("wish", visit, row["wish_sealed"]),
        is_by_phone=row["agreed_by"] is not None,
    )


async def of_case(case: Case) -> SurveyView | None:
    """The survey of a case as staff and its owner read it; None where there is no talk of one."""
    row = await db.fetchrow(
        "SELECT s.id, s.department, s.made_at, s.visit, s.joint, s.inspectors, s.dispatched_at, s.surveyed_at, "
        "s.concluded_at, s.conclusion, s.is_disputed, s.is_signed, (SELECT count(*) FROM survey x WHERE x.joint = s.joint "
        "AND x.is_current) AS together FROM survey s WHERE s.case_id = $1 AND s.is_current",
        case.id,
    )
    if row is None:
        return None
    known = await facts.load(case)
    organ = catalogue.current().department(row["department"])
    return SurveyView(
        case_no=case.case_no,
        state=known.survey,
        department=row["department"],
        department_zh=organ.label("zh"),
        department_en=organ.label("en"),
        made_at=row["made_at"],
        joint=row["together"] or 1,
        visit=await times_of_visit(row["visit"]) if row["visit"] else None,
        inspectors=await people(row["inspectors"]),
        dispatched_at=row["dispatched_at"],
        surveyed_at=row["surveyed_at"],
        concluded_at=row["concluded_at"],
        conclusion=Conclusion(row["conclusion"]) if row["conclusion"] else None,
        is_in_conflict=known.survey_conflict,
        is_disputed=row["is_disputed"],
        is_signed=row["is_signed"],
    )


async def together(case: Case) -> list[SurveyView]:
    """The surveys of all cases of the same joint visit, this one's first."""
    rows = await db.fetch(
        "SELECT x.case_id FROM survey s JOIN survey x ON x.joint = s.joint AND x.is_current "
        "WHERE s.case_id = $1 AND s.is_current ORDER BY (x.case_id = $1) DESC, x.id",
        case.id,
    )
    views = [await of_case(await reading.by_id(row["case_id"])) for row in rows]
    return [view for view in views if view is not None]


async def same_applicant(case: Case) -> list[Waiting]:
    """Other cases of the same applicant whose survey waits to be sent out."""
    rows = await db.fetch(
        "SELECT c.case_no, c.matter, c.matter_version, c.department FROM survey s JOIN case_file c ON c.id = s.case_id "
        "WHERE s.is_current AND s.visit IS NULL AND c.id <> $1 AND c.step = ANY($4) AND c.credit_code IS NOT DISTINCT FROM $2 "
        "AND (c.credit_code IS NOT NULL OR c.applicant_id_index = $3) ORDER BY c.id LIMIT 12",
        case.id,
        case.credit_code,
        case.applicant_id_index,
        UNDER_WAY,
    )
    return [await _waiting(row) for row in rows]


async def _waiting(row: db.Record) -> Waiting:
    matter = await catalogue.version(row["matter"], row["matter_version"])
    organ = catalogue.current().department(row["department"])
    return Waiting(row["case_no"], matter.name, matter.name_en, organ.label("zh"), organ.label("en"))


async def place_of(case: Case) -> str:
    """The first address that the filed form names; where the visit probably goes."""
    form = await reading.form_of(case)
    keys = sorted((key for key in form if "address" in key or key in _PLACES), key=lambda key: key in _AT_HOME)
    said = [str(form[key]).strip() for key in keys if isinstance(form[key], str)]
    return next((place for place in said if place and not _COORDINATES.fullmatch(place)), "")


# A point on a map tells nobody which door to knock at.
_COORDINATES = re.compile(r"[-0-9., ]+")
_PLACES = frozenset({"premises", "site", "use_place", "parking_site", "disposal_site"})
# Where a person lives or wants a parcel is seldom where there is something to see.
_AT_HOME = frozenset({"address", "registered_address", "recipient_address", "hukou_address", "current_address"})


async def awaiting(citizen: int) -> frozenset[int]:
    """The cases of a citizen whose visit waits for them to choose a time."""
    rows = await db.fetch(
        "SELECT c.id FROM case_file c JOIN survey s ON s.case_id = c.id AND s.is_current AND s.concluded_at IS NULL "
        "JOIN survey_visit v ON v.id = s.visit AND v.fixed_at IS NULL AND v.wished_at IS NULL "
        "WHERE c.citizen = $1 AND c.step = ANY($2)",
        citizen,
        UNDER_WAY,
    )
    return frozenset(row["id"] for row in rows)
