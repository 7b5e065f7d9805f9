"""How the demo's people file: the same two ways as everybody, in one piece from a phone, or by a clerk at a window."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from backend import catalogue
from backend.catalogue.sample_answers import Teller
from backend.demo.drawings import drawing_for
from backend.demo.files import Cabinet
from backend.demo.story import Scene
from backend.domain.calendar import day_of
from backend.domain.forms import is_required, open_questions, questions
from backend.domain.values import is_empty
from backend.intake import actions, filing, profile, topics
from backend.intake.owners import owner_of
from backend.people import companies, family
from backend.people import profile as people
from shared_schemas.draft import Choice, Draft, DraftChange, DraftStart
from shared_schemas.filing import Filing, GivenMaterial
from shared_schemas.id_kind import IdKind
from shared_schemas.matter import Material, Matter
from shared_schemas.numbers import id_check_character
from shared_schemas.people import CitizenActor, OfficerActor
from shared_schemas.vocabulary import Channel, Delivery, FiledFor, GivenHow

_HANDED_OUT, _ELECTRONIC = "窗口领取", "电子证照"


class Clerkship:
    """Fills in filings with files from the cabinet. One for a whole telling of the story."""

    def __init__(self, cabinet: Cabinet) -> None:
        """`cabinet` gives the files."""
        self.cabinet = cabinet

    async def from_home(self, scene: Scene, by: CitizenActor, key: str, now: datetime) -> str:
        """File in one piece by phone, computer or kiosk; the case number."""
        matter = catalogue.current().matter(scene.matter)
        start = await start_of(scene, by, now)
        known = await profile.of_citizen(by, start, now)
        asked = {q.path for t in topics.topics_of(matter, start.filed_for) for q in t.questions} | {"applicant_kind"}
        form = await self._form(scene, matter, by, known.values, asked, now)
        owner = owner_of(by)
        form |= await self._form_files(matter, form, asked, owner, now)
        given = [await self._given(scene, m, place, owner, now) for place, m in enumerate(matter.materials)]
        whole = Filing(
            matter=matter.code,
            form=form,
            materials=tuple(given),
            filed_for=start.filed_for,
            company=start.company,
            dependent=start.dependent,
            delivery=Delivery.DOWNLOAD if scene.by_phone else Delivery.WINDOW,
            declared=True,
        )
        return (await filing.file(whole, by, key=key, channel=scene.channel, now=now)).case_no

    async def at_window(
        self, scene: Scene, by: OfficerActor, citizen: CitizenActor | None, key: str, now: datetime
    ) -> str:
        """A clerk takes down what somebody at the counter brought, and files it; the case number."""
        matter = catalogue.current().matter(scene.matter)
        name = citizen.name if citizen else scene.who
        known = (
            (await profile.of_citizen(citizen, DraftStart(matter.code), now)).values
            if citizen
            else (
                profile.of_walk_in(
                    FiledFor.SELF, name, IdKind.RESIDENT, _number_for(scene.who), _mobile_for(scene.who)
                ).values
            )
        )
        draft = await actions.begin_walk_in(
            by, DraftStart(matter.code), profile.Prefill(dict(known)), now, citizen=citizen.id if citizen else None
        )
        asked = {q.path for t in topics.topics_of(matter, FiledFor.SELF, for_staff=True) for q in t.questions}
        form = await self._form(scene, matter, citizen, known, asked, now)
        change = DraftChange(fields={k: v for k, v in form.items() if k in asked}, delivery=Delivery.WINDOW)
        await actions.save(draft.id, draft.owner, change, now)
        await self._bring(scene, matter, draft, now)
        result = await filing.submit(draft.id, by, key=key, channel=Channel.WINDOW, declared=True, now=now)
        return result.case_no

    async def half_done(self, scene: Scene, by: CitizenActor, now: datetime) -> str:
        """Begin a draft, answer half of it, give one file, and leave it lying; its id."""
        matter = catalogue.current().matter(scene.matter)
        start = await start_of(scene, by, now)
        draft = await actions.begin(by, start, now)
        own = [t for t in topics.topics_of(matter, start.filed_for) if t.part in ("you", "form")]
        asked = {q.path for t in own for q in t.questions}
        form = await self._form(scene, matter, by, draft.values, asked, now)
        first = [q.path for t in own for q in t.questions if q.path in form and q.path not in draft.locked]
        half = first[: max(1, len(first) * 3 // 5)]
        await actions.save(draft.id, draft.owner, DraftChange(fields={path: form[path] for path in half}), now)
        for material in [m for m in matter.materials if not m.is_shareable][:1]:
            await self.cabinet.give(draft.owner, self._drawing(scene, material), material.key, now, draft=draft.id)
        return draft.id

    async def _form(
        self,
        scene: Scene,
        matter: Matter,
        by: CitizenActor | None,
        known: Mapping[str, Any],
        asked: set[str],
        now: datetime,
    ) -> dict[str, Any]:
        every = {q.path for q in questions(matter.form)}
        is_electronic = scene.by_phone and scene.channel is not Channel.WINDOW
        fixed = {"delivery_mode": _ELECTRONIC if is_electronic else _HANDED_OUT}
        mobile = by.mobile if by else _mobile_for(scene.who)
        address = (await people.person(by.id)).address if by else _address_for(scene.who)
        teller = Teller(by.name if by else scene.who, mobile, address, day_of(now), fixed | dict(scene.own))
        begun = {key: value for key, value in known.items() if key in every and value not in ("", None)}
        filled = teller.fill(matter.form, begun, asked)
        return {key: value for key, value in filled.items() if key in asked}

    async def _form_files(
        self, matter: Matter, form: Mapping[str, Any], asked: set[str], owner: str, now: datetime
    ) -> dict[str, list[str]]:
        """Files that answer questions: plans, portraits, authorisations."""
        given: dict[str, list[str]] = {}
        for question in open_questions(matter.form, form, day_of(now)):
            is_file = question.field.type == "file" and question.path in asked and is_empty(form.get(question.path))
            if is_file and is_required(question, matter.form, form, day_of(now)):
                material = f"form.{question.path}"
                given[question.path] = [await self.cabinet.give(owner, drawing_for(question.field.zh), material, now)]
        return given

    async def _given(self, scene: Scene, material: Material, place: int, owner: str, now: datetime) -> GivenMaterial:
        if any(word in material.name for word in scene.follows):
            return GivenMaterial(material.key, GivenHow.LATER)
        is_brought = any(word in material.name for word in scene.brings)
        if material.is_shareable and not is_brought:
            return GivenMaterial(material.key, GivenHow.FETCH)
        drawing = self._drawing(scene, material)
        upload = await self.cabinet.give(owner, drawing, material.key, now, position=place)
        return GivenMaterial(material.key, GivenHow.UPLOAD, (upload,))

    async def _bring(self, scene: Scene, matter: Matter, draft: Draft, now: datetime) -> None:
        """What lies on the counter: scanned, or kept as paper where it is a form signed on the spot."""
        for material in matter.materials:
            if material.is_shareable:
                continue
            if "申请" in material.name:
                await actions.choose(draft.id, draft.owner, material.key, Choice(how=GivenHow.PAPER), now)
            else:
                await self.cabinet.give(draft.owner, self._drawing(scene, material), material.key, now, draft=draft.id)
        values = (await actions.open_draft(draft.id, draft.owner)).values
        for question in open_questions(matter.form, values, day_of(now)):
            if question.field.type == "file" and is_required(question, matter.form, values, day_of(now)):
                key = f"form.{question.path}"[:40]
                await self.cabinet.give(draft.owner, drawing_for(question.field.zh), key, now, draft=draft.id)

    def _drawing(self, scene: Scene, material: Material) -> str:
        return next((key for word, key in scene.brings.items() if word in material.name), drawing_for(material.name))


async def start_of(scene: Scene, by: CitizenActor, now: datetime) -> DraftStart:
    """For whom the scene's citizen files."""
    kind, _, place = scene.hat.partition(":")
    if kind == "company":
        hats = await companies.hats(by.id, now)
        return DraftStart(scene.matter, FiledFor.COMPANY, company=hats[int(place)].id)
    if kind:
        relatives = [r for r in await family.of(by.id) if r.kind == kind]
        return DraftStart(scene.matter, FiledFor(kind), dependent=relatives[int(place)].id)
    return DraftStart(scene.matter)


def _number_for(name: str) -> str:
    """The ID number of a walk-in nobody is: unassigned region, born some time in the fifties or sixties."""
    mark = sum(map(ord, name))
    body = f"330499{1950 + mark % 20}{mark % 12 + 1:02d}{mark % 28 + 1:02d}{mark % 900 + 50:03d}"
    return body + id_check_character(body)


def _mobile_for(name: str) -> str:
    return f"1380575{sum(map(ord, name)) % 10000:04d}"


def _address_for(name: str) -> str:
    road = ("中环南路", "秀园路", "纺工路", "文贤路", "广益路")[sum(map(ord, name)) % 5]
    return f"嘉兴市南湖区{road} {sum(map(ord, name)) % 380 + 12} 号"
