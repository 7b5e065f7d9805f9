"""Uploads: resumable, bounded, inspected, nobody else's, and never half there."""

from __future__ import annotations

import base64
import hashlib
import io
from datetime import datetime, timedelta
from types import ModuleType
from uuid import uuid4

import httpx
import pytest
from PIL import Image

from tests.intake.conftest import API, TUS, begin, begin_upload, metadata, picture, send_bytes, upload


async def test_the_protocol_says_what_it_can(wang: httpx.AsyncClient) -> None:
    answer = await wang.options(f"{API}/uploads")
    assert answer.status_code == 204
    assert answer.headers["tus-version"] == "1.0.0"
    assert answer.headers["tus-max-size"] == "104857600"
    assert {"creation", "termination", "checksum"} <= set(answer.headers["tus-extension"].split(","))


async def test_an_upload_goes_on_where_it_broke_off(wang: httpx.AsyncClient, db: ModuleType) -> None:
    body = picture("plan", (900, 700))
    address = (await begin_upload(wang, len(body), filename="平面图.jpg", filetype="image/jpeg")).headers["location"]
    half = len(body) // 2

    first = await send_bytes(wang, address, 0, body[:half])
    head = await wang.head(address, headers=TUS)
    second = await send_bytes(wang, address, half, body[half:])

    assert (first.status_code, first.headers["upload-offset"]) == (204, str(half))
    assert (head.headers["upload-offset"], head.headers["upload-length"]) == (str(half), str(len(body)))
    assert head.headers["cache-control"] == "no-store"
    assert second.headers["upload-offset"] == str(len(body))
    state = (await wang.get(address)).json()
    assert (state["state"], state["media_type"], state["name"]) == ("stored", "image/jpeg", "平面图.jpg")
    row = await db.fetchrow("SELECT sha256, path, stored_length FROM upload")
    from backend import storage

    kept = await storage.get(row["path"])
    assert hashlib.sha256(kept).digest() == row["sha256"]
    assert len(kept) == row["stored_length"]


async def test_wrong_offsets_are_refused_with_the_right_one(wang: httpx.AsyncClient) -> None:
    body = picture()
    address = (await begin_upload(wang, len(body))).headers["location"]
    await send_bytes(wang, address, 0, body[:100])

    for offset in (0, 99, 101, len(body)):
        answer = await send_bytes(wang, address, offset, body[100:])
        assert (answer.status_code, answer.json()["code"], answer.json()["offset"]) == (409, "upload.wrong_offset", 100)
    assert (await send_bytes(wang, address, 100, body[100:])).status_code == 204


async def test_what_breaks_off_is_kept_and_what_is_damaged_is_not(wang: httpx.AsyncClient) -> None:
    body = picture()
    address = (await begin_upload(wang, len(body))).headers["location"]
    good = "sha256 " + base64.b64encode(hashlib.sha256(body).digest()).decode()
    bad = "sha256 " + base64.b64encode(hashlib.sha256(b"x").digest()).decode()

    damaged = await send_bytes(wang, address, 0, body, **{"upload-checksum": bad})
    assert (damaged.status_code, damaged.json()["code"]) == (460, "upload.checksum")
    assert (await wang.head(address, headers=TUS)).headers["upload-offset"] == "0"
    assert (await send_bytes(wang, address, 0, body, **{"upload-checksum": "md5 eA=="})).status_code == 400
    assert (await send_bytes(wang, address, 0, body, **{"upload-checksum": good})).status_code == 204


async def test_a_cut_connection_keeps_what_came(wang: httpx.AsyncClient) -> None:
    from collections.abc import AsyncIterator

    from backend.intake import uploads

    body = picture("cut", (600, 400))
    address = (await begin_upload(wang, len(body))).headers["location"]

    async def cut() -> AsyncIterator[bytes]:
        yield body[:50]
        raise ConnectionResetError

    here = await uploads.append(
        address.rsplit("/", 1)[1], "citizen:1", offset=0, stream=cut(), checksum=None, now=_now()
    )
    assert here == 50
    assert (await wang.head(address, headers=TUS)).headers["upload-offset"] == "50"
    assert (await send_bytes(wang, address, 50, body[50:])).status_code == 204


def _now() -> datetime:
    from backend import clock

    return clock.now()


