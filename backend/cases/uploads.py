"""Files that come to a case after receipt: whose they are, and which count from now on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from backend import db
from backend.domain.refusal import Refusal
from shared_schemas.case import Case
from shared_schemas.people import CitizenActor, OfficerActor
from shared_schemas.vocabulary import GivenHow


def owner_of(actor: CitizenActor | OfficerActor) -> str:
    """Who an upload belongs to, in the words of `upload.owner`."""
    return f"{'citizen' if isinstance(actor, CitizenActor) else 'officer'}:{actor.id}"


async def claim(case: Case, owner: str, uploads: Sequence[str]) -> None:
    """Make the owner's loose, stored files part of the case, in the caller's transaction.

    Raises Refusal("correction.upload_not_ready") for another's file as for a missing, unfinished or used one.
    """
    wanted = list(dict.fromkeys(uploads))
    try:
        keys = [UUID(upload) for upload in wanted]
    except ValueError:
        raise Refusal("correction.upload_not_ready") from None
    claimed = await db.fetch(
        "UPDATE upload SET case_id = $2 WHERE id = ANY($1) AND owner = $3 AND state = 'stored' AND draft IS NULL "
        "AND case_id IS NULL AND removed_at IS NULL RETURNING id",
        keys,
        case.id,
        owner,
    )
    if len(claimed) != len(wanted):
        raise Refusal("correction.upload_not_ready")


async def replace(case: Case, material: str, uploads: Sequence[str], now: datetime) -> None:
    """`uploads` count for `material` from now on; what counted before is kept as superseded. Its tick is taken back."""
    await db.execute(
        "UPDATE case_upload SET superseded_at = $3 WHERE case_id = $1 AND material = $2 AND superseded_at IS NULL",
        case.id,
        material,
        now,
    )
    await db.executemany(
        "INSERT INTO case_upload (case_id, material, upload, position, added_at) VALUES ($1, $2, $3, $4, $5)",
        [(case.id, material, upload, position, now) for position, upload in enumerate(uploads)],
    )
    await db.execute(
        "UPDATE case_material SET how = $3, verdict = NULL, verdict_note_sealed = NULL, verdict_by = NULL, verdict_at = NULL "
        "WHERE case_id = $1 AND key = $2",
        case.id,
        material,
        GivenHow.UPLOAD,
    )


def slot_of(line: int) -> str:
    """The word under which files for one line of a notice are uploaded (`upload.material`)."""
    return f"correction.{line}"


async def loose(owner: str, slots: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """By slot, the owner's files that belong to no case yet: (upload id, state), oldest first."""
    rows = await db.fetch(
        "SELECT material, id::text, state FROM upload WHERE owner = $1 AND material = ANY($2) AND draft IS NULL "
        "AND case_id IS NULL AND removed_at IS NULL AND state <> 'refused' ORDER BY created_at, id",
        owner,
        list(slots),
    )
    found: dict[str, list[tuple[str, str]]] = {}
    for slot, upload, state in rows:
        found.setdefault(slot, []).append((upload, state))
    return found
