"""What is measured: the starter catalogue, one citizen, one officer, and cases some way along. Run in its own process.

`python -m tests.benchmarks.world FILE` fills the database of `YIMABAN_DATABASE_URL` and writes what the clients need.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from msgspec import Struct

from shared_schemas.case import NewCase, NewMaterial
from shared_schemas.filing import Filing, GivenMaterial
from shared_schemas.people import CitizenActor, OfficerActor, SystemActor
from shared_schemas.vocabulary import ApplicantKind, Channel, Delivery, FiledFor, GivenHow, Role, Verb

CASES = 200
ID_NUMBER = "330402199003071245"
MATTER = "gaj-28"  # three materials, all of which the hall fetches itself: no files to make for each filing
FORM = {
    "address": "浙江省嘉兴市南湖区中山东路 1 号 2 幢 303 室", "mobile": "13812341234",
    "delivery_mode": "电子证照",
}  # fmt: skip


class World(Struct, frozen=True):
    """Codes of cases with five events each, a citizen's session, and a complete filing as JSON."""

    codes: list[str]
    token: str
    filing: str


def read(path: Path) -> World:
    """What `main` wrote."""
    return msgspec.json.decode(path.read_bytes(), type=World)


async def make(folder: Path) -> World:
    """Everything, in the empty database of the settings; the floor's parameters as a file in `folder`."""
    from backend import catalogue, clock, db, migrating
    from backend.catalogue import importing
    from tests.benchmarks import one_statement

    await migrating.migrate()
    async with db.pool(4):
        await importing.load_if_absent()
        now = clock.now()
        citizen, token = await _citizen(now)
        officer = await _officer(now)
        codes = [await _case(number, citizen, officer, now) for number in range(CASES)]
        await db.execute("ANALYZE")
        matter = catalogue.current().matter(MATTER)
        filing = _filing(matter)
        one_statement.keep(folder / "filing.pickle", await _complete(filing, matter, citizen, now), citizen, now)
        return World(codes, token, msgspec.json.encode(filing).decode())


async def _citizen(now: datetime) -> tuple[CitizenActor, str]:
    from backend.people import citizens, sessions
    from backend.people.sessions import Visitor
    from shared_schemas.id_kind import IdKind

    made = await citizens.create("13812341234", now)
    actor = CitizenActor(made, "王敏", "13812341234")
    await citizens.verify(made, name="王敏", kind=IdKind.RESIDENT, number=ID_NUMBER, by=actor, now=now)
    return actor, await sessions.begin("citizen", made, method="code", visitor=Visitor(), now=now)


async def _officer(now: datetime, staff_no: str = "W05") -> OfficerActor:
    from backend.people import officers

    made = await officers.add(staff_no, "陈洁", department=None, phone="0573-1", by=SystemActor(), now=now)
    return OfficerActor(made, "陈洁", staff_no, frozenset({Role.ACCEPTANCE_CLERK}))


async def _case(number: int, citizen: CitizenActor, officer: OfficerActor, now: datetime) -> str:
    """Received eight days ago, taken, accepted, reviewed, checked; its tracking code."""
    from backend import db
    from backend.cases import receiving, recording

    new = _food_business(citizen.id, f"bench-{number}")
    at = now - timedelta(days=8)
    receipt = await receiving.receive(new, by=citizen, now=at)
    for verb, changes in (
        (Verb.TAKE, {"handler": officer.id, "first_handler": officer.id}),
        (Verb.ACCEPT, {"accepted_by": officer.id}),
        (Verb.REVIEW, {"reviewed_by": officer.id}),
        (Verb.CHECK, {"checked_by": officer.id}),
    ):
        at += timedelta(hours=3)
        if verb is Verb.ACCEPT:
            changes["accepted_at"] = at
        async with db.transaction():
            case = await recording._locked(receipt.case_no, officer)
            await recording.record(case, verb, by=officer, at=at, **changes)
    return receipt.tracking_code


def _food_business(citizen: int, key: str) -> NewCase:
    """A complete filing of a food business, as receipt takes it: five materials, a form of twenty answers."""
    from backend import catalogue
    from backend.cases.receiving import body_hash

    matter = catalogue.current().matter("scj-18")
    form = {f"answer_{place}": f"第 {place} 个问题的回答，长短如常" for place in range(20)}
    return NewCase(
        matter=matter.code,
        matter_version=matter.version,
        matter_name=matter.name,
        department=matter.department,
        department_no="19",
        mode=matter.approval_mode,
        channel=Channel.MOBILE,
        delivery=Delivery.DOWNLOAD,
        filed_for=FiledFor.SELF,
        applicant_kind=ApplicantKind.PERSON,
        applicant_name="王敏",
        form=form,
        owner=f"citizen:{citizen}",
        idempotency_key=key,
        body_hash=body_hash({"form": form, "key": key}),
        citizen=citizen,
        applicant_id_no=ID_NUMBER,
        mobile="13812341234",
        materials=tuple(
            NewMaterial(m.key, m.name, place, True, GivenHow.PAPER) for place, m in enumerate(matter.materials)
        ),
    )


def _filing(matter) -> Filing:
    """A filing over the API that the hall finds complete."""
    materials = tuple(GivenMaterial(m.key, GivenHow.FETCH) for m in matter.materials)
    return Filing(MATTER, FORM, materials, matter_version=matter.version, declared=True)


async def _complete(filing: Filing, matter, citizen: CitizenActor, now: datetime) -> NewCase:
    """The same filing as receipt takes it, past every check."""
    from backend.intake import dossier, profile
    from backend.intake.filing import _complete
    from backend.intake.new_case import new_case
    from shared_schemas.draft import DraftStart

    prefill = await profile.of_citizen(citizen, DraftStart(matter.code, filing.filed_for), now)
    whole = dossier.of_filing(filing, matter, f"citizen:{citizen.id}", citizen.id, prefill)
    return new_case(
        whole, await _complete(whole, now), citizen, key="prebuilt", body_hash=bytes(32), channel=Channel.ONLINE
    )


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.write_bytes(msgspec.json.encode(asyncio.run(make(target.parent))))
