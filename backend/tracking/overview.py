"""A case as its owner, or an officer, reads it: everything on one page."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from msgspec import Struct, structs

from backend import calendars, catalogue, db
from backend.almanac import queries as almanac
from backend.bundles import queries as bundles
from backend.cases import clocks, facts, log, papers, promises, reading, services, standing
from backend.corrections import queries as corrections
from backend.domain import approval
from backend.domain.calendar import day_of
from backend.intake import queries as intake
from backend.procedures import queries as procedures
from backend.review import answered
from backend.review.looking import look
from backend.review.queries import masked
from backend.survey import field as surveys
from backend.survey import queries as survey_queries
from shared_schemas.almanac import DueMoved
from shared_schemas.case import Case, MaterialOfCase
from shared_schemas.correction import OpenCorrection
from shared_schemas.hearing import HearingView
from shared_schemas.people import OfficerActor
from shared_schemas.promise import PromiseView
from shared_schemas.service import ServiceView
from shared_schemas.survey import SurveyView
from shared_schemas.vocabulary import Channel, DocumentKind, Step, Verb


class Row(Struct, frozen=True):
    """One line of the progress list. `due_on` is the promised day; None before acceptance or without a limit.

    `filing`: the bundle the case was filed in. `count` above one: the line stands for so many matters of a bundle.
    """

    case_no: str
    matter: str
    matter_zh: str
    matter_en: str
    step: Step
    headline_zh: str
    headline_en: str
    is_your_move: bool
    is_over: bool
    received_at: datetime
    due_on: date | None
    filing: int | None = None
    count: int = 1

    @property
    def href(self) -> str:
        """The page it opens."""
        return f"/cases/{self.case_no}{'/bundle' if self.count > 1 else ''}"


class Contact(Struct, frozen=True):
    """The first handler (首办责任人), who sees the case to its end."""

    name: str
    phone: str
    window: int | None


class PaperLink(Struct, frozen=True):
    """A formal document of the case and where its PDF is."""

    kind: DocumentKind
    number: str
    issued_at: datetime
    href: str


class FileGiven(Struct, frozen=True):
    """A stored file that counts for a material, and where its first page can be seen."""

    material: str
    upload: str
    name: str
    pages: int
    href: str


class Whole(Struct, frozen=True, kw_only=True):
    """All of a case. `seq` goes back with a verb as `seen`, so that nobody acts on an old page.

    `undo_until`: until then its owner may take a fresh filing back to change it.
    """

    case_no: str
    matter: str
    matter_version: int
    matter_zh: str
    matter_en: str
    department: str
    department_zh: str
    department_en: str
    channel: Channel
    step: Step
    seq: int
    applicant: str
    received_at: datetime
    promised_due_on: date | None
    statutory_due_on: date | None
    is_due_provisional: bool
    standing: standing.Standing
    materials: list[MaterialOfCase]
    documents: list[PaperLink]
    files: list[FileGiven]
    open_verbs: tuple[Verb, ...]
    correction: OpenCorrection | None = None
    contact: Contact | None = None
    tracking_code: str | None = None
    track_url: str | None = None
    certificate: str | None = None
    form: dict[str, Any] | None = None
    undo_until: datetime | None = None
    ended_as: Step | None = None
    hearing: HearingView | None = None
    promise: PromiseView | None = None
    mailed: ServiceView | None = None
    due_moved: DueMoved | None = None
    survey: SurveyView | None = None


_CHOOSE = ("轮到您了：选上门看现场的时间", "Your turn: choose when we come to see the place")


async def of_citizen(citizen: int) -> list[Row]:
    """The citizen's cases: what waits for him first, then what runs, then what is over; newest first in each."""
    visits = await survey_queries.awaiting(citizen)
    rows = [await _row(case, is_visited=case.id in visits) for case in await reading.of_citizen(citizen)]
    return sorted(rows, key=_place)


def _place(row: Row) -> tuple[bool, bool, float]:
    return not row.is_your_move, row.is_over, -row.received_at.timestamp()


async def _row(case: Case, *, is_visited: bool) -> Row:
    matter = await catalogue.version(case.matter, case.matter_version)
    zh, en = _CHOOSE if is_visited else standing.headline(case)
    return Row(
        case.case_no,
        case.matter,
        matter.name,
        matter.name_en,
        case.step,
        zh,
        en,
        is_visited or case.step in standing.YOUR_MOVE,
        standing.is_over(case.step),
        case.received_at,
        case.promised_due_on,
        case.filing,
    )


