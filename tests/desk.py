"""A desk to work at: the demo's people, the starter catalogue in memory, filings of any matter.

Imports of the product stay inside: a conftest reads this before the run has a database.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from types import ModuleType
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

if TYPE_CHECKING:
    from backend.catalogue.shelf import Catalogue
    from shared_schemas.case import Case
    from shared_schemas.people import CitizenActor, OfficerActor

# One matter of each mode, all of the market regulation office or nearby.
MODES = ("sole", "review_and_check", "submit")


@pytest.fixture(scope="session")
def starter() -> Catalogue:
    """The starter catalogue as a worker holds it, made without a database."""
    from msgspec.structs import replace

    from backend.catalogue import bundles, compiling, queries, shelf, sources

    compiled = compiling.compiled(sources.read(sources.STARTER), compiling.Known(), [])
    matters = tuple(replace(matter, version=1) for matter in compiled.matters)
    stock = shelf.build(queries.Stock(0, "", None, compiled.meta, compiled.departments, matters, {}, {}))
    made = bundles.made(stock.bundles, stock.matters)
    return replace(stock, composed={code: replace(matter, version=1) for code, matter in made.items()})


class Desk:
    """The people by their demo keys, and filings."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.tokens: dict[str, str] = {}

    async def token(self, key: str) -> str:
        """A session of that person."""
        from backend.demo.arriving import arrive_as
        from backend.people.sessions import Visitor

        if key not in self.tokens:
            _, self.tokens[key] = await arrive_as(key, visitor=Visitor("127.0.0.1", ""), now=self.now, replacing=None)
        return self.tokens[key]

    async def who(self, key: str) -> Any:
        """The actor behind a key."""
        from backend.people import viewer

        found = await viewer.find(await self.token(key), self.now)
        assert found is not None
        return found.actor

    async def step_up(self, key: str) -> None:
        """This person confirms by passkey."""
        from backend import db
        from backend.people import viewer

        found = await viewer.find(await self.token(key), self.now)
        await db.execute("UPDATE session SET stepped_up_at = $2 WHERE id = $1", found.session.id, self.now)

    def matter(self, mode: str, department: str = "scj", *, has_survey: bool = False) -> Any:
        """A matter of this mode with at least two materials and a form of its own where there is one.

        `has_survey`: nothing of it is decided before its site was seen.
        """
        from backend import catalogue

        known = [
            m
            for m in catalogue.current().matters.values()
            if m.approval_mode == mode
            and m.department == department
            and len(m.materials) >= 2
            and m.promised.unit == "working_day"
        ]
        # Where each of them needs a survey, `accepted` has it made.
        found = [m for m in known if m.has_survey == has_survey] or known
        return max(found, key=lambda m: (m.has_own_form, len(m.basis)))

    async def filed(
        self,
        mode: str = "review_and_check",
        by: str = "wangmin",
        *,
        delivery: str = "download",
        at: datetime | None = None,
        matter: Any = None,
        **form: Any,
    ) -> Case:
        """A case of a matter in this mode, or of `matter`, every material on paper."""
        from backend.cases import reading
        from backend.cases.receiving import body_hash, receive
        from shared_schemas.case import NewCase, NewMaterial
        from shared_schemas.vocabulary import ApplicantKind, Channel, Delivery, FiledFor, GivenHow

        citizen = await self.who(by)
        matter = matter or self.matter(mode)
        values = {
            "name": citizen.name,
            "id_type": "居民身份证",
            "id_no": "330499198803120422",
            "mobile": citizen.mobile,
            **form,
        }
        receipt = await receive(
            NewCase(
                matter=matter.code,
                matter_version=1,
                matter_name=matter.name,
                department=matter.department,
                department_no="19",
                mode=matter.approval_mode,
                channel=Channel.MOBILE,
                delivery=Delivery(delivery),
                filed_for=FiledFor.SELF,
                applicant_kind=ApplicantKind.PERSON,
                applicant_name=citizen.name,
                form=values,
                owner=f"citizen:{citizen.id}",
                idempotency_key=secrets.token_hex(8),
                body_hash=body_hash(values),
                citizen=citizen.id,
                applicant_id_no="330499198803120422",
                applicant_id_kind="resident",
                mobile=citizen.mobile,
                materials=tuple(
                    NewMaterial(m.key, m.name, place, m.is_required, GivenHow.PAPER)
                    for place, m in enumerate(matter.materials, start=1)
                ),
            ),
            by=citizen,
            now=at or self.now,
        )
        return await reading.by_number(receipt.case_no)

    async def taken(self, case_no: str, by: str = "clerk") -> OfficerActor:
        """`by` takes the case and finds every paper fitting."""
        from backend.review import actions

        clerk = await self.who(by)
        await actions.take(case_no, by=clerk, now=self.now)
        await actions.fits_the_rest(case_no, by=clerk, now=self.now)
        return clerk

    async def accepted(self, mode: str = "review_and_check", **filing: Any) -> Case:
        """A case that window 5 accepted; its site was seen, unless the test names a matter of its own."""
        from backend.demo.surveying import is_missing
        from backend.review import actions
        from backend.survey import tasks as _tasks  # noqa: F401 - made with acceptance
        from shared_schemas.review import Acceptance

        case = await self.filed(mode, **filing)
        clerk = await self.taken(case.case_no)
        case = await actions.accept(case.case_no, Acceptance(), by=clerk, now=self.now)
        is_waiting = "matter" not in filing and await is_missing(case.case_no)
        return await self.surveyed(case.case_no) if is_waiting else case

    async def sent_out(self, case_no: str, *along: str, by: str = "approver_third", **more: Any) -> Case:
        """The third tier sends the hall's two surveyors, at a time agreed by telephone unless `more` offers some."""
        from backend.survey import dispatching
        from shared_schemas.survey import SurveyDispatched

        given = {"inspectors": ("NH0201", "NH0202"), "place": "勤俭路 218 号", "along": along, **more}
        if "offered" not in given:
            given.setdefault("agreed_at", self.now)
        return await dispatching.dispatch(case_no, SurveyDispatched(**given), by=await self.who(by), now=self.now)

    async def surveyed(self, case_no: str, conclusion: str = "pass", *, by: str = "surveyor") -> Case:
        """Sent out if that was not done, seen, recorded and signed by both surveyors."""
        from backend.cases import reading
        from backend.domain.case import UNDER_WAY
        from backend.survey import concluding, queries

        case = await reading.by_number(case_no)
        assert case.step in UNDER_WAY
        view = await queries.of_case(case)
        if view is None or view.visit is None or view.concluded_at is not None:
            await self.sent_out(case_no)
        record = await self.survey_record(case_no, conclusion, by=by)
        return await concluding.conclude(case_no, record, by=await self.who(by), now=self.now)

    async def survey_record(self, case_no: str, conclusion: str = "pass", *, by: str = "surveyor") -> Any:
        """A whole record of this case, with as many stored photos as its checklist wants."""
        from backend.cases import reading
        from backend.demo.surveying import record
        from backend.survey import checklists
        from shared_schemas.survey import Conclusion, PhotoTaken

        case = await reading.by_number(case_no)
        checklist = checklists.for_matter(case.matter, case.department)
        team = (await self.who("surveyor"), await self.who("surveyor_2"))
        mine = owner(await self.who(by))
        photos = tuple([PhotoTaken(self.now, (await self.photo(mine),), "现场") for _ in range(checklist.photos)])
        return record(checklist, team, conclusion=Conclusion(conclusion), at=self.now, photos=photos)

    async def photo(self, owner: str) -> str:
        """A loose photo of `owner` that is really in the store."""
        import io

        from PIL import Image

        from backend import db, storage

        out = io.BytesIO()
        Image.new("RGB", (320, 240), (90, 120, 140)).save(out, "JPEG")
        kept = await storage.put(out.getvalue())
        key = await self.upload(owner)
        await db.execute("UPDATE upload SET path = $2 WHERE id::text = $1", key, kept.path)
        return key

    async def granted(self, mode: str = "sole", **filing: Any) -> Case:
        """A case granted in its own mode, its certificate made; its site is seen where its law wants that."""
        from backend.cases import reading
        from backend.demo.surveying import is_missing
        from backend.issuance import actions as _issuance  # noqa: F401 - follows the grant
        from backend.review import actions
        from shared_schemas.review import Check, Grant, Proposal, Review

        case = await self.accepted(mode, **filing)
        if await is_missing(case.case_no):
            await self.surveyed(case.case_no)
        third, second, chief = [await self.who(f"approver_{tier}") for tier in ("third", "second", "chief")]
        decider = third
        if mode != "sole":
            await actions.review(case.case_no, Review(Proposal.GRANT, "材料齐全"), by=third, now=self.now)
            decider = second
        if mode == "submit":
            await actions.check(case.case_no, Check("同意"), by=second, now=self.now)
            decider = chief
        await actions.grant(case.case_no, Grant("同意"), by=decider, now=self.now)
        return await reading.by_number(case.case_no)

    async def upload(self, owner: str, material: str = "", *, state: str = "stored") -> str:
        """A loose file of `owner` that finished uploading."""
        from backend import db
        from backend.intake.sealing import seal_name

        key = uuid4()
        is_whole = state == "stored"
        await db.execute(
            "INSERT INTO upload (id, owner, material, name_sealed, length, received, state, media_type, path, sha256, "
            "stored_length, pages, position, declared_type, created_at, updated_at) "
            "VALUES ($1, $2, $3, $9, 3, $7, $4, 'image/jpeg', $6, $8, $7, 1, 0, '', $5, $5)",
            key,
            owner,
            material,
            state,
            self.now,
            "sha256/x" if is_whole else "",
            3 if is_whole else 0,
            secrets.token_bytes(32) if is_whole else None,
            seal_name(str(key), "照片.jpg"),
        )
        return str(key)


@pytest.fixture
async def desk(db: ModuleType, now: datetime, starter: Catalogue, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The desk, the catalogue in place, the people in the database."""
    del db
    from backend.catalogue import shelf
    from backend.demo.people import load_people

    monkeypatch.setattr(shelf, "_current", starter)
    await load_people(now)
    return Desk(now)


async def paper_text(case: Case, kind: str) -> str:
    """The text of the case's newest paper of `kind`, without white space."""
    import io

    from pypdf import PdfReader

    from backend.cases import papers

    found = [paper for paper in await papers.of(case.id) if paper.kind == kind]
    assert found, f"no {kind}"
    _, body = await papers.pdf(case, found[-1].id)
    return "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages).split())


def owner(person: CitizenActor | OfficerActor) -> str:
    """Whose uploads."""
    from backend.cases.uploads import owner_of

    return owner_of(person)
