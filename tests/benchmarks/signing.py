"""What the verbs are measured on: two approvers with letters and sessions, and accepted cases. Run in its own process.

`python -m tests.benchmarks.signing FILE` adds them to the database of `YIMABAN_DATABASE_URL` and writes who and what.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from shared_schemas.people import Authority, CitizenActor, OfficerActor, SystemActor
from shared_schemas.vocabulary import ApprovalMode, Role, Tier, Verb
from tests.benchmarks import world

CASES = 240  # so many that the next verb on a case comes long after the one before was answered
_BY = SystemActor("bench")


class Signed(Struct, frozen=True):
    """The tokens of a third-tier and a second-tier approver; cases for ours, and as many for the floor."""

    third: str
    second: str
    ours: list[str]
    floor: list[str]


def read(path: Path) -> Signed:
    """What `main` wrote."""
    return msgspec.json.decode(path.read_bytes(), type=Signed)


async def make() -> Signed:
    """Everything, beside the world that is there already."""
    from backend import clock, db
    from backend.catalogue import shelf

    async with db.pool(4):
        await shelf.refresh()
        now = clock.now()
        third, second = [await _approver(f"B-{tier}", tier, now) for tier in (Tier.THIRD, Tier.SECOND)]
        clerk = await world._officer(now, "W06")
        citizen = await db.fetchval("SELECT id FROM citizen ORDER BY id LIMIT 1")
        owner = CitizenActor(citizen, "王敏", "13812341234")
        numbers = [await _accepted(number, owner, clerk, now) for number in range(2 * CASES)]
        await db.execute("ANALYZE case_file, case_event")
    return Signed(third, second, numbers[:CASES], numbers[CASES:])


async def _approver(staff_no: str, tier: Tier, now: datetime) -> str:
    """A session of a new approver of the market regulation office."""
    from backend.people import officers, sessions
    from backend.people.sessions import Visitor

    made = await officers.add(staff_no, "周立", department="scj", by=_BY, now=now)
    await officers.grant_role(made, Role.APPROVER, by=_BY, now=now)
    letter = Authority(tier, "scj", frozenset(ApprovalMode))
    await officers.authorise(made, [letter], by=_BY, now=now)
    return await sessions.begin("officer", made, method="passkey", visitor=Visitor(), now=now)


async def _accepted(number: int, citizen: CitizenActor, clerk: OfficerActor, now: datetime) -> str:
    """The number of a food business's case that a clerk accepted."""
    from backend import db
    from backend.cases import receiving, recording

    receipt = await receiving.receive(world._food_business(citizen.id, f"signed-{number}"), by=citizen, now=now)
    async with db.transaction():
        case = await recording._locked(receipt.case_no, clerk)
        case = await recording.record(case, Verb.TAKE, by=clerk, at=now, handler=clerk.id, first_handler=clerk.id)
        await recording.record(case, Verb.ACCEPT, by=clerk, at=now, accepted_by=clerk.id, accepted_at=now)
    return receipt.case_no


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(msgspec.json.encode(asyncio.run(make())))
