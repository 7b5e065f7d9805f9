"""What may come in: one uploaded file looked at by its content, never by its name. Sync and pure but for its two files.

Pictures are drawn anew (so nothing but pixels passes), PDFs pass unchanged or not at all (a signature in them stays
whole). Untrusted bytes belong into a bounded process: call this through `backend.documents.inspecting`.
"""

from __future__ import annotations

import hashlib
import shutil
from typing import TYPE_CHECKING

from msgspec import Struct

from backend.documents.sniffing import IMAGE_TYPES, OFFICE_TYPES, PDF, Found, sniff
from backend.domain.refusal import Refusal

if TYPE_CHECKING:
    from pathlib import Path


class Limits(Struct, frozen=True):
    """How much one file may ask of us. `max_side` bounds the picture kept, `max_decoded` what streams unfold to."""

    max_bytes: int = 104_857_600
    max_pixels: int = 80_000_000
    max_side: int = 4000
    max_pages: int = 300
    max_decoded: int = 2_000_000_000
    may_be_office: bool = False


class Inspected(Struct, frozen=True):
    """A file that may be kept: `size` and `sha256` are of the bytes written, `width` and `height` in pixels (0 for papers)."""

    media_type: str
    size: int
    sha256: str
    width: int = 0
    height: int = 0
    pages: int = 1


def inspect_file(source: Path, destination: Path, limits: Limits) -> Inspected:
    """Look at `source`, write what may be kept to `destination` (a new file), say what it is.

    Raises Refusal("upload.…"); then `destination` is not to be used.
    """
    size = source.stat().st_size
    if size == 0:
        raise Refusal("upload.empty")
    if size > limits.max_bytes:
        raise Refusal("upload.too_large", megabytes=limits.max_bytes // 1_048_576)
    found = sniff(source)
    if found.media_type in IMAGE_TYPES:
        from backend.documents.pictures import redraw

        media_type, width, height = redraw(source, destination, found.media_type, limits)
        return _kept(destination, media_type, width=width, height=height)
    return _kept(destination, found.media_type, pages=_passed_on(source, destination, found, limits))


def _passed_on(source: Path, destination: Path, found: Found, limits: Limits) -> int:
    """A paper that passes unchanged; its pages."""
    if found.media_type == PDF:
        from backend.documents.pdfs import check_pdf

        pages = check_pdf(source, limits)
    elif found.media_type in OFFICE_TYPES and limits.may_be_office:
        from backend.documents.office import check_office

        check_office(source, limits)
        pages = 1
    else:
        raise Refusal(found.refusal, found=found.name)
    shutil.copyfile(source, destination)
    return pages


def _kept(file: Path, media_type: str, *, width: int = 0, height: int = 0, pages: int = 1) -> Inspected:
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return Inspected(media_type, file.stat().st_size, digest, width, height, pages)
