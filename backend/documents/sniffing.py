"""What a file is, by its first bytes. What the hall knows it takes; the rest is named, so that the refusal can say it."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from pathlib import Path

PDF = "application/pdf"
JPEG = "image/jpeg"
PNG = "image/png"
WEBP = "image/webp"
HEIC = "image/heic"
IMAGE_TYPES = frozenset({JPEG, PNG, WEBP, HEIC})
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OFFICE_TYPES = frozenset({DOCX, XLSX})

HEAD_BYTES = 4096


class Found(Struct, frozen=True):
    """What was found. `name` is said to the citizen, `refusal` is the code to refuse it by (unused for known types)."""

    media_type: str
    name: str
    refusal: str = "upload.type"


# ISO/IEC 23008-12 Annex B: brands of HEIF files that hold HEVC pictures.
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}

_SIGNATURES: tuple[tuple[bytes, Found], ...] = (
    (b"\x89PNG\r\n\x1a\n", Found(PNG, "PNG")),
    (b"\xff\xd8\xff", Found(JPEG, "JPEG")),
    (b"%PDF-", Found(PDF, "PDF")),
    (b"Rar!\x1a\x07", Found("application/vnd.rar", "RAR", "upload.archive")),
    (b"7z\xbc\xaf\x27\x1c", Found("application/x-7z-compressed", "7z", "upload.archive")),
    (b"\x1f\x8b", Found("application/gzip", "gzip", "upload.archive")),
    (b"BZh", Found("application/x-bzip2", "bzip2", "upload.archive")),
    (b"\xfd7zXZ\x00", Found("application/x-xz", "xz", "upload.archive")),
    (b"MSCF", Found("application/vnd.ms-cab-compressed", "CAB", "upload.archive")),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        Found("application/x-ole-storage", "Word/Excel 97", "upload.office"),
    ),
    (b"MZ", Found("application/x-msdownload", "EXE", "upload.program")),
    (b"\x7fELF", Found("application/x-elf", "ELF", "upload.program")),
    (b"\xfe\xed\xfa", Found("application/x-mach-binary", "Mach-O", "upload.program")),
    (b"\xcf\xfa\xed\xfe", Found("application/x-mach-binary", "Mach-O", "upload.program")),
    (b"\xca\xfe\xba\xbe", Found("application/java-vm", "Java", "upload.program")),
    (b"#!", Found("text/x-script", "script", "upload.program")),
    (b"GIF8", Found("image/gif", "GIF")),
    (b"BM", Found("image/bmp", "BMP")),
    (b"II*\x00", Found("image/tiff", "TIFF")),
    (b"MM\x00*", Found("image/tiff", "TIFF")),
)


def sniff(file: Path) -> Found:
    """What `file` is by its content. An unknown file gets puremagic's best guess as its name."""
    with file.open("rb") as content:
        head = content.read(HEAD_BYTES)
    for signature, found in _SIGNATURES:
        if head.startswith(signature):
            return found
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Found(WEBP, "WebP")
    if head[4:8] == b"ftyp":
        return _iso_media(head)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(file)
    if head[257:262] == b"ustar":
        return Found("application/x-tar", "tar", "upload.archive")
    return _markup(head) or _guess(file)


def _iso_media(head: bytes) -> Found:
    length = min(int.from_bytes(head[:4]), 256)
    brands = {head[8:12], *(head[i : i + 4] for i in range(16, length, 4))}
    if brands & {b"avif", b"avis"}:
        return Found("image/avif", "AVIF")
    return Found(HEIC, "HEIC") if brands & _HEIC_BRANDS else Found("video/mp4", "MP4/MOV")


def _zip(file: Path) -> Found:
    """An OOXML file by the part that its kind must have (ECMA-376), else an archive."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        names = set()
    if "word/document.xml" in names:
        return Found(DOCX, "Word", "upload.office")
    if "xl/workbook.xml" in names:
        return Found(XLSX, "Excel", "upload.office")
    return Found("application/zip", "ZIP", "upload.archive")


def _markup(head: bytes) -> Found | None:
    """HTML, SVG and XML: text a browser would run."""
    text = head.removeprefix(b"\xef\xbb\xbf").replace(b"\x00", b"").lstrip().lower()
    if b"<svg" in text:
        return Found("image/svg+xml", "SVG")
    if text.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<script")):
        return Found("text/html", "HTML")
    return Found("application/xml", "XML") if text.startswith(b"<") else None


def _guess(file: Path) -> Found:
    import puremagic

    try:
        guesses = puremagic.magic_file(file)
    except (puremagic.PureError, ValueError, OSError):
        guesses = []
    best = guesses[0] if guesses else None
    name = (best.extension.lstrip(".").upper() or best.name) if best else ""
    return Found((best.mime_type if best else "") or "application/octet-stream", name[:20] or "?")
