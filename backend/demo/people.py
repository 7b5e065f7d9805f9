"""Puts the demo's people into the database: citizens, companies, families, staff, windows. Runs any number of times."""

from __future__ import annotations

from datetime import datetime

from backend import db
from backend.demo.officers import OFFICERS, DemoOfficer
from backend.demo.personas import CITIZENS, DemoCitizen
from backend.people import citizens, companies, family, officers
from backend.people.companies import Capacity
from backend.people.sealing import id_index
from shared_schemas.people import Authority, CitizenActor, SystemActor
from shared_schemas.vocabulary import ApprovalMode, FiledFor

BY = SystemActor("demo")
WINDOWS = 20
_CANNOT_DO, _HELP = 20, 19


async def load_people(now: datetime) -> None:
    """Everybody of `personas`, each only if not there yet, in one transaction."""
    async with db.transaction():
        await db.execute("SELECT pg_advisory_xact_lock(hashtext('demo people'))")
        await _load_windows()
        for citizen in CITIZENS:
            await _load_citizen(citizen, now)
        for officer in OFFICERS:
            await _load_officer(officer, now)
        for officer in OFFICERS:
            await _load_post(officer, now)


async def citizen_id(key: str) -> int | None:
    """The row of the demo citizen with this key."""
    mobile = next(item.mobile for item in CITIZENS if item.key == key)
    found = await citizens.by_mobile(mobile)
    return found["id"] if found else None


async def officer_id(key: str) -> int | None:
    """The row of the demo officer with this key."""
    staff_no = next(item.staff_no for item in OFFICERS if item.key == key)
    return await db.fetchval("SELECT id FROM officer WHERE staff_no = $1", staff_no)


async def _load_windows() -> None:
    kinds = {
        _CANNOT_DO: ("cannot_do", "办不成事窗口", "When nothing worked"),
        _HELP: ("help", "帮办窗口", "Help window"),
    }
    await db.executemany(
        "INSERT INTO window_desk (number, kind, name, name_en) VALUES ($1, $2, $3, $4) ON CONFLICT (number) DO NOTHING",
        [
            (number, *kinds.get(number, ("general", f"{number} 号综合窗口", f"Window {number}")))
            for number in range(1, WINDOWS + 1)
        ],
    )


async def _load_citizen(item: DemoCitizen, now: datetime) -> None:
    if await citizens.by_mobile(item.mobile):
        return
    row = await citizens.create(item.mobile, now)
    if not item.number:
        return
    await citizens.verify(row, name=item.name, kind=item.id_kind, number=item.number, by=BY, now=now)
    actor = CitizenActor(row, item.name, item.mobile, id_index=id_index(item.id_kind, item.number).hex())
    await citizens.set_address(actor, item.address)
    for company in item.companies:
        await companies.add(
            actor,
            name=company.name,
            credit_code=company.credit_code,
            capacity=Capacity(company.capacity),
            legal_representative=company.legal_representative,
            now=now,
        )
    for relative in item.family:
        await family.add(actor, kind=FiledFor(relative.kind), name=relative.name, id_number=relative.number, now=now)


async def _load_post(item: DemoOfficer, now: datetime) -> None:
    """Who stands in and who is the superior, unless somebody has said already."""
    if item.deputy or item.superior:
        await db.execute(
            "INSERT INTO officer_post (officer, deputy, superior, at) SELECT o.id, d.id, s.id, $4 FROM officer o "
            "LEFT JOIN officer d ON d.staff_no = $2 LEFT JOIN officer s ON s.staff_no = $3 WHERE o.staff_no = $1 "
            "AND NOT EXISTS (SELECT FROM officer_post t WHERE t.officer = o.id)",
            item.staff_no,
            item.deputy,
            item.superior,
            now,
        )


async def _load_officer(item: DemoOfficer, now: datetime) -> None:
    if await db.fetchval("SELECT id FROM officer WHERE staff_no = $1", item.staff_no):
        return
    row = await officers.add(item.staff_no, item.name, department=item.department, phone=item.phone, by=BY, now=now)
    for role in item.roles:
        await officers.grant_role(row, role, by=BY, now=now)
    if item.tier:
        modes = frozenset(ApprovalMode)
        letters = [Authority(item.tier, department, modes) for department in item.authority_over]
        await officers.authorise(row, letters, by=BY, now=now)
    if item.kin_of:
        numbers = [(c.id_kind, c.number) for c in CITIZENS if c.key in item.kin_of]
        await officers.declare(row, kin=[id_index(kind, number).hex() for kind, number in numbers], companies=())
    if item.window:
        await db.execute(
            "UPDATE window_desk SET officer = $2, seated_at = $3 WHERE number = $1 AND officer IS NULL",
            item.window,
            row,
            now,
        )
