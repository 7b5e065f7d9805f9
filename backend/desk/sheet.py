"""A case as an officer reads it: papers page by page, the form with personal data masked, what was said so far."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from msgspec import Struct, convert, structs

from backend import calendars, catalogue, db
from backend.authority import queries as authority
from backend.cases import clocks, log, papers, promises, reading, remarks, services, standing
from backend.corrections import queries as corrections
from backend.desk import side_ways
from backend.desk.ways import SideWay
from backend.domain import approval
from backend.domain.calendar import day_of
from backend.i18n import language
from backend.review import answered
from backend.review.looking import look
from backend.review.queries import masked
from shared_schemas.case import Case, MaterialOfCase
from shared_schemas.collegial import MinutesView, OpinionView, RecusalView
from shared_schemas.correction import OpenCorrection
from shared_schemas.matter import Material, Matter
from shared_schemas.people import OfficerActor
from shared_schemas.promise import PromiseView
from shared_schemas.second_notice import SecondNoticeView
from shared_schemas.service import ServiceView
from shared_schemas.signing import Behalf
from shared_schemas.vocabulary import MaterialVerdict, Role, Verb


class PaperPage(Struct, frozen=True):
    """A page of a file as a picture."""

    src: str
    alt: str


class PaperOnDesk(Struct, frozen=True):
    """A material with its pages and what the catalogue says of it."""

    material: MaterialOfCase
    pages: tuple[PaperPage, ...]
    standard: tuple[str, ...]
    how_to: str
    may_follow: bool
    files: int


class SaidSoFar(Struct, frozen=True):
    """An opinion or reason beside its verb."""

    verb: Verb
    who: str
    at: datetime
    text: str
    proposal: str = ""
    behalf: Behalf | None = None


class Sheet(Struct, frozen=True, kw_only=True):
    """Everything the desk and the approver's sheet show."""

    case: Case
    matter: Matter
    organ: str
    applicant: str
    answers: tuple[answered.Answer, ...]
    papers: tuple[PaperOnDesk, ...]
    said: tuple[SaidSoFar, ...]
    standing: standing.Standing
    documents: list[papers.Paper]
    open_verbs: tuple[Verb, ...]
    correction: OpenCorrection | None
    asked_before: frozenset[str]
    second_notices: list[SecondNoticeView]
    handler: str
    first_handler: str
    is_revealed: bool
    opinions: list[OpinionView]
    minutes: MinutesView | None
    recusals: list[RecusalView]
    today: date
    certificate: str | None = None
    promise: PromiseView | None = None
    services: tuple[ServiceView, ...] = ()

    @property
    def ways(self) -> list[tuple[Verb, SideWay]]:
        """The side ways that are open to the reader."""
        return side_ways.offered(self.open_verbs)

    @property
    def organs(self) -> dict[str, str]:
        """The departments that were asked for an opinion, by code, as the reader calls them."""
        stock = catalogue.current()
        return {one.department: stock.department(one.department).label(language()) for one in self.opinions}

    @property
    def fixes(self) -> list[PaperOnDesk]:
        """The papers ticked as needing a fix."""
        return [paper for paper in self.papers if paper.material.verdict is MaterialVerdict.FIX]

    @property
    def unjudged(self) -> list[PaperOnDesk]:
        """Required papers that nobody ticked yet."""
        return [p for p in self.papers if p.material.is_required and p.material.verdict is None]


