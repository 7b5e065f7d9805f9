"""Attacks 15 to 17 and 21: files that are not what they say, names that lead elsewhere, cells that calculate."""

from __future__ import annotations

import base64
import io
import re
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from tests.intake.conftest import begin_upload, picture, send_bytes
from tests.security.conftest import API, Doors, problem
from tests.security.test_scripts import XSS, is_escaped

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
HTML = b"<!doctype html><script>alert(1)</script>"
EXE = b"MZ\x90\x00" + bytes(60) + b"PE\x00\x00" + bytes(200)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _bomb() -> bytes:
    """A PNG of 50,000 × 50,000 pixels in a few kB: 2.5 GB when opened."""
    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(bytes(100_000), 9))
        + _chunk(b"IEND", b"")
    )


def _zip() -> bytes:
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a", bytes(5_000_000))
    return out.getvalue()


WRONG = {
    "svg": SVG,
    "html": HTML,
    "exe": EXE,
    "svg after a comment": b"<!-- x -->\n" + SVG,
    "html after spaces": b"\n" * 300 + HTML,
    "zip bomb": _zip(),
    "pixel bomb": _bomb(),
    "png head only": b"\x89PNG\r\n\x1a\n" + HTML,
    "gif head": b"GIF89a" + HTML,
    "jpeg head": b"\xff\xd8\xff\xe0" + HTML,
    "pdf head": b"%PDF-1.7\n" + HTML,
    "elf": b"\x7fELF" + bytes(99),
    "sh": b"#!/bin/sh\nid",
    "empty zeros": bytes(400),
    "utf-16 html": b"\xff\xfe" + "<script>".encode("utf-16-le"),
}


@pytest.mark.parametrize("what", WRONG)
async def test_what_is_no_picture_is_refused_under_any_name(doors: Doors, what: str) -> None:
    wang = await doors("wangmin")
    body = WRONG[what]
    place = (await begin_upload(wang, len(body), filename="照片.png", filetype="image/png")).headers["location"]
    # 422: of the right kind by its first bytes, and then not to be opened, or too large when opened.
    problem(await send_bytes(wang, place, 0, body), 415, 422)
    assert (await wang.get(place)).json()["state"] == "refused"
    upload = place.rsplit("/", 1)[1]
    assert (await wang.get(f"/uploads/{upload}/file")).status_code == 404


async def test_a_picture_is_drawn_anew_and_leaves_its_secrets_behind(doors: Doors) -> None:
    wang = await doors("wangmin")
    exif = Image.Exif()
    exif[0x010F], exif.get_ifd(0x8825)[2] = "SecretCam", (30.0, 45.0, 12.0)
    out = io.BytesIO()
    Image.new("RGB", (60, 40), (9, 9, 90)).save(out, "JPEG", exif=exif, comment=b"<script>alert(1)</script>")
    body = out.getvalue() + HTML + _zip()[:500]
    place = (await begin_upload(wang, len(body), filename="p.jpg", filetype="image/jpeg")).headers["location"]
    assert (await send_bytes(wang, place, 0, body)).status_code in {204, 415}
    if (await wang.get(place)).json()["state"] == "stored":
        kept = await wang.get(f"/uploads/{place.rsplit('/', 1)[1]}/file")
        for trace in (b"SecretCam", b"script", b"PK\x03\x04"):
            assert trace not in kept.content


NAMES = (
    "../../etc/passwd",
    "..\\..\\x.jpg",
    "/etc/shadow",
    "a\x00.jpg",
    "x" * 5000 + ".jpg",
    "a\r\nset-cookie: a=b.jpg",
    XSS + ".jpg",
    "\u202egpj.exe",
    'a"; filename="b.html',
    "",
    ".",
    "..",
    "CON.jpg",
    "😀.jpg",
    "\ud7ff.jpg",
)


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
async def test_a_file_name_is_only_a_word(doors: Doors, name: str) -> None:
    from backend import db

    wang = await doors("wangmin")
    draft = (await wang.post(f"{API}/drafts", json={"matter": "scj-18"})).json()
    key = draft["materials"][0]["key"]
    body = picture(name[:3])
    made = await begin_upload(wang, len(body), filename=name, filetype="image/jpeg", draft=draft["id"], material=key)
    if made.status_code != 201:
        problem(made, 400, 422)
        return
    place = made.headers["location"]
    assert (await send_bytes(wang, place, 0, body)).status_code == 204
    assert re.fullmatch(r"sha256(/[0-9a-f]{2}){2}/[0-9a-f]{64}", await db.fetchval("SELECT path FROM upload"))
    got = await wang.get(f"/uploads/{place.rsplit('/', 1)[1]}/file")
    assert got.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
    assert got.headers["content-type"] == "image/jpeg"
    assert "sandbox" in got.headers["content-security-policy"]
    assert "set-cookie" not in got.headers
    for path in (f"/drafts/{draft['id']}", f"/drafts/{draft['id']}/check"):
        page = await wang.get(path)
        assert page.status_code == 200
        is_escaped(page)


@pytest.mark.parametrize("formula", ["=1+1", "=cmd|' /C calc'!A0", "＝1+1", '=HYPERLINK("https://evil.example")'])
def test_formulas_in_a_workbook_are_refused_with_their_place(tmp_path: Path, formula: str) -> None:
    from openpyxl import load_workbook

    from backend.catalogue import template, workbook
    from backend.catalogue.faults import Faulty

    template.write(tmp_path / "t.xlsx")
    book = load_workbook(tmp_path / "t.xlsx")
    sheet = book["事项"]
    name = next(cell.column for cell in sheet[1] if str(cell.value).startswith("事项名称"))
    sheet.cell(3, name).value = formula
    book.save(tmp_path / "t.xlsx")
    with pytest.raises(Faulty) as refused:
        workbook.read(tmp_path / "t.xlsx")
    assert any("是公式" in str(fault) and "第 3 行" in str(fault) for fault in refused.value.faults)


def test_the_template_holds_no_live_formula(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    from backend.catalogue import template

    template.write(tmp_path / "t.xlsx")
    cells = [cell for sheet in load_workbook(tmp_path / "t.xlsx") for row in sheet.iter_rows() for cell in row]
    assert len(cells) > 50
    assert [cell.coordinate for cell in cells if cell.data_type == "f" or str(cell.value)[:1] in "=＝+@\t"] == []


async def test_metadata_of_an_upload_may_be_anything(doors: Doors) -> None:
    wang = await doors("wangmin")
    for value in (
        "",
        ",",
        "filename",
        "filename ",
        "filename !!!",
        "filename " + base64.b64encode(b"\xff\xfe").decode(),
        "a" * 9000,
        "é x",
        "filename YQ==,filename YQ==",
        "draft " + base64.b64encode(b"\x00").decode(),
        "draft " + base64.b64encode(b"' OR 1").decode(),
        "material " + base64.b64encode(b"\x00").decode(),
        "filetype " + base64.b64encode(b"text/html\r\nx: y").decode(),
    ):
        for length in ("10", "0", "-1", "9" * 40, "x", "", "²"):
            headers = [
                (b"tus-resumable", b"1.0.0"),
                (b"upload-length", length.encode("latin-1")),
                (b"upload-metadata", value.encode("latin-1")),
            ]
            answer = await wang.post(f"{API}/uploads", headers=headers)
            assert answer.status_code < 500, (value, length, answer.text)
