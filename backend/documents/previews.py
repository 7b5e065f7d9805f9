"""Page pictures of a PDF for the clerk's viewer: drawn on the server by PDFium, bounded in size."""

from __future__ import annotations

import asyncio
import io
import threading

from msgspec import Struct

MAX_WIDTH = 2400
MAX_HEIGHT = 3600
# PDFium is not safe to enter from two threads at once (pypdfium2 README, "Thread incompatibility").
_pdfium = threading.Lock()


class UnreadableError(ValueError):
    """The bytes are no PDF that can be opened, or there is no such page."""


class Outline(Struct, frozen=True):
    """What a viewer needs before it asks for a page. `pages` is 0 for an encrypted file."""

    pages: int
    is_encrypted: bool


async def pdf_page_png(pdf: bytes, page: int, width: int) -> bytes:
    """Page `page` (from 0) as PNG, `width` pixels wide (at most 2,400; a long page is narrower). 20 to 200 ms, in a thread.

    Raises UnreadableError. Form fields and annotations are drawn; scripts never run.
    """
    return await asyncio.to_thread(_page_png, pdf, page, width)


async def pdf_outline(pdf: bytes) -> Outline:
    """How many pages `pdf` has and whether it is encrypted. Raises UnreadableError."""
    return await asyncio.to_thread(_outline, pdf)


def is_encrypted(pdf: bytes) -> bool:
    """Whether `pdf` asks for a password. Raises UnreadableError."""
    return _outline(pdf).is_encrypted


def _outline(pdf: bytes) -> Outline:
    import pypdfium2
    from pypdfium2.raw import FPDF_ERR_PASSWORD

    with _pdfium:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as fault:
            if fault.err_code == FPDF_ERR_PASSWORD:
                return Outline(pages=0, is_encrypted=True)
            raise UnreadableError(str(fault)) from fault
        try:
            return Outline(pages=len(document), is_encrypted=False)
        finally:
            document.close()


def _page_png(pdf: bytes, page: int, width: int) -> bytes:
    import pypdfium2

    with _pdfium:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as fault:
            raise UnreadableError(str(fault)) from fault
        try:
            picture = _draw(document, page, width)
        except pypdfium2.PdfiumError as fault:
            raise UnreadableError(str(fault)) from fault
        finally:
            document.close()
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=3)
    return out.getvalue()


def _draw(document: object, page: int, width: int) -> object:
    if not 0 <= page < len(document):
        raise UnreadableError(f"page {page} of {len(document)}")
    sheet = document[page]
    points_wide, points_high = sheet.get_size()
    if points_wide <= 0 or points_high <= 0:
        raise UnreadableError(f"page {page} has no size")
    scale = min(min(width, MAX_WIDTH) / points_wide, MAX_HEIGHT / points_high)
    bitmap = sheet.render(scale=scale)
    try:
        # A copy: the bitmap's memory goes with the document.
        return bitmap.to_pil().copy()
    finally:
        bitmap.close()
        sheet.close()
