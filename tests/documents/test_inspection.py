"""Uploads: what the hall keeps, what it refuses by name, and that nothing but pixels passes with a picture."""

from __future__ import annotations

import asyncio
import io
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from backend.documents import inspecting
from backend.documents.inspecting import inspect
from backend.documents.inspection import Limits
from backend.domain.refusal import Refusal
from backend.problems import problem_of, registered
from tests.documents import uploads

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module", autouse=True)
def _inspectors_end() -> Iterator[None]:
    yield
    inspecting.end_inspectors()


class Desk:
    """Hands bytes to the inspector as an upload would."""

    def __init__(self, folder: Path) -> None:
        self.source, self.kept = folder / "given", folder / "kept"

    async def take(self, content: bytes, limits: Limits | None = None, **options: float) -> inspecting.Inspected:
        self.source.write_bytes(content)
        return await inspect(self.source, self.kept, limits, **options)

    async def refuses(self, content: bytes, limits: Limits | None = None, **options: float) -> Refusal:
        with pytest.raises(Refusal) as refused:
            await self.take(content, limits, **options)
        assert not self.kept.exists()
        return refused.value


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.mark.parametrize(
    ("kind", "kept_as"),
    [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/jpeg"), ("HEIF", "image/jpeg")],
)
async def test_photo_is_kept_redrawn(desk: Desk, kind: str, kept_as: str) -> None:
    inspected = await desk.take(uploads.encoded(kind))

    assert (inspected.media_type, inspected.width, inspected.height) == (kept_as, 320, 240)
    with Image.open(desk.kept) as kept:
        assert (kept.size, kept.get_format_mimetype()) == ((320, 240), kept_as)


async def test_phone_photo_loses_position_and_trailer_and_stands_upright(desk: Desk) -> None:
    inspected = await desk.take(uploads.phone_photo())

    assert (inspected.width, inspected.height) == (240, 320)
    with Image.open(desk.kept) as kept:
        assert dict(kept.getexif()) == {}
        assert "exif" not in kept.info
    assert b"movie" not in desk.kept.read_bytes()


async def test_archive_behind_a_picture_is_gone(desk: Desk) -> None:
    hidden = uploads.zipped({"run.js": b"alert(1)"})

    await desk.take(uploads.encoded("PNG") + hidden)

    assert b"PK\x03\x04" not in desk.kept.read_bytes()
    assert b"run.js" not in desk.kept.read_bytes()


async def test_script_in_a_picture_comment_is_gone(desk: Desk) -> None:
    await desk.take(uploads.encoded("JPEG", comment=b"<script>alert(1)</script>"))

    assert b"<script>" not in desk.kept.read_bytes()


async def test_big_photo_is_kept_smaller(desk: Desk) -> None:
    inspected = await desk.take(uploads.encoded("JPEG", uploads.picture(5000, 3000)), Limits(max_side=1000))

    assert (inspected.width, inspected.height) == (1000, 600)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "I;16", "CMYK"])
async def test_every_kind_of_pixel_is_kept(desk: Desk, mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    image = uploads.picture(mode="L" if mode == "I;16" else mode)
    if mode == "I;16":
        image = Image.frombytes("I;16", image.size, b"".join(bytes((0, level)) for level in image.tobytes()))

    await desk.take(uploads.encoded(kind, image))

    with Image.open(desk.kept) as kept:
        darkest, lightest = kept.convert("L").getextrema()
    assert lightest - darkest > 150


async def test_moving_picture_keeps_its_first_frame(desk: Desk) -> None:
    frames = [Image.new("RGB", (50, 40), colour) for colour in ("red", "blue")]

    await desk.take(uploads.encoded("WEBP", frames[0], save_all=True, append_images=frames[1:], lossless=True))

    with Image.open(desk.kept) as kept:
        assert kept.convert("RGB").getpixel((20, 20))[0] > 200


async def test_pdf_passes_unchanged(desk: Desk) -> None:
    given = uploads.pdf(3)

    inspected = await desk.take(given)

    assert (inspected.media_type, inspected.pages, inspected.size) == ("application/pdf", 3, len(given))
    assert desk.kept.read_bytes() == given


REFUSED = {
    "empty": (bytes, "upload.empty"),
    "SVG": (
        lambda: b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
        "upload.type",
    ),
    "HTML": (lambda: b"\xef\xbb\xbf  <!DOCTYPE html><script>alert(1)</script>", "upload.type"),
    "program named PNG": (lambda: b"MZ\x90\x00" + bytes(500), "upload.program"),
    "shell script": (lambda: b"#!/bin/sh\nrm -rf /\n", "upload.program"),
    "zip": (lambda: uploads.zipped({"a.jpg": bytes(100)}), "upload.archive"),
    "rar": (lambda: b"Rar!\x1a\x07\x01\x00" + bytes(100), "upload.archive"),
    "tar": (lambda: b"a.jpg".ljust(257, b"\0") + b"ustar\x0000" + bytes(250), "upload.archive"),
    "word": (lambda: uploads.zipped({"word/document.xml": b"<w/>"}), "upload.office"),
    "old word": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "upload.office"),
    "film": (lambda: b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(100), "upload.type"),
    "gif": (lambda: uploads.encoded("GIF"), "upload.type"),
    "text": ("今天天气很好".encode, "upload.type"),
    "half a photo": (lambda: uploads.encoded("JPEG")[:1500], "upload.damaged"),
    "half a PNG": (lambda: uploads.encoded("PNG")[:600], "upload.damaged"),
    "half a HEIC": (lambda: uploads.encoded("HEIF")[:400], "upload.damaged"),
    "pixel bomb": (uploads.pixel_bomb, "upload.too_many_pixels"),
    "half a PDF": (lambda: uploads.pdf()[:400], "upload.damaged"),
    "PDF with password": (uploads.pdf_with_password, "upload.encrypted"),
    "PDF with script": (uploads.pdf_with_script, "upload.active_content"),
    "PDF with obscured script": (uploads.pdf_with_obscured_script, "upload.active_content"),
    "PDF that starts a program": (uploads.pdf_with_launch, "upload.active_content"),
    "PDF with attachment": (uploads.pdf_with_attachment, "upload.active_content"),
    "PDF and zip in one": (lambda: uploads.pdf() + uploads.zipped({"a": b"b"}), "upload.disguised"),
    "PDF bomb": (uploads.pdf_bomb, "upload.bomb"),
}