async def test_two_requests_for_one_upload_do_not_mix(wang: httpx.AsyncClient) -> None:
    from backend.intake import incoming

    body = picture()
    address = (await begin_upload(wang, len(body))).headers["location"]
    with incoming.alone(address.rsplit("/", 1)[1]):
        answer = await send_bytes(wang, address, 0, body)
    assert (answer.status_code, answer.json()["code"]) == (423, "upload.busy")
    assert (await send_bytes(wang, address, 0, body)).status_code == 204


async def test_more_than_announced_is_not_taken(wang: httpx.AsyncClient) -> None:
    body = picture()
    address = (await begin_upload(wang, len(body) - 10)).headers["location"]
    answer = await send_bytes(wang, address, 0, body)
    assert (answer.status_code, answer.json()["code"]) == (413, "upload.too_long")
    assert (await wang.head(address, headers=TUS)).headers["upload-offset"] == "0"


@pytest.mark.parametrize(
    ("length", "status", "code"),
    [
        ("0", 422, "upload.empty"),
        ("104857601", 413, "upload.too_large"),
        ("-1", 400, "upload.header"),
        ("x", 400, "upload.header"),
    ],
)
async def test_impossible_lengths_are_refused(wang: httpx.AsyncClient, length: str, status: int, code: str) -> None:
    answer = await wang.post(f"{API}/uploads", headers={**TUS, "upload-length": length})
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_headers_must_be_right(wang: httpx.AsyncClient) -> None:
    address = (await begin_upload(wang, 10)).headers["location"]
    assert (await wang.head(address)).status_code == 412
    assert (await wang.post(f"{API}/uploads", headers={"upload-length": "1"})).status_code == 412
    bad = await wang.post(f"{API}/uploads", headers={**TUS, "upload-length": "1", "upload-metadata": "filename %%%"})
    assert bad.json()["code"] == "upload.header"
    plain = await wang.patch(address, content=b"x", headers={**TUS, "upload-offset": "0", "content-type": "text/plain"})
    assert (plain.status_code, plain.json()["code"]) == (415, "upload.content_type")


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("a.png", b"MZ\x90\x00" + b"\0" * 400, "upload.program"),
        ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "upload.type"),
        ("a.png", b"<!doctype html><script>alert(1)</script>", "upload.type"),
        ("a.jpg", b"PK\x03\x04" + b"\0" * 400, "upload.archive"),
    ],
)
async def test_what_is_not_a_document_is_refused_in_a_sentence(
    wang: httpx.AsyncClient, name: str, body: bytes, code: str
) -> None:
    address = (await begin_upload(wang, len(body), filename=name, filetype="image/png")).headers["location"]
    answer = await send_bytes(wang, address, 0, body)

    assert answer.status_code == 415, answer.text
    assert answer.json()["code"] == code
    state = (await wang.get(address)).json()
    assert (state["state"], state["code"], state["refusal"]) == ("refused", code, answer.json()["detail"])
    again = await send_bytes(wang, address, len(body), b"")
    assert again.json()["code"] == code
    english = (await wang.get(address, headers={"accept-language": "en"})).json()["refusal"]
    assert english.isascii() or "“" in english


async def test_a_polyglot_is_re_encoded_or_refused_but_never_kept(wang: httpx.AsyncClient, db: ModuleType) -> None:
    body = picture("p", (300, 200)) + b"PK\x03\x04evil<script>alert(1)</script>"
    address = (await begin_upload(wang, len(body), filename="p.jpg")).headers["location"]
    await send_bytes(wang, address, 0, body)
    state = (await wang.get(address)).json()
    if state["state"] == "stored":
        from backend import storage

        kept = await storage.get(await db.fetchval("SELECT path FROM upload"))
        assert b"evil" not in kept
    else:
        assert state["code"] == "upload.disguised"


async def test_where_a_photo_was_taken_is_not_kept(wang: httpx.AsyncClient, db: ModuleType) -> None:
    out = io.BytesIO()
    photo = Image.new("RGB", (100, 80), (5, 90, 9))
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = (30.0, 45.0, 12.0)
    exif[0x010F] = "SecretCam"
    photo.save(out, "JPEG", exif=exif)
    await upload(wang, out.getvalue())
    from backend import storage

    kept = await storage.get(await db.fetchval("SELECT path FROM upload"))
    assert b"SecretCam" not in kept
    assert not Image.open(io.BytesIO(kept)).getexif().get_ifd(0x8825)


