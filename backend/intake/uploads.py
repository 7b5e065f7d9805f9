"""An upload from its first byte to its verified object, or to the reason why it was not kept."""

from __future__ import annotations

import hashlib
import re
from collections.abc import AsyncIterable
from datetime import datetime
from uuid import UUID, uuid4

from backend import catalogue, db, storage
from backend.documents.inspecting import inspect
from backend.domain import versions
from backend.domain.forms import questions
from backend.domain.refusal import Refusal
from backend.intake import incoming, queries
from backend.intake.actions import open_draft
from backend.intake.sealing import seal_name
from backend.settings import settings
from shared_schemas.draft import UploadView

FILES_AT_MOST = 30  # of one material
LOOSE_AT_MOST = 200  # of one owner, not in any draft yet
_MEGABYTE = 1 << 20
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2066-\u2069]")


async def create(
    owner: str,
    *,
    length: int,
    name: str,
    declared_type: str,
    draft: str | None,
    material: str,
    now: datetime,
    client_id: UUID | None = None,
) -> str:
    """Room for `length` bytes; returns the upload's id. `material` is a material's key or "form.<field>".

    A file that the device began before under this `client_id` is that same upload, whatever would be refused now.
    Raises Refusal("upload.empty"), "upload.too_large", "upload.too_many", "draft.not_found", "draft.submitted",
    "material.unknown".
    """
    if (before := await _begun(owner, client_id)) is not None:
        return before
    if length == 0:
        raise Refusal("upload.empty")
    if length > settings.max_upload_bytes:
        raise Refusal("upload.too_large", megabytes=settings.max_upload_bytes // _MEGABYTE)
    upload = uuid4()
    async with db.transaction():
        if draft is None:
            held = await db.fetchval(
                "SELECT count(*) FROM upload WHERE owner = $1 AND draft IS NULL AND case_id IS NULL AND removed_at IS NULL",
                owner,
            )
            if held >= LOOSE_AT_MOST:
                raise Refusal("upload.too_many_open")
            position = 0
        else:
            position = await _place(draft, owner, material)
        made = await db.fetchval(
            "INSERT INTO upload (id, owner, draft, material, position, name_sealed, declared_type, length, received, "
            "state, media_type, path, stored_length, pages, created_at, updated_at, client_id) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 'receiving', '', '', 0, 1, $9, $9, $10) "
            "ON CONFLICT (owner, client_id) WHERE client_id IS NOT NULL DO NOTHING RETURNING id::text",
            upload,
            owner,
            queries.as_uuid(draft) if draft else None,
            material[:40],
            position,
            seal_name(str(upload), plain_name(name)),
            declared_type[:100],
            length,
            now,
            client_id,
        )
    return made or await _begun(owner, client_id) or str(upload)


async def _begun(owner: str, client_id: UUID | None) -> str | None:
    """The upload that the owner's device began under this name."""
    if client_id is None:
        return None
    return await db.fetchval("SELECT id::text FROM upload WHERE owner = $1 AND client_id = $2", owner, client_id)


async def _place(draft: str, owner: str, material: str) -> int:
    """The position of the next file of this material; the draft's lock makes the count hold."""
    kept = await open_draft(draft, owner)
    matter = await catalogue.version(kept.matter, kept.matter_version)
    files = {f"form.{q.path}"[:40] for q in questions(matter.form) if q.field.type == "file"}
    is_former = versions.paper_path(material) in kept.former or material.removeprefix("form.") in kept.former
    if matter.material(material) is None and material not in files and not is_former:
        raise Refusal("material.unknown", key=material[:40])
    rows = await db.fetch(
        "SELECT state, position FROM upload WHERE draft = $1 AND material = $2 AND removed_at IS NULL",
        UUID(kept.id),
        material,
    )
    if sum(row["state"] != "refused" for row in rows) >= FILES_AT_MOST:
        raise Refusal("upload.too_many", most=FILES_AT_MOST)
    return max((row["position"] for row in rows), default=-1) + 1


def plain_name(name: str) -> str:
    """The file's own name without its path and without characters that could disguise it; only ever shown."""
    last = re.split(r"[/\\]", name)[-1]
    return _CONTROL.sub("", last).strip()[:200] or "file"


async def row_of(upload: str, owner: str) -> db.Record:
    """The owner's upload. Raises Refusal("upload.not_found") for another's as for a missing one, "upload.gone"."""
    key = queries.as_uuid(upload)
    row = key and await db.fetchrow(
        f"SELECT {queries.UPLOAD_COLUMNS}, removed_at FROM upload WHERE id = $1 AND owner = $2",
        key,
        owner,
    )
    if not row:
        raise Refusal("upload.not_found")
    if row["removed_at"] is not None:
        raise Refusal("upload.gone")
    return row


def received(row: db.Record) -> int:
    """How many bytes of the upload have come."""
    return incoming.length_of(str(row["id"])) if row["state"] == "receiving" else row["length"]


async def append(
    upload: str,
    owner: str,
    *,
    offset: int,
    stream: AsyncIterable[bytes],
    checksum: tuple[str, bytes] | None,
    now: datetime,
) -> int:
    """Add bytes at `offset`; returns how many have come in all. The last ones also bring the inspection.

    Raises Refusal("upload.wrong_offset", offset), "upload.busy", "upload.too_long", "upload.checksum", and what
    `documents.inspecting.inspect` refuses: the upload then keeps that reason.
    """
    row = await row_of(upload, owner)
    if row["state"] != "receiving":
        if offset != row["length"]:
            raise Refusal("upload.wrong_offset", offset=row["length"])
        _raise_kept_refusal(row)
        return row["length"]
    with incoming.alone(upload) as file:
        here = file.tell()
        if offset != here:
            raise Refusal("upload.wrong_offset", offset=here)
        here += await incoming.append(file, stream, row["length"] - here, checksum)
        await db.execute(
            "UPDATE upload SET received = $2, updated_at = $3 WHERE id = $1 AND state = 'receiving'",
            row["id"],
            here,
            now,
        )
        if here == row["length"]:
            await _settle(row, now)
    return here


async def view(upload: str, owner: str, now: datetime) -> UploadView:
    """The upload's state. One whose worker died between the last byte and the inspection is inspected now."""
    row = await row_of(upload, owner)
    if row["state"] == "receiving" and received(row) == row["length"]:
        try:
            await append(upload, owner, offset=row["length"], stream=_nothing(), checksum=None, now=now)
        except Refusal as refusal:
            if refusal.code in {"upload.busy", "upload.not_found", "upload.gone"}:
                raise
        row = await row_of(upload, owner)
    return queries.view_of({**row, "received": received(row)})


async def _nothing() -> AsyncIterable[bytes]:
    return
    yield b""


def _raise_kept_refusal(row: db.Record) -> None:
    if row["state"] == "refused" and row["refusal"]:
        raise Refusal(row["refusal"]["code"], **row["refusal"].get("facts", {}))


async def _settle(row: db.Record, now: datetime) -> None:
    """Inspect what arrived, store what inspection made of it, and only then complete the row."""
    upload = str(row["id"])
    source = incoming.path_of(upload)
    clean = source.with_suffix(".clean")
    try:
        found = await inspect(source, clean)
    except Refusal as refusal:
        await db.execute(
            "UPDATE upload SET state = 'refused', refusal = $2, received = length, updated_at = $3 WHERE id = $1",
            row["id"],
            {"code": refusal.code, "facts": refusal.facts},
            now,
        )
        incoming.forget(upload)
        raise
    try:
        stored = await storage.put(incoming.pieces_of(clean))
        async with db.transaction():
            # Sweeping deletes an object under this lock only, when no row needs it: a twin swept just now is put again.
            await db.execute("SELECT pg_advisory_xact_lock(hashtext($1))", stored.path)
            if not await _is_whole(stored):
                stored = await storage.put(incoming.pieces_of(clean))
                if not await _is_whole(stored):
                    raise OSError("the object store returned something else than was written")
            await db.execute(
                "UPDATE upload SET state = 'stored', received = length, sha256 = $2, path = $3, stored_length = $4, "
                "media_type = $5, pages = $6, updated_at = $7 WHERE id = $1",
                row["id"],
                bytes.fromhex(stored.sha256),
                stored.path,
                stored.size,
                found.media_type,
                found.pages,
                now,
            )
    finally:
        clean.unlink(missing_ok=True)
    incoming.forget(upload)


async def _is_whole(stored: storage.Stored) -> bool:
    """Whether the object can be read back as it was written."""
    digest = hashlib.sha256()
    try:
        async for piece in storage.stream(stored.path):
            digest.update(piece)
    except FileNotFoundError:
        return False
    return digest.hexdigest() == stored.sha256


async def remove(upload: str, owner: str, now: datetime) -> None:
    """Take a file out. Raises Refusal("upload.used") once it belongs to a case."""
    row = await row_of(upload, owner)
    done = await db.fetchval(
        "UPDATE upload SET removed_at = $2, updated_at = $2 "
        "WHERE id = $1 AND removed_at IS NULL AND case_id IS NULL RETURNING id",
        row["id"],
        now,
    )
    if done is None:
        raise Refusal("upload.used")
    incoming.forget(upload)