@pytest.mark.parametrize("name", REFUSED)
async def test_refused_by_name(desk: Desk, name: str) -> None:
    make, code = REFUSED[name]

    refusal = await desk.refuses(make())

    assert refusal.code == code


async def test_zip_whose_comment_is_the_end_of_a_pdf_is_refused(desk: Desk) -> None:
    zipped = bytearray(uploads.zipped({"a": b"b"}))
    comment = b"\n%%EOF"
    zipped[-2:] = len(comment).to_bytes(2, "little")

    refusal = await desk.refuses(uploads.pdf() + bytes(zipped) + comment)

    assert refusal.code == "upload.disguised"


async def test_too_many_pages_says_how_many(desk: Desk) -> None:
    refusal = await desk.refuses(uploads.pdf(12), Limits(max_pages=10))

    assert (refusal.code, refusal.facts) == ("upload.too_many_pages", {"pages": 12, "limit": 10})
    assert "12" in problem_of(refusal).detail


async def test_too_many_bytes(desk: Desk) -> None:
    assert (await desk.refuses(bytes(2000), Limits(max_bytes=1000))).code == "upload.too_large"


async def test_word_file_passes_where_the_hall_lets_it(desk: Desk) -> None:
    inspected = await desk.take(uploads.zipped({"word/document.xml": b"<w/>"}), Limits(may_be_office=True))

    assert inspected.media_type.endswith("wordprocessingml.document")


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"word/document.xml": b"", "word/vbaProject.bin": b"x"}, "upload.active_content"),
        ({"word/document.xml": bytes(50_000_000)}, "upload.bomb"),
    ],
)
async def test_bad_word_file_never_passes(desk: Desk, parts: dict[str, bytes], code: str) -> None:
    assert (await desk.refuses(uploads.zipped(parts), Limits(may_be_office=True))).code == code


async def test_slow_file_is_given_up_and_the_next_one_is_served(desk: Desk) -> None:
    await desk.take(uploads.encoded("PNG"))
    slow = uploads.encoded("PNG", uploads.picture(8000, 8000), compress_level=1)

    began = time.monotonic()
    refusal = await desk.refuses(slow, seconds=0.05)

    assert refusal.code == "upload.too_complex"
    assert time.monotonic() - began < 5
    await desk.take(uploads.encoded("PNG"))


async def test_inspector_sees_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIMABAN_SECRET_KEY", "very secret")
    process = inspecting._started()
    try:
        environment = await asyncio.to_thread(Path(f"/proc/{process.pid}/environ").read_bytes)
        assert b"PYTHONPATH" in environment
        assert b"very secret" not in environment
    finally:
        process.kill()
        with process:
            pass


async def test_every_refusal_says_what_to_do_in_both_languages() -> None:
    for code in {code for _, code in REFUSED.values()} | {"upload.too_large", "upload.too_complex"}:
        sentence = registered()[code]
        assert sentence.status in {413, 415, 422}
        assert len(sentence.zh) > 10
        assert len(sentence.en) > 20


async def test_two_at_once(desk: Desk, tmp_path: Path) -> None:
    desk.source.write_bytes(uploads.encoded("PNG", uploads.picture(1500, 1500)))
    taken = await asyncio.gather(*(inspect(desk.source, tmp_path / f"kept-{n}") for n in range(6)))

    assert len({one.sha256 for one in taken}) == 1
    assert Image.open(io.BytesIO((tmp_path / "kept-5").read_bytes())).size == (1500, 1500)
