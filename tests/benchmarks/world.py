"""What is measured: the starter catalogue, one citizen, one officer, and cases some way along. Run in its own process.

`python -m tests.benchmarks.world FILE` fills the database of `YIMABAN_DATABASE_URL` and writes what the clients need.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import timedelta
from pathlib import Path

import msgspec
from msgspec import Struct

CASES = 200
ID_NUMBER = "330402199003071245"
MATTER = "gaj-05"
FORM = {
    "address": "浙江省嘉兴市南湖区中山东路 1 号 2 幢 303 室", "mobile": "13812341234",
    "delivery_mode": "电子证照",
}  # fmt: skip


class World(Struct, frozen=True):
    """Codes of cases with five events each, a citizen's session, and a filing that is complete."""

    codes: list[str]
    token: str
    filing: bytes
    citizen: int
    officer: int


def read(path: Path) -> World:
    """What `main` wrote."""
    return msgspec.json.decode(path.read_bytes(), type=World)


async def make() -> World:
    """Everything, in the empty database of the settings."""
    from backend import clock, db, migrating
    from backend.catalogue import importing

    await migrating.migrate()
    async with db.pool(4):
        await importing.load_if_absent()
        now = clock.now()
        citizen, token = await _citizen(now)
        officer = await _officer(now)
        codes = [await _case(number, citizen, officer, now) for number in range(CASES)]
        await db.execute("ANALYZE")
        return World(codes, token, _filing(), citizen.id, officer.id)


async def _citizen(now):
    from backend.people import citizens, sessions
    from backend.people.sessions import Visitor
    from shared_schemas.id_kind import IdKind
    from shared_schemas.people import CitizenActor

    made = await citizens.create("13812341234", now)
    actor = CitizenActor(made, "王敏", "13812341234")
    await citizens.verify(made, name="王敏", kind=IdKind.RESIDENT, number=ID_NUMBER, by=actor, now=now)
    return actor, await sessions.begin("citizen", made, method="code", visitor=Visitor(), now=now)


async def _officer(now):
    from backend.people import officers
    from shared_schemas.people import OfficerActor, SystemActor
    from shared_schemas.vocabulary import Role

    made = await officers.add("W05", "陈洁", department=None, phone="0573-1", by=SystemActor(), now=now)
    return OfficerActor(made, "陈洁", "W05", frozenset({Role.ACCEPTANCE_CLERK}))


async def _case(number, citizen, officer, now) -> str:
    """Received eight days ago, taken, accepted, reviewed, granted."""
    from backend import db
    from backend.cases import receiving, recording
    from shared_schemas.vocabulary import Verb

    new = new_case(citizen.id, f"bench-{number}")
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


def new_case(citizen: int, key: str):
    """A complete filing of a food business, as receipt takes it: five materials, a form of twenty answers."""
    from backend import catalogue
    from backend.cases.receiving import body_hash
    from shared_schemas.case import NewCase, NewMaterial
    from shared_schemas.vocabulary import ApplicantKind, Channel, Delivery, FiledFor, GivenHow

    matter = catalogue.current().matter("scj-18")
    form = {f"answer_{place}": f"第 {place} 个问题的回答，长短如常" for place in range(20)}
    return NewCase(
        matter=matter.code, matter_version=matter.version, matter_name=matter.name, department=matter.department,
        department_no="19", mode=matter.approval_mode, channel=Channel.MOBILE, delivery=Delivery.DOWNLOAD,
        filed_for=FiledFor.SELF, applicant_kind=ApplicantKind.PERSON, applicant_name="王敏", form=form,
        owner=f"citizen:{citizen}", idempotency_key=key, body_hash=body_hash({"form": form, "key": key}),
        citizen=citizen, applicant_id_no=ID_NUMBER, mobile="13812341234",
        materials=tuple(
            NewMaterial(m.key, m.name, place, True, GivenHow.PAPER) for place, m in enumerate(matter.materials)
        ),
    )


def _filing() -> bytes:
    """A filing over the API that the hall finds complete."""
    from backend import catalogue

    matter = catalogue.current().matter(MATTER)
    materials = [{"key": m.key, "how": "fetch" if m.is_shareable else "paper"} for m in matter.materials]
    return msgspec.json.encode(
        {"matter": MATTER, "form": FORM, "materials": materials, "declared": True, "delivery": "download"}
    )


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(msgspec.json.encode(asyncio.run(make())))
