"""Stored files for who may see them: the owner, or an officer in scope of the case, whose look is written down."""

from __future__ import annotations

import asyncio
import io
from datetime import datetime
from urllib.parse import quote

from litestar import Request, Response, get
from litestar.response import Stream

from backend import db, storage
from backend.cases import reading, scope
from backend.documents.previews import UnreadableError, pdf_page_png
from backend.domain.refusal import Refusal
from backend.intake import queries
from backend.intake.owners import owner_of
from backend.intake.sealing import open_name
from backend.people.audit import audit
from backend.people.guards import signed_in_only
from backend.people.sessions import Visitor
from backend.people.viewer import PERSON_HEADER, SignedIn
from backend.review.looking import look
from shared_schemas.people import CitizenActor, OfficerActor

_ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "application/pdf": ".pdf"}
_HEADERS = {
    "cache-control": "private, no-store",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
}


async def _visible(upload_id: str, actor: CitizenActor | OfficerActor, now: datetime, visitor: Visitor) -> db.Record:
    """The stored upload, if `actor` may see it. Raises Refusal("upload.not_found") alike for all other reasons."""
    key = queries.as_uuid(upload_id)
    row = key and await db.fetchrow(
        f"SELECT {queries.UPLOAD_COLUMNS} FROM upload WHERE id = $1 AND state = 'stored' AND removed_at IS NULL",
        key,
    )
    if not row:
        raise Refusal("upload.not_found")
    if row["owner"] == owner_of(actor):
        return row
    if isinstance(actor, CitizenActor) and not actor.only_draft and await _is_theirs(upload_id, actor.id):
        return row
    if isinstance(actor, OfficerActor):
        cases = await db.fetch("SELECT case_id FROM case_upload WHERE upload = $1", upload_id)
        for found in cases:
            case = await reading.by_id(found["case_id"])
            if await scope.may_read(case, actor):
                await look(case, actor, now, what="upload.read", visitor=visitor, upload=upload_id)
                return row
            if await scope.is_sent(case.id, actor):
                await audit(actor, "upload.read", now=now, case_no=case.case_no, visitor=visitor, upload=upload_id)
                return row
    raise Refusal("upload.not_found")


async def _is_theirs(upload_id: str, citizen: int) -> bool:
    """Whether it was given for a case of the citizen, by a clerk at the window."""
    return await db.fetchval(
        "SELECT EXISTS (SELECT FROM case_upload u JOIN case_file c ON c.id = u.case_id "
        "WHERE u.upload = $1 AND c.citizen = $2)",
        upload_id,
        citizen,
    )


@get("/uploads/{upload_id:str}/file", guards=[signed_in_only])
async def whole_file(upload_id: str, actor: CitizenActor | OfficerActor, visitor: Visitor, now: datetime) -> Stream:
    """The stored file, to keep: always an attachment, never sniffed, never run."""
    row = await _visible(upload_id, actor, now, visitor)
    name = open_name(upload_id, row["name_sealed"]).rpartition(".")[0] or "file"
    name += _ENDINGS.get(row["media_type"], "")
    return Stream(
        storage.stream(row["path"]),
        media_type=row["media_type"],
        headers={
            **_HEADERS,
            "content-length": str(row["stored_length"]),
            # RFC 6266: the name by its UTF-8 form only; a quoted one could break the header.
            "content-disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        },
    )


@get("/uploads/{upload_id:str}/pages/{page:str}", guards=[signed_in_only])
async def one_page(
    request: Request, upload_id: str, page: str, signed_in: SignedIn, visitor: Visitor, now: datetime
) -> Response[bytes]:
    """Page `page` ("1.png") as a picture; `?w=` is its width in pixels (64 to 2,400, else 1,200)."""
    row = await _visible(upload_id, signed_in.actor, now, visitor)
    number = page.removesuffix(".png")
    if not (number.isascii() and number.isdigit() and len(number) < 7 and 1 <= int(number) <= row["pages"]):
        raise Refusal("upload.not_found")
    asked = request.query_params.get("w", "")
    width = min(max(int(asked), 64), 2400) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1200
    picture = await _drawn(await storage.get(row["path"]), row["media_type"], int(number) - 1, width)
    # The bytes of an upload never change; the browser of the one who may see it may keep the picture for a while.
    # The worker keeps it for a time without network, under the name of this person and no other.
    kept = {"cache-control": "private, max-age=600", PERSON_HEADER: signed_in.person}
    return Response(picture, media_type="image/png", headers={**_HEADERS, **kept})


async def _drawn(body: bytes, media_type: str, page: int, width: int) -> bytes:
    """A page as PNG, at most `width` pixels wide. Raises Refusal("upload.not_found") where there is nothing to draw."""
    if media_type == "application/pdf":
        try:
            return await pdf_page_png(body, page, width)
        except UnreadableError:
            raise Refusal("upload.not_found") from None
    if not media_type.startswith("image/"):
        raise Refusal("upload.not_found")
    return await asyncio.to_thread(_scaled, body, width)


def _scaled(body: bytes, width: int) -> bytes:
    """A picture of ours (inspection drew it) made smaller, never larger."""
    from PIL import Image

    with Image.open(io.BytesIO(body)) as picture:
        picture.draft("RGB", (width, width))
        picture.thumbnail((width, width * 3))
        out = io.BytesIO()
        picture.save(out, "PNG", compress_level=1)
    return out.getvalue()


handlers = [whole_file, one_page]
