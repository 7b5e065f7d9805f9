"""What inspectors need in the field: place, people, papers and the checklist of one case. Every look is written down."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct, structs

from backend import catalogue, db
from backend.cases import facts, reading, scope
from backend.domain import approval
from backend.domain.refusal import Refusal
from backend.domain.survey_record import Checklist
from backend.people.audit import audit
from backend.review.looking import look
from backend.survey import checklists, queries
from shared_schemas.case import Case, MaterialOfCase
from shared_schemas.matter import Matter
from shared_schemas.people import CitizenActor, OfficerActor
from shared_schemas.survey import SurveyView
from shared_schemas.vocabulary import Verb


class Paper(Struct, frozen=True):
    """A material, with the addresses of its pages as pictures."""

    material: MaterialOfCase
    pages: tuple[str, ...]


class Field(Struct, frozen=True, kw_only=True):
    """One case in the field. `is_open`: this surveyor may record it now. `others`: the other cases of the visit."""

    case: Case
    matter: Matter
    applicant: str
    mobile: str
    survey: SurveyView
    others: tuple[SurveyView, ...]
    checklist: Checklist
    papers: tuple[Paper, ...]
    is_open: bool


async def read(case_no: str, officer: OfficerActor, now: datetime) -> Field:
    """For somebody who was sent. Raises Refusal("case.not_found") for anybody else, "approval.conflict_of_interest"."""
    case = await reading.by_number(case_no)
    known = await _looked(case, officer, now)
    matter = await catalogue.version(case.matter, case.matter_version)
    form = await reading.form_of(case)
    first, *others = await queries.together(case)
    return Field(
        case=case,
        matter=matter,
        applicant=await reading.applicant_name(case),
        mobile=str(form.get("mobile") or form.get("agent_mobile") or ""),
        survey=first,
        others=tuple(others),
        checklist=checklists.for_matter(case.matter, case.department),
        papers=await _papers(case, matter),
        is_open=Verb.CONCLUDE_SURVEY in approval.open_verbs(known, officer, now),
    )


async def _looked(case: Case, officer: OfficerActor, now: datetime) -> approval.CaseFacts:
    if not await scope.is_sent(case.id, officer):
        raise Refusal("case.not_found")
    known = await facts.load(case)
    if known.applicants & officer.kin or known.companies & officer.companies:
        await audit(officer, "case.conflict_refused", now=now, case_no=case.case_no)
        raise Refusal("approval.conflict_of_interest")
    await audit(officer, "survey.read", now=now, case_no=case.case_no)
    return known


async def _papers(case: Case, matter: Matter) -> tuple[Paper, ...]:
    materials = await reading.materials_in(case.id, matter)
    ids = [upload for material in materials for upload in material.uploads]
    rows = await db.fetch("SELECT id::text, pages FROM upload WHERE id::text = ANY($1) AND state = 'stored'", ids)
    counts = {row[0]: row[1] for row in rows}
    return tuple(
        Paper(
            material,
            tuple(
                f"/uploads/{upload}/pages/{page}.png"
                for upload in material.uploads
                for page in range(1, counts.get(upload, 0) + 1)
            ),
        )
        for material in materials
        if any(counts.get(upload) for upload in material.uploads)
    )


async def view(case_no: str, actor: CitizenActor | OfficerActor, now: datetime) -> SurveyView | None:
    """The survey for its owner, for staff in scope, or for who was sent. Raises Refusal("case.not_found") for others."""
    if isinstance(actor, CitizenActor):
        return for_owner(await queries.of_case(await reading.owned(case_no, actor.id)))
    case = await reading.by_number(case_no)
    if await scope.is_sent(case.id, actor):
        await _looked(case, actor, now)
    else:
        await look(case, actor, now)
    return await queries.of_case(case)


def for_owner(found: SurveyView | None) -> SurveyView | None:
    """What the organ thinks of a difference between departments is its own affair until it decides."""
    return structs.replace(found, is_in_conflict=False) if found else None
