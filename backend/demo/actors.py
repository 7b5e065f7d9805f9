"""Who acts in the demo's story, as the actions want them: citizens and officers by their key."""

from __future__ import annotations

from backend import clock, db
from backend.demo.neighbours import COLLEAGUES, NEIGHBOURS
from backend.demo.officers import OFFICERS
from backend.demo.personas import CITIZENS
from backend.people import roster
from backend.people.sealing import mobile_index, opened
from shared_schemas.people import CitizenActor, OfficerActor


async def citizens() -> dict[str, CitizenActor]:
    """Every citizen of the demo, personas and neighbours, by key."""
    mobiles = {c.key: c.mobile for c in (*CITIZENS, *NEIGHBOURS)}
    rows = await db.fetch(
        "SELECT id, mobile_index, name_sealed, encode(id_index, 'hex') AS id_index FROM citizen "
        "WHERE mobile_index = ANY($1) AND NOT is_cancelled",
        [mobile_index(mobile) for mobile in mobiles.values()],
    )
    by_index = {row["mobile_index"]: row for row in rows}
    found: dict[str, CitizenActor] = {}
    for key, mobile in mobiles.items():
        if row := by_index.get(mobile_index(mobile)):
            name = opened("citizen", "name_sealed", row["id"], row["name_sealed"])
            found[key] = CitizenActor(row["id"], name, mobile, id_index=row["id_index"])
    return found


async def officers() -> dict[str, OfficerActor]:
    """Every officer of the demo by key, with roles, window and letters of authority."""
    numbers = {o.key: o.staff_no for o in OFFICERS} | {key: staff_no for _, key, staff_no, _ in COLLEAGUES}
    rows = await db.fetch("SELECT id, staff_no FROM officer WHERE staff_no = ANY($1)", list(numbers.values()))
    ids = {row["staff_no"]: row["id"] for row in rows}
    found = await roster.of(list(ids.values()), clock.now())
    return {key: found[ids[staff_no]] for key, staff_no in numbers.items() if staff_no in ids}
