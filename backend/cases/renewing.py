"""换码: the owner replaces the tracking code of a case; from then on the old one is a code nobody has."""

from __future__ import annotations

from datetime import datetime

from backend import crypto, db, ratelimit
from backend.cases import sealing
from backend.cases.recording import CHANNEL
from backend.domain import tracking
from backend.domain.refusal import Refusal
from backend.people.audit import audit
from backend.people.sessions import Visitor
from shared_schemas.people import CitizenActor

AT_MOST, WITHIN_S = 10, 3600


async def replace_code(case_no: str, *, by: CitizenActor, now: datetime, visitor: Visitor | None = None) -> str:
    """A new tracking code for the citizen's own case.

    Papers printed earlier keep the old code, which opens nothing any more; number and query password stay good.
    The log of the case is not touched: the case itself did not move.

    Raises Refusal("case.not_found") for another's case as for a missing one, and "rate.limited".
    """
    await ratelimit.hit(f"tracking_code|{by.id}", AT_MOST, WITHIN_S, now)
    code = tracking.new_tracking_code()
    async with db.transaction():
        row = await db.fetchrow(
            "SELECT id, case_no, seq, filing, department FROM case_file WHERE case_no = $1 AND citizen = $2 FOR UPDATE",
            case_no,
            by.id,
        )
        if row is None:
            raise Refusal("case.not_found")
        await (_of_case(row, code) if row["filing"] is None else _of_filing(row["filing"], code))
        await audit(by, "tracking_code.replaced", now=now, case_no=case_no, citizen=by.id, visitor=visitor)
        # Open pages ask again: the owner's shows the new code, a page under the old one learns that it is dead.
        told = f"{row['id']}:{row['seq']}:{row['department']}:new_code"
        await db.execute("SELECT pg_notify($1, $2)", CHANNEL, told)
    return code


async def _of_case(row: db.Record, code: str) -> None:
    await db.execute(
        "UPDATE case_file SET tracking_hash = $2, tracking_sealed = $3, tracking_revoked_at = NULL WHERE id = $1",
        row["id"],
        crypto.hmac_token(code),
        sealing.seal(row["case_no"], "tracking", code),
    )


async def _of_filing(filing: int, code: str) -> None:
    """One code goes for every case of a bundle: all of them print the new one from now on."""
    await db.execute(
        "UPDATE bundle_filing SET tracking_hash = $2, tracking_revoked_at = NULL WHERE id = $1",
        filing,
        crypto.hmac_token(code),
    )
    rows = await db.fetch("SELECT id, case_no FROM case_file WHERE filing = $1", filing)
    await db.executemany(
        "UPDATE case_file SET tracking_sealed = $2 WHERE id = $1",
        [(row["id"], sealing.seal(row["case_no"], "tracking", code)) for row in rows],
    )
