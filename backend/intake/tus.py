"""Resumable uploads by tus 1.0.0, with creation, termination, checksum and expiration.

https://tus.io/protocols/resumable-upload. Bodies stream to disk; nothing is parsed or held in memory.
"""

from __future__ import annotations

import base64
import binascii
import re
from datetime import datetime, timedelta
from email.utils import format_datetime
from uuid import UUID

from litestar import Request, Response, delete, get, head, patch, post, route
from litestar.enums import HttpMethod

from backend.domain.refusal import Refusal
from backend.intake import queries, uploads
from backend.intake.owners import owner_of
from backend.people.guards import signed_in_only
from backend.settings import settings
from shared_schemas.draft import UploadView
from shared_schemas.people import CitizenActor, OfficerActor

VERSION = "1.0.0"
OFFSET_TYPE = "application/offset+octet-stream"
UNFINISHED_FOR = timedelta(days=7)
_ALGORITHMS = {"sha1": 20, "sha256": 32}
_HEADERS = {"tus-resumable": VERSION, "cache-control": "no-store"}
_NUMBER = re.compile(r"[0-9]{1,15}\Z")
_TAGS = ["uploads"]


@route(
    "/uploads",
    http_method=[HttpMethod.OPTIONS],
    opt={"public": True},
    status_code=204,
    tags=_TAGS,
    summary="What the upload protocol offers",
    operation_id="UploadOptions",
    description="tus 1.0.0 discovery: versions, extensions, checksum algorithms and the largest size, as headers.",
)
async def options() -> Response[None]:
    """Tus discovery."""
    return Response(
        None,
        status_code=204,
        headers={
            **_HEADERS,
            "tus-version": VERSION,
            "tus-max-size": str(settings.max_upload_bytes),
            "tus-extension": "creation,termination,checksum,expiration",
            "tus-checksum-algorithm": ",".join(_ALGORITHMS),
        },
    )


@post(
    "/uploads",
    guards=[signed_in_only],
    status_code=201,
    tags=_TAGS,
    summary="Begin an upload",
    operation_id="CreateUpload",
    description="tus creation: `Upload-Length` and `Upload-Metadata` with base64 values of `filename`, `filetype`, and for "
    "a file of a draft `draft` (its id) and `material` (a key of the matter, or `form.<field>`). 201 with `Location`. "
    "`client_id` (a UUID made by the device): the same again is the same `Location`, before any limit is looked at.",
)
async def create(request: Request, actor: CitizenActor | OfficerActor, now: datetime) -> Response[None]:
    """Make room for a file."""
    _speak_tus(request)
    length = _number(request, "upload-length")
    told = _metadata(request.headers.get("upload-metadata", ""))
    upload = await uploads.create(
        owner_of(actor),
        length=length,
        name=told.get("filename", ""),
        declared_type=told.get("filetype", ""),
        draft=told.get("draft") or None,
        material=told.get("material", ""),
        now=now,
        client_id=_client_id(told.get("client_id", "")),
    )
    return Response(
        None,
        status_code=201,
        headers={**_HEADERS, "location": f"/api/v1/uploads/{upload}", "upload-expires": _until(now)},
    )


@head(
    "/uploads/{upload_id:str}",
    guards=[signed_in_only],
    tags=_TAGS,
    summary="How far an upload is",
    operation_id="UploadOffset",
    description="`Upload-Offset`: bytes received; `Upload-Length`: bytes in all.",
)
async def offset(request: Request, upload_id: str, actor: CitizenActor | OfficerActor) -> Response[None]:
    """Where to go on."""
    _speak_tus(request)
    row = await uploads.row_of(upload_id, owner_of(actor))
    return Response(
        None,
        headers={
            **_HEADERS,
            "upload-offset": str(uploads.received(row)),
            "upload-length": str(row["length"]),
            "upload-expires": _until(row["created_at"]),
        },
    )


