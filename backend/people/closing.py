"""Leaving: all of one's data as a file, and the account closed (PIPL Art. 45 and 47).

Slices above hold more about a citizen than this one knows. They say so by adding to `HOLDINGS`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from msgspec import Struct

from backend import db
from backend.domain.refusal import Refusal
from backend.people import companies, family, passkeys, sessions
from backend.people.audit import audit
from backend.people.profile import person
from shared_schemas.people import CitizenActor


async def _none(_citizen: int) -> int:
    return 0


async def _nothing(_citizen: int, _now: datetime) -> None:
    return


class Holding(Struct, frozen=True):
    """What another slice holds about a citizen.

    `export(citizen)` is for the file, `open_count(citizen)` counts what must end first, `erase(citizen, now)` forgets
    what no law has the hall keep, in the transaction that closes the account.
    """

    export: Callable[[int], Awaitable[Any]]
    open_count: Callable[[int], Awaitable[int]] = _none
    erase: Callable[[int, datetime], Awaitable[None]] = _nothing


HOLDINGS: dict[str, Holding] = {}


async def export(citizen: CitizenActor, now: datetime) -> dict[str, Any]:
    """Everything held about the citizen, in clear."""
    await audit(citizen, "citizen.exported", now=now, citizen=citizen.id)
    consents = await db.fetch(
        "SELECT notice, version, at, withdrawn_at FROM consent WHERE citizen = $1 ORDER BY id", citizen.id
    )
    return {
        "made_at": now,
        "person": await person(citizen.id),
        "companies": await companies.hats(citizen.id, now),
        "family": await family.of(citizen.id),
        "passkeys": await passkeys.list_of(("citizen", citizen.id)),
        "sessions": await sessions.list_of("citizen", citizen.id, now),
        "consents": [dict(row) for row in consents],
        **{name: await holding.export(citizen.id) for name, holding in HOLDINGS.items()},
    }


async def close(citizen: CitizenActor, now: datetime) -> None:
    """Close the account and erase who it was, drafts and unfiled files too; cases keep what the law has them keep.

    Raises Refusal("people.open_cases") while any case of the citizen is open.
    """
    open_cases = sum([await holding.open_count(citizen.id) for holding in HOLDINGS.values()])
    if open_cases:
        raise Refusal("people.open_cases", count=open_cases)
    async with db.transaction():
        await db.execute(
            """UPDATE citizen SET mobile_sealed = NULL, mobile_index = NULL, mobile_at = NULL, name_sealed = NULL,
                 id_kind = NULL, id_sealed = NULL, id_index = NULL, address_sealed = NULL, verified_at = NULL,
                 is_cancelled = TRUE, cancelled_at = $2 WHERE id = $1""",
            citizen.id,
            now,
        )
        await db.execute("DELETE FROM dependent WHERE citizen = $1", citizen.id)
        await db.execute("DELETE FROM passkey WHERE subject_kind = 'citizen' AND subject_id = $1", citizen.id)
        await db.execute(
            "UPDATE company_authorisation SET revoked_at = $2 WHERE citizen = $1 AND revoked_at IS NULL",
            citizen.id,
            now,
        )
        await db.execute(
            "UPDATE consent SET withdrawn_at = $2 WHERE citizen = $1 AND withdrawn_at IS NULL", citizen.id, now
        )
        for holding in HOLDINGS.values():
            await holding.erase(citizen.id, now)
        await sessions.end_of_subject("citizen", citizen.id, now)
        await audit(citizen, "citizen.closed", now=now, citizen=citizen.id)