async def test_file_names_are_only_ever_shown(wang: httpx.AsyncClient, db: ModuleType) -> None:
    upload_id = await upload(wang, filename="../../etc/p\u202egpj.\x00exe<script>.jpg")
    state = (await wang.get(f"{API}/uploads/{upload_id}")).json()
    assert state["name"] == "pgpj.exe<script>.jpg"
    assert ".." not in await db.fetchval("SELECT path FROM upload")
    assert b"script" not in bytes(await db.fetchval("SELECT name_sealed FROM upload"))


async def test_anothers_upload_answers_like_a_missing_one(wang: httpx.AsyncClient, li: httpx.AsyncClient) -> None:
    theirs, missing = await upload(wang), str(uuid4())
    for call in (
        lambda u: li.get(f"{API}/uploads/{u}"),
        lambda u: li.head(f"{API}/uploads/{u}", headers=TUS),
        lambda u: li.delete(f"{API}/uploads/{u}"),
        lambda u: send_bytes(li, f"{API}/uploads/{u}", 0, b"x"),
        lambda u: li.get(f"/uploads/{u}/file"),
        lambda u: li.get(f"/uploads/{u}/pages/1.png"),
    ):
        answers = [await call(theirs), await call(missing)]
        assert {a.status_code for a in answers} == {404}
        if answers[0].content.startswith(b"{"):
            assert {a.json()["code"] for a in answers} == {"upload.not_found"}


async def test_nobody_uploads_without_signing_in(wang: httpx.AsyncClient) -> None:
    wang.cookies.clear()
    assert (await begin_upload(wang, 10)).status_code == 401


async def test_thirty_files_for_a_paper_and_no_more(wang: httpx.AsyncClient) -> None:
    draft = await begin(wang)
    for _ in range(30):
        assert (await begin_upload(wang, 10, draft=draft, material="zxsqb")).status_code == 201
    full = await begin_upload(wang, 10, draft=draft, material="zxsqb")
    assert (full.status_code, full.json()["code"]) == (409, "upload.too_many")
    assert (await begin_upload(wang, 10, draft=draft, material="nope")).json()["code"] == "material.unknown"


async def test_anothers_draft_takes_no_files(wang: httpx.AsyncClient, li: httpx.AsyncClient) -> None:
    draft = await begin(wang)
    assert (await begin_upload(li, 10, draft=draft, material="zxsqb")).status_code == 404


async def test_a_removed_file_is_gone(wang: httpx.AsyncClient, db: ModuleType, now: datetime) -> None:
    from backend import storage
    from backend.intake import jobs

    first, twin = await upload(wang), await upload(wang)
    path = await db.fetchval("SELECT path FROM upload LIMIT 1")
    assert (await wang.delete(f"{API}/uploads/{first}")).status_code == 204
    assert (await wang.get(f"{API}/uploads/{first}")).status_code == 410
    await jobs.sweep(now + timedelta(days=2))
    assert await storage.size(path) > 0, "another upload holds the same bytes"
    await wang.delete(f"{API}/uploads/{twin}")
    await jobs.sweep(now + timedelta(days=2))
    with pytest.raises(FileNotFoundError):
        await storage.size(path)


async def test_bytes_without_a_row_are_swept(wang: httpx.AsyncClient, now: datetime) -> None:
    from backend.intake import incoming, jobs

    body = picture()
    address = (await begin_upload(wang, len(body))).headers["location"]
    await send_bytes(wang, address, 0, body[:20])
    stray = str(uuid4())
    with incoming.alone(stray) as file:
        file.write(b"lost")
    await jobs.sweep(now)
    assert incoming.length_of(stray) == 0
    assert (await wang.head(address, headers=TUS)).headers["upload-offset"] == "20"


async def test_a_worker_that_died_after_the_last_byte_loses_nothing(wang: httpx.AsyncClient) -> None:
    from backend.intake import incoming

    body = picture()
    address = (await begin_upload(wang, len(body), filename="x.jpg")).headers["location"]
    with incoming.alone(address.rsplit("/", 1)[1]) as file:
        file.write(body)
    assert (await wang.head(address, headers=TUS)).headers["upload-offset"] == str(len(body))
    assert (await wang.get(address)).json()["state"] == "stored"


async def test_metadata_is_read_as_tus_writes_it() -> None:
    from backend.intake.tus import _metadata

    assert _metadata(metadata(filename="图.jpg", empty="")) == {"filename": "图.jpg", "empty": ""}
    assert _metadata("") == {}
