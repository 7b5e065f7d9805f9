"""When the certificate of one matter is made, those that waited for it are received: each with its own clock."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
import structlog

from backend import catalogue, db
from backend.bundles import queries, readiness
from backend.bundles.sealing import open_part
from backend.cases import following, receiving
from backend.domain import bundle_parts, bundling
from backend.domain.bundle_parts import Outcome, Turn
from backend.domain.calendar import day_of
from shared_schemas.bundle import Otherwise, PartState
from shared_schemas.case import NewCase
from shared_schemas.notice import NoticeKind
from shared_schemas.people import SystemActor
from shared_schemas.vocabulary import Step, Verb

HALL = SystemActor("hall")
_PARTS = """
SELECT p.id, p.filing, p.position, p.state, p.after, p.otherwise, p.brought, p.content_sealed, p.ended_by,
  c.step, c.ended_as, cert.number
FROM bundle_part p LEFT JOIN case_file c ON c.id = p.case_id LEFT JOIN certificate cert ON cert.case_id = c.id
WHERE p.filing = $1 ORDER BY p.position
"""

log = structlog.get_logger(__name__)


@following.after(Verb.ISSUE)
async def after_issue(case_no: str, now: datetime) -> None:
    """The certificate of a case was made: what waits for it in its filing begins."""
    filing = await db.fetchval("SELECT filing FROM case_file WHERE case_no = $1", case_no)
    if filing is not None:
        await move(filing, now)


async def move(filing: int, now: datetime) -> int:
    """Receive every part whose turn has come, end those that can't come any more; how many moved.

    Two workers at once wait for each other at the filing's row; the second finds it done.
    """
    async with db.transaction():
        await db.execute("SELECT 1 FROM bundle_filing WHERE id = $1 FOR UPDATE", filing)
        moved, ended = 0, 0
        # What ends may end others after it: positions are in the order of what waits for what.
        rows = [dict(row) for row in await db.fetch(_PARTS, filing)]
        for row in rows:
            if row["state"] != PartState.WAITING:
                continue
            outcomes = [_outcome(rows[position]) for position in row["after"]]
            match bundle_parts.turn_of(outcomes, Otherwise(row["otherwise"])):
                case Turn.START:
                    await _start(row, rows, now)
                case Turn.END:
                    await end(row["id"], now, by="other")
                    row["state"] = PartState.ENDED
                    ended += 1
                case Turn.WAIT:
                    continue
            moved += 1
        if moved:
            await touch(filing)
        if ended:
            await _tell_ended(filing, ended, now)
    return moved


async def _tell_ended(filing: int, count: int, now: datetime) -> None:
    """Told with the case that came to nothing: there the papers say why."""
    failed = await db.fetchval(
        "SELECT id FROM case_file WHERE filing = $1 AND coalesce(ended_as, step) = ANY($2) ORDER BY closed_at DESC NULLS LAST, "
        "id DESC LIMIT 1",
        filing,
        sorted(bundle_parts.FAILED),
    )
    if failed is not None:
        await readiness.tell(failed, NoticeKind.BUNDLE_ENDED, count, now)


def _outcome(row: dict[str, Any]) -> Outcome:
    return bundle_parts.outcome_of(
        Step(row["step"]) if row["step"] else None,
        Step(row["ended_as"]) if row["ended_as"] else None,
        has_certificate=row["number"] is not None,
        is_ended=row["state"] == PartState.ENDED,
    )


async def _start(row: dict[str, Any], rows: list[dict[str, Any]], now: datetime) -> None:
    kept = open_part(row["filing"], row["position"], row["content_sealed"])
    # The code may have been replaced while it waited.
    case = msgspec.structs.replace(kept, tracking_code=await queries.code_of(row["filing"]))
    numbers = {name: rows[position]["number"] for name, position in row["brought"].items()}
    receipt = await receiving.receive(await _with_brought(case, numbers, now), by=HALL, now=now)
    await db.execute(
        "UPDATE bundle_part SET state = $2, content_sealed = NULL, "
        "case_id = (SELECT id FROM case_file WHERE case_no = $3) WHERE id = $1",
        row["id"],
        PartState.STARTED,
        receipt.case_no,
    )


async def _with_brought(case: NewCase, numbers: dict[str, str | None], now: datetime) -> NewCase:
    """The answers that a certificate brings, where its number is such an answer (国务院令716: it is not asked for)."""
    matter = await catalogue.version(case.matter, case.matter_version)
    form = bundling.with_brought(matter.form, case.form, numbers, day_of(now))
    return msgspec.structs.replace(case, form=form)


async def end(part: int, now: datetime, *, by: str) -> None:
    """A part that waits never becomes a case; `by` is who ended it ("citizen"), or "other": the part it waited for."""
    await db.execute(
        "UPDATE bundle_part SET state = $2, content_sealed = NULL, ended_at = $3, ended_by = $4 WHERE id = $1",
        part,
        PartState.ENDED,
        now,
        by,
    )


async def touch(filing: int) -> None:
    """Something of the filing as a whole moved: pages under its code look again."""
    await db.execute("UPDATE bundle_filing SET seq = seq + 1 WHERE id = $1", filing)


async def move_all(now: datetime, most: int = 200) -> int:
    """Every filing in which something waits: what a follower missed is made up for; how many parts moved."""
    rows = await db.fetch(
        "SELECT DISTINCT filing FROM bundle_part WHERE state = $1 ORDER BY filing LIMIT $2", PartState.WAITING, most
    )
    moved = 0
    for row in rows:
        try:
            moved += await move(row["filing"], now)
        except Exception as error:  # noqa: BLE001 - one broken filing must not hold up the others
            log.error("bundle.move_failed", filing=row["filing"], kind=type(error).__name__)
    return moved
