"""Who acts in the demo's story, as the actions want them: citizens and officers by their key."""

from __future__ import annotations

from backend import db
from backend.demo.neighbours import COLLEAGUES, NEIGHBOURS
from backend.demo.officers import OFFICERS
from backend.demo.personas import CITIZENS
from backend.people.sealing import mobile_index, opened
from backend.people.viewer import authorities
from shared_schemas.people import CitizenActor, OfficerActor
from shared_schemas.vocabulary import Role

_OFFICERS = """
SELECT o.id, o.name, o.staff_no, o.department, o.phone, o.kin, o.companies,
       (SELECT array_agg(r.role) FROM officer_role r WHERE r.officer = o.id AND r.revoked_at IS NULL) AS roles,
       (SELECT json_agg(json_build_object('tier', l.tier, 'department', l.department, 'modes', l.modes,
                 'matter', l.matter, 'valid_from', l.valid_from, 'valid_to', l.valid_to))
          FROM authority_letter l WHERE l.officer = o.id AND l.revoked_at IS NULL)::text AS letters,
       (SELECT w.number FROM window_desk w WHERE w.officer = o.id) AS "window"
FROM officer o WHERE o.staff_no = ANY($1)
"""


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
    rows = {row["staff_no"]: row for row in await db.fetch(_OFFICERS, list(numbers.values()))}
    return {key: _officer(rows[staff_no]) for key, staff_no in numbers.items() if staff_no in rows}


def _officer(row: db.Record) -> OfficerActor:
    return OfficerActor(
        id=row["id"],
        name=row["name"],
        staff_no=row["staff_no"],
        department=row["department"],
        roles=frozenset(Role(role) for role in row["roles"] or ()),
        window=row["window"],
        phone=row["phone"],
        authorities=authorities(row["letters"]),
        kin=frozenset(row["kin"]),
        companies=frozenset(row["companies"]),
    )