async def read(case_no: str, officer: OfficerActor, now: datetime, *, is_revealed: bool = False) -> Sheet:
    """The sheet for this officer; the look (and the unmasking) is audited.

    Raises Refusal("case.not_found") also outside the officer's scope, and "approval.conflict_of_interest".
    """
    case = await reading.by_number(case_no)
    known = await look(case, officer, now, what="case.revealed" if is_revealed else "case.read")
    case = structs.replace(case, mode=known.mode)  # as the rules of signing have it today
    matter = await catalogue.version(case.matter, case.matter_version)
    name = await reading.applicant_name(case)
    events = await log.of(case.id)
    names = await _names(case)
    return Sheet(
        case=case,
        matter=matter,
        organ=catalogue.current().department(case.department).label(language()),
        applicant=name if is_revealed else masked(case, name),
        answers=tuple(answered.answers(matter, await reading.form_of(case), is_revealed=is_revealed)),
        papers=await _papers(case, matter),
        said=await _said(case, events),
        standing=standing.of(
            case, matter, events, calendars.current(), day_of(now), await clocks.standstills_of(case.id)
        ),
        documents=await papers.of(case.id),
        open_verbs=approval.open_verbs(known, officer, now),
        correction=await corrections.open_of(case.id),
        asked_before=frozenset(await corrections.asked_before(case.id)),
        second_notices=await corrections.second_notices_of(case.id),
        handler=names.get(case.handler, ""),
        first_handler=names.get(case.first_handler, ""),
        is_revealed=is_revealed,
        opinions=await authority.opinions_of(case.id),
        minutes=await authority.minutes_of(case.id),
        recusals=await authority.recusals_of(case.id),
        today=day_of(now),
        promise=await promises.of(case.id),
        services=await services.of(case.id),
        certificate=await db.fetchval(
            "SELECT number FROM certificate WHERE case_id = $1 AND revoked_at IS NULL", case.id
        ),
    )


async def _names(case: Case) -> dict[int | None, str]:
    rows = await db.fetch(
        "SELECT id, name FROM officer WHERE id = ANY($1)", [case.handler or 0, case.first_handler or 0]
    )
    return dict(map(tuple, rows))


async def _papers(case: Case, matter: Matter) -> tuple[PaperOnDesk, ...]:
    materials = await reading.materials_in(case.id, matter)
    ids = [upload for material in materials for upload in material.uploads]
    rows = await db.fetch("SELECT id::text, pages FROM upload WHERE id::text = ANY($1) AND state = 'stored'", ids)
    counts = {row[0]: row[1] for row in rows}
    return tuple(_paper(material, matter.material(material.key), counts) for material in materials)


def _paper(material: MaterialOfCase, known: Material | None, counts: dict[str, int]) -> PaperOnDesk:
    pages = [
        PaperPage(f"/uploads/{upload}/pages/{page}.png", f"{material.name} {place}-{page}")
        for place, upload in enumerate(material.uploads, start=1)
        for page in range(1, counts.get(upload, 0) + 1)
    ]
    standard = known.standard if known else ""
    return PaperOnDesk(
        material,
        tuple(pages),
        tuple(part.strip() for part in standard.replace("；", "。").split("。") if part.strip()),
        known.how_to if known else "",
        known.may_follow if known else False,
        len(material.uploads),
    )


async def _said(case: Case, events: list[Any]) -> tuple[SaidSoFar, ...]:
    texts = await remarks.of(case)
    by_seq = {event.seq: event for event in events}
    return tuple(
        SaidSoFar(
            by_seq[seq].verb,
            by_seq[seq].by_name,
            by_seq[seq].at,
            text,
            by_seq[seq].particulars.get("proposal") or "",
            convert(by_seq[seq].particulars.get("behalf"), Behalf | None),
        )
        for seq, text in texts.items()
        if by_seq[seq].by_kind == "officer"
    )


# Where the work of each lies; the first that somebody is counts.
_HOMES = (
    ("/desk", frozenset({Role.ACCEPTANCE_CLERK})),
    ("/approvals", frozenset({Role.APPROVER})),
    ("/surveys", frozenset({Role.SURVEYOR})),
    ("/board", frozenset({Role.SUPERVISOR, Role.HALL_GUIDE, Role.SMART_GUIDE})),
    ("/admin/officers", frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR})),
    ("/staff/todo", frozenset({Role.DEPARTMENT_OFFICER})),
    ("/admin/audit", frozenset({Role.AUDIT_ADMINISTRATOR})),
)


def home_of(officer: OfficerActor) -> str:
    """Where this officer's work lies."""
    return next((home for home, roles in _HOMES if officer.roles & roles), "/staff/cases")