@patch(
    "/uploads/{upload_id:str}",
    guards=[signed_in_only],
    status_code=204,
    tags=_TAGS,
    summary="Send bytes",
    operation_id="SendUpload",
    request_max_body_size=None,
    description="Bytes at `Upload-Offset`. The last ones also bring the inspection: a file that can't be kept is refused "
    "with 413, 415 or 422 and a sentence that says what to do. 409 on another offset, 423 while it is being sent.",
)
async def send(request: Request, upload_id: str, actor: CitizenActor | OfficerActor, now: datetime) -> Response[None]:
    """Go on with an upload."""
    _speak_tus(request)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != OFFSET_TYPE:
        raise Refusal("upload.content_type")
    here = await uploads.append(
        upload_id,
        owner_of(actor),
        offset=_number(request, "upload-offset"),
        stream=request.stream(),
        checksum=_checksum(request.headers.get("upload-checksum")),
        now=now,
    )
    return Response(
        None, status_code=204, headers={**_HEADERS, "upload-offset": str(here), "upload-expires": _until(now)}
    )


@delete(
    "/uploads/{upload_id:str}",
    guards=[signed_in_only],
    status_code=204,
    tags=_TAGS,
    summary="Remove an upload",
    operation_id="RemoveUpload",
    description="tus termination. A file that was filed stays: 409.",
)
async def remove(upload_id: str, actor: CitizenActor | OfficerActor, now: datetime) -> Response[None]:
    """Take a file out of the draft."""
    await uploads.remove(upload_id, owner_of(actor), now)
    return Response(None, status_code=204, headers=_HEADERS)


@get(
    "/uploads/{upload_id:str}",
    guards=[signed_in_only],
    tags=_TAGS,
    summary="The state of an upload",
    operation_id="ReadUpload",
    description="`state` is receiving, stored or refused; a refused one says why in `code` and `refusal`.",
    response_headers={"cache-control": "no-store"},
)
async def state(upload_id: str, actor: CitizenActor | OfficerActor, now: datetime) -> UploadView:
    """The upload as its owner sees it."""
    return await uploads.view(upload_id, owner_of(actor), now)


def _speak_tus(request: Request) -> None:
    if request.headers.get("tus-resumable") != VERSION:
        raise Refusal("upload.version")


def _number(request: Request, name: str) -> int:
    text = request.headers.get(name, "")
    if not _NUMBER.match(text):
        raise Refusal("upload.header", header=name, need="要一个不小于 0 的整数", need_en="a whole number from 0")
    return int(text)


def _metadata(header: str) -> dict[str, str]:
    """`key base64, key base64 …` (tus "Upload-Metadata"). Raises Refusal("upload.header")."""
    told: dict[str, str] = {}
    if len(header) > 4096:
        raise _bad_metadata()
    for pair in filter(None, (part.strip() for part in header.split(","))):
        key, _, encoded = pair.partition(" ")
        try:
            told[key] = base64.b64decode(encoded, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            raise _bad_metadata() from None
    return told


def _bad_metadata() -> Refusal:
    return Refusal(
        "upload.header",
        header="upload-metadata",
        need="“名 base64”，用逗号隔开",
        need_en="“key base64”, comma separated",
    )


def _client_id(text: str) -> UUID | None:
    if not text:
        return None
    found = queries.as_uuid(text)
    if found is None:
        raise Refusal(
            "upload.header", header="upload-metadata", need="client_id 是 UUID", need_en="a UUID as client_id"
        )
    return found


def _checksum(header: str | None) -> tuple[str, bytes] | None:
    if header is None:
        return None
    name, _, encoded = header.partition(" ")
    try:
        digest = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        digest = b""
    if len(digest) != _ALGORITHMS.get(name, -1):
        raise Refusal(
            "upload.header",
            header="upload-checksum",
            need="“sha256 base64”或“sha1 base64”",
            need_en="“sha256 base64” or “sha1 base64”",
        )
    return name, digest


def _until(begun: datetime) -> str:
    """RFC 9110 date until which an unfinished upload is kept."""
    return format_datetime((begun + UNFINISHED_FOR), usegmt=True)


handlers = [options, create, offset, send, remove, state]
