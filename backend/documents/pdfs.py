"""Whether an uploaded PDF may be kept as it is: open, still, of bounded size, and nothing but a PDF."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from backend.domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pypdf import PdfReader

    from backend.documents.inspection import Limits

# ISO 32000-2 §12.6.4 and §12.5: what acts, plays, sends, or carries another file. Links and page jumps stay.
_ACTIVE_KEYS = {
    "/JS": "JavaScript",
    "/XFA": "XFA",
    "/RichMediaContent": "RichMedia",
    "/EmbeddedFiles": "EmbeddedFile",
}
_ACTIVE_VALUES = {
    "/S": {
        "/JavaScript",
        "/Launch",
        "/SubmitForm",
        "/ImportData",
        "/Rendition",
        "/Movie",
        "/Sound",
        "/GoToE",
    },
    "/Subtype": {"/RichMedia", "/Movie", "/Screen", "/3D", "/Sound", "/FileAttachment"},
    "/Type": {"/EmbeddedFile"},
}
# A page of one colour unfolds a thousandfold; a whole file of such pages is a bomb.
_FREE_DECODED = 200_000_000
_DECODED_PER_BYTE = 60
_CHUNK = 1 << 20
_MAX_DEPTH = 60
_TAIL = 65_600


def check_pdf(file: Path, limits: Limits) -> int:
    """The number of pages. Raises Refusal: damaged, encrypted, disguised, active_content, too_many_pages, bomb."""
    from pypdf import PdfReader
    from pypdf.errors import LimitReachedError, PyPdfError

    _check_nothing_behind(file)
    try:
        with PdfReader(file, strict=False) as reader:
            _check_open(reader)
            budget = min(limits.max_decoded, _FREE_DECODED + _DECODED_PER_BYTE * file.stat().st_size)
            _check_objects(reader, budget, limits)
            pages = len(reader.pages)
    except Refusal:
        raise
    except LimitReachedError as fault:
        raise Refusal("upload.bomb") from fault
    except (
        PyPdfError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        IndexError,
        OSError,
        RecursionError,
    ) as fault:
        raise Refusal("upload.damaged", found="PDF") from fault
    if pages > limits.max_pages:
        raise Refusal("upload.too_many_pages", pages=pages, limit=limits.max_pages)
    return _check_opens(file)


def _check_open(reader: PdfReader) -> None:
    if reader.is_encrypted:
        raise Refusal("upload.encrypted")


def _check_nothing_behind(file: Path) -> None:
    """A PDF ends at its last %%EOF, and no archive's directory stands at its end."""
    with file.open("rb") as content:
        content.seek(max(0, file.stat().st_size - _TAIL))
        tail = content.read()
    end = tail.rfind(b"%%EOF")
    if end < 0:
        raise Refusal("upload.damaged", found="PDF")
    if tail[end + 5 :].strip(b"\x00\t\n\x0c\r \x1a"):
        raise Refusal("upload.disguised", found="PDF")
    directory = tail.rfind(b"PK\x05\x06")
    # PKWARE APPNOTE 4.3.16: the end record's comment reaches to the end of the file.
    if directory >= 0 and directory + 22 + int.from_bytes(tail[directory + 20 : directory + 22], "little") == len(tail):
        raise Refusal("upload.disguised", found="PDF")


def _check_objects(reader: PdfReader, budget: int, limits: Limits) -> None:
    """Every object the file's tables name, reachable from a page or not."""
    from pypdf.generic import IndirectObject, StreamObject

    numbers = {(number, generation) for generation, found in reader.xref.items() for number in found}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    for number, generation in sorted(numbers):
        thing = reader.get_object(IndirectObject(number, generation, reader))
        _check_still(thing)
        if isinstance(thing, StreamObject):
            budget -= _decoded_size(thing, budget, limits)
            if budget < 0:
                raise Refusal("upload.bomb")


def _check_still(thing: object) -> None:
    for container in _dictionaries(thing, 0):
        for key, what in _ACTIVE_KEYS.items():
            if key in container:
                raise Refusal("upload.active_content", what=what)
        for key, forbidden in _ACTIVE_VALUES.items():
            if (value := container.get(key)) in forbidden:
                raise Refusal("upload.active_content", what=str(value).lstrip("/"))


def _dictionaries(thing: object, depth: int) -> Iterator[dict]:
    """The dictionaries in one object, not following references (those are objects of their own)."""
    if depth > _MAX_DEPTH:
        raise Refusal("upload.bomb")
    if isinstance(thing, dict):
        plain = {key: dict.__getitem__(thing, key) for key in thing}
        yield plain
        parts = plain.values()
    else:
        parts = thing if isinstance(thing, list) else ()
    for part in parts:
        if isinstance(part, dict | list):
            yield from _dictionaries(part, depth + 1)


def _decoded_size(stream: object, budget: int, limits: Limits) -> int:
    """How many bytes `stream` unfolds to; counting stops past `budget`."""
    if stream.get("/Subtype") == "/Image":
        width, height = int(stream.get("/Width", 0)), int(stream.get("/Height", 0))
        if width * height > 2 * limits.max_pixels:
            raise Refusal("upload.bomb")
    filters = stream.get("/Filter", [])
    filters = filters if isinstance(filters, list) else [filters]
    if filters == ["/FlateDecode"]:
        return _inflated_size(stream._data, budget)  # noqa: SLF001 - get_data() would hold all of it and undo predictors
    if {"/FlateDecode", "/LZWDecode", "/RunLengthDecode", "/BrotliDecode"} & set(filters):
        return len(stream.get_data())  # bounded by pypdf.Configuration, LimitReachedError
    return len(stream._data)  # noqa: SLF001 - pictures (DCT, JPX, CCITT, JBIG2) unfold only when drawn; see /Width above


def _inflated_size(data: bytes, budget: int) -> int:
    engine, size, rest = zlib.decompressobj(), 0, data
    try:
        while rest and not engine.eof and size <= budget:
            size += len(engine.decompress(rest, _CHUNK))
            rest = engine.unconsumed_tail
    except zlib.error:
        return size  # a broken stream draws nothing
    return size


def _check_opens(file: Path) -> int:
    """What pypdf forgives, PDFium may not: the clerk's viewer must be able to show it."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as fault:
        raise Refusal("upload.damaged", found="PDF") from fault
    try:
        pages = len(document)
    finally:
        document.close()
    if pages == 0:
        raise Refusal("upload.damaged", found="PDF")
    return pages