def gathered(rows: list[Row], filings: list[bundles.Row]) -> list[Row]:
    """The rows with each bundle's cases in one line."""
    single = [row for row in rows if row.filing is None]
    joint = [
        Row(
            each.case_no,
            "",
            each.name_zh,
            each.name_en,
            Step.RECEIVED,
            each.headline_zh,
            each.headline_en,
            each.is_your_move,
            each.is_over,
            each.received_at,
            None,
            count=each.count,
        )
        for each in filings
    ]
    return sorted([*single, *joint], key=_place)


async def for_citizen(case: Case, today: date, *, is_owner: bool = True) -> Whole:
    """The owner's view. `is_owner` False: for somebody with a pass, who reads and does nothing, and gets no files."""
    verbs = approval.citizen_verbs(await facts.load(case), is_owner=is_owner)
    code = await reading.tracking_code_of(case)
    return await _whole(case, today, verbs, code=code, form=None, with_files=is_owner)


async def for_officer(case: Case, officer: OfficerActor, now: datetime) -> Whole:
    """An officer's view, personal data masked, with what he may do now; the look is audited.

    Raises what `review.looking.look` raises.
    """
    verbs = approval.open_verbs(await look(case, officer, now), officer, now)
    matter = await catalogue.version(case.matter, case.matter_version)
    form = answered.masked_form(matter, await reading.form_of(case))
    whole = await _whole(case, day_of(now), verbs, code=None, form=form, with_files=True)
    return structs.replace(whole, applicant=masked(case, whole.applicant))


async def _whole(
    case: Case, today: date, verbs: tuple[Verb, ...], *, code: str | None, form: dict[str, Any] | None, with_files: bool
) -> Whole:
    matter = await catalogue.version(case.matter, case.matter_version)
    department = catalogue.current().department(case.department)
    materials = await reading.materials_in(case.id, matter)
    return Whole(
        case_no=case.case_no,
        matter=case.matter,
        matter_version=case.matter_version,
        matter_zh=matter.name,
        matter_en=matter.name_en,
        department=case.department,
        department_zh=department.label("zh"),
        department_en=department.label("en"),
        channel=case.channel,
        step=case.step,
        ended_as=case.ended_as,
        seq=case.seq,
        applicant=await reading.applicant_name(case),
        received_at=case.received_at,
        promised_due_on=case.promised_due_on,
        statutory_due_on=case.statutory_due_on,
        is_due_provisional=case.is_due_provisional,
        standing=standing.of(
            case, matter, await log.of(case.id), calendars.current(), today, await clocks.standstills_of(case.id)
        ),
        materials=materials,
        documents=[
            PaperLink(p.kind, p.number, p.issued_at, f"/cases/{case.case_no}/documents/{p.id}.pdf")
            for p in await papers.of(case.id)
        ],
        files=await _files(materials) if with_files else [],
        open_verbs=verbs,
        correction=await corrections.open_of(case.id),
        contact=await _contact(case),
        tracking_code=code,
        track_url=papers.track_url(code) if code else None,
        certificate=await db.fetchval(
            "SELECT number FROM certificate WHERE case_id = $1 AND revoked_at IS NULL", case.id
        ),
        form=form,
        hearing=await procedures.hearing_of(case.id),
        promise=await promises.of(case.id),
        mailed=await services.mailed(case.id),
        survey=surveys.for_owner(await survey_queries.of_case(case)),
        due_moved=await almanac.moved(case.id),
    )


async def _files(materials: list[MaterialOfCase]) -> list[FileGiven]:
    named = await intake.files_named([upload for material in materials for upload in material.uploads])
    return [
        FileGiven(material.key, upload, named[upload][0], named[upload][1], f"/uploads/{upload}/pages/1.png")
        for material in materials
        for upload in material.uploads
        if upload in named
    ]


async def _contact(case: Case) -> Contact | None:
    row = await db.fetchrow(
        "SELECT o.name, o.phone, w.number FROM officer o LEFT JOIN window_desk w ON w.officer = o.id WHERE o.id = $1",
        case.first_handler,
    )
    return Contact(row[0], row[1], row[2]) if row else None
